// text/decoder_step.h - the next character of octets in a charset of pairs or in UTF-8. For text/
// only; inline, as both the decoding and the choice of a charset spend their time here.
#pragma once

#include <string_view>

#include "text/decoder_tables.h"

namespace weir::text {

struct Step {
  Sequence characters;     // {U+FFFD, 0} if !good
  std::size_t length = 1;  // octets taken, at least 1
  bool good = true;
};

// What lies beyond the pairs of a charset.
enum class Family : std::uint8_t { pairs_only, gb18030, euc_jp, euc_jisx0213, euc_tw };

[[nodiscard]] Family family_of(const Charset& charset);

// The character at octets[at], which is no pair of the table: a lead octet alone, three or four
// octets, or damage. A lead octet takes its trail octet with it into the U+FFFD unless that is
// ASCII (WHATWG Encoding, the multi-byte decoders), so that a damaged character never swallows a
// '<' or a line end.
[[nodiscard]] Step rare_step(const PairTable& table, Family family, std::string_view octets,
                             std::size_t at);

// The character at octets[at] (>= 0x80) of UTF-8. A pair of surrogates (CESU-8) is the character
// that it means. Damage is taken as next_code_point() takes it.
[[nodiscard]] Step utf8_step(std::string_view octets, std::size_t at);

// The character at octets[at]; length 2 or 4, of fewer octets at the end. For UTF-16 and UTF-32.
[[nodiscard]] Step utf16_step(std::string_view octets, std::size_t at, bool big_endian);
[[nodiscard]] Step utf32_step(std::string_view octets, std::size_t at, bool big_endian);

// Writes a code point that is no surrogate; returns the place behind it. Room for 4 octets.
inline char* write_utf8(char* to, char32_t c) {
  if (c < 0x80) {
    *to++ = static_cast<char>(c);
  } else if (c < 0x800) {
    *to++ = static_cast<char>(0xC0 | (c >> 6));
    *to++ = static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    *to++ = static_cast<char>(0xE0 | (c >> 12));
    *to++ = static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    *to++ = static_cast<char>(0x80 | (c & 0x3F));
  } else {
    *to++ = static_cast<char>(0xF0 | (c >> 18));
    *to++ = static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    *to++ = static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    *to++ = static_cast<char>(0x80 | (c & 0x3F));
  }
  return to;
}

}  // namespace weir::text
