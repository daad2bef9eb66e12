#include <cstdint>

#include "base/error.h"
#include "base/utf8.h"
#include "mail/trace.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view raw(reinterpret_cast<const char*>(data), size);
  const auto hop = weir::mail::parse_received(raw);
  WEIR_ASSERT(weir::is_utf8(hop.helo) && weir::is_utf8(hop.by) && weir::is_utf8(hop.id));
  (void)weir::mail::parse_date(raw);
  return 0;
}
