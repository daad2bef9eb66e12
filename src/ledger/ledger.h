// ledger/ledger.h - the ledger over two logs: entries, and the signed checkpoints that cover them.
//
// Writer:  Ledger::open() replays the entries, checks them against the newest checkpoint and the key, and signs what a crash left without a
//          checkpoint. append() makes entries durable, then their checkpoint; when it returns both are. One writer (the node's lock).
// Reader:  verify_logs() checks everything: each entry's form and rules, order of time, that list/extend/lift follow from the entries before
//          (Standings), each checkpoint's signature and root. The error names the first entry or checkpoint that is wrong.
// Standings: what is listed, a fold over entries; a listing ends at `until` by itself, a lift entry only records it.
// Threads: one thread writes; const methods from the same thread or after publication.
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
  UnixMillis decided;               // time of the newest list/extend entry
  Digest evidence{};
  EvidenceCounts counts;
  std::uint64_t collateral_ppm = 0;
  std::uint64_t entry = 0;          // index of the newest entry about it
  std::uint32_t times_listed = 1;   // 1 = first time
};

class Standings {
 public:
  // Errc::invalid if the entry does not follow (extending what is not listed, listing twice, ...).
  [[nodiscard]] Status apply(std::uint64_t index, const Entry& entry);
  [[nodiscard]] const std::map<Prefix, Standing>& listed() const { return listed_; }  // until a lift entry; check `until` against the clock
  [[nodiscard]] std::uint32_t times_listed(const Prefix& subject) const;   // ever
  [[nodiscard]] const Standing* find(const Prefix& subject) const;

 private:
  std::map<Prefix, Standing> listed_;
  std::map<Prefix, std::uint32_t> times_;
};

class Ledger {
 public:
  // The stores and the seed outlive the ledger. `origin` is the key name.
  [[nodiscard]] static Result<Ledger> open(store::LogStore& entries, store::LogStore& checkpoints, std::string origin,
                                           const crypto::SecretSeed& seed);
  [[nodiscard]] Status append(std::span<const Entry> entries);
  [[nodiscard]] const Standings& standings() const { return standings_; }
  [[nodiscard]] std::uint64_t size() const { return tree_.size(); }
  [[nodiscard]] Digest root() const { return tree_.root(); }
  [[nodiscard]] const std::string& checkpoint() const { return checkpoint_; }  // newest signed note
  [[nodiscard]] VerifierKey verifier_key() const;

 private:
  Ledger() = default;
  store::LogStore* entries_ = nullptr;
  store::LogStore* checkpoints_ = nullptr;
  std::string origin_;
  const crypto::SecretSeed* seed_ = nullptr;
  Tree tree_;
  Standings standings_;
  std::string checkpoint_;
};

struct Verified {
  std::uint64_t size = 0;
  Digest root{};
  std::uint64_t checkpoints = 0;
};

[[nodiscard]] Result<Verified> verify_logs(store::LogStore& entries, store::LogStore& checkpoints, const VerifierKey& key);

// C2SP tlog-tiles entry bundle: up to 256 entries from index bundle * 256, each as uint16 big-endian length and octets.
[[nodiscard]] Result<std::string> entry_bundle(store::LogStore& entries, std::uint64_t bundle, std::uint64_t size);
[[nodiscard]] Result<std::vector<std::string>> parse_bundle(std::string_view octets);

}  // namespace weir::ledger
