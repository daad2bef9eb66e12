// auth/dkim_key.h - the key that a signature names, out of the DNS (RFC 6376 3.6.1, RFC 8463), and
// whether it made the signature.
//
// Keys are strangers' input: RSA below 1,024 bits is not accepted (RFC 8301) and above 8,192 not
// tried. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/answers.h"
#include "auth/dkim_signature.h"
#include "auth/outcome.h"
#include "base/bytes.h"

namespace weir::auth {

inline constexpr int kMinRsaBits = 1'024;

struct DkimKey {
  KeyKind kind = KeyKind::rsa;
  std::string octets;             // p=; empty: revoked
  bool sha256 = true;             // h= allows it
  bool email = true;              // s= allows it
  bool testing = false;           // t=y
  bool same_domain_only = false;  // t=s: i= and d= must name one domain
};

// Errc::invalid.
[[nodiscard]] Result<DkimKey> parse_dkim_key(std::string_view text);

struct Finding {
  Outcome outcome = Outcome::none;
  std::string reason;
};

struct FoundKey {
  std::optional<DkimKey> key;  // fit for this signature
  Finding instead;             // why there is none; nothing if the question is still open
};
[[nodiscard]] FoundKey find_key(const DkimSignature& signature, const Answers& answers,
                                std::vector<Question>& needs);

// pass; fail; policy: right, with a key that is too short; permerror: the key is none.
[[nodiscard]] Finding verify_with(const DkimKey& key, const Digest& digest,
                                  std::string_view signature);

}  // namespace weir::auth
