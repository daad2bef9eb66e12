#include <gtest/gtest.h>

#include "ledger/ledger.h"
#include "ledger/test_entries.h"
#include "store/memory_log.h"

namespace weir::ledger {
namespace {

using namespace std::chrono_literals;
using samples::day;
using samples::extend_entry;
using samples::kOrigin;
using samples::lift_entry;
using samples::list_entry;
using samples::subject;

using Octets = std::vector<std::string>;

// The two logs as plain octets, to be damaged.
struct Copy {
  Octets entries, checkpoints;
};

VerifierKey key() { return {.name = kOrigin, .key = samples::seed().public_key()}; }

void fill(store::MemoryLog& log, const Octets& records) {
  if (records.empty()) return;
  const std::vector<std::string_view> views(records.begin(), records.end());
  ASSERT_TRUE(log.append(views));
}

Octets all_of(store::LogStore& log) {
  Octets records;
  const auto read = log.read(0, 10'000, 1U << 30).value();
  for (const auto& record : read) records.push_back(record.octets);
  return records;
}

Result<Verified> verify(const Copy& copy) {
  store::MemoryLog entries, checkpoints;
  fill(entries, copy.entries);
  fill(checkpoints, copy.checkpoints);
  return verify_logs(entries, checkpoints, key());
}

// Sizes of the checkpoints: 0, 2, 3, 5, 6.
Copy small_ledger() {
  store::MemoryLog entries, checkpoints;
  auto ledger = Ledger::open(entries, checkpoints, kOrigin, samples::seed()).value();
  const auto a = list_entry(subject(1), day(0), 48h);
  const auto b = list_entry(subject(2), day(0), 48h);
  const auto c = list_entry(Prefix::parse("2001:db8:1:2::/64").value(), day(2), 96h);
  const std::vector<std::vector<Entry>> batches = {{a, b},
                                                   {extend_entry(b, day(1), day(4))},
                                                   {lift_entry(a, day(2)), c},
                                                   {lift_entry(b, day(4))}};
  for (const auto& batch : batches) EXPECT_TRUE(ledger.append(batch));
  return {all_of(entries), all_of(checkpoints)};
}

std::string detail_of(const Result<Verified>& result) {
  EXPECT_FALSE(result);
  return result ? std::string() : result.error().detail;
}

TEST(VerifyLogs, FindsAWholeLedgerWhole) {
  const auto verified = verify(small_ledger());
  ASSERT_TRUE(verified) << verified.error().detail;
  EXPECT_EQ(verified->size, 6U);
  EXPECT_EQ(verified->checkpoints, 5U);
  EXPECT_EQ(verified->unsigned_entries, 0U);
}

TEST(VerifyLogs, FindsTwoEmptyLogsWhole) {
  const auto verified = verify({});
  ASSERT_TRUE(verified);
  EXPECT_EQ(verified->size, 0U);
  EXPECT_EQ(verified->root, Tree().root());
}

TEST(VerifyLogs, AFlipInAnyOctetOfAnyEntryIsNamed) {
  const auto whole = small_ledger();
  // The range of entries that the checkpoint over entry i brought, and that checkpoint.
  const char* const ranges[] = {"entries 0..1 do not match checkpoint 1 (size 2)",
                                "entries 0..1 do not match checkpoint 1 (size 2)",
                                "entry 2 does not match checkpoint 2 (size 3)",
                                "entries 3..4 do not match checkpoint 3 (size 5)",
                                "entries 3..4 do not match checkpoint 3 (size 5)",
                                "entry 5 does not match checkpoint 4 (size 6)"};
  const std::size_t last_of_range[] = {1, 1, 2, 4, 4, 5};
  for (std::size_t i = 0; i < whole.entries.size(); ++i)
    for (std::size_t at = 0; at < whole.entries[i].size(); ++at) {
      auto damaged = whole;
      auto& octet = damaged.entries[i][at];
      octet = static_cast<char>(octet ^ (1 << (at % 8)));
      const auto result = verify(damaged);
      ASSERT_FALSE(result) << "entry " << i << " octet " << at;
      const auto& error = result.error();
      ASSERT_TRUE(error.code == Errc::corrupt || error.code == Errc::unsupported);
      // By itself, or by its range; or a later entry of the range no longer follows from it.
      bool named = error.detail == ranges[i];
      for (std::size_t later = i; later <= last_of_range[i]; ++later)
        named = named || error.detail.starts_with(fmt::format("entry {}: ", later));
      ASSERT_TRUE(named) << "entry " << i << ": " << error.detail;
    }
}

TEST(VerifyLogs, AFlipInAnyOctetOfAnyCheckpointIsNamed) {
  const auto whole = small_ledger();
  for (std::size_t i = 0; i < whole.checkpoints.size(); ++i)
    for (std::size_t at = 0; at < whole.checkpoints[i].size(); ++at) {
      auto damaged = whole;
      auto& octet = damaged.checkpoints[i][at];
      octet = static_cast<char>(octet ^ (1 << (at % 8)));
      const auto result = verify(damaged);
      ASSERT_FALSE(result) << "checkpoint " << i << " octet " << at;
      ASSERT_TRUE(result.error().detail.starts_with(fmt::format("checkpoint {}: ", i)))
          << result.error().detail;
    }
}

TEST(VerifyLogs, AMissingEntryIsNoticedWhereverItIsCutOut) {
  const auto whole = small_ledger();
  auto damaged = whole;
  damaged.entries.pop_back();
  EXPECT_EQ(
      detail_of(verify(damaged)),
      "the ledger holds 5 entries, but checkpoint 4 (size 6) covers more: entry 5 is missing");
  damaged.entries.resize(1);
  EXPECT_EQ(
      detail_of(verify(damaged)),
      "the ledger holds 1 entries, but checkpoint 1 (size 2) covers more: entry 1 is missing");
  for (std::size_t i = 0; i < whole.entries.size(); ++i) {
    damaged = whole;
    damaged.entries.erase(damaged.entries.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_FALSE(verify(damaged)) << i;
  }
}

TEST(VerifyLogs, AnAddedOrExchangedEntryIsNoticed) {
  const auto whole = small_ledger();
  for (std::size_t i = 0; i < whole.entries.size(); ++i) {
    auto damaged = whole;
    damaged.entries.insert(damaged.entries.begin() + static_cast<std::ptrdiff_t>(i),
                           serialise(list_entry(subject(9), day(0), 48h)));
    EXPECT_FALSE(verify(damaged)) << i;
  }
  auto damaged = whole;
  std::swap(damaged.entries[0], damaged.entries[1]);
  EXPECT_EQ(detail_of(verify(damaged)), "entries 0..1 do not match checkpoint 1 (size 2)");
}

TEST(VerifyLogs, CheckpointsOutOfOrderAreNoticed) {
  auto damaged = small_ledger();
  std::swap(damaged.checkpoints[1], damaged.checkpoints[2]);
  EXPECT_EQ(detail_of(verify(damaged)),
            "checkpoint 2 (size 2) is smaller than the one before, of size 3");
  damaged = small_ledger();
  const Checkpoint other{.origin = kOrigin, .size = 6, .root = leaf_hash("")};
  damaged.checkpoints.push_back(sign_checkpoint(other, samples::seed()));
  EXPECT_EQ(detail_of(verify(damaged)),
            "checkpoint 5 (size 6) does not match the entries before it");
}

TEST(VerifyLogs, ALostNewestCheckpointLeavesUnsignedEntries) {
  auto damaged = small_ledger();
  damaged.checkpoints.pop_back();
  const auto verified = verify(damaged);
  ASSERT_TRUE(verified) << verified.error().detail;
  EXPECT_EQ(verified->size, 5U);
  EXPECT_EQ(verified->unsigned_entries, 1U);
}

TEST(VerifyLogs, EntriesWithoutAnyCheckpointAreNoticed) {
  auto damaged = small_ledger();
  damaged.checkpoints.clear();
  EXPECT_TRUE(detail_of(verify(damaged))
                  .starts_with("the ledger holds 6 entries, but no checkpoint covers any"));
}

TEST(OpenLedger, SaysTheSamePlaceAsTheVerifier) {
  const auto whole = small_ledger();
  const auto open = [](const Copy& copy) {
    store::MemoryLog entries, checkpoints;
    fill(entries, copy.entries);
    fill(checkpoints, copy.checkpoints);
    const auto ledger = Ledger::open(entries, checkpoints, kOrigin, samples::seed());
    EXPECT_FALSE(ledger);
    if (ledger) return std::string();
    EXPECT_EQ(ledger.error().code, Errc::corrupt);
    return ledger.error().detail;
  };
  auto damaged = whole;
  damaged.entries.pop_back();
  EXPECT_EQ(
      open(damaged),
      "the ledger holds 5 entries, but checkpoint 4 (size 6) covers more: entry 5 is missing");
  damaged = whole;
  damaged.entries[0].replace(damaged.entries[0].find("usual"), 5, "other");
  EXPECT_EQ(open(damaged), "entries 0..1 do not match checkpoint 1 (size 2)");
  damaged = whole;
  damaged.entries[3] += ' ';
  EXPECT_EQ(open(damaged), "entry 3: not canonical");
  damaged = whole;
  damaged.checkpoints.clear();
  EXPECT_TRUE(
      open(damaged).starts_with("the ledger holds 6 entries, but no checkpoint covers any"));
  damaged = whole;
  damaged.checkpoints.back()[0] = 'W';
  EXPECT_TRUE(open(damaged).starts_with("checkpoint 4: "));
}

}  // namespace
}  // namespace weir::ledger
