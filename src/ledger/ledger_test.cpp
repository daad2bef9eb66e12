#include "ledger/ledger.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ledger/test_entries.h"
#include "store/memory_log.h"

namespace weir::ledger {
namespace {

using namespace std::chrono_literals;
using samples::day;
using samples::kOrigin;
using samples::lift_entry;
using samples::list_entry;
using samples::subject;

// A log whose next appends fail, as on a full disk.
class FailingLog final : public store::LogStore {
 public:
  Result<store::Seq> append(std::span<const std::string_view> records) override {
    return failing ? fail(Errc::full, "no space") : log.append(records);
  }
  Result<store::Seq> append_at(store::Seq expected,
                               std::span<const std::string_view> records) override {
    return failing ? fail(Errc::full, "no space") : log.append_at(expected, records);
  }
  Result<std::vector<store::Record>> read(store::Seq from, std::size_t max_records,
                                          std::size_t max_octets) override {
    return log.read(from, max_records, max_octets);
  }
  Result<store::Seq> head() override { return log.head(); }

  store::MemoryLog log;
  bool failing = false;
};

struct Logs {
  FailingLog entries, checkpoints;
  Result<Ledger> open() { return Ledger::open(entries, checkpoints, kOrigin, samples::seed()); }
};

Status append(Ledger& ledger, std::initializer_list<Entry> entries) {
  return ledger.append(std::span(entries.begin(), entries.size()));
}

TEST(Ledger, BeginsWithASignedEmptyTree) {
  Logs logs;
  auto ledger = logs.open();
  ASSERT_TRUE(ledger) << ledger.error().detail;
  EXPECT_EQ(ledger->size(), 0U);
  const auto opened = open_checkpoint(ledger->checkpoint(), ledger->verifier_key());
  ASSERT_TRUE(opened) << opened.error().detail;
  EXPECT_EQ(opened->size, 0U);
  EXPECT_EQ(opened->root, Tree().root());
  // Opening again finds it and adds nothing.
  ASSERT_TRUE(logs.open());
  EXPECT_EQ(logs.checkpoints.head().value(), 1U);
}

TEST(Ledger, IsTheSameAfterReopening) {
  Logs logs;
  auto ledger = logs.open().value();
  ASSERT_TRUE(append(ledger, {list_entry(subject(1), day(0), 48h)}));
  ASSERT_TRUE(append(ledger, {list_entry(subject(2), day(1), 48h),
                              lift_entry(list_entry(subject(1), day(0), 48h), day(1))}));
  const auto again = logs.open().value();
  EXPECT_EQ(again.size(), 3U);
  EXPECT_EQ(again.root(), ledger.root());
  EXPECT_EQ(again.checkpoint(), ledger.checkpoint());
  EXPECT_EQ(again.standings().listed().size(), 1U);
  EXPECT_NE(again.standings().find(subject(2)), nullptr);
  EXPECT_EQ(logs.checkpoints.head().value(), 3U);
  const auto verified = verify_logs(logs.entries, logs.checkpoints, ledger.verifier_key());
  ASSERT_TRUE(verified) << verified.error().detail;
  EXPECT_EQ(verified->size, 3U);
  EXPECT_EQ(verified->checkpoints, 3U);
  EXPECT_EQ(verified->unsigned_entries, 0U);
}

TEST(Ledger, ABatchWithOneWrongEntryWritesNothing) {
  Logs logs;
  auto ledger = logs.open().value();
  const auto good = list_entry(subject(1), day(0), 48h);
  auto bad = list_entry(subject(2), day(0), 48h);
  bad.code = "127.0.0.1";
  for (const auto& wrong : {bad, good, lift_entry(list_entry(subject(3), day(0), 48h), day(0))}) {
    const auto status = append(ledger, {good, wrong});
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, Errc::invalid);
    EXPECT_TRUE(status.error().detail.starts_with("new entry 1: ")) << status.error().detail;
  }
  EXPECT_EQ(logs.entries.head().value(), 0U);
  EXPECT_TRUE(ledger.standings().listed().empty());
  EXPECT_EQ(ledger.standings().times_listed(subject(1)), 0U);
  EXPECT_TRUE(append(ledger, {good}));
}

TEST(Ledger, TheSecondWriterLoses) {
  Logs logs;
  auto first = logs.open().value();
  auto second = logs.open().value();
  ASSERT_TRUE(append(first, {list_entry(subject(1), day(0), 48h)}));
  const auto lost = append(second, {list_entry(subject(2), day(0), 48h)});
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.error().code, Errc::conflict);
  EXPECT_EQ(logs.entries.head().value(), 1U);
  EXPECT_TRUE(append(first, {list_entry(subject(3), day(0), 48h)}));
  EXPECT_TRUE(verify_logs(logs.entries, logs.checkpoints, first.verifier_key()));
}

