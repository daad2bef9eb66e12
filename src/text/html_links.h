// text/html_links.h - the targets of links as browsers read them. For text/ only.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "text/html_tags.h"

namespace weir::text {

inline constexpr std::size_t kTargetOctetsMax = 8'192;
inline constexpr std::size_t kBaseOctetsMax = 512;

// The attributes of an element that name something to fetch or to go to.
[[nodiscard]] std::span<const Attr> link_attributes(Tag tag);

// Blanks and controls at both ends, and tabs and line ends anywhere, are no part of a URL (WHATWG
// URL 4.4). Cut at kTargetOctetsMax.
[[nodiscard]] std::string clean_target(std::string_view target);

// A relative target joined to the base (RFC 3986 5.2 without the removal of dot segments); others
// as they are.
[[nodiscard]] std::string resolve(std::string_view base, std::string_view target);

// The URL in the content of <meta http-equiv=refresh>, or empty.
[[nodiscard]] std::string_view refresh_target(std::string_view content);

}  // namespace weir::text
