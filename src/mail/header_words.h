// mail/header_words.h - decode_header() of message.h with what READ wants to know besides the text.
#pragma once

#include <string>
#include <string_view>

namespace weir::mail {

struct HeaderText {
  std::string text;            // one line of UTF-8
  std::size_t replaced = 0;    // U+FFFD put in for undecodable octets
  bool charset_wrong = false;  // an encoded word was not in its charset
  bool word_broken = false;    // an encoded word without end, charset or clean encoding
  bool raw_8bit = false;  // octets above 127 outside of encoded words that are not UTF-8 (RFC 6532)
};

// fallback_charset: label used for raw 8-bit octets, such as the charset of the body; may be empty.
[[nodiscard]] HeaderText decode_header_text(std::string_view raw_value,
                                            std::string_view fallback_charset);

}  // namespace weir::mail
