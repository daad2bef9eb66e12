// text/charset.h - octets in any charset become UTF-8, whatever the label says.
//
// Input:   octets of one part or one encoded word, and the charset label as declared (may be empty
//          or wrong).
// Output:  valid UTF-8, always. Undecodable octets become U+FFFD and are counted; nothing is
//          dropped but a byte order mark and the shifts of 7-bit codes.
// Choice:  the declared charset by the WHATWG label table (gb2312 and gbk mean gb18030, euc-kr
//          means cp949, shift_jis means cp932, iso-8859-1 means windows-1252, big5 with HKSCS); if
//          it is missing or its text is improbable, UTF-8 if valid, then a 7-bit code by its
//          shifts, then the charset under which the octets are most probable (charset_choice.h).
// Cost:    O(octets); the choice looks at no more than 4 KB.
// Threads: safe.
// Source:  WHATWG Encoding (labels), glibc iconv (tables).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace weir::text {

struct Decoded {
  std::string text;  // UTF-8
  std::string used;  // canonical lower-case name of the charset used: "gb18030", "utf-8", ...
  std::size_t replaced = 0;  // how many U+FFFD the decoder put in
  // A second charset, which some lines are in: a quotation, or what a mailing list added.
  std::string also_used;
  // UTF-8 was taken for windows-1252 and encoded again on the way; the text is left as it came.
  bool encoded_twice = false;
  bool label_was_wrong = false;  // a label was declared and another charset was used
};

[[nodiscard]] Decoded to_utf8(std::string_view octets, std::string_view declared_label);

// The same without a copy where none is needed: `text` stays empty and the result is the octets
// themselves (less a byte order mark) where they are UTF-8 as they stand; else it is decoded.text.
[[nodiscard]] std::string_view to_utf8_view(std::string_view octets,
                                            std::string_view declared_label, Decoded& decoded);

// Canonical name for a label, or empty if it is unknown. ASCII case, blanks and quotes around it
// are ignored.
[[nodiscard]] std::string_view canonical_charset(std::string_view label);

}  // namespace weir::text
