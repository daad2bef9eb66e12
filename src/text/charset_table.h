// text/charset_table.h - the charsets that Weir decodes, and their labels. For text/ only.
//
// Labels are compared by their ASCII letters and digits alone, case ignored: "ISO_8859-1",
// "iso-8859-1" and "iso8859_1" are one label. A language tag after '*' (RFC 2231 5) is cut off.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace weir::text {

// How octets of a charset become characters; decides what is skipped after an octet that cannot be
// decoded.
enum class Coding : std::uint8_t {
  utf8,
  single,       // one octet, one character; ASCII below 0x80
  multi,        // lead octet >= 0x80, then trail octets; ASCII below 0x80 when not a trail octet
  pairs,        // UTF-16
  quads,        // UTF-32
  iso_2022_jp,  // 7-bit, shifted by escape sequences
  iso_2022_kr,  // 7-bit, shifted by SO and SI
  iso_2022_cn,  // 7-bit, shifted by SO, SI, SS2 and SS3
  hz,           // 7-bit, shifted by ~{ and ~}
  utf7,         // 7-bit, shifted by + and -
};

struct Charset {
  std::string_view name;   // canonical
  const char* iconv_name;  // of its table; empty where none is needed
  Coding coding;
  std::string_view labels;  // other labels, letters and digits only, separated by blanks
};

[[nodiscard]] std::span<const Charset> charsets();
[[nodiscard]] std::size_t index_of(const Charset& charset);
// By label (canonical names included), or nullptr.
[[nodiscard]] const Charset* find_charset(std::string_view label);

[[nodiscard]] inline bool is_ascii_compatible(const Charset& charset) {
  return charset.coding == Coding::utf8 || charset.coding == Coding::single ||
         charset.coding == Coding::multi;
}

[[nodiscard]] inline bool is_wide(const Charset& charset) {
  return charset.coding == Coding::pairs || charset.coding == Coding::quads;
}

}  // namespace weir::text
