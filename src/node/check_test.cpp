#include "node/check.h"

namespace weir::node {
namespace {

const UnixMillis kNow = parse_rfc3339("2026-01-31T12:00:00Z").value();

struct World {
  reputation::History history;
  ledger::Standings standings;
  network::Table networks;

  World() {
    for (int i = 0; i < 3; ++i) {
      evidence::Record record;
      record.kind = evidence::Kind::report;
      record.observed_at = record.recorded_at = kNow - std::chrono::hours{1};
      record.reporter = "local";
      record.source = Address::parse("192.0.2.1").value();
      record.message[0] = static_cast<std::uint8_t>(i);
      history.apply(record);
    }
    ledger::Entry entry;
    entry.time = entry.since = kNow - std::chrono::minutes{5};
    entry.until = kNow + std::chrono::hours{48};
    entry.subject = Prefix::parse("192.0.2.1").value();
    entry.rule = "usual/spam-source@1";
    entry.reason = "3 pieces of spam evidence in 7d";
    entry.counts.reports = 3;
    WEIR_ASSERT(standings.apply(0, entry));
  }
  Result<Checked> ask(std::string_view subject, UnixMillis now = kNow) const {
    return check(subject, history, standings, networks, now);
  }
};

TEST(Check, ListedAddressSaysWhyAndUntilWhen) {
  const World world;
  const auto checked = world.ask("192.0.2.1");
  ASSERT_TRUE(checked);
  ASSERT_TRUE(checked->listing);
  EXPECT_EQ(checked->counts.reports, 3U);
  const auto json = to_json(*checked);
  EXPECT_NE(json.find(R"("subject":"192.0.2.1","listed":true,"code":"127.0.0.2")"),
            std::string::npos)
      << json;
  EXPECT_NE(json.find(R"("until":"2026-02-02T12:00:00Z")"), std::string::npos) << json;
  EXPECT_NE(to_lines(*checked, Tongue::english).find("192.0.2.1 is listed"), std::string::npos);
  EXPECT_NE(to_lines(*checked, Tongue::chinese).find("已列入"), std::string::npos);
}

TEST(Check, ListingEndsByTheClockWithoutALift) {
  const World world;
  EXPECT_FALSE(world.ask("192.0.2.1", kNow + std::chrono::hours{48})->listing);
}

TEST(Check, PrefixCountsWhatIsListedInside) {
  const World world;
  const auto checked = world.ask("192.0.2.0/24");
  ASSERT_TRUE(checked);
  EXPECT_FALSE(checked->listing);
  EXPECT_EQ(checked->listed_inside, 1U);
  EXPECT_EQ(checked->counts.reports, 3U);
  EXPECT_EQ(world.ask("198.51.100.0/24")->listed_inside, 0U);
}

TEST(Check, NeighbourAndDomainAreNotListed) {
  const World world;
  EXPECT_FALSE(world.ask("192.0.2.2")->listing);
  const auto domain = world.ask("Mail.Example.");
  ASSERT_TRUE(domain);
  EXPECT_TRUE(domain->is_domain);
  EXPECT_EQ(domain->subject, "mail.example");
}

TEST(Check, WhatIsNoSubjectIsRefused) {
  const World world;
  for (const auto* text :
       {"", "x", "192.0.2.1/33", "192.0.2", "192.0.2.1/24", "a b.example", "a..b", "<x.y>"})
    EXPECT_EQ(world.ask(text).error().code, Errc::invalid) << text;
}

TEST(Tongue, ComesFromLocaleAndAcceptLanguage) {
  EXPECT_EQ(choose_tongue("zh_CN.UTF-8"), Tongue::chinese);
  EXPECT_EQ(choose_tongue("de, zh-CN;q=0.8, en;q=0.5"), Tongue::chinese);
  EXPECT_EQ(choose_tongue("en-GB,zh"), Tongue::english);
  EXPECT_EQ(choose_tongue(""), Tongue::english);
  EXPECT_EQ(choose_tongue("C.UTF-8"), Tongue::english);
}

}  // namespace
}  // namespace weir::node
