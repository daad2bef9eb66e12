// text/decoder.h - octets of one known charset become UTF-8. For text/ only; charset.h chooses the
// charset.
//
// Output is valid UTF-8 whatever the octets are; each undecodable octet (or lead octet with a trail
// octet that is not ASCII) becomes one U+FFFD. O(octets). Conversion handles are kept per thread.
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

// Past max_replaced the rest may be left out: for whoever only asks whether there are more.
[[nodiscard]] Conversion decode(std::string_view octets, const Charset& charset,
                                std::size_t max_replaced = SIZE_MAX);

// 7-bit codes with shifts become their 8-bit siblings. What is no character of the code becomes
// 0xFF, which none of the siblings can decode.
[[nodiscard]] std::string iso_2022_jp_to_euc(std::string_view octets);
[[nodiscard]] std::string iso_2022_kr_to_euc(std::string_view octets);
[[nodiscard]] std::string hz_to_euc(std::string_view octets);

}  // namespace weir::text
