#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ledger/ledger.h"
#include "ledger/test_entries.h"

namespace weir::ledger {
namespace {

using namespace std::chrono_literals;
using samples::day;
using samples::extend_entry;
using samples::lift_entry;
using samples::list_entry;
using samples::subject;

void expect_refused(Standings& standings, const Entry& entry, std::string_view detail) {
  ASSERT_TRUE(validate(entry)) << validate(entry).error().detail;
  const auto status = standings.apply(99, entry);
  ASSERT_FALSE(status) << detail;
  EXPECT_EQ(status.error().code, Errc::invalid);
  EXPECT_NE(status.error().detail.find(detail), std::string::npos) << status.error().detail;
}

TEST(Standings, FollowAListingFromListToLiftAndBack) {
  Standings standings;
  EXPECT_EQ(standings.find(subject(1)), nullptr);
  EXPECT_EQ(standings.times_listed(subject(1)), 0U);

  const auto listed = list_entry(subject(1), day(0), 48h);
  ASSERT_TRUE(standings.apply(0, listed));
  ASSERT_NE(standings.find(subject(1)), nullptr);
  EXPECT_EQ(standings.find(subject(1))->until, day(2));
  EXPECT_EQ(standings.last_ended(subject(1)), std::nullopt);

  ASSERT_TRUE(standings.apply(1, extend_entry(listed, day(1), day(5))));
  EXPECT_EQ(standings.find(subject(1))->since, day(0));
  EXPECT_EQ(standings.find(subject(1))->decided, day(1));
  EXPECT_EQ(standings.find(subject(1))->until, day(5));
  EXPECT_EQ(standings.find(subject(1))->entry, 1U);
  EXPECT_EQ(standings.find(subject(1))->times_listed, 1U);

  ASSERT_TRUE(standings.apply(2, lift_entry(listed, day(3))));
  EXPECT_EQ(standings.find(subject(1)), nullptr);
  EXPECT_EQ(standings.last_ended(subject(1)), day(3));

  ASSERT_TRUE(standings.apply(3, list_entry(subject(1), day(10), 48h)));
  EXPECT_EQ(standings.find(subject(1))->times_listed, 2U);
  EXPECT_EQ(standings.newest(), day(10));
}

TEST(Standings, AListingThatWasLiftedLateEndedAtItsUntil) {
  Standings standings;
  const auto listed = list_entry(subject(1), day(0), 48h);
  ASSERT_TRUE(standings.apply(0, listed));
  ASSERT_TRUE(standings.apply(1, lift_entry(listed, day(9))));
  EXPECT_EQ(standings.last_ended(subject(1)), day(2));
}

TEST(Standings, WhatDoesNotFollowIsRefusedAndChangesNothing) {
  Standings standings;
  const auto listed = list_entry(subject(1), day(1), 48h);
  expect_refused(standings, extend_entry(listed, day(1), day(4)), "is not listed");
  expect_refused(standings, lift_entry(listed, day(1)), "is not listed");
  ASSERT_TRUE(standings.apply(0, listed));
  expect_refused(standings, list_entry(subject(1), day(2), 48h), "listed already");
  // Ended by itself, but no lift entry has recorded it.
  expect_refused(standings, list_entry(subject(1), day(9), 48h), "listed already");
  expect_refused(standings, list_entry(subject(2), day(0), 48h), "before that of an earlier");
  expect_refused(standings, extend_entry(listed, day(2), day(3)), "no later time");
  expect_refused(standings, extend_entry(listed, day(3), day(4)), "has ended");
  auto other_begin = extend_entry(listed, day(2), day(4));
  other_begin.since = day(0);
  expect_refused(standings, other_begin, "'since'");
  other_begin = lift_entry(listed, day(2));
  other_begin.since = day(0);
  expect_refused(standings, other_begin, "'since'");
  auto other_code = lift_entry(listed, day(2));
  other_code.code = "127.0.0.3";
  expect_refused(standings, other_code, "'code'");

  EXPECT_EQ(standings.listed().size(), 1U);
  EXPECT_EQ(standings.newest(), day(1));
  EXPECT_EQ(standings.find(subject(1))->until, day(3));
  EXPECT_EQ(standings.times_listed(subject(1)), 1U);
  EXPECT_EQ(standings.times_listed(subject(2)), 0U);
}

RC_GTEST_PROP(Standings, AnyEntriesInAnyOrderAreAppliedOrRefusedWhole, ()) {
  Standings standings;
  std::map<Prefix, std::uint32_t> lists;
  const auto steps = *rc::gen::inRange(0, 60);
  for (int i = 0; i < steps; ++i) {
    const auto about = subject(*rc::gen::inRange(0U, 4U));
    const auto time = day(*rc::gen::inRange(0, 20));
    auto entry = list_entry(about, time, std::chrono::days{*rc::gen::inRange(1, 30)});
    const auto action = *rc::gen::element(Action::list, Action::extend, Action::lift);
    const auto* before = standings.find(about);
    const auto since = before != nullptr && before->since <= time ? before->since : time;
    if (action == Action::extend) entry = extend_entry(entry, time, entry.until);
    if (action == Action::lift) entry = lift_entry(entry, time);
    if (action != Action::list) entry.since = since;
    RC_PRE(validate(entry).has_value());
    const bool was_listed = before != nullptr;
    const auto newest = standings.newest();
    const bool applied = standings.apply(static_cast<std::uint64_t>(i), entry).has_value();
    if (applied) {
      RC_ASSERT(time >= newest);
      RC_ASSERT(was_listed == (action != Action::list));
      if (action == Action::list) ++lists[about];
    }
    const bool is_listed = standings.find(about) != nullptr;
    RC_ASSERT(is_listed == (applied ? action != Action::lift : was_listed));
    RC_ASSERT(standings.times_listed(about) == lists[about]);
    RC_ASSERT(standings.newest() == (applied ? time : newest));
  }
}

}  // namespace
}  // namespace weir::ledger
