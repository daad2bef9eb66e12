// The octets of a text.
#include <cstdint>
#include <string_view>

#include "base/error.h"
#include "base/utf8.h"
#include "text/normal.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const weir::text::Normalised once = weir::text::normalise(text);
  WEIR_ASSERT(weir::is_utf8(once.text));
  WEIR_ASSERT(once.text.size() <= 11 * size);
  WEIR_ASSERT(weir::text::normal_form(once.text) == once.text);
  return 0;
}
