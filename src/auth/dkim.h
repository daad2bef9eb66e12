// auth/dkim.h - who signed this message, and is it still what they signed? (RFC 6376, 8301, 8463)
//
// Input:   the header and body as received (header.h), the time, the answers so far.
// Output:  the keys still needed, all at once, or a result for each signature. Nothing is hashed
//          before every key is there.
// Words:   pass; fail (does not fit); policy (fits and is not accepted: key below 1,024 bits,
//          expired, a From field that it does not cover); neutral (the field cannot be read);
//          permerror (SHA-1, no key, a key that is revoked, broken or not for this); temperror.
// Bounds:  kMaxDkimSignatures; the rest are counted and not looked at.
// Threads: pure. Cost: the header per signature, the body per distinct (canonicalisation, l=).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "auth/answers.h"
#include "auth/body_hash.h"
#include "auth/dkim_key.h"
#include "auth/dkim_signature.h"
#include "auth/header.h"
#include "auth/outcome.h"
#include "base/time.h"

namespace weir::auth {

inline constexpr std::size_t kMaxDkimSignatures = 10;
inline constexpr std::int64_t kClockSlackS = 300;  // clocks of others may be this wrong

struct DkimResult {
  Outcome outcome = Outcome::none;
  std::string domain;    // d=
  std::string selector;  // s=
  std::string identity;  // i=
  std::string reason;    // for a person
  bool testing = false;  // the key says t=y: its owner is trying things out
  bool future = false;   // t= lies in the future
  // l= leaves some of the body unsigned: anybody may have put words there (RFC 6376 8.2).
  bool body_open = false;
  // h= names From more often than it stands there: none can be added (RFC 6376 8.15).
  bool oversigned_from = false;
};

struct DkimResults {
  Outcome outcome = Outcome::none;  // pass if any signature passes, else the most hopeful of them
  std::vector<DkimResult> signatures;  // from the top of the header
  std::size_t unchecked = 0;
};

[[nodiscard]] Step<DkimResults> check_dkim(const Header& header, UnixMillis now,
                                           const Answers& answers);

// One signature over header and body with its key: shared with ARC. `field` is the signature's own.
[[nodiscard]] Finding verify_message(const Header& header, BodyHasher& body,
                                     const HeaderField& field, const DkimSignature& signature,
                                     const DkimKey& key);

}  // namespace weir::auth
