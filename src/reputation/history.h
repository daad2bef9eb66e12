// reputation/history.h - what is known of each source: counts by day, a fold over the evidence log.
//
// apply() takes records in log order; the state depends on nothing else, so a rebuild gives the
// same octets. An evidence id counts once; a message learnt with the other label moves its count
// (per reporter and message). IPv4 by address, IPv6 by /64. Days older than kDaysKept before the
// newest day seen are dropped (by the data's clock, not the wall's), with all that is remembered of
// them; a record that old is not counted. A record without a source is not counted (but takes back
// a label). Taking a label back undoes the count and the reporter; first_spam, last_spam and
// evidence_digest keep what was seen. Memory: per source at most kDaysKept + 1 days, kMaxReporters
// reporters (more are not counted) and, each day, kMaxRemembered ids and labels
//         of 8 to 40 octets; evidence above that still counts, but its repetition would count
//         again. Counters stop at their maximum.
// Cost: O(log n) a record, and O(kMaxRemembered) octets moved at worst. Threads: const is shared
// freely; apply() needs exclusive access.
#pragma once

#include <array>
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
inline constexpr std::size_t kMaxReporters = 64;
inline constexpr std::size_t kMaxRemembered = 16'384;

struct Counts {
  std::uint32_t learnt_spam = 0, learnt_ham = 0, reports = 0, verdict_spam = 0, verdict_ham = 0;
  [[nodiscard]] std::uint64_t spam() const {
    return std::uint64_t{learnt_spam} + reports + verdict_spam;
  }
  [[nodiscard]] std::uint64_t good() const { return std::uint64_t{learnt_ham} + verdict_ham; }
  Counts& operator+=(const Counts& other);
  friend bool operator==(const Counts&, const Counts&) = default;
};

struct SpamReporter {
  std::uint64_t name_hash = 0;  // the first 8 octets of SHA-256(reporter), little-endian
  std::uint32_t pieces = 0;     // of spam evidence
  std::int32_t last_day = 0;
  friend bool operator==(const SpamReporter&, const SpamReporter&) = default;
};

struct Source {
  std::map<std::int32_t, Counts> days;       // days since 1970-01-01 UTC of observed_at
  UnixMillis first_spam{}, last_spam{};      // meaningful if any spam was seen
  std::uint32_t reporters = 0;               // distinct reporters of spam
  std::vector<SpamReporter> spam_reporters;  // those, sorted by hash
  // SHA-256 chain over the ids of the spam evidence, in order: what a ledger entry cites. d' =
  // SHA-256(d + id), from 32 zeros.
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
  [[nodiscard]] Counts counts_inside(const Prefix& prefix, UnixMillis since,
                                     UnixMillis until) const;

  // docs/formats/history.md; deterministic, a SHA-256 at the end. parse(): Errc::corrupt,
  // Errc::unsupported (newer version).
  [[nodiscard]] std::string serialise() const;
  [[nodiscard]] static Result<History> parse(std::string_view octets);

 private:
  using LabelKey = std::array<std::uint8_t, 16>;  // of reporter and message
  struct Label {
    bool is_spam = false;
    std::uint64_t reporter_hash = 0;
    friend bool operator==(const Label&, const Label&) = default;
  };
  // What must be remembered of one source and day so that nothing counts twice.
  struct Remembered {
    std::vector<std::uint64_t> ids;  // the first 8 octets of each id, sorted
    std::map<LabelKey, Label> labels;
    [[nodiscard]] bool is_full() const { return ids.size() + labels.size() >= kMaxRemembered; }
  };
  struct Place {
    std::int32_t day = 0;
    Prefix subject;
  };

  static LabelKey label_key(const evidence::Record& record);
  void apply_label(const evidence::Record& record, std::int32_t day);
  void apply_once(const evidence::Record& record, std::int32_t day);
  void count(const evidence::Record& record, const evidence::EvidenceId& id, std::int32_t day);
  void take_back(const LabelKey& key);
  void drop_days_before(std::int32_t first_kept);
  void write_source(ByteWriter& out, const Prefix& subject, const Source& source) const;
  [[nodiscard]] bool read_source(ByteReader& in);
  [[nodiscard]] bool read_day(ByteReader& in, const Prefix& subject, Source& source);

  std::map<Prefix, Source> sources_;
  std::map<std::int32_t, std::map<Prefix, Remembered>>
      remembered_;                       // a row for each day of each source
  std::map<LabelKey, Place> labels_;     // where each label stands in remembered_
  std::int32_t newest_day_ = INT32_MIN;  // INT32_MIN: nothing seen
};

}  // namespace weir::reputation
