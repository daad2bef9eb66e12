// What holds of decide() for any evidence, any policy and any clock.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "policy/test_world.h"

namespace weir::policy {
namespace {

using namespace std::chrono_literals;
using ledger::Action;
using ledger::Entry;
using samples::day;

rc::Gen<Address> any_source() {
  // Few, so that they get enough evidence; some of them are never listable.
  return rc::gen::map(
      rc::gen::element("192.0.2.1", "192.0.2.2", "198.51.100.7", "203.0.113.1", "10.0.0.1",
                       "169.254.1.1", "2001:db8:1::1", "2001:db8:1::2", "2001:db8:2::1", "fe80::1"),
      [](const char* text) { return Address::parse(text).value(); });
}

rc::Gen<evidence::Kind> any_kind() {
  using evidence::Kind;
  return rc::gen::weightedElement<Kind>({{8, Kind::report},
                                         {8, Kind::verdict_spam},
                                         {4, Kind::learnt_spam},
                                         {1, Kind::verdict_ham},
                                         {1, Kind::learnt_ham}});
}

rc::Gen<Policy> any_policy() {
  return rc::gen::exec([] {
    Policy policy;
    policy.min_spam = *rc::gen::inRange<std::uint64_t>(1, 6);
    policy.window = std::chrono::days{*rc::gen::inRange(1, 91)};
    policy.max_collateral_ppm = *rc::gen::element<std::uint64_t>(0, 20'000, 100'000, 1'000'000);
    policy.max_term = std::chrono::hours{*rc::gen::inRange(1, 90 * 24 + 1)};
    policy.first_term =
        std::chrono::hours{*rc::gen::inRange<std::int64_t>(1, policy.max_term / 1h + 1)};
    if (*rc::gen::arbitrary<bool>())
      policy.never.push_back(Prefix::parse("203.0.113.0/24").value());
    return policy;
  });
}

bool overlap(const Prefix& a, const Prefix& b) { return a.contains(b) || b.contains(a); }

void check_entry(const Entry& entry, const Policy& policy, UnixMillis now) {
  const auto valid = ledger::validate(entry);
  if (!valid) RC_FAIL(valid.error().detail);
  RC_ASSERT(entry.time == now);
  RC_ASSERT(ledger::parse_entry(ledger::serialise(entry)).value() == entry);
  if (entry.action == Action::lift) return;
  RC_ASSERT(!never_listable(entry.subject));
  for (const auto& never : policy.never) RC_ASSERT(!overlap(never, entry.subject));
  RC_ASSERT(entry.collateral_ppm <= policy.max_collateral_ppm);
  RC_ASSERT(entry.until - now <= policy.max_term);
  RC_ASSERT(entry.until - entry.since <= ledger::kMaxListing);
}

void check_order(const std::vector<Entry>& entries) {
  for (std::size_t i = 1; i < entries.size(); ++i) {
    const auto& before = entries[i - 1];
    const bool relapse = before.subject == entries[i].subject && before.action == Action::lift &&
                         entries[i].action == Action::list;
    RC_ASSERT(before.subject < entries[i].subject || relapse);
  }
}

RC_GTEST_PROP(DecideLaws, AnyCourseOfEventsKeepsTheRulesAndSettles, ()) {
  samples::World world;
  auto now = day(0);
  const auto steps = *rc::gen::inRange(1, 40);
  for (int i = 0; i < steps; ++i) {
    // A rule file may change in the middle.
    if (i == 0 || *rc::gen::inRange(0, 8) == 0) world.policy = *any_policy();
    now += std::chrono::minutes{*rc::gen::inRange(0, 6 * 24 * 60)};
    for (auto n = *rc::gen::inRange(0, 12); n > 0; --n) {
      const auto age = std::chrono::minutes{*rc::gen::inRange(-60, 10 * 24 * 60)};
      world.see(*any_kind(), *any_source(), now - age, *rc::gen::inRange(1, 5));
    }
    const auto entries = decide(world.history, world.standings, world.policy, now);
    check_order(entries);
    for (const auto& entry : entries) {
      check_entry(entry, world.policy, now);
      const auto applied = world.standings.apply(world.entries++, entry);
      if (!applied) RC_FAIL(applied.error().detail);
    }
    RC_ASSERT(decide(world.history, world.standings, world.policy, now).empty());
    for (const auto& [subject, standing] : world.standings.listed())
      RC_ASSERT(standing.until > now);  // what has ended is lifted
  }
  // With no new evidence everything is let go.
  for (int i = 0; i < 3; ++i) {
    now += ledger::kMaxListing + 24h;
    for (const auto& entry : world.decide_at(now)) check_entry(entry, world.policy, now);
  }
  RC_ASSERT(world.standings.listed().empty());
}

RC_GTEST_PROP(DecideLaws, EvidenceFromBeforeTheEndOfAListingNeverListsAgain, ()) {
  samples::World world;
  world.policy = *any_policy();
  world.policy.max_collateral_ppm = 1'000'000;
  world.spam(samples::address(1), day(0), 10);
  const auto listed = world.decide_at(day(0) + 59min);
  RC_ASSERT(listed.size() == 1U);
  const auto end = listed[0].until;
  // More of it comes to light later, all observed before the end, but too late to extend.
  const auto lifted_at = end + std::chrono::hours{*rc::gen::inRange(0, 200)};
  RC_ASSERT(world.decide_at(lifted_at).size() == 1U);
  for (auto n = *rc::gen::inRange(0, 30); n > 0; --n)
    world.spam(samples::address(1),
               day(0) + Millis{*rc::gen::inRange<std::int64_t>(0, (end - day(0)).count())});
  for (int hours = 0; hours < 100 * 24; hours += 7)
    RC_ASSERT(world.decide_at(lifted_at + std::chrono::hours{hours}).empty());
}

RC_GTEST_PROP(DecideLaws, TheOrderOfTheEvidenceChangesNoDecision, ()) {
  const auto policy = *any_policy();
  std::vector<evidence::Record> records;
  for (auto n = *rc::gen::inRange(0, 60); n > 0; --n)
    records.push_back(samples::record(*any_kind(), *any_source(),
                                      day(0) + std::chrono::hours{*rc::gen::inRange(0, 240)},
                                      records.size()));
  const auto decided = [&] {
    reputation::History history;
    for (const auto& record : records) history.apply(record);
    auto entries = decide(history, {}, policy, day(10));
    for (auto& entry : entries) entry.evidence = {};  // names the order on purpose
    return entries;
  };
  const auto first = decided();
  SeededRandom random(*rc::gen::arbitrary<std::uint64_t>());
  for (auto left = records.size(); left > 1; --left)
    std::swap(records[left - 1], records[random.below(left)]);
  RC_ASSERT(decided() == first);
}

}  // namespace
}  // namespace weir::policy
