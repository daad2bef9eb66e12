// text/decoder_tables.h - what each octet or pair of octets of a charset means. For text/ only.
//
// Built from the system's converter (iconv) when a charset is first met, 64 KB and less than a
// millisecond for a charset of pairs, and constant from then on. A charset that the system does
// not know has an empty table: its octets beyond ASCII are undecodable.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "text/charset_table.h"

namespace weir::text {

// A character: a code point of the basic plane; 0 for none; from 0xD800 to 0xDFFF the index of a
// Sequence, for code points beyond the plane and for pairs that mean two code points.
using Unit = char16_t;

struct Sequence {
  char32_t first = 0;
  char32_t second = 0;  // 0: one code point only
};

using SingleTable = std::array<Unit, 256>;

struct PairTable {
  // By pair_index(lead, trail); trail 0 stands for a lead octet that is a character alone.
  std::array<Unit, 0x8000> units{};
  std::vector<Sequence> sequences;
  // By how many octets the text in UTF-8 is longer at most for each octet >= 0x80; at least 2, for
  // U+FFFD.
  std::size_t growth = 2;

  [[nodiscard]] Sequence at(Unit unit) const {
    return unit >= 0xD800 && unit < 0xE000 ? sequences[unit - 0xD800U] : Sequence{unit, 0};
  }
};

[[nodiscard]] constexpr std::size_t pair_index(unsigned char lead, unsigned char trail) {
  return (lead & 0x7FU) << 8 | trail;
}

// Of a charset with Coding::single.
[[nodiscard]] const SingleTable& single_table(const Charset& charset);
// Of a charset with Coding::multi.
[[nodiscard]] const PairTable& pair_table(const Charset& charset);

// The pairs behind 0x8F of the EUC codes for Japanese.
[[nodiscard]] const PairTable& jis_x_0212();
[[nodiscard]] const PairTable& jis_x_0213_plane_2();
// The four-octet characters of EUC-TW: CNS 11643 plane 1 to 16, both octets above 0xA0. One call of
// the converter each: they are rare.
[[nodiscard]] Sequence cns_11643(unsigned plane, unsigned char lead, unsigned char trail);
// The four-octet characters of GB 18030 in the basic plane, by their linear number.
inline constexpr std::size_t kGbFour = 39'420;
[[nodiscard]] const std::array<Unit, kGbFour>& gb_four();

}  // namespace weir::text
