// base/toml_dots.h - a bound on the depth of a TOML file, to be checked before it is parsed.
//
// toml++ makes a table for each part of a dotted key and takes them apart again by recursion, so a
// key of some 100,000 parts overflows the stack. Depth is never more than the dots of the file.
#pragma once

#include <cstddef>
#include <string_view>

namespace weir {

// More than any file of ours needs.
inline constexpr std::size_t kMaxTomlDots = 64;

// Dots outside strings and comments: those of dotted keys, and a few of numbers. O(octets).
[[nodiscard]] std::size_t count_toml_dots(std::string_view toml);

}  // namespace weir
