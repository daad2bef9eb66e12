#include <cstdint>
#include <string_view>

#include "base/error.h"
#include "base/utf8.h"
#include "mail/reading.h"

// The first octet chooses limits, so that they are reached with small inputs; the rest is the
// message.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  weir::mail::ReadOptions options;
  if ((data[0] & 1) != 0) {
    options.limits.depth = data[0] >> 5;
    options.limits.parts = 1U + (data[0] >> 4);
    options.limits.fields = 4;
    options.limits.field_octets = 40;
    options.limits.decoded_octets = 64;
    options.limits.header_octets = 200;
    options.limits.parameters = 2;
    options.limits.links = 2;
    options.limits.hops = 2;
  }
  const std::string_view raw(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto message = weir::mail::parse(raw, options.limits);
  for (const auto& part : message.parts) {
    const std::string_view in =
        part.buffer == 0 ? raw : std::string_view(*message.buffers.at(part.buffer - 1));
    WEIR_ASSERT(part.body_offset + part.body.size() <= in.size());
    WEIR_ASSERT(part.body.empty() || part.body.data() == in.data() + part.body_offset);
  }
  const auto reading = weir::mail::read(raw, options);
  for (const auto& text : reading.texts) WEIR_ASSERT(weir::is_utf8(text.text));
  for (const auto& field : reading.fields) WEIR_ASSERT(weir::is_utf8(field.value));
  return 0;
}
