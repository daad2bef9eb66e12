// mail/transfer.h - transfer decoding without a copy where the octets stand for themselves.
#pragma once

#include <string>
#include <string_view>

namespace weir::mail {

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

}  // namespace weir::mail
