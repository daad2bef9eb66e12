// base/utf8.h - one code point at a time, in and out of UTF-8 (RFC 3629).
//
// next_code_point() never fails: an ill-formed sequence yields U+FFFD and consumes its maximal
// well-formed part (Unicode 15 3.9, "substitution of maximal subparts"), at least one octet.
// Surrogates and overlong forms are ill-formed.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace weir {

inline constexpr char32_t kReplacement = 0xFFFD;

// Decodes the code point at text[at] and moves `at` behind it. at must be < text.size().
[[nodiscard]] char32_t next_code_point(std::string_view text, std::size_t& at);
// Surrogates and numbers above U+10FFFF are written as U+FFFD.
void append_utf8(std::string& out, char32_t code_point);
[[nodiscard]] bool is_utf8(std::string_view text);
// text with every ill-formed sequence replaced by U+FFFD.
[[nodiscard]] std::string to_valid_utf8(std::string_view text);
// The longest prefix of at most max_octets that does not cut a code point.
[[nodiscard]] std::string_view utf8_prefix(std::string_view text, std::size_t max_octets);

}  // namespace weir
