// The log on a simulated disk: what was acknowledged survives a power cut at any moment, and
// nothing else appears.
#include <fmt/format.h>
#include <cstdlib>

#include "base/log.h"
#include "base/random.h"
#include "sim/sim_disk.h"
#include "store/log_store.h"
#include "store_sqlite/sqlite_log.h"

namespace weir::store_sqlite {
namespace {

using store::LogStore;
using store::Record;
using store::Seq;
using Batch = std::vector<std::string>;

constexpr std::string_view kLogs[] = {"entries", "checkpoints"};

struct Faults {
  Synchronous synchronous = Synchronous::full;
  bool lying_disk = false;
};

struct Outcome {
  std::string failure;  // empty if everything held
  std::uint64_t trace = 0;
  std::size_t records = 0;
  int cuts = 0;
};

Result<Seq> append(LogStore& log, const Batch& batch) {
  const std::vector<std::string_view> views(batch.begin(), batch.end());
  return log.append(views);
}

// Of some length, and different from every other.
std::string text(Random& random, std::uint64_t max_octets) {
  auto out = fmt::format("{:016x}", random.u64());
  out.resize(static_cast<std::size_t>(random.below(max_octets + 1)), 'x');
  return out;
}

Batch some_batch(Random& random) {
  Batch batch(static_cast<std::size_t>(1 + random.below(random.below(4) == 0 ? 40 : 4)));
  for (auto& record : batch) record = text(random, random.below(20) == 0 ? 15'000 : 400);
  return batch;
}

// What a log must hold: all that was acknowledged, and of an append that was cut either all or
// nothing.
class Expected {
 public:
  void acknowledge(const Batch& batch) { sure_.insert(sure_.end(), batch.begin(), batch.end()); }
  void leave_open(const Batch& batch) { open_ = batch; }
  std::size_t size() const { return sure_.size(); }

  // An empty string, or what is wrong. Afterwards what was found is what is sure.
  std::string compare(LogStore& log) {
    auto found = log.read(0, SIZE_MAX, SIZE_MAX);
    if (!found) return "reading: " + found.error().detail;
    const auto head = log.head();
    if (!head) return "head: " + head.error().detail;
    if (*head != found->size()) return fmt::format("head {} but {} records", *head, found->size());
    if (found->size() < sure_.size())
      return fmt::format("{} of {} acknowledged records are there", found->size(), sure_.size());
    if (found->size() != sure_.size() && found->size() != sure_.size() + open_.size())
      return fmt::format("{} records: a part of the append that was cut (sure {}, open {})",
                         found->size(), sure_.size(), open_.size());
    if (found->size() > sure_.size()) acknowledge(open_);
    open_.clear();
    for (std::size_t i = 0; i < sure_.size(); ++i)
      if ((*found)[i] != Record{i, sure_[i]}) return fmt::format("record {} differs", i);
    return {};
  }

 private:
  Batch sure_, open_;
};

// A checkpoint that a fault stops is logged, thousands of times here.
class Quiet : public testing::Test {
 protected:
  Quiet() { log::set_level(log::Level::error); }
  ~Quiet() override { log::set_level(log::Level::info); }
};
class PowerCut : public Quiet {};
class FullDisk : public Quiet {};
class Rot : public Quiet {};

std::uint64_t number_from_environment(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

Outcome run(std::uint64_t seed, const Faults& faults) {
  Outcome outcome;
  sim::SimDisk disk("power-cut", seed);
  if (faults.lying_disk) disk.ignore_syncs();
  SeededRandom random(~seed);
  const SqliteOptions options{.vfs = disk.vfs(),
                              .synchronous = faults.synchronous,
                              .checkpoint_pages = static_cast<int>(1 + random.below(25)),
                              .busy_timeout = Millis{0}};
  Expected expected[2];
  const auto fails = [&](std::string_view what, std::string_view why) {
    outcome.failure = fmt::format("{} cuts: {}: {} (WEIR_FIRST_SEED={} WEIR_SEEDS=1 replays it)",
                                  outcome.cuts, what, why, seed);
  };

  constexpr int kLives = 5;
  for (int life = 0; life < kLives && outcome.failure.empty(); ++life) {
    const bool is_last = life + 1 == kLives;
    if (!is_last) disk.cut_power_after(1 + random.below(random.below(2) == 0 ? 30 : 200));
    std::unique_ptr<LogStore> logs[2];
    for (std::size_t i = 0; i < 2 && !disk.is_off() && outcome.failure.empty(); ++i) {
      auto opened = open_log("log", std::string(kLogs[i]), options);
      if (opened) logs[i] = std::move(*opened);
      if (!opened && !disk.is_off()) fails("opening", opened.error().detail);
      if (!logs[i] || disk.is_off()) continue;
      if (const auto wrong = expected[i].compare(*logs[i]); !wrong.empty() && !disk.is_off())
        fails(kLogs[i], wrong);
    }
    // Some lives end by closing, without a cut while appending.
    const auto appends = random.below(40);
    for (std::uint64_t n = 0; n < appends && !disk.is_off() && outcome.failure.empty(); ++n) {
      const auto i = static_cast<std::size_t>(random.below(2));
      const auto batch = some_batch(random);
      if (const auto first = append(*logs[i], batch)) {
        if (*first != expected[i].size()) fails(kLogs[i], "a wrong seq was given");
        expected[i].acknowledge(batch);
      } else {
        if (!disk.is_off()) fails("appending", first.error().detail);
        expected[i].leave_open(batch);
      }
    }
    for (auto& log : logs) log.reset();
    if (!is_last) {
      if (random.below(2) == 0 || disk.is_off()) {
        disk.cut_power();
        ++outcome.cuts;
      }
      if (disk.is_off()) disk.restart();
    }
  }
  outcome.trace = disk.trace();
  outcome.records = expected[0].size() + expected[1].size();
  return outcome;
}

TEST_F(PowerCut, WhatWasAcknowledgedIsThereAfterACutAtAnyMoment) {
  const auto first = number_from_environment("WEIR_FIRST_SEED", 1);
  const auto count = number_from_environment("WEIR_SEEDS", 2'000);
  std::size_t records = 0;
  int cuts = 0;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    const auto outcome = run(seed, {});
    ASSERT_EQ(outcome.failure, "");
    ASSERT_EQ(outcome.trace, run(seed, {}).trace) << "seed " << seed << " gives two stories";
    records += outcome.records;
    cuts += outcome.cuts;
  }
  // The story is worth telling: most lives end by a cut, and there is something to lose.
  EXPECT_GE(static_cast<std::uint64_t>(cuts), count * 5 / 2);
  EXPECT_GE(records, count * 50);
  EXPECT_NE(run(1, {}).trace, run(2, {}).trace);
}

// The simulation can fail: without syncs, with too few, and on a disk that lies, it sees the loss.
int failures(const Faults& faults) {
  int count = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed)
    if (!run(seed, faults).failure.empty()) ++count;
  return count;
}

TEST_F(PowerCut, WithoutSyncsTheLossIsSeen) {
  EXPECT_GT(failures({.synchronous = Synchronous::off}), 100);
}

TEST_F(PowerCut, WithSyncsOnlyAtCheckpointsTheLossIsSeen) {
  EXPECT_GT(failures({.synchronous = Synchronous::normal}), 50);
}

TEST_F(PowerCut, OnADiskThatLiesAboutSyncsTheLossIsSeen) {
  EXPECT_GT(failures({.lying_disk = true}), 100);
}

TEST_F(FullDisk, GivesFullAndLosesNothingAcknowledged) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    sim::SimDisk disk("full", seed);
    SeededRandom random(~seed);
    const SqliteOptions options{.vfs = disk.vfs(),
                                .checkpoint_pages = static_cast<int>(1 + random.below(25)),
                                .busy_timeout = Millis{0}};
    Expected expected;
    auto log = open_log("log", "evidence", options).value();
    disk.set_capacity(100'000 + random.below(400'000));
    Result<Seq> result = 0;
    for (int i = 0; i < 500 && result; ++i) {
      const auto batch = some_batch(random);
      result = append(*log, batch);
      if (result) expected.acknowledge(batch);
    }
    ASSERT_FALSE(result);
    ASSERT_EQ(result.error().code, Errc::full) << result.error().detail;
    // Nothing of the failed append is in view, now and after closing, even with a cut.
    ASSERT_EQ(expected.compare(*log), "");
    if (random.below(2) == 0) {
      log.reset();
      disk.cut_power();
      disk.restart();
      log = open_log("log", "evidence", options).value();
      ASSERT_EQ(expected.compare(*log), "");
    }
    disk.set_capacity(UINT64_MAX);
    const auto batch = some_batch(random);
    ASSERT_EQ(append(*log, batch), Seq{expected.size()});
    expected.acknowledge(batch);
    ASSERT_EQ(expected.compare(*log), "");
  }
}

