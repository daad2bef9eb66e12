// text/charset_mixed.h - octets of one part in two charsets, and text encoded twice. For text/
// only.
//
// A list's footer in UTF-8 below a mail in EUC-KR, a quotation in GBK inside of UTF-8: each line is
// in one charset, and no charset fits all lines.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "text/charset_table.h"

namespace weir::text {

struct Mixed {
  std::string text;
  std::size_t replaced = 0;
  std::string_view also_used;  // canonical name of the second charset
};

// Whether a line of octets that are not all UTF-8 is, beyond ASCII.
[[nodiscard]] bool has_utf8_line(std::string_view octets);
// The lines beyond ASCII that are not UTF-8, joined; at most 16 KB.
[[nodiscard]] std::string lines_not_utf8(std::string_view octets);

// Whether decode_by_lines() is worth its while, after the octets were decoded with `replaced`
// U+FFFD: there is damage, or a line that is UTF-8 though the rest is not. Cheap.
[[nodiscard]] bool may_be_mixed(std::string_view octets, const Charset& used, std::size_t replaced);

// The text with some lines in another charset, if that leaves fewer U+FFFD, or no more and reads
// far better. O(octets).
[[nodiscard]] std::optional<Mixed> decode_by_lines(std::string_view octets, const Charset& used,
                                                   std::size_t replaced);

// Whether UTF-8 is the encoding of an encoding: each of its characters beyond ASCII, taken as the
// octet that windows-1252 has for it, is part of valid UTF-8, and there are three of those or more.
[[nodiscard]] bool is_encoded_twice(std::string_view utf8);

}  // namespace weir::text
