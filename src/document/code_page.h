// document/code_page.h - octets in a Windows code page, named by its number, become UTF-8. For
// document/ only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace weir::document {

// A charset label for a code page ("gb18030" for 936), or empty if it is unknown.
[[nodiscard]] std::string_view charset_of_code_page(unsigned code_page);
// Strictly by the code page, without a guess; an unknown one is guessed.
[[nodiscard]] std::string decode_code_page(std::string_view octets, unsigned code_page);
// Strictly in the charset of that label, one that text/charset.h knows.
[[nodiscard]] std::string decode_charset(std::string_view octets, std::string_view label);
// UTF-16 little-endian up to its first NUL.
[[nodiscard]] std::string decode_utf16le(std::string_view octets);
[[nodiscard]] std::string decode_utf16be(std::string_view octets);
// 932, 936, 949, 950, 1361: a lead octet above 0x80 begins a pair.
[[nodiscard]] bool is_double_byte(unsigned code_page);

}  // namespace weir::document
