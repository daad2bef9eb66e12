// auth/authentication_results.h - what another host found out and wrote down (RFC 8601 2.2).
//
//   Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=example.com;
//     dkim=fail reason="bad signature" header.d=example.com
//
// Anybody can write such a field. It is worth something only from a host that the reader trusts and
// that removes fields which claim to be its own from what comes in; which hosts these are, the
// caller says.
// Input:   the raw value, folding and comments included; also an ARC-Authentication-Results without
//          its "i=n;".
// Errors:  Errc::invalid: not the grammar, another version than 1, too many results.
// Threads: pure. Cost: O(octets).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "auth/header.h"
#include "auth/outcome.h"
#include "base/error.h"

namespace weir::auth {

inline constexpr std::size_t kMaxMethodResults = 100;
inline constexpr std::size_t kMaxProperties = 100;  // of one result

struct ResultProperty {
  std::string type;   // "smtp", "header", "body", "policy", lower case
  std::string name;   // "mailfrom", "d", lower case
  std::string value;  // quotes removed
};

struct MethodResult {
  std::string method;  // "spf", "dkim", "dmarc", "arc", "iprev", lower case
  std::string word;    // lower case, also one that RFC 8601 does not know
  std::optional<Outcome> outcome;
  std::string reason;
  std::vector<ResultProperty> properties;
  // The value of a property, or empty.
  [[nodiscard]] std::string_view property(std::string_view type, std::string_view name) const;
};

struct AuthenticationResults {
  std::string host;                   // authserv-id
  std::vector<MethodResult> results;  // empty: "none"
};

[[nodiscard]] Result<AuthenticationResults> parse_authentication_results(std::string_view value);

// Those of the message that one of `trusted_hosts` wrote (case ignored), from the top. Fields that
// cannot be read are left out.
[[nodiscard]] std::vector<AuthenticationResults> trusted_results(
    const Header& header, std::span<const std::string> trusted_hosts);

}  // namespace weir::auth
