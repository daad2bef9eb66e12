// node/page.h - the look-up page a person sees, in English or Chinese. Pure; everything from
// outside is escaped.
#pragma once

#include <string>
#include <string_view>

#include "node/check.h"

namespace weir::node {

struct PageFacts {
  std::string zone;
  std::uint64_t ledger_size = 0;
  std::size_t listed = 0;
  UnixMillis now;
};

// `checked` may be null (the empty form); `error` is shown if not empty.
[[nodiscard]] std::string lookup_page(const PageFacts& facts, std::string_view subject,
                                      const Checked* checked, std::string_view error,
                                      Tongue tongue);
[[nodiscard]] std::string_view page_style();  // text/css

[[nodiscard]] std::string escape_html(std::string_view text);

}  // namespace weir::node
