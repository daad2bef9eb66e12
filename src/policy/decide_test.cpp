#include <gtest/gtest.h>

#include "policy/test_world.h"

namespace weir::policy {
namespace {

using namespace std::chrono_literals;
using ledger::Action;
using samples::address;
using samples::day;
using samples::subject;
using samples::World;

// Entries as "list 192.0.2.1 until 2026-01-03T00:00:00Z".
std::vector<std::string> texts(const std::vector<ledger::Entry>& entries) {
  std::vector<std::string> out;
  for (const auto& entry : entries)
    out.push_back(fmt::format("{} {} until {}", to_string(entry.action), entry.subject.to_string(),
                              to_rfc3339(entry.until)));
  return out;
}
using Texts = std::vector<std::string>;

TEST(ExpectedCollateral, NeedsThreePiecesOfSpamForTwoPercent) {
  EXPECT_EQ(expected_collateral_ppm({}), 62'500U);
  EXPECT_EQ(expected_collateral_ppm({.reports = 1}), 31'250U);
  EXPECT_EQ(expected_collateral_ppm({.reports = 1, .verdict_spam = 1}), 20'834U);
  EXPECT_EQ(expected_collateral_ppm({.learnt_spam = 1, .reports = 1, .verdict_spam = 1}), 15'625U);
  EXPECT_GT(expected_collateral_ppm({.reports = 51, .verdict_ham = 1}), 20'000U);
  EXPECT_LE(expected_collateral_ppm({.reports = 52, .verdict_ham = 1}), 20'000U);
  EXPECT_LE(expected_collateral_ppm({.learnt_ham = 0xffffffff, .verdict_ham = 0xffffffff}),
            1'000'000U);
}

TEST(Decide, ListsASourceWithItsThirdPieceOfSpam) {
  World world;
  world.spam(address(1), day(0) + 1h, 2);
  EXPECT_EQ(texts(world.decide_at(day(0) + 2h)), Texts{});
  world.spam(address(1), day(0) + 3h);
  const auto entries = world.decide_at(day(0) + 4h);
  ASSERT_EQ(texts(entries), Texts{"list 192.0.2.1 until 2026-01-03T03:00:00Z"});
  const auto& entry = entries[0];
  EXPECT_EQ(entry.time, day(0) + 4h);
  EXPECT_EQ(entry.since, entry.time);
  EXPECT_EQ(entry.code, "127.0.0.2");
  EXPECT_EQ(entry.rule, "usual/spam-source@1");
  EXPECT_EQ(
      entry.reason,
      "3 pieces of spam evidence and no good mail in 7d; expected share of good mail 1.57 %; first "
      "listing.");
  EXPECT_EQ(entry.counts, ledger::EvidenceCounts{.reports = 3});
  EXPECT_EQ(entry.collateral_ppm, 15'625U);
  EXPECT_EQ(entry.evidence, world.history.find(subject(1))->evidence_digest);
  EXPECT_EQ(texts(world.decide_at(day(0) + 4h)), Texts{});
}

TEST(Decide, ASourceThatHasBeenQuietForATermIsNotListed) {
  World world;
  world.spam(address(1), day(0), 9);  // told of late
  EXPECT_EQ(texts(world.decide_at(day(2))), Texts{});
  EXPECT_EQ(texts(world.decide_at(day(2) - 1h)),
            Texts{"list 192.0.2.1 until 2026-01-03T00:00:00Z"});
}

TEST(Decide, SpamOutsideTheWindowDoesNotCount) {
  World world;
  world.spam(address(1), day(0), 2);
  world.spam(address(1), day(8), 2);
  EXPECT_EQ(texts(world.decide_at(day(8))), Texts{});
  world.spam(address(1), day(9), 1);
  EXPECT_EQ(texts(world.decide_at(day(9))).size(), 1U);
}

TEST(Decide, ASourceOfGoodMailNeedsMuchMoreSpam) {
  World world;
  world.ham(address(1), day(0), 1);
  world.spam(address(1), day(0), 51);
  EXPECT_EQ(texts(world.decide_at(day(0))), Texts{});
  world.spam(address(1), day(0), 1);
  EXPECT_EQ(texts(world.decide_at(day(0))).size(), 1U);
  // A large provider with some leaking customers is never listed.
  world.ham(address(2), day(0), 1'000);
  world.spam(address(2), day(0), 900);
  EXPECT_EQ(texts(world.decide_at(day(0))), Texts{});
}

TEST(Decide, IPv6IsListedBySixtyFour) {
  World world;
  for (int i = 1; i <= 3; ++i)
    world.spam(Address::parse(fmt::format("2001:db8:1:2::{}", i)).value(), day(0));
  EXPECT_EQ(texts(world.decide_at(day(0))),
            Texts{"list 2001:db8:1:2::/64 until 2026-01-03T00:00:00Z"});
}

TEST(Decide, EntriesComeInOrderOfSubject) {
  World world;
  for (const auto number : {9U, 1U, 5U}) world.spam(address(number), day(0), 3);
  world.spam(Address::parse("2001:db8::1").value(), day(0), 3);
  EXPECT_EQ(texts(world.decide_at(day(0))),
            (Texts{"list 192.0.2.1 until 2026-01-03T00:00:00Z",
                   "list 192.0.2.5 until 2026-01-03T00:00:00Z",
                   "list 192.0.2.9 until 2026-01-03T00:00:00Z",
                   "list 2001:db8::/64 until 2026-01-03T00:00:00Z"}));
}

TEST(Decide, WhatHasEndedIsLiftedAndNotListedAgainForOldEvidence) {
  World world;
  world.spam(address(1), day(0), 30);
  EXPECT_EQ(texts(world.decide_at(day(0))).size(), 1U);
  EXPECT_EQ(texts(world.decide_at(day(2) - 1ms)), Texts{});
  world.spam(address(1), day(2), 3);
  const auto entries = world.decide_at(day(2));
  ASSERT_EQ(texts(entries), Texts{"lift 192.0.2.1 until 2026-01-03T00:00:00Z"});
  EXPECT_EQ(entries[0].rule, "usual/ended@1");
  EXPECT_EQ(entries[0].reason, "The listing ended on 2026-01-03T00:00:00Z as announced.");
  EXPECT_EQ(entries[0].since, day(0));
  for (int later = 2; later < 12; ++later) EXPECT_EQ(texts(world.decide_at(day(later))), Texts{});
}

TEST(Decide, ARelapseIsListedOneStepLongerEachTime) {
  World world;
  int at = 0;
  for (const int days : {2, 4, 8, 16, 30, 30}) {
    world.spam(address(1), day(at), 3);
    const auto entries = world.decide_at(day(at));
    ASSERT_EQ(entries.size(), 1U) << at;
    EXPECT_EQ(entries[0].action, Action::list);
    EXPECT_EQ(entries[0].until - entries[0].since, std::chrono::days{days});
    EXPECT_EQ(texts(world.decide_at(day(at + days))).size(), 1U);
    at += days + 1;
  }
  world.spam(address(1), day(at), 3);
  EXPECT_NE(world.decide_at(day(at))[0].reason.find("listed 6 times before"), std::string::npos);
}

TEST(Decide, ALateLiftAndTheRelapseComeTogether) {
  World world;
  world.spam(address(1), day(0), 3);
  EXPECT_EQ(texts(world.decide_at(day(0))).size(), 1U);  // until day 2
  // The machine that decides is down until day 10; the source is clean until day 8.
  world.spam(address(1), day(8), 3);
  EXPECT_EQ(texts(world.decide_at(day(10))), (Texts{"lift 192.0.2.1 until 2026-01-11T00:00:00Z",
                                                    "list 192.0.2.1 until 2026-01-13T00:00:00Z"}));
  EXPECT_EQ(texts(world.decide_at(day(10))), Texts{});
}

TEST(Decide, NewSpamExtendsAListing) {
  World world;
  world.spam(address(1), day(0), 3);
  EXPECT_EQ(texts(world.decide_at(day(0))).size(), 1U);
  world.spam(address(1), day(1), 2);
  EXPECT_EQ(texts(world.decide_at(day(1) + 12h)), Texts{});
  world.spam(address(1), day(1), 1);
  const auto entries = world.decide_at(day(1) + 12h);
  ASSERT_EQ(texts(entries), Texts{"extend 192.0.2.1 until 2026-01-04T00:00:00Z"});
  EXPECT_EQ(entries[0].rule, "usual/spam-source@1");
  EXPECT_EQ(entries[0].reason,
            "3 new pieces of spam evidence since 2026-01-01T00:00:00Z; in all 6 pieces of spam "
            "evidence and no good mail, expected share of good mail 0.90 %.");
  EXPECT_EQ(entries[0].since, day(0));
  EXPECT_EQ(texts(world.decide_at(day(1) + 12h)), Texts{});
}

TEST(Decide, NewSpamOfTheSameDayExtendsToo) {
  World world;
  world.spam(address(1), day(0) + 1h, 3);
  EXPECT_EQ(texts(world.decide_at(day(0) + 1h)).size(), 1U);
  world.spam(address(1), day(0) + 20h, 3);
  EXPECT_EQ(texts(world.decide_at(day(0) + 20h)),
            Texts{"extend 192.0.2.1 until 2026-01-03T20:00:00Z"});
  EXPECT_EQ(texts(world.decide_at(day(0) + 21h)), Texts{});
}

TEST(Decide, AnExtensionThatMovesTheEndByLessThanAQuarterWaits) {
  World world;
  world.policy.first_term = 8 * 24h;
  world.spam(address(1), day(0), 3);
  EXPECT_EQ(texts(world.decide_at(day(0))).size(), 1U);
  world.spam(address(1), day(1), 3);
  EXPECT_EQ(texts(world.decide_at(day(2) - 1ms)), Texts{});
  world.spam(address(1), day(2), 3);
  EXPECT_EQ(texts(world.decide_at(day(2))), Texts{"extend 192.0.2.1 until 2026-01-11T00:00:00Z"});
}

TEST(Decide, AListingEndsNinetyDaysAfterItsBeginHoweverMuchSpamComes) {
  World world;
  world.policy.first_term = world.policy.max_term = 30 * 24h;
  UnixMillis end{};
  int extensions = 0;
  for (int at = 0; at < 95 && end == UnixMillis{}; ++at) {
    world.spam(address(1), day(at), 5);
    for (const auto& entry : world.decide_at(day(at))) {
      EXPECT_LE(entry.until, day(90));
      if (entry.action == Action::lift) end = entry.time;
      if (entry.action == Action::extend) ++extensions;
    }
  }
  // The last step to the ninetieth day is left out if it is smaller than a quarter of the term.
  EXPECT_EQ(end, day(86));
  EXPECT_LE(extensions, 12);  // the ledger stays small
}

TEST(Decide, GoodMailOverTheBudgetLiftsAtOnce) {
  World world;
  world.spam(address(1), day(0), 60);
  EXPECT_EQ(texts(world.decide_at(day(0))).size(), 1U);
  world.ham(address(1), day(1), 1);
  EXPECT_EQ(texts(world.decide_at(day(1))), Texts{});  // 1.7137 %
  world.ham(address(1), day(1), 1);
  const auto entries = world.decide_at(day(1) + 1h);
  ASSERT_EQ(texts(entries), Texts{"lift 192.0.2.1 until 2026-01-02T01:00:00Z"});
  EXPECT_EQ(entries[0].rule, "usual/good-mail@1");
  EXPECT_EQ(entries[0].reason,
            "60 pieces of spam evidence and 2 good mails; expected share of good mail is 3.28 %, "
            "and 2.00 "
            "% is the most allowed.");
  EXPECT_EQ(texts(world.decide_at(day(1) + 2h)), Texts{});
}

TEST(Decide, AListingDoesNotFallBecauseItsEvidenceLeavesTheWindow) {
  World world;
  world.policy.first_term = 30 * 24h;
  world.spam(address(1), day(0), 3);
  EXPECT_EQ(texts(world.decide_at(day(0))).size(), 1U);
  for (int at = 1; at < 30; ++at) EXPECT_EQ(texts(world.decide_at(day(at))), Texts{}) << at;
  EXPECT_EQ(texts(world.decide_at(day(30))).size(), 1U);
}

TEST(Decide, WhatMayNotBeListedIsNotAndWhatMayNoLongerIsLifted) {
  World world;
  world.spam(address(1), day(0), 3);
  world.spam(address(2), day(0), 3);
  for (const auto* reserved : {"10.1.2.3", "127.0.0.1", "::1", "fe80::1", "64:ff9b::c000:201"})
    world.spam(Address::parse(reserved).value(), day(0), 50);
  world.policy.never = {subject(2)};
  EXPECT_EQ(texts(world.decide_at(day(0))), Texts{"list 192.0.2.1 until 2026-01-03T00:00:00Z"});
  world.policy.never = {Prefix::parse("192.0.2.0/24").value()};
  const auto entries = world.decide_at(day(1));
  ASSERT_EQ(texts(entries), Texts{"lift 192.0.2.1 until 2026-01-02T00:00:00Z"});
  EXPECT_EQ(entries[0].rule, "usual/never-list@1");
}

TEST(Decide, AListingIsLiftedAlsoWhenItsEvidenceIsForgotten) {
  World world;
  world.spam(address(1), day(0), 3);
  EXPECT_EQ(texts(world.decide_at(day(0))).size(), 1U);
  world.history = {};
  EXPECT_EQ(texts(world.decide_at(day(1))), Texts{});
  EXPECT_EQ(texts(world.decide_at(day(2))), Texts{"lift 192.0.2.1 until 2026-01-03T00:00:00Z"});
}

TEST(Decide, AClockBeforeTheNewestEntryDecidesNothing) {
  World world;
  world.spam(address(1), day(5), 3);
  EXPECT_EQ(texts(world.decide_at(day(5))).size(), 1U);
  world.spam(address(2), day(4), 3);
  EXPECT_EQ(texts(world.decide_at(day(5) - 1ms)), Texts{});
  EXPECT_EQ(texts(world.decide_at(day(5))).size(), 1U);
  EXPECT_EQ(texts(world.decide_at(UnixMillis::max())), Texts{});
  EXPECT_EQ(texts(world.decide_at(UnixMillis::min())), Texts{});
}

TEST(Decide, TheLargestCountsStillFitTheReason) {
  World world;
  world.policy.name = std::string(kMaxNameOctets, 'x');
  world.policy.version = 999'999'999;
  world.policy.first_term = world.policy.max_term = 2159h;
  world.policy.min_spam = 1;
  world.policy.max_collateral_ppm = 999'999;
  world.spam(Address::parse("2001:db8:1111:2222:3333:4444:5555:6666").value(), day(0) + 1ms, 5);
  world.ham(Address::parse("2001:db8:1111:2222:3333:4444:5555:6666").value(), day(0) + 1ms, 4'000);
  for (const int at : {0, 50, 120}) {
    if (at == 50)
      world.spam(Address::parse("2001:db8:1111:2222:3333:4444:5555:6666").value(), day(49), 4'000);
    for (const auto& entry : world.decide_at(day(at) + 1ms)) {
      const auto valid = validate(entry);
      EXPECT_TRUE(valid) << valid.error().detail;
      EXPECT_LE(entry.reason.size(), ledger::kMaxReasonOctets - 40) << entry.reason;
    }
  }
}

}  // namespace
}  // namespace weir::policy