TEST_F(FullDisk, ANewLogThatDoesNotFitIsFullAndCanBeMadeLater) {
  for (std::uint64_t capacity = 0; capacity < 60'000; capacity += 1'500) {
    sim::SimDisk disk("full", capacity);
    disk.set_capacity(capacity);
    const SqliteOptions options{.vfs = disk.vfs(), .busy_timeout = Millis{0}};
    if (const auto log = open_log("log", "evidence", options); !log) {
      ASSERT_EQ(log.error().code, Errc::full) << capacity << log.error().detail;
    }
    disk.set_capacity(UINT64_MAX);
    const auto log = open_log("log", "evidence", options);
    ASSERT_TRUE(log) << log.error().detail;
    ASSERT_TRUE(append(**log, {"a"}));
  }
}

TEST_F(Rot, AFlippedBitGivesAnErrorOrChangesNothing) {
  int noticed = 0;
  for (std::uint64_t seed = 1; seed <= 1'000; ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    sim::SimDisk disk("rot", seed);
    SeededRandom random(~seed);
    const SqliteOptions options{.vfs = disk.vfs(), .busy_timeout = Millis{0}};
    Expected expected;
    for (int i = 0; i < 3; ++i) {
      const auto log = open_log("log", "evidence", options).value();
      const auto batch = some_batch(random);
      ASSERT_TRUE(append(*log, batch));
      expected.acknowledge(batch);
    }
    disk.flip_bit("log");
    const auto log = open_log("log", "evidence", options);
    if (!log) {
      ++noticed;
      continue;
    }
    const auto found = (*log)->read(0, SIZE_MAX, SIZE_MAX);
    if (!found) {
      ++noticed;
      EXPECT_EQ(found.error().code, Errc::corrupt) << found.error().detail;
    } else {
      ASSERT_EQ(expected.compare(**log), "");
    }
  }
  EXPECT_GT(noticed, 300);
}

}  // namespace
}  // namespace weir::store_sqlite
