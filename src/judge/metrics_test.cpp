#include "judge/metrics.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace weir::judge {
namespace {

constexpr Label kHam = Label::ham;
constexpr Label kSpam = Label::spam;

TEST(Metrics, APerfectOrderHasNoError) {
  const std::vector<Scored> row = {{-1, kHam}, {0, kHam}, {1, kSpam}, {2, kSpam}};
  EXPECT_EQ(roca_error_percent(row), 0);
  EXPECT_EQ(spam_missed_percent_at_ham_permille(row, 1), 0);
}

TEST(Metrics, AReversedOrderIsAllWrong) {
  const std::vector<Scored> row = {{2, kHam}, {1, kHam}, {0, kSpam}, {-1, kSpam}};
  EXPECT_EQ(roca_error_percent(row), 100);
  EXPECT_EQ(spam_missed_percent_at_ham_permille(row, 1), 100);
}

TEST(Metrics, OneScoreForAllIsACoinToss) {
  const std::vector<Scored> row = {{0.5, kHam}, {0.5, kSpam}, {0.5, kSpam}};
  EXPECT_EQ(roca_error_percent(row), 50);
  EXPECT_EQ(spam_missed_percent_at_ham_permille(row, 1), 100);  // no threshold splits a tie
  EXPECT_EQ(spam_missed_percent_at_ham_permille(row, 1'000), 0);
}

TEST(Metrics, ATiedPairCountsHalf) {
  // Pairs of ham (1, 3) and spam (2, 3, 4): 2<3 wrong, 3=3 half, the other four right.
  const std::vector<Scored> row = {{1, kHam}, {3, kHam}, {2, kSpam}, {3, kSpam}, {4, kSpam}};
  EXPECT_DOUBLE_EQ(*roca_error_percent(row), 100 * 1.5 / 6);
  EXPECT_DOUBLE_EQ(*spam_missed_percent_at_ham_permille(row, 1), 100 * (1 - 1.0 / 3));
  EXPECT_DOUBLE_EQ(*spam_missed_percent_at_ham_permille(row, 500), 0);
}

TEST(Metrics, OneHamOfAThousandMayBeLost) {
  std::vector<Scored> row;
  for (int i = 0; i < 1'000; ++i) row.push_back({i == 0 ? 5.0 : -1.0, kHam});
  for (const double score : {9.0, 4.0, -2.0, 7.0}) row.push_back({score, kSpam});
  EXPECT_DOUBLE_EQ(*spam_missed_percent_at_ham_permille(row, 1), 25);
  row.push_back({6, kHam});  // two of 1,001 are above 4: only what stands above 6 may be caught
  EXPECT_DOUBLE_EQ(*spam_missed_percent_at_ham_permille(row, 1), 50);
}

TEST(Metrics, NeedHamAndSpam) {
  EXPECT_EQ(roca_error_percent({}), std::nullopt);
  const std::vector<Scored> ham = {{1, kHam}};
  EXPECT_EQ(roca_error_percent(ham), std::nullopt);
  EXPECT_EQ(spam_missed_percent_at_ham_permille(ham, 1), std::nullopt);
}

std::vector<Scored> row_of(const std::vector<std::pair<std::uint8_t, bool>>& pairs) {
  std::vector<Scored> row = {{8, kHam}, {8, kSpam}};
  for (const auto& [score, spam] : pairs) row.push_back({score % 16 + 0.0, spam ? kSpam : kHam});
  return row;
}

// The definitions, word for word and slow.
RC_GTEST_PROP(Metrics, AgreeWithTheirDefinitions,
              (const std::vector<std::pair<std::uint8_t, bool>>& pairs)) {
  const auto row = row_of(pairs);
  double ham = 0, spam = 0, wrong = 0;
  for (const Scored& a : row) (a.label == kSpam ? spam : ham) += 1;
  for (const Scored& h : row)
    for (const Scored& s : row)
      if (h.label == kHam && s.label == kSpam)
        wrong += h.score > s.score ? 1 : h.score == s.score ? 0.5 : 0;
  RC_ASSERT(std::abs(*roca_error_percent(row) - 100 * wrong / (ham * spam)) < 1e-9);
  for (const int permille : {1, 100, 500}) {
    double least = 100;
    for (int threshold = 0; threshold <= 16; ++threshold) {
      double lost = 0, missed = 0;
      for (const Scored& one : row) {
        if (one.label == kHam && one.score >= threshold) lost += 1;
        if (one.label == kSpam && one.score < threshold) missed += 1;
      }
      if (lost * 1'000 <= permille * ham) least = std::min(least, 100 * missed / spam);
    }
    RC_ASSERT(std::abs(*spam_missed_percent_at_ham_permille(row, permille) - least) < 1e-9);
  }
}

}  // namespace
}  // namespace weir::judge
