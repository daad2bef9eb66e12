#include <cstdint>

#include "base/error.h"
#include "base/utf8.h"
#include "mail/host.h"
#include "mail/links.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text = weir::to_valid_utf8({reinterpret_cast<const char*>(data), size});
  weir::mail::LinkCollector links(100);
  links.add_text(text);
  links.add_html({{text, "", "a"}});
  for (const auto& link : links.take()) {
    WEIR_ASSERT(!link.url.empty() && weir::is_utf8(link.url));
    if (link.host.empty() || link.host.find(':') != std::string::npos) continue;
    const auto again = weir::mail::canonical_host(link.host);
    WEIR_ASSERT(again && again->name == link.host);
  }
  return 0;
}
