// base/nearest.h - the known word closest to a mistyped one, for error messages.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace weir {

// The candidate with the smallest edit distance (insert, delete, replace), if that is at most a
// third of its length plus one; else empty. The first of equals wins. Words longer than 64 octets
// are compared by their first 64.
[[nodiscard]] std::string_view nearest(std::string_view word,
                                       std::span<const std::string_view> candidates);

// "; did you mean 'x'?" or an empty string.
[[nodiscard]] std::string did_you_mean(std::string_view word,
                                       std::span<const std::string_view> candidates);

}  // namespace weir
