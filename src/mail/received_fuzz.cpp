// The first octets are one Received value; the same octets are then a whole header below a line of
// our own, and must not move the source.
#include <cstdint>
#include <string>

#include "base/error.h"
#include "base/utf8.h"
#include "mail/trace.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace weir;
  const std::string_view raw(reinterpret_cast<const char*>(data), size);
  const auto hop = mail::parse_received(raw);
  for (const std::string* text : {&hop.helo, &hop.rdns, &hop.by, &hop.id, &hop.with, &hop.via,
                                  &hop.recipient, &hop.login, &hop.ident, &hop.envelope_from}) {
    WEIR_ASSERT(is_utf8(*text));
    WEIR_ASSERT(text->size() <= 1'100);
  }
  std::string octets =
      "Received: from x (y [192.0.2.1]) by in.ours.example; 5 Mar 2024 10:00:00 +0000\nReceived: ";
  octets += raw;
  const auto trace = mail::read_trace(mail::parse(octets), {});
  WEIR_ASSERT(trace.source == *Address::parse("192.0.2.1"));
  WEIR_ASSERT(trace.boundary == 0U);
  for (const auto& claim : trace.origin_claims) WEIR_ASSERT(!claim.field.empty());
  for (const auto& handling : trace.handling) WEIR_ASSERT(is_utf8(handling.detail));
  return 0;
}
