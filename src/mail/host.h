// mail/host.h - the host of a URL as browsers understand it (WHATWG URL 3.5), and what may follow
// from it.
//
// canonical_host: "EXAMPLE.com." -> "example.com"; percent-encoded octets decoded; ideographic and
// full-width dots are dots; other
//   scripts become A-labels (UTS 46, "xn--..."); IPv4 in any of the numeric forms browsers take
//   ("3221225985", "0xC0.0.0513") becomes dotted quad; "[2001:DB8::1]" becomes 2001:db8::1 without
//   brackets. Empty if it is no host.
// Threads: safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace weir::mail {

struct Host {
  std::string name;
  bool literal = false;  // an IP address
};

[[nodiscard]] std::optional<Host> canonical_host(std::string_view utf8);

// The length of the dot at text[at], octets: 1 for '.', 3 for U+3002, U+FF0E, U+FF61, else 0.
[[nodiscard]] std::size_t dot_length(std::string_view text, std::size_t at);

// Like registrable_domain() of reading.h for a name that is canonical already; if listed_only, a
// top-level domain that the list does not know gives nothing.
enum class Suffixes { any, listed_only };
[[nodiscard]] std::string registrable_of(const std::string& canonical_name, Suffixes suffixes);

}  // namespace weir::mail
