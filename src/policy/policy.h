// policy/policy.h - DECIDE: rules in a TOML file, and a pure function from evidence, standings and
// clock to ledger entries.
//
// decide(): same arguments, same entries, in order of subject. It lists a source with enough spam
//          evidence inside the window if the expected collateral fits the budget; extends a listing
//          when enough spam evidence newer than its newest entry came; lifts what has ended, or
//          what no longer fits the budget. Nothing is listed for longer than max_term at a time nor
//          ledger::kMaxListing in all, nothing in `never` and nothing reserved (never_listable) is
//          ever listed, whatever the file says. Evidence from before the end of a subject's last
//          listing never lists it again.
// Days:    evidence is counted by UTC day of observation (reputation/history.h), so what came later
//          on the day of a decision counts for that decision or not at all, never for the next one.
// Cost:    O(sources * days kept) at most; sources without spam inside the window are passed over.
// Threads: pure. Source: docs/operations/policy.md; RFC 6471 2.2.1, 3.5.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/address.h"
#include "base/error.h"
#include "base/time.h"
#include "ledger/ledger.h"
#include "reputation/history.h"

namespace weir::policy {

inline constexpr std::size_t kMaxPolicyOctets = 1U << 20;
inline constexpr std::size_t kMaxNever = 10'000;
inline constexpr std::size_t kMaxNameOctets = 40;

struct Policy {
  std::string name = "usual";
  std::uint32_t version = 1;
  std::uint64_t min_spam = 3;  // pieces of spam evidence inside the window
  Millis window = std::chrono::days{7};
  // Good mail per million mails from the subject, estimated (see expected_collateral_ppm).
  std::uint64_t max_collateral_ppm = 20'000;
  Millis first_term = std::chrono::hours{48};
  Millis max_term = std::chrono::days{30};  // the term doubles on each relapse up to here
  std::string code = "127.0.0.2";
  std::vector<Prefix> never;  // the operator's own networks and allowlist

  friend bool operator==(const Policy&, const Policy&) = default;
};

// Errc::invalid with the first value that is out of its range (docs/operations/policy.md).
[[nodiscard]] Status validate(const Policy& policy);

// Errors name file, line, key and the nearest known key. What it returns is valid.
[[nodiscard]] Result<Policy> parse_policy(std::string_view toml, std::string_view file_name);
// The default policy as a commented TOML file; parse_policy() of it gives Policy{}.
[[nodiscard]] std::string default_policy_toml();

// Does the subject touch loopback, private, shared, link-local, multicast, this-network, broadcast
// or unspecified addresses, which cannot be the source of mail from outside, or the prefixes behind
// which a translator puts all of IPv4? Documentation, benchmarking and class E ranges are listable:
// no real mail comes from there, and the samples live in them.
[[nodiscard]] bool never_listable(const Prefix& subject);

// Good mail per million mails from the subject, rounded up, with a prior so that no good mail seen
// yet does not mean none: as if one mail more had been seen, a sixteenth of it good. So a source
// without good mail falls below 2 % with its third piece of spam evidence (15,625 ppm; the second
// gives 20,834), and one good mail needs 52.
[[nodiscard]] std::uint64_t expected_collateral_ppm(const reputation::Counts& counts);

// The policy must be valid. Applying the entries in order to `standings` succeeds; deciding again
// then gives none. Empty if `now` is before the newest entry: the clock is wrong, and the ledger
// does not go back.
[[nodiscard]] std::vector<ledger::Entry> decide(const reputation::History& history,
                                                const ledger::Standings& standings,
                                                const Policy& policy, UnixMillis now);

}  // namespace weir::policy
