// auth/spf_record.h - an SPF record as terms (RFC 7208 4.5, 4.6.1, 5, 6, 7.1).
//
// The whole record is read before anything is evaluated: one broken term anywhere makes the record
// a permerror (4.6). Macros are checked here and expanded later (spf_macro.h).
// Threads: pure. Cost: O(octets).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/outcome.h"
#include "base/address.h"

namespace weir::auth {

enum class SpfMechanism : std::uint8_t { all, include, a, mx, ptr, ip4, ip6, exists };

struct SpfTerm {
  Outcome qualifier = Outcome::pass;  // pass, fail, softfail or neutral
  SpfMechanism mechanism = SpfMechanism::all;
  std::string domain;  // the domain-spec, macros unexpanded; empty: the current domain
  int v4_length = 32;
  int v6_length = 128;
  Prefix network;    // ip4, ip6
  std::string text;  // as written
};

struct SpfRecord {
  std::vector<SpfTerm> terms;  // mechanisms, in order
  std::optional<std::string> redirect;
  std::optional<std::string> explanation;  // domain-spec of exp=
};

// "v=spf1" alone or followed by a space; case ignored (4.5).
[[nodiscard]] bool is_spf_record(std::string_view text);
// `text` is_spf_record. Errc::invalid with the term and its offset.
[[nodiscard]] Result<SpfRecord> parse_spf_record(std::string_view text);

}  // namespace weir::auth
