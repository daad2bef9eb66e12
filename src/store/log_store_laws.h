// store/log_store_laws.h - what every LogStore must do, as tests that each implementation runs over
// itself:
//
//   INSTANTIATE_TEST_SUITE_P(Memory, LogStoreLaws, testing::Values(LogStoreMaker{"memory", [] { ...
//   }}));
//
// Included by one *_test.cpp of each implementation; no part of a program.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "store/log_store.h"
#include "store/memory_log.h"

namespace weir::store {

struct LogStoreMaker {
  std::string name;
  std::function<std::unique_ptr<LogStore>()> empty_log;  // a new log at each call
};
inline void PrintTo(const LogStoreMaker& maker, std::ostream* out) { *out << maker.name; }

class LogStoreLaws : public testing::TestWithParam<LogStoreMaker> {
 protected:
  std::unique_ptr<LogStore> log_ = GetParam().empty_log();

  Result<Seq> append(const std::vector<std::string>& records) {
    const std::vector<std::string_view> views(records.begin(), records.end());
    return log_->append(views);
  }
  Result<Seq> append_at(Seq expected, const std::vector<std::string>& records) {
    const std::vector<std::string_view> views(records.begin(), records.end());
    return log_->append_at(expected, views);
  }
  std::vector<Record> all() { return log_->read(0, SIZE_MAX, SIZE_MAX).value(); }
};

TEST_P(LogStoreLaws, AnEmptyLogHasHeadZeroAndNothingToRead) {
  EXPECT_EQ(log_->head(), Seq{0});
  EXPECT_TRUE(all().empty());
}

TEST_P(LogStoreLaws, SeqsAreGivenInOrderWithoutGaps) {
  EXPECT_EQ(append({"a"}), Seq{0});
  EXPECT_EQ(append({"b", "c", ""}), Seq{1});
  EXPECT_EQ(append({"d"}), Seq{4});
  EXPECT_EQ(log_->head(), Seq{5});
  const std::vector<Record> expected{{0, "a"}, {1, "b"}, {2, "c"}, {3, ""}, {4, "d"}};
  EXPECT_EQ(all(), expected);
}

TEST_P(LogStoreLaws, AnyOctetsComeBackAsTheyWere) {
  std::string octets;
  for (int i = 0; i < 256; ++i) octets.push_back(static_cast<char>(i));
  const std::string longest(kMaxRecordOctets, '\xff');
  ASSERT_TRUE(append({octets, longest}));
  EXPECT_EQ(all()[0].octets, octets);
  EXPECT_EQ(all()[1].octets, longest);
}

TEST_P(LogStoreLaws, ARecordTooLargeIsRefusedWithTheWholeBatch) {
  const auto result = append({"small", std::string(kMaxRecordOctets + 1, 'x')});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Errc::too_large);
  EXPECT_EQ(log_->head(), Seq{0});
}

TEST_P(LogStoreLaws, ReadingEndsAtTheNumberOfRecordsAskedFor) {
  ASSERT_TRUE(append({"a", "b", "c"}));
  EXPECT_EQ(log_->read(1, 1, SIZE_MAX)->size(), 1U);
  EXPECT_EQ(log_->read(1, 9, SIZE_MAX)->size(), 2U);
  EXPECT_EQ(log_->read(0, 0, SIZE_MAX)->size(), 0U);
}

TEST_P(LogStoreLaws, ReadingEndsBeforeTheRecordThatPassesTheOctets) {
  ASSERT_TRUE(append({"aaaa", "bbbb", "cccc"}));
  EXPECT_EQ(log_->read(0, 9, 8)->size(), 2U);
  EXPECT_EQ(log_->read(0, 9, 7)->size(), 1U);
  EXPECT_EQ(log_->read(0, 9, 0)->size(), 1U);
}

TEST_P(LogStoreLaws, ReadingFromTheHeadOrBehindItGivesNothing) {
  ASSERT_TRUE(append({"a"}));
  for (const Seq from : {Seq{1}, Seq{2}, Seq{1} << 62, Seq{1} << 63, UINT64_MAX})
    EXPECT_TRUE(log_->read(from, 9, 9)->empty()) << from;
}

