#include <cstdint>
#include <string_view>

#include "base/error.h"
#include "base/utf8.h"
#include "text/html_counted.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view html(reinterpret_cast<const char*>(data), size);
  const std::string repaired = weir::to_valid_utf8(html);
  std::size_t steps = 0;
  const weir::text::HtmlText text =
      weir::text::html_to_text_counted(repaired, {.links = 100}, steps);
  WEIR_ASSERT(weir::is_utf8(text.text) && weir::is_utf8(text.hidden));
  WEIR_ASSERT(text.text.size() + text.hidden.size() <= repaired.size() + repaired.size() / 5 + 1);
  std::size_t hidden_octets = 0;
  for (const weir::text::HiddenBy& by : text.hidden_by) hidden_octets += by.octets;
  WEIR_ASSERT(hidden_octets <= text.hidden.size() && (hidden_octets > 0 || text.hidden.empty()));
  WEIR_ASSERT(weir::is_utf8(text.title) && text.title.size() <= 256);
  WEIR_ASSERT(text.links.size() <= 100);
  for (const weir::text::HtmlLink& link : text.links) {
    WEIR_ASSERT(weir::is_utf8(link.target) && weir::is_utf8(link.shown) &&
                weir::is_utf8(link.element));
    WEIR_ASSERT(link.shown.size() <= 256);
  }
  WEIR_ASSERT(steps <= 64 * (repaired.size() + 16));
  (void)weir::text::meta_charset(html);
  return 0;
}
