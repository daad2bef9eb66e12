// policy/policy.h - DECIDE: rules in a TOML file, and a pure function from evidence, standings and clock to ledger entries.
//
// decide(): same arguments, same entries, in order of subject. It lists a source with enough spam evidence inside the window if the expected
// collateral fits the budget; extends a listing when spam evidence newer than its newest entry came; lifts what has ended, or what no longer fits
// the budget. Nothing is listed for longer than max_term at a time nor ledger::kMaxListing in all, nothing in `never` and nothing
// reserved (never_listable) is ever listed, whatever the file says.
// Source: docs/operations/policy.md; RFC 6471 2.2.1, 3.5.
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

struct Policy {
  std::string name = "usual";
  std::uint32_t version = 1;
  std::uint64_t min_spam = 3;                 // pieces of spam evidence inside the window
  Millis window = std::chrono::days{7};
  std::uint64_t max_collateral_ppm = 20'000;  // good mail per million mails from the subject, estimated (see expected_collateral_ppm)
  Millis first_term = std::chrono::hours{48};
  Millis max_term = std::chrono::days{30};    // the term doubles on each relapse up to here
  std::string code = "127.0.0.2";
  std::vector<Prefix> never;                  // the operator's own networks and allowlist
};

// Errors name file, line, key and the nearest known key.
[[nodiscard]] Result<Policy> parse_policy(std::string_view toml, std::string_view file_name);
// The default policy as a commented TOML file; parse_policy() of it gives Policy{}.
[[nodiscard]] std::string default_policy_toml();

// Loopback, private, link-local, multicast, this-network, unspecified: addresses that cannot be the source of mail from outside.
// Documentation, benchmarking and class E ranges are listable: no real mail comes from there, and the samples live in them.
[[nodiscard]] bool never_listable(const Prefix& subject);

// Good mail per million mails from the subject, with a prior so that no good mail seen yet does not mean none.
[[nodiscard]] std::uint64_t expected_collateral_ppm(const reputation::Counts& counts);

[[nodiscard]] std::vector<ledger::Entry> decide(const reputation::History& history, const ledger::Standings& standings, const Policy& policy,
                                                UnixMillis now);

}  // namespace weir::policy