TEST_P(LogStoreLaws, CompareAndSetAppendsOnlyAtTheHead) {
  EXPECT_EQ(append_at(0, {"a"}), Seq{0});
  for (const Seq wrong : {Seq{0}, Seq{2}, UINT64_MAX}) {
    const auto lost = append_at(wrong, {"x"});
    ASSERT_FALSE(lost);
    EXPECT_EQ(lost.error().code, Errc::conflict);
  }
  EXPECT_EQ(append_at(1, {"b"}), Seq{1});
  EXPECT_EQ(log_->head(), Seq{2});
}

TEST_P(LogStoreLaws, EveryConcurrentAppendIsThereOnceAndInItsCallersOrder) {
  constexpr int kThreads = 8, kAppends = 25;
  std::vector<std::vector<Seq>> firsts(kThreads);
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < kThreads; ++t)
      threads.emplace_back([&, t] {
        for (int i = 0; i < kAppends; ++i)
          firsts[static_cast<std::size_t>(t)].push_back(
              append({fmt::format("{} {} a", t, i), fmt::format("{} {} b", t, i)}).value());
      });
  }
  const auto records = all();
  ASSERT_EQ(records.size(), std::size_t{kThreads * kAppends * 2});
  for (std::size_t t = 0; t < kThreads; ++t) {
    EXPECT_TRUE(std::is_sorted(firsts[t].begin(), firsts[t].end()));
    for (std::size_t i = 0; i < kAppends; ++i) {
      EXPECT_EQ(records[firsts[t][i]].octets, fmt::format("{} {} a", t, i));
      EXPECT_EQ(records[firsts[t][i] + 1].octets, fmt::format("{} {} b", t, i));
    }
  }
}

TEST_P(LogStoreLaws, OfConcurrentCompareAndSetsExactlyOneWinsEachPosition) {
  constexpr int kThreads = 6;
  constexpr Seq kRounds = 20;
  std::vector<int> wins(kThreads);
  {
    std::vector<std::jthread> threads;
    for (std::size_t t = 0; t < kThreads; ++t)
      threads.emplace_back([&, t] {
        for (Seq round = 0; round < kRounds; ++round) {
          const auto result = append_at(round, {"x"});
          if (result) {
            ++wins[t];
          } else {
            EXPECT_EQ(result.error().code, Errc::conflict);
          }
        }
      });
  }
  int sum = 0;
  for (const int w : wins) sum += w;
  EXPECT_EQ(Seq(sum), log_->head().value());
  EXPECT_LE(log_->head().value(), kRounds);
  EXPECT_GE(sum, 1);
}

TEST_P(LogStoreLaws, AnySequenceOfCallsAnswersAsTheReferenceDoes) {
  const auto holds = rc::check("store == MemoryLog", [this] {
    const auto log = GetParam().empty_log();
    MemoryLog reference;
    const auto steps = *rc::gen::inRange(1, 12);
    for (int i = 0; i < steps; ++i) {
      const auto texts = *rc::gen::nonEmpty<std::vector<std::string>>();
      const std::vector<std::string_view> records(texts.begin(), texts.end());
      const Seq at = *rc::gen::inRange<Seq>(0, reference.head().value() + 2);
      const auto count = *rc::gen::inRange<std::size_t>(0, 20);
      const auto octets = *rc::gen::inRange<std::size_t>(0, 200);
      if (*rc::gen::arbitrary<bool>()) {
        RC_ASSERT((log->append(records) == reference.append(records)));
      } else {
        RC_ASSERT((log->append_at(at, records) == reference.append_at(at, records)));
      }
      RC_ASSERT((log->head() == reference.head()));
      RC_ASSERT((log->read(at, count, octets) == reference.read(at, count, octets)));
    }
  });
  EXPECT_TRUE(holds);
}

}  // namespace weir::store
