// text/decoder.h - octets of one known charset become UTF-8. For text/ only; charset.h chooses the
// charset.
//
// Output is valid UTF-8 whatever the octets are; each undecodable octet (or lead octet with a trail
// octet that is not ASCII) becomes one U+FFFD. O(octets), by tables.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "text/charset_table.h"

namespace weir::text {

struct Conversion {
  std::string text;
  std::size_t replaced = 0;
};

[[nodiscard]] Conversion decode(std::string_view octets, const Charset& charset);

// The same, behind what `to` holds already; returns how many U+FFFD were put in.
[[nodiscard]] std::size_t decode_onto(std::string& to, std::string_view octets,
                                      const Charset& charset);

// Octets >= 0x80.
[[nodiscard]] std::size_t count_high(std::string_view octets);
// Where the first octet >= 0x80 stands at or behind `from`, or octets.size().
[[nodiscard]] std::size_t find_high(std::string_view octets, std::size_t from = 0);

// The 7-bit codes (shifted.cpp, decoder_utf7.cpp); the same contract as decode_onto().
[[nodiscard]] std::size_t decode_iso_2022_jp(std::string& to, std::string_view octets);
[[nodiscard]] std::size_t decode_iso_2022_kr(std::string& to, std::string_view octets);
[[nodiscard]] std::size_t decode_iso_2022_cn(std::string& to, std::string_view octets);
[[nodiscard]] std::size_t decode_hz(std::string& to, std::string_view octets);
enum class Utf7 : std::uint8_t { mail, imap };  // RFC 2152; RFC 3501 5.1.3
[[nodiscard]] std::size_t decode_utf7(std::string& to, std::string_view octets, Utf7 variant);

}  // namespace weir::text