TEST(Ledger, EntriesThatACrashLeftUnsignedAreSignedOnOpen) {
  Logs logs;
  {
    auto ledger = logs.open().value();
    ASSERT_TRUE(append(ledger, {list_entry(subject(1), day(0), 48h)}));
    logs.checkpoints.failing = true;  // the power goes between the two appends
    const auto status = append(ledger, {list_entry(subject(2), day(0), 48h)});
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, Errc::full);
  }
  logs.checkpoints.failing = false;
  const VerifierKey key{.name = kOrigin, .key = samples::seed().public_key()};
  EXPECT_EQ(verify_logs(logs.entries, logs.checkpoints, key).value().unsigned_entries, 1U);
  const auto ledger = logs.open().value();
  EXPECT_EQ(ledger.size(), 2U);
  EXPECT_EQ(open_checkpoint(ledger.checkpoint(), key).value().size, 2U);
  EXPECT_EQ(verify_logs(logs.entries, logs.checkpoints, key).value().unsigned_entries, 0U);
}

TEST(Ledger, AFailedCheckpointIsMadeUpForByTheNextAppend) {
  Logs logs;
  auto ledger = logs.open().value();
  logs.checkpoints.failing = true;
  ASSERT_FALSE(append(ledger, {list_entry(subject(1), day(0), 48h)}));
  EXPECT_NE(ledger.standings().find(subject(1)), nullptr);
  logs.checkpoints.failing = false;
  ASSERT_TRUE(append(ledger, {}));
  EXPECT_EQ(open_checkpoint(ledger.checkpoint(), ledger.verifier_key()).value().size, 1U);
  ASSERT_TRUE(append(ledger, {}));  // nothing to sign
  EXPECT_EQ(logs.checkpoints.head().value(), 2U);
}

TEST(Ledger, AFailedEntryAppendChangesNothing) {
  Logs logs;
  auto ledger = logs.open().value();
  logs.entries.failing = true;
  EXPECT_EQ(append(ledger, {list_entry(subject(1), day(0), 48h)}).error().code, Errc::full);
  EXPECT_EQ(ledger.size(), 0U);
  EXPECT_TRUE(ledger.standings().listed().empty());
  logs.entries.failing = false;
  EXPECT_TRUE(append(ledger, {list_entry(subject(1), day(0), 48h)}));
}

TEST(Ledger, UnsignedEntriesThatBreakARuleAreNotSigned) {
  Logs logs;
  ASSERT_TRUE(logs.open());
  const auto octets = serialise(lift_entry(list_entry(subject(1), day(0), 48h), day(1)));
  const std::array<std::string_view, 1> record = {octets};
  ASSERT_TRUE(logs.entries.append(record));
  const auto ledger = logs.open();
  ASSERT_FALSE(ledger);
  EXPECT_EQ(ledger.error().code, Errc::corrupt);
  EXPECT_EQ(ledger.error().detail, "entry 0: lifts 192.0.2.1, which is not listed");
  EXPECT_EQ(logs.checkpoints.head().value(), 1U);
}

TEST(Ledger, AnOlderProgramRefusesALedgerOfANewerOne) {
  Logs logs;
  ASSERT_TRUE(logs.open());
  const std::array<std::string_view, 1> record = {R"({"v":2})"};
  ASSERT_TRUE(logs.entries.append(record));
  EXPECT_EQ(logs.open().error().code, Errc::unsupported);
}

TEST(Ledger, AnotherKeyOrOriginIsRefused) {
  Logs logs;
  ASSERT_TRUE(logs.open());
  SeededRandom random(1);
  const crypto::SecretSeed other(random);
  const auto other_key = Ledger::open(logs.entries, logs.checkpoints, kOrigin, other);
  ASSERT_FALSE(other_key);
  EXPECT_EQ(other_key.error().code, Errc::corrupt);
  EXPECT_TRUE(other_key.error().detail.starts_with("checkpoint 0: no signature by"));
  // Whose it is, and what to do.
  EXPECT_NE(other_key.error().detail.find("signed by weir.test/ledger+157fe98b"),
            std::string::npos);
  EXPECT_NE(other_key.error().detail.find("put the key back"), std::string::npos);
  EXPECT_FALSE(Ledger::open(logs.entries, logs.checkpoints, "other.test", samples::seed()));
  EXPECT_EQ(Ledger::open(logs.entries, logs.checkpoints, "a b", samples::seed()).error().code,
            Errc::invalid);
}

RC_GTEST_PROP(Ledger, HoweverEntriesAreBatchedTheTreeAndTheStandingsAreTheSame, ()) {
  const auto count = *rc::gen::inRange(1U, 30U);
  std::vector<Entry> entries;
  for (unsigned i = 0; i < count; ++i) entries.push_back(list_entry(subject(i), day(0), 48h));
  Logs at_once, in_batches;
  auto one = at_once.open().value();
  auto many = in_batches.open().value();
  RC_ASSERT(one.append(entries).has_value());
  for (std::span<const Entry> rest(entries); !rest.empty();) {
    const auto batch = *rc::gen::inRange<std::size_t>(1, rest.size() + 1);
    RC_ASSERT(many.append(rest.first(batch)).has_value());
    rest = rest.subspan(batch);
  }
  RC_ASSERT(one.root() == many.root());
  RC_ASSERT(one.checkpoint() == many.checkpoint());
  RC_ASSERT(one.standings().listed().size() == many.standings().listed().size());
  RC_ASSERT(in_batches.open().value().root() == one.root());
}

}  // namespace
}  // namespace weir::ledger
