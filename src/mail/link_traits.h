// mail/link_traits.h - what is noteworthy about a link, as a set of bits with stable names.
//
// Names are features and evidence: they are never reused for another meaning. New ones go to the
// end. Pure, O(1).
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace weir::mail {

enum class LinkOrigin : std::uint8_t { text, html, qr, document, header };
[[nodiscard]] std::string_view link_origin_name(LinkOrigin origin);

enum class LinkTrait : std::uint8_t {
  no_scheme,      // written without http:// or the like
  disguised,      // hxxp, [.], " dot ", foreign dots or letters, wrong slashes: not to be clicked
  wrapped,        // written over several lines, put together here
  idn,            // a host with letters beyond ASCII, written so or as xn--
  mixed_script,   // one label of the host mixes writings that are never mixed
  lookalike,      // one label of the host can be read as an ASCII one
  ip_literal,     // the host is an address
  ip_odd_form,    // ... written as octal, hexadecimal, one number or fewer than four
  percent_host,   // percent-encoded octets in the host
  userinfo,       // something before '@' that is no part of the host
  odd_port,       // a port that is not the scheme's own
  shown_differs,  // the text shown for it is a URL or host of another registrable domain
  redirect,       // another host stands inside it: Link::redirects_to
  data,           // data: - the page itself, not a place
  script,         // javascript:, vbscript:
  contact,        // mailto:, tel:, tg: and the like: a person or an account
  shortener,      // the host is a well-known shortener: where it leads cannot be told
  hosted,         // the domain is a customer's name below a provider's (PSL, private section)
  kCount
};
[[nodiscard]] std::string_view link_trait_name(LinkTrait trait);

class LinkTraits {
 public:
  constexpr LinkTraits() = default;
  constexpr explicit LinkTraits(LinkTrait trait) : bits_(bit(trait)) {}
  constexpr void set(LinkTrait trait) { bits_ |= bit(trait); }
  constexpr void merge(LinkTraits other) { bits_ |= other.bits_; }
  [[nodiscard]] constexpr bool has(LinkTrait trait) const { return (bits_ & bit(trait)) != 0; }
  [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
  [[nodiscard]] constexpr std::uint32_t bits() const { return bits_; }
  // In the order of LinkTrait.
  [[nodiscard]] std::vector<std::string_view> names() const;
  friend constexpr bool operator==(LinkTraits, LinkTraits) = default;

 private:
  static constexpr std::uint32_t bit(LinkTrait trait) {
    return std::uint32_t{1} << static_cast<unsigned>(trait);
  }
  std::uint32_t bits_ = 0;
};

}  // namespace weir::mail
