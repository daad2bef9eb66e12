// ledger/ledger.h - the ledger over two logs: entries, and the signed checkpoints that cover them.
//
// Writer:  Ledger::open() replays the entries, checks them against the newest checkpoint and the
//          key, and signs what a crash left without a checkpoint (at first, the empty ledger).
//          append() makes entries durable, then their checkpoint; when it returns both are. One
//          writer (the node's lock); a second one that appends loses with Errc::conflict.
// Reader:  verify_logs() checks everything: each entry's form and rules, order of time, that
//          list/extend/lift follow from the entries before (Standings), each checkpoint's signature
//          and root. The error names the first entry or checkpoint that is wrong.
// Standings: what is listed, a fold over entries; a listing ends at `until` by itself, a lift entry
//          only records it.
// Cost:    open and verify O(entries), in batches of bounded memory; append O(batch * log size).
// Threads: one thread writes; const methods from the same thread or after publication.
// Source:  docs/formats/ledger.md, docs/formats/checkpoint.md; C2SP tlog-tiles.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "crypto/crypto.h"
#include "ledger/checkpoint.h"
#include "ledger/entry.h"
#include "ledger/merkle.h"
#include "store/log_store.h"

namespace weir::ledger {

struct Standing {
  Prefix subject;
  std::string code, rule, reason;
  UnixMillis since, until;
  UnixMillis decided;  // time of the newest list/extend entry
  Digest evidence{};
  EvidenceCounts counts;
  std::uint64_t collateral_ppm = 0;
  std::uint64_t entry = 0;         // index of the newest entry about it
  std::uint32_t times_listed = 1;  // 1 = first time
};

class Standings {
 public:
  // Errc::invalid if the entry does not follow (going back in time, extending what is not listed,
  // listing twice, ...); then nothing changes. The entry must be valid by itself (validate()).
  [[nodiscard]] Status apply(std::uint64_t index, const Entry& entry);

  // Until a lift entry; check `until` against the clock.
  [[nodiscard]] const std::map<Prefix, Standing>& listed() const { return listed_; }
  [[nodiscard]] const Standing* find(const Prefix& subject) const;
  [[nodiscard]] std::uint32_t times_listed(const Prefix& subject) const;  // ever
  // When the newest listing that was lifted ended: at its `until`, or at the lift if that came
  // first. Evidence from before that has had its effect.
  [[nodiscard]] std::optional<UnixMillis> last_ended(const Prefix& subject) const;
  // Time of the newest entry; 1970 if there is none. No entry may be older.
  [[nodiscard]] UnixMillis newest() const { return newest_; }

 private:
  friend class Ledger;
  struct Past {
    std::uint32_t times_listed = 0;
    std::optional<UnixMillis> last_ended;
  };
  [[nodiscard]] Status apply_list(std::uint64_t index, const Entry& entry);
  [[nodiscard]] Status apply_extend(std::uint64_t index, const Entry& entry);
  [[nodiscard]] Status apply_lift(const Entry& entry);
  // What is known of the subjects of these entries: enough to try them without copying the rest.
  [[nodiscard]] Standings about(std::span<const Entry> entries) const;

  std::map<Prefix, Standing> listed_;
  std::map<Prefix, Past> past_;
  UnixMillis newest_{};
};

class Ledger {
 public:
  // The stores and the seed outlive the ledger. `origin` is the key name. Errc::invalid for an
  // origin that is no key name; Errc::corrupt if the logs do not hold what was signed, with the
  // place; Errc::unsupported if a newer program wrote entries.
  [[nodiscard]] static Result<Ledger> open(store::LogStore& entries, store::LogStore& checkpoints,
                                           std::string origin, const crypto::SecretSeed& seed);
  // All or nothing. Errc::invalid if an entry breaks a rule or does not follow: nothing was
  // written. Errc::conflict: somebody else wrote; open again. Another error while the checkpoint
  // is written leaves the entries in place and in standings(); the next append, which may be
  // empty, signs them.
  [[nodiscard]] Status append(std::span<const Entry> entries);
  [[nodiscard]] const Standings& standings() const { return standings_; }
  [[nodiscard]] std::uint64_t size() const { return tree_.size(); }
  [[nodiscard]] Digest root() const { return tree_.root(); }
  [[nodiscard]] const std::string& checkpoint() const { return checkpoint_; }  // newest signed note
  [[nodiscard]] VerifierKey verifier_key() const;

 private:
  Ledger() = default;
  [[nodiscard]] Status replay();
  [[nodiscard]] Status check(std::span<const Entry> entries) const;
  [[nodiscard]] Status sign();

  store::LogStore* entries_ = nullptr;
  store::LogStore* checkpoints_ = nullptr;
  std::string origin_;
  const crypto::SecretSeed* seed_ = nullptr;
  Tree tree_;
  Standings standings_;
  std::string checkpoint_;
  store::Seq checkpoint_count_ = 0;
  std::uint64_t signed_size_ = 0;
};

struct Verified {
  std::uint64_t size = 0;  // what the newest checkpoint covers
  Digest root{};
  std::uint64_t checkpoints = 0;
  // Entries behind the newest checkpoint: right in form, but nobody has signed them yet. A writer
  // that is just appending or has crashed leaves some.
  std::uint64_t unsigned_entries = 0;
};

[[nodiscard]] Result<Verified> verify_logs(store::LogStore& entries, store::LogStore& checkpoints,
                                           const VerifierKey& key);

// C2SP tlog-tiles entry bundle: up to 256 entries from index bundle * 256, each as uint16
// big-endian length and octets, of a ledger of `size` entries. Errc::not_found if `size` ends
// before the bundle.
inline constexpr std::uint64_t kBundleEntries = 256;
[[nodiscard]] Result<std::string> entry_bundle(store::LogStore& entries, std::uint64_t bundle,
                                               std::uint64_t size);
// 1 to 256 octet strings, not yet looked into.
[[nodiscard]] Result<std::vector<std::string>> parse_bundle(std::string_view octets);

}  // namespace weir::ledger
