// mail/received_words.h - the words, comments and addresses of a Received line. Inside mail only.
//
// Views point into the caller's text. No allocation. Linear in the text, whatever it holds.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/address.h"
#include "mail/trace.h"

namespace weir::mail {

struct Token {
  std::string_view text;  // a comment without its outer parentheses
  bool comment = false;
};

// Words and comments in order. After a parenthesis that nothing closes, a comment ends at the first
// closing one, so that what stands behind it is still seen.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}
  [[nodiscard]] bool next(Token& token);

 private:
  [[nodiscard]] std::size_t end_of_comment(std::size_t at) const;

  std::string_view text_;
  std::size_t at_ = 0;
  bool flat_ = false;
};

// "[IPv6:2001:db8::1]", "[192.0.2.1]:25", "192.0.2.1", "fe80::1%9", "user@192.0.2.1",
// "192.0.2.1:user@x", "network[192.0.2.1/host]": the address, or nullopt. Sets `impossible` if it
// is four numbers of which one is above 255.
[[nodiscard]] std::optional<Address> as_address(std::string_view word, bool& impossible);

// A name that the writing host looked up: "IDENT:user@host." -> "host"; empty for "unknown" and for
// what is no name.
[[nodiscard]] std::string_view as_rdns(std::string_view word);

// The word as UTF-8, cut at the length of a domain name.
void assign_clean(std::string& out, std::string_view word);

// "<a@b>," -> "a@b"; "<>" stays.
[[nodiscard]] std::string_view bare_path(std::string_view word);

// parse_received() into a hop that is as new.
void read_received(std::string_view raw_value, Hop& hop);

}  // namespace weir::mail
