#include <cstdint>

#include "base/error.h"
#include "base/utf8.h"
#include "mail/identifiers.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text = weir::to_valid_utf8({reinterpret_cast<const char*>(data), size});
  const auto found = weir::mail::find_identifiers(text, {.count = 50});
  WEIR_ASSERT(found.size() <= 50);
  for (const auto& identifier : found) {
    WEIR_ASSERT(!identifier.value.empty() && weir::is_utf8(identifier.value));
    WEIR_ASSERT(identifier.value.size() <= weir::mail::kIdentifierOctetsMax);
    WEIR_ASSERT(text.compare(identifier.offset, identifier.written.size(), identifier.written) ==
                0);
    WEIR_ASSERT(weir::is_utf8(identifier.written) && identifier.times > 0);
  }
  return 0;
}
