// auth/dkim_signature.h - the tags of a DKIM-Signature (RFC 6376 3.5) and of ARC's two signatures
// (RFC 8617 4.1.2, 4.1.3).
//
// Input:   the raw value of the field. Values are checked as far as they stand alone; what needs
// the
//          message, a key or the time is checked by dkim.h and arc.h.
// Errors:  Errc::invalid: syntax, a tag missing or out of its range. Errc::unsupported: an
// algorithm
//          that is not accepted (rsa-sha1 among them, RFC 8301) or a version or query method that
//          nobody knows.
// Threads: pure. Cost: O(octets).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/header.h"
#include "base/error.h"

namespace weir::auth {

enum class KeyKind : std::uint8_t { rsa, ed25519 };

struct DkimSignature {
  KeyKind key = KeyKind::rsa;
  std::string signature;  // b=, octets
  std::string body_hash;  // bh=, octets
  Canon header_canon = Canon::simple;
  Canon body_canon = Canon::simple;
  std::string domain;                         // d=, lower case
  std::string selector;                       // s=, lower case
  std::string identity;                       // i=, or "@" and the domain
  std::vector<std::string> signed_fields;     // h=, lower case
  std::optional<std::uint64_t> body_octets;   // l=
  std::optional<std::uint64_t> signed_at_s;   // t=
  std::optional<std::uint64_t> expires_at_s;  // x=
  int instance = 0;                           // ARC: i=
  std::string chain;                          // ARC-Seal: cv=, lower case
  std::size_t b_begin = 0, b_end = 0;         // where the value of b= stands in the field's value
};

[[nodiscard]] Result<DkimSignature> parse_dkim_signature(std::string_view value);
[[nodiscard]] Result<DkimSignature> parse_arc_message_signature(std::string_view value);
[[nodiscard]] Result<DkimSignature> parse_arc_seal(std::string_view value);

}  // namespace weir::auth
