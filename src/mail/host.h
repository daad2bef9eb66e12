// mail/host.h - the host of a URL as browsers understand it (WHATWG URL 3.5), and what may follow
// from it.
//
// canonical_host: "EXAMPLE.com." -> "example.com"; percent-encoded octets decoded; ideographic and
//   full-width dots are dots; other scripts become A-labels (UTS 46, "xn--..."); IPv4 in any of the
//   numeric forms browsers take ("3221225985", "0xC0.0.0513") becomes dotted quad; "[2001:DB8::1]"
//   becomes 2001:db8::1 without brackets. Empty if it is no host. Idempotent.
// Threads: functions are safe; a DomainCache belongs to one thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace weir::mail {

struct Host {
  std::string name;
  bool literal = false;       // an IP address
  bool odd_form = false;      // ... that was not written as four decimal numbers
  bool percent = false;       // percent-encoded octets were in it
  bool idn = false;           // has an A-label
  bool mixed_script = false;  // host_script.h
  bool lookalike = false;
};

[[nodiscard]] std::optional<Host> canonical_host(std::string_view utf8);

// The length of the dot at text[at], octets: 1 for '.', 3 for U+3002, U+FF0E, U+FF61, else 0.
[[nodiscard]] std::size_t dot_length(std::string_view text, std::size_t at);

// Like registrable_domain() of reading.h for a name that is canonical already; if listed_only, a
// top-level domain that the list does not know gives nothing.
enum class Suffixes { any, listed_only };
[[nodiscard]] std::string registrable_of(const std::string& canonical_name, Suffixes suffixes);

// What the Public Suffix List says about one canonical name. Empty domains: the name is a suffix
// itself, or no name.
struct Domains {
  std::string domain;   // with the private section: "tenant.github.io"
  std::string icann;    // without it: "github.io"
  bool listed = false;  // the suffix of `domain` stands in the list
};
[[nodiscard]] Domains domains_of(const std::string& canonical_name);

// domains_of, remembered: a message names the same few hosts again and again. At most kEntriesMax
// names are held; then it starts anew.
class DomainCache {
 public:
  static constexpr std::size_t kEntriesMax = 4'096;
  // Valid until the next call.
  [[nodiscard]] const Domains& of(const std::string& canonical_name);
  // Whether a lower-case last label is a top-level domain of the list. No allocation.
  [[nodiscard]] bool is_top_level(std::string_view label);

 private:
  struct TopLevel {
    std::array<char, 14> label{};
    std::uint8_t size = 0;
    bool listed = false;
  };
  std::unordered_map<std::string, Domains> names_;
  std::array<TopLevel, 64> top_levels_{};
};

}  // namespace weir::mail
