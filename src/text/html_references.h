// text/html_references.h - character references of HTML: "&amp;", "&#20013;", "&#x4E2D;". For text/
// only.
//
// Named ones that stand for two code points are left as they are: none is a letter. Numbers
// 0x80..0x9F mean windows-1252; numbers that are no character become U+FFFD. Looks at most
// kReferenceOctetsMax octets ahead for a name, and at each digit once.
#pragma once

#include <string>
#include <string_view>

namespace weir::text {

inline constexpr std::size_t kReferenceOctetsMax = 32;

// In an attribute "&copy=1" is a part of a URL, not a sign: a name without semicolon needs another
// end there.
enum class Place { text, attribute };

// Appends `raw` with its references decoded; adds the octets looked at to `steps`.
void append_dereferenced(std::string& out, std::string_view raw, Place place, std::size_t& steps);
[[nodiscard]] std::string dereferenced(std::string_view raw, Place place, std::size_t& steps);

extern const std::string_view kReferenceNames;

}  // namespace weir::text
