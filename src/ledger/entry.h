// ledger/entry.h - one decision, public (docs/formats/ledger.md).
//
// Text form: RFC 8785 canonical JSON, "v":1; the leaf hash of RFC 9162 2.1.1 is over exactly these
//            octets. No personal data.
// Rules:     validate() lists them. A list or extend entry ends after it was decided and within
//            kMaxListing of its begin; a lift ends when it was decided. No subject is wider than
//            kShortestV4 or kShortestV6: no entry can hold everything.
// Threads:   values, share freely.
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
inline constexpr int kShortestV4 = 16;  // prefix lengths
inline constexpr int kShortestV6 = 32;
inline constexpr std::size_t kMaxReasonOctets = 200;
inline constexpr std::size_t kMaxRuleOctets = 100;
inline constexpr std::size_t kMaxEntryOctets = 65'535;  // what fits an entry bundle's length
inline constexpr std::uint64_t kMaxCount = (std::uint64_t{1} << 53) - 1;  // exact in every JSON

enum class Action : std::uint8_t { list, extend, lift };
[[nodiscard]] std::string_view to_string(Action action);

struct EvidenceCounts {
  std::uint64_t learnt_spam = 0, learnt_ham = 0, reports = 0, verdict_spam = 0, verdict_ham = 0;
  friend bool operator==(const EvidenceCounts&, const EvidenceCounts&) = default;
};

struct Entry {
  Action action = Action::list;
  UnixMillis time;  // when it was decided
  Prefix subject;
  std::string code = "127.0.0.2";  // what DNS answers
  std::string rule;                // policy name/rule@version, such as "usual/spam-source@1"
  std::string reason;              // one English sentence for the owner; printable ASCII
  Digest evidence{};               // reputation::Source::evidence_digest
  EvidenceCounts counts;           // what the decision looked at: the window, or the listing's time
  UnixMillis since;                // begin of the listing that this entry makes, extends or ends
  UnixMillis until;
  // Expected good mail stopped, in parts per million of all mail from the subject.
  std::uint64_t collateral_ppm = 0;

  friend bool operator==(const Entry&, const Entry&) = default;
};

// A code that DNS may answer for a listing: 127.0.0.0/8 but not 127.0.0.1 (RFC 5782 2.1, 5).
[[nodiscard]] bool is_listing_code(std::string_view code);

// Every rule that one entry keeps by itself; Errc::invalid with the first that it breaks. What must
// follow from earlier entries is Standings::apply's business.
[[nodiscard]] Status validate(const Entry& entry);

// The entry must be valid.
[[nodiscard]] std::string serialise(const Entry& entry);
// Strict: the octets must be those that serialise() would write. Errc::invalid (with what is
// wrong), Errc::unsupported (newer version).
[[nodiscard]] Result<Entry> parse_entry(std::string_view octets);

}  // namespace weir::ledger
