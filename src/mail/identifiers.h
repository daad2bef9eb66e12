// mail/identifiers.h - the accounts, numbers and addresses that a message wants its reader to use.
//
// Input:  UTF-8 text as a person sees it, also the urls of links (t.me/..., wa.me/..., mailto:).
//         Full-width, circled, separated and (for Chinese mobile numbers) spelled digits count.
// Output: each identifier once, in order of first appearance: its kind, a canonical value that is
//         the same however it was written, how it was written first, and how often. What each kind
//         asks for, and how many false ones it gave: docs/reading/links.md.
// Bounds: O(octets): one forward scan over pairs of octets, and one that looks at every 26th for
//         long tokens; what is looked at around a hit is at most some hundred octets. Nothing is
//         allocated unless something is found. At most limits.count identifiers, each value and
//         spelling at most kIdentifierOctetsMax octets.
// Threads: a collector belongs to one thread; find_identifiers is pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "mail/host.h"

namespace weir::mail {

enum class IdentifierKind : std::uint8_t {
  mail,      // local@host: lower case, host as A-labels
  phone,     // "+8613800138000" where the country is sure, else the national digits
  qq,        // digits
  qq_group,  // digits
  wechat,    // lower case
  line,      // lower case, '@' of official accounts kept
  kakao,     // lower case; "o/..." and "_..." of its links
  telegram,  // lower case, without '@'; "+..." and "joinchat/..." as written
  whatsapp,  // "+" and digits
  skype,     // lower case
  bitcoin,   // as written; checksum right, as for all that follow
  litecoin,
  dogecoin,
  tron,
  ethereum,  // lower case; a mixed-case one has the right EIP-55 case
  monero,
  iban,       // upper case, without blanks
  bank_card,  // digits
  kCount
};
[[nodiscard]] std::string_view identifier_kind_name(IdentifierKind kind);

inline constexpr std::size_t kIdentifierOctetsMax = 256;

struct Identifier {
  IdentifierKind kind = IdentifierKind::mail;
  std::string value;        // canonical
  std::string written;      // as it stands in the text
  std::size_t offset = 0;   // of `written`, in the text it was first found in
  std::uint32_t times = 1;  // how often it was seen
};

struct IdentifierLimits {
  std::size_t count = 1'000;
};

class IdentifierCollector {
 public:
  explicit IdentifierCollector(IdentifierLimits limits = {}) : limits_(limits) {}
  void add_text(std::string_view utf8);
  [[nodiscard]] bool cut() const { return cut_; }  // there were more than the limit
  [[nodiscard]] std::vector<Identifier> take() { return std::move(found_); }

  // For the recognizers: text[begin, end) is one.
  void add(IdentifierKind kind, std::string value, std::string_view text, std::size_t begin,
           std::size_t end);
  [[nodiscard]] DomainCache& domains() { return domains_; }

 private:
  IdentifierLimits limits_;
  bool cut_ = false;
  std::vector<Identifier> found_;
  std::unordered_map<std::uint64_t, std::size_t> index_;  // hash of kind and value
  DomainCache domains_;
};

[[nodiscard]] std::vector<Identifier> find_identifiers(std::string_view utf8,
                                                       IdentifierLimits limits = {});

}  // namespace weir::mail
