// auth/arc.h - the chain of those who passed a message on and vouch for how it came to them
// (RFC 8617).
//
// Output:  the keys still needed, all at once, or the result of the whole chain: none (no sets),
//          pass, fail, or temperror (a key could not be asked for).
//          A pass says that nobody changed the message since the last seal, and who sealed; whether
//          to believe the sealers is for the caller.
// Bounds:  50 sets (RFC 8617 4.2.1); three fields each. Cost: the body once, the sets' fields once.
// Threads: pure.
#pragma once

#include <string>
#include <vector>

#include "auth/answers.h"
#include "auth/header.h"
#include "auth/outcome.h"

namespace weir::auth {

inline constexpr int kMaxArcSets = 50;

struct ArcSet {
  std::string domain;    // d= of the seal
  std::string selector;  // s= of the seal
  // The ARC-Authentication-Results of this hop without "i=n;": what parse_authentication_results
  // takes.
  std::string results;
};

struct ArcResult {
  Outcome outcome = Outcome::none;
  std::string reason;
  std::vector<ArcSet> sets;  // instance 1 first; only if the chain is whole
};

[[nodiscard]] Step<ArcResult> check_arc(const Header& header, const Answers& answers);

}  // namespace weir::auth
