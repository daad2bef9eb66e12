#include <cstdint>

#include "base/error.h"
#include "mail/trace.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view raw(reinterpret_cast<const char*>(data), size);
  if (const auto time = weir::mail::parse_date(raw))
    WEIR_ASSERT(weir::to_rfc3339(*time).size() >= 20);
  return 0;
}
