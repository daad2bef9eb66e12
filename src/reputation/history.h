// reputation/history.h - what is known of each source: counts by day, a fold over the evidence log.
//
// apply() takes records in log order; the state depends on nothing else, so a rebuild gives the same octets. An evidence id counts once;
// a message learnt with the other label moves its count (per reporter and message). IPv4 by address, IPv6 by /64.
// Days older than kDaysKept before the newest day seen are dropped (by the data's clock, not the wall's).
// Cost: O(log n) a record. Threads: const is shared freely; apply() needs exclusive access.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/address.h"
#include "base/bytes.h"
#include "base/error.h"
#include "base/time.h"
#include "evidence/record.h"

namespace weir::reputation {

inline constexpr int kDaysKept = 90;

struct Counts {
  std::uint32_t learnt_spam = 0, learnt_ham = 0, reports = 0, verdict_spam = 0, verdict_ham = 0;
  [[nodiscard]] std::uint64_t spam() const { return std::uint64_t{learnt_spam} + reports + verdict_spam; }
  [[nodiscard]] std::uint64_t good() const { return std::uint64_t{learnt_ham} + verdict_ham; }
  Counts& operator+=(const Counts& other);
  friend bool operator==(const Counts&, const Counts&) = default;
};

struct Source {
  std::map<std::int32_t, Counts> days;   // days since 1970-01-01 UTC of observed_at
  UnixMillis first_spam{}, last_spam{};  // meaningful if any spam was seen
  std::uint32_t reporters = 0;           // distinct reporters of spam
  // SHA-256 chain over the ids of the spam evidence, in order: what a ledger entry cites.
  Digest evidence_digest{};
};

// The subject that evidence about an address is counted under: /32 or /64.
[[nodiscard]] Prefix subject_of(const Address& source);

class History {
 public:
  void apply(const evidence::Record& record);
  [[nodiscard]] const Source* find(const Prefix& subject) const;
  // Sum over the days in [since, until].
  [[nodiscard]] static Counts counts(const Source& source, UnixMillis since, UnixMillis until);
  [[nodiscard]] const std::map<Prefix, Source>& sources() const { return sources_; }
  // Sum over every source inside the prefix.
  [[nodiscard]] Counts counts_inside(const Prefix& prefix, UnixMillis since, UnixMillis until) const;

  [[nodiscard]] std::string serialise() const;
  [[nodiscard]] static Result<History> parse(std::string_view octets);

 private:
  std::map<Prefix, Source> sources_;
  // The helper who writes this chooses what else belongs here (ids seen, labels by message).
};

}  // namespace weir::reputation
