// auth/spf_macro.h - macros of SPF: "%{ir}.%{v}._spf.%{d2}" (RFC 7208 7).
//
// Checking is apart from expanding: what a record holds is checked when it is read, and expanded
// when a term is reached. Pure. An expansion is bounded by kMaxExpansion.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/address.h"
#include "base/time.h"

namespace weir::auth {

inline constexpr std::size_t kMaxExpansion =
    8'192;  // octets; a domain has 253, a sentence a few hundred

struct MacroValues {
  std::string local_part;     // l
  std::string sender_domain;  // o
  std::string domain;         // d: the domain whose record is evaluated
  std::string helo;           // h
  std::string validated;      // p; "unknown" if there is none
  std::string receiver;       // r
  Address client;             // i, c, v
  UnixMillis now;             // t
};

// macro-string: literals %x21-24 and %x26-7E, macro-expands; c, r and t are not allowed.
[[nodiscard]] bool is_macro_string(std::string_view text);
// domain-spec: a macro-string that ends in a macro-expand or in a dot and a top label.
[[nodiscard]] bool is_domain_spec(std::string_view text);
// Whether %{p} is in it.
[[nodiscard]] bool uses_validated_name(std::string_view text);

// Expands a checked domain-spec; what is longer than 253 octets loses labels at its left (7.3).
// nullopt: longer than kMaxExpansion.
[[nodiscard]] std::optional<std::string> expand_domain(std::string_view spec,
                                                       const MacroValues& values);
// Expands an explanation: spaces are literals, c, r and t are macros too. nullopt: a syntax error
// or longer than kMaxExpansion.
[[nodiscard]] std::optional<std::string> expand_explanation(std::string_view text,
                                                            const MacroValues& values);

}  // namespace weir::auth
