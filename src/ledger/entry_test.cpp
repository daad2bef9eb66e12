#include "ledger/entry.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ledger/test_entries.h"

namespace weir::ledger {
namespace {

using namespace std::chrono_literals;

Entry sample() { return samples::list_entry(samples::subject(7), samples::day(0), 48h); }

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

void expect_invalid(const std::string& octets, std::string_view detail) {
  const auto parsed = parse_entry(octets);
  ASSERT_FALSE(parsed) << octets;
  EXPECT_EQ(parsed.error().code, Errc::invalid) << octets;
  EXPECT_NE(parsed.error().detail.find(detail), std::string::npos) << parsed.error().detail;
}

TEST(Entry, HasTheDocumentedOctets) {
  EXPECT_EQ(
      serialise(sample()),
      R"({"action":"list","code":"127.0.0.2","collateral_ppm":15625,"counts":{"learnt_ham":0,)"
      R"("learnt_spam":1,"reports":2,"verdict_ham":0,"verdict_spam":0},)"
      R"("evidence":"37dad677cf0b3997d0f5dd0d7889f84b11002e3ca73b0ae1bdb6d7e9b46fdb8a",)"
      R"("reason":"3 spam and no good mails in 7d.","rule":"usual/spam-source@1",)"
      R"("since":"2026-01-01T00:00:00Z","subject":"192.0.2.7","time":"2026-01-01T00:00:00Z",)"
      R"("until":"2026-01-03T00:00:00Z","v":1})");
}

RC_GTEST_PROP(Entry, ParsingWhatWasSerialisedGivesTheSame, ()) {
  const auto entry = *samples::any_entry();
  const auto valid = validate(entry);
  RC_ASSERT(valid.has_value());
  const auto parsed = parse_entry(serialise(entry));
  RC_ASSERT(parsed.has_value());
  RC_ASSERT(*parsed == entry);
}

RC_GTEST_PROP(Entry, ChangingAnyOctetGivesAnErrorOrAnotherEntryWithThoseOctets, ()) {
  const auto entry = *samples::any_entry();
  auto octets = serialise(entry);
  octets[*rc::gen::inRange<std::size_t>(0, octets.size())] = *rc::gen::arbitrary<char>();
  if (const auto parsed = parse_entry(octets)) RC_ASSERT(serialise(*parsed) == octets);
}

TEST(Entry, OnlyTheCanonicalSpellingIsTaken) {
  const auto good = serialise(sample());
  ASSERT_TRUE(parse_entry(good));
  expect_invalid(" " + good, "not canonical");
  expect_invalid(good + "\n", "not canonical");
  expect_invalid(replaced(good, "\"v\":1", "\"v\":1,\"w\":2"), "not canonical");
  expect_invalid(replaced(good, "\"v\":1", "\"v\":1,\"v\":1"), "not canonical");
  expect_invalid(replaced(good, "\"reports\":2", "\"reports\":2.0"), "whole number");
  expect_invalid(replaced(good, "\"reports\":2", "\"reports\":-2"), "whole number");
  expect_invalid(replaced(good, "\"reports\":2", "\"reports\":2e0"), "whole number");
  expect_invalid(replaced(good, "\"reports\":2", "\"reports\":-0"), "not canonical");
  expect_invalid(replaced(good, "\"reports\":2", "\"reports\":9007199254740992"), "2^53");
  expect_invalid(replaced(good, "T00:00:00Z\",\"v\"", "T00:00:00.000Z\",\"v\""), "not canonical");
  expect_invalid(replaced(good, "03T00:00:00Z", "03T01:00:00+01:00"), "not canonical");
  expect_invalid(replaced(good, "192.0.2.7", "192.0.2.7/32"), "not canonical");
  expect_invalid(replaced(good, "192.0.2.7", "::ffff:192.0.2.7"), "not canonical");
  expect_invalid(replaced(good, "192.0.2.7", "192.0.2.7/24"), "'subject': ");
  expect_invalid(replaced(good, "spam and", "spam \\u0061nd"), "not canonical");
  expect_invalid(replaced(good, "37dad", "37DAD"), "not canonical");
  expect_invalid(replaced(good, "\"action\":\"list\",", ""), "'action'");
  expect_invalid("", "not a JSON object");
  expect_invalid("[1]", "not a JSON object");
  expect_invalid(std::string(kMaxEntryOctets + 1, ' '), "at most");
}

TEST(Entry, ANewerVersionIsUnsupportedWhateverElseItHolds) {
  for (const auto* octets : {R"({"v":2})", R"({ "v" : 3, "shape": [1, 2, {"deep": true}] })"}) {
    const auto parsed = parse_entry(octets);
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().code, Errc::unsupported);
  }
  expect_invalid(R"({"v":0})", "version 0");
  expect_invalid(R"({"v":"2"})", "'v'");
  expect_invalid("{}", "'v'");
}

struct Broken {
  const char* what;
  void (*change)(Entry&);
};

constexpr Broken kBroken[] = {
    {"127.0.0.0/8", [](Entry& e) { e.code = "127.0.0.1"; }},
    {"127.0.0.0/8", [](Entry& e) { e.code = "128.0.0.2"; }},
    {"127.0.0.0/8", [](Entry& e) { e.code = "127.0.0.02"; }},
    {"name/rule@version", [](Entry& e) { e.rule = "usual"; }},
    {"name/rule@version", [](Entry& e) { e.rule = "usual/spam@"; }},
    {"name/rule@version", [](Entry& e) { e.rule = "usual/spam@01"; }},
    {"name/rule@version", [](Entry& e) { e.rule = "Usual/spam@1"; }},
    {"name/rule@version", [](Entry& e) { e.rule = "/@1"; }},
    {"name/rule@version", [](Entry& e) { e.rule = std::string(kMaxRuleOctets, 'a') + "/b@1"; }},
    {"reason", [](Entry& e) { e.reason.clear(); }},
    {"reason", [](Entry& e) { e.reason = std::string(kMaxReasonOctets + 1, 'x'); }},
    {"reason", [](Entry& e) { e.reason = "two\nlines"; }},
    {"reason", [](Entry& e) { e.reason = "caf\xc3\xa9"; }},
    {"wider than /16", [](Entry& e) { e.subject = Prefix(Address::v4(0), 0); }},
    {"wider than /16", [](Entry& e) { e.subject = Prefix(Address::v4(0xC0000000), 15); }},
    {"wider than /32", [](Entry& e) { e.subject = Prefix::parse("2001:db0::/28").value(); }},
    {"count", [](Entry& e) { e.counts.verdict_ham = kMaxCount + 1; }},
    {"collateral", [](Entry& e) { e.collateral_ppm = 1'000'001; }},
    {"begins its listing", [](Entry& e) { e.since -= 1s; }},
    {"begins after", [](Entry& e) { e.action = Action::extend, e.since += 1s; }},
    {"ends before", [](Entry& e) { e.until = e.time; }},
    {"longer than 90d", [](Entry& e) { e.until = e.since + kMaxListing + 1ms; }},
    {"longer than 90d",
     [](Entry& e) { e.action = Action::extend, e.since -= kMaxListing, e.until = e.time + 1ms; }},
    {"a lift ends", [](Entry& e) { e.action = Action::lift; }},
    {"years", [](Entry& e) { e.until = UnixMillis::max(); }},
    {"years", [](Entry& e) { e.since = e.time = UnixMillis{-1ms}; }},
};

TEST(Entry, BreakingARuleIsNamed) {
  ASSERT_TRUE(validate(sample()));
  for (const auto& broken : kBroken) {
    auto entry = sample();
    broken.change(entry);
    const auto status = validate(entry);
    ASSERT_FALSE(status) << broken.what;
    EXPECT_EQ(status.error().code, Errc::invalid);
    EXPECT_NE(status.error().detail.find(broken.what), std::string::npos)
        << broken.what << ": " << status.error().detail;
  }
}

TEST(Entry, TheLongestListingAndTheWidestSubjectAreStillFine) {
  auto entry = sample();
  entry.until = entry.since + kMaxListing;
  entry.subject = Prefix(Address::v4(0xC0000000), kShortestV4);
  entry.reason = std::string(kMaxReasonOctets, '"');
  EXPECT_TRUE(validate(entry));
  EXPECT_EQ(parse_entry(serialise(entry)).value(), entry);
}

}  // namespace
}  // namespace weir::ledger
