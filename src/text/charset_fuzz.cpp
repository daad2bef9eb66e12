// First octet: the length of the label; then the label; then the octets to decode.
#include <cstdint>
#include <string_view>

#include "base/error.h"
#include "base/utf8.h"
#include "text/charset.h"
#include "text/language.h"
#include "text/normal.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  std::string_view octets(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string_view label = octets.substr(0, data[0] % 32);
  octets.remove_prefix(label.size());
  const weir::text::Decoded decoded = weir::text::to_utf8(octets, label);
  WEIR_ASSERT(weir::is_utf8(decoded.text));
  WEIR_ASSERT(weir::text::canonical_charset(decoded.used) == decoded.used);
  const std::string normal = weir::text::normal_form(decoded.text);
  WEIR_ASSERT(weir::text::normal_form(normal) == normal);
  double share = 0;
  for (const weir::text::Language& language : weir::text::detect_languages(decoded.text))
    share += language.share;
  WEIR_ASSERT(share <= 1.000001);
  return 0;
}
