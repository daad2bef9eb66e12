// mail/transfer.h - transfer decoding without a copy where the octets stand for themselves.
//
// Never fails: what is broken is read as far as it can be and named. O(octets). At most max_octets
// come out, and little more than that is ever allocated.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace weir::mail {

enum class TransferEncoding : std::uint8_t {
  identity,
  base64,
  quoted_printable,
  uuencode,
  yenc,
  unknown
};
// From the value of Content-Transfer-Encoding; ASCII case does not matter, nor does an "x-".
[[nodiscard]] TransferEncoding transfer_encoding(std::string_view label);

// Like decode_transfer() of message.h; the view points into `body` or into `storage`.
[[nodiscard]] std::string_view decode_transfer_view(std::string_view body,
                                                    std::string_view encoding,
                                                    std::size_t max_octets, std::string& storage,
                                                    std::string& problem);

enum class QuotedPrintable {
  body,
  header_word
};  // header words: '_' is a blank, no soft line ends

// Appends; both return false if something had to be skipped or taken literally.
[[nodiscard]] bool append_base64(std::string& out, std::string_view text);
[[nodiscard]] bool append_quoted_printable(std::string& out, std::string_view text,
                                           QuotedPrintable form);

struct DecodedLines {
  bool found = false;  // the line that begins the data is there
  bool clean = false;  // all of it is there and well formed
  bool cut = false;    // there is more than max_octets
};
// The first "begin 644 name" or "begin-base64 644 name" ... "end" of the text, appended to `out`.
[[nodiscard]] DecodedLines append_uuencode(std::string& out, std::string_view text,
                                           std::size_t max_octets);
// The first "=ybegin" ... "=yend" of the text.
[[nodiscard]] DecodedLines append_yenc(std::string& out, std::string_view text,
                                       std::size_t max_octets);

}  // namespace weir::mail
