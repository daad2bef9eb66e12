// node/engine.h - the state of one node and the steps that change it: count evidence, decide, write
// the ledger.
//
// One engine per home, kept by a lock file. Nothing here waits or starts a thread: the caller says
// when and what time it is. Threads: one at a time (node.cpp keeps it in a Guarded).
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "base/random.h"
#include "ledger/ledger.h"
#include "list/index.h"
#include "node/home.h"
#include "node/projections.h"

namespace weir::node {

class Engine {
 public:
  using Progress = std::function<void(store::Seq done, store::Seq all)>;
  // Opens or makes everything in the home. Errc::busy: another process holds it.
  [[nodiscard]] static Result<std::unique_ptr<Engine>> open(Home home, Random& random,
                                                            const Progress& progress = {});

  // Counts what was appended to the evidence log since; how many records.
  [[nodiscard]] Result<std::uint64_t> catch_up();
  // Applies the policy; how many ledger entries were made. They and their checkpoint are durable
  // when it returns. After an error the next call finishes what was begun.
  [[nodiscard]] Result<std::size_t> decide(UnixMillis now);
  // Appends to the evidence log (durable), then counts it.
  [[nodiscard]] Status record(const std::vector<evidence::Record>& records);
  // Writes the projections to disk.
  [[nodiscard]] Status save() const;

  [[nodiscard]] const Home& home() const { return home_; }
  [[nodiscard]] const Projections& projections() const { return projections_; }
  [[nodiscard]] const ledger::Ledger& ledger() const { return *ledger_; }
  [[nodiscard]] const policy::Policy& policy() const { return policy_; }
  [[nodiscard]] const network::Table& networks() const { return networks_.table; }
  [[nodiscard]] store::LogStore& entries() { return *logs_.entries; }
  // What DNS serves; a new one after each change.
  [[nodiscard]] std::shared_ptr<const list::Index> index() const { return index_; }

 private:
  Engine(Home home, os::LockFile lock, crypto::SecretSeed seed)
      : home_(std::move(home)), lock_(std::move(lock)), seed_(std::move(seed)) {}

  Home home_;
  os::LockFile lock_;
  crypto::SecretSeed seed_;
  policy::Policy policy_;
  Networks networks_;
  std::unique_ptr<store::LogStore> evidence_;
  LedgerLogs logs_;
  std::unique_ptr<ledger::Ledger> ledger_;
  Projections projections_;
  std::shared_ptr<const list::Index> index_;
  std::uint64_t indexed_ = 0;  // ledger entries that index_ knows
};

[[nodiscard]] std::shared_ptr<const list::Index> make_index(const ledger::Standings& standings);

// Deletes the projections of a home and makes them again from the two logs.
[[nodiscard]] Status rebuild(const Home& home, Random& random, const Engine::Progress& progress);

}  // namespace weir::node
