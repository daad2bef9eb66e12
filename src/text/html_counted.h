// text/html_counted.h - html_to_text() with the number of octets and elements it looked at, for the
// tests of its cost.
#pragma once

#include <cstddef>
#include <string_view>

#include "text/html.h"

namespace weir::text {

[[nodiscard]] HtmlText html_to_text_counted(std::string_view html, const HtmlLimits& limits,
                                            std::size_t& steps);

}  // namespace weir::text
