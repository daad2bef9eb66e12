// mail/folded.h - the ASCII character that a written one stands for: full-width, circled, boxed,
// mathematical, super- and subscript letters and digits; the blanks and hyphens of Unicode; digits
// of other scripts.
//
// For finding links and identifiers only: cheaper than text/normal.h, one character at a time, and
// it keeps offsets. Pure, O(1), no allocation. Input: UTF-8; ill-formed octets fold to nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace weir::mail {

struct Folded {
  char c = '\0';            // ASCII; '\0': it stands for none; kInvisible: it shows nothing
  std::uint8_t octets = 1;  // its length in the text
};
inline constexpr char kInvisible = '\x01';

[[nodiscard]] Folded fold_beyond_ascii(std::string_view text, std::size_t at);

// at < text.size().
[[nodiscard]] inline Folded fold_at(std::string_view text, std::size_t at) {
  const char c = text[at];
  if ((static_cast<unsigned char>(c) & 0x80) == 0) return {c == '\0' ? ' ' : c, 1};
  return fold_beyond_ascii(text, at);
}

// The digit that a Chinese numeral stands for in a number that is read digit by digit
// (U+4E00 -> '1', U+58F9, U+5E7A too), or c = '\0'.
[[nodiscard]] Folded numeral_at(std::string_view text, std::size_t at);

// The start of the code point that ends at `end` (> 0).
[[nodiscard]] inline std::size_t code_point_before(std::string_view text, std::size_t end) {
  std::size_t at = end - 1;
  while (at > 0 && end - at < 4 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return at;
}

}  // namespace weir::mail
