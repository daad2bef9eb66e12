// text/html_references.h - character references of HTML: "&amp;", "&#20013;", "&#x4E2D;". For text/
// only.
//
// Numbers 0x80..0x9F mean windows-1252; numbers that are no character become U+FFFD. Looks at most
// kReferenceOctetsMax octets ahead for a name, and at each digit once. What a reference stands for
// is at most 6/5 as long as the reference ("&nGt;": six octets).
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
// The same; `raw` itself if there is no reference in it, else a view into `scratch`.
[[nodiscard]] std::string_view dereferenced(std::string_view raw, Place place, std::string& scratch,
                                            std::size_t& steps);

extern const std::string_view kReferenceNames;

}  // namespace weir::text
