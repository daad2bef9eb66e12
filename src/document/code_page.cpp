#include "document/code_page.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "document/ascii.h"
#include "text/charset.h"
#include "text/decoder.h"

namespace weir::document {
namespace {

struct Row {
  unsigned number;
  std::string_view label;
};
constexpr auto kRows = std::to_array<Row>({
    {437, "ibm437"},           {850, "ibm850"},
    {852, "ibm852"},           {866, "ibm866"},
    {874, "windows-874"},      {932, "cp932"},
    {936, "gb18030"},          {949, "cp949"},
    {950, "big5-hkscs"},       {1200, "utf-16le"},
    {1201, "utf-16be"},        {1250, "windows-1250"},
    {1251, "windows-1251"},    {1252, "windows-1252"},
    {1253, "windows-1253"},    {1254, "windows-1254"},
    {1255, "windows-1255"},    {1256, "windows-1256"},
    {1257, "windows-1257"},    {1258, "windows-1258"},
    {1361, "johab"},           {10000, "macintosh"},
    {10007, "x-mac-cyrillic"}, {20127, "us-ascii"},
    {20866, "koi8-r"},         {20932, "euc-jp"},
    {20936, "gb18030"},        {20949, "cp949"},
    {21866, "koi8-u"},         {28591, "windows-1252"},
    {28592, "iso-8859-2"},     {28593, "iso-8859-3"},
    {28594, "iso-8859-4"},     {28595, "iso-8859-5"},
    {28596, "iso-8859-6"},     {28597, "iso-8859-7"},
    {28598, "iso-8859-8"},     {28599, "windows-1254"},
    {28603, "iso-8859-13"},    {28605, "iso-8859-15"},
    {38598, "iso-8859-8"},     {50220, "iso-2022-jp"},
    {50221, "iso-2022-jp"},    {50222, "iso-2022-jp"},
    {50225, "iso-2022-kr"},    {50227, "gb18030"},
    {51932, "euc-jp"},         {51936, "gb18030"},
    {51949, "cp949"},          {52936, "hz-gb-2312"},
    {54936, "gb18030"},        {65000, "utf-7"},
    {65001, "utf-8"},
});
static_assert(std::ranges::is_sorted(kRows, {}, &Row::number));

char32_t unit_at(std::string_view octets, std::size_t at, bool big_endian) {
  const unsigned first = octet(octets[at]), second = octet(octets[at + 1]);
  return big_endian ? (first << 8) | second : (second << 8) | first;
}

std::string decode_utf16(std::string_view octets, bool big_endian) {
  std::string out;
  for (std::size_t i = 0; i + 1 < octets.size(); i += 2) {
    char32_t unit = unit_at(octets, i, big_endian);
    if (unit == 0) break;
    if (unit >= 0xD800 && unit < 0xDC00 && i + 3 < octets.size()) {
      const char32_t low = unit_at(octets, i + 2, big_endian);
      if (low >= 0xDC00 && low < 0xE000) {
        unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
        i += 2;
      }
    }
    append_utf8(out, unit);
  }
  return out;
}

}  // namespace

std::string_view charset_of_code_page(unsigned code_page) {
  const auto row = std::ranges::lower_bound(kRows, code_page, {}, &Row::number);
  return row != kRows.end() && row->number == code_page ? row->label : std::string_view();
}

std::string decode_charset(std::string_view octets, std::string_view label) {
  const text::Charset* charset = text::find_charset(label);
  if (charset == nullptr) return text::to_utf8(octets, label).text;
  switch (charset->coding) {
    case text::Coding::utf8:
    case text::Coding::single:
    case text::Coding::multi:
    case text::Coding::pairs: return text::decode(octets, *charset).text;
    default: return text::to_utf8(octets, label).text;  // undoes the shifts
  }
}

std::string decode_code_page(std::string_view octets, unsigned code_page) {
  if (std::ranges::none_of(octets, is_8bit) && code_page < 50000 && code_page != 1200 &&
      code_page != 1201)
    return std::string(octets);
  return decode_charset(octets, charset_of_code_page(code_page));
}

std::string decode_utf16le(std::string_view octets) { return decode_utf16(octets, false); }
std::string decode_utf16be(std::string_view octets) { return decode_utf16(octets, true); }

bool is_double_byte(unsigned code_page) {
  return code_page == 932 || code_page == 936 || code_page == 949 || code_page == 950 ||
         code_page == 1361;
}

}  // namespace weir::document
