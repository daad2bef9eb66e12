// ledger/entry.h - one decision, public (docs/formats/ledger.md).
//
// Text form: RFC 8785 canonical JSON, "v":1; the leaf hash of RFC 9162 2.1.1 is over exactly these octets. No personal data.
// Rules:     a list/extend entry has until > time and until - since <= kMaxListing; a lift has until == time.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/address.h"
#include "base/bytes.h"
#include "base/error.h"
#include "base/time.h"

namespace weir::ledger {

inline constexpr Millis kMaxListing = std::chrono::days{90};

enum class Action : std::uint8_t { list, extend, lift };
[[nodiscard]] std::string_view to_string(Action action);

struct EvidenceCounts {
  std::uint64_t learnt_spam = 0, learnt_ham = 0, reports = 0, verdict_spam = 0, verdict_ham = 0;
  friend bool operator==(const EvidenceCounts&, const EvidenceCounts&) = default;
};

struct Entry {
  Action action = Action::list;
  UnixMillis time;                    // when it was decided
  Prefix subject;
  std::string code = "127.0.0.2";     // what DNS answers
  std::string rule;                   // policy name/rule@version, such as "usual/spam-source@1"
  std::string reason;                 // one English sentence for the owner; ASCII, at most 200 octets
  Digest evidence{};                  // reputation::Source::evidence_digest
  EvidenceCounts counts;              // inside the policy's window
  UnixMillis since;                   // begin of the listing that this entry makes, extends or ends
  UnixMillis until;
  std::uint64_t collateral_ppm = 0;   // expected good mail stopped, in parts per million of all mail from the subject

  friend bool operator==(const Entry&, const Entry&) = default;
};

[[nodiscard]] std::string serialise(const Entry& entry);
// Errc::invalid (with what is wrong), Errc::unsupported (newer version).
[[nodiscard]] Result<Entry> parse_entry(std::string_view octets);

}  // namespace weir::ledger
