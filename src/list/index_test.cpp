#include "list/index.h"

#include "base/bytes.h"
#include "base/random.h"
#include "crypto/crypto.h"
#include "list/index_reference.h"
#include "list/list_gen.h"

namespace weir::list {
namespace {

Address address(std::string_view text) { return Address::parse(text).value(); }
Prefix prefix(std::string_view text) { return Prefix::parse(text).value(); }
UnixMillis at(std::int64_t seconds) { return from_unix_millis(seconds * 1'000); }

Listing listing(std::string_view subject, std::int64_t until_s, std::string reason = "trap") {
  return {.subject = prefix(subject),
          .since = at(0),
          .until = at(until_s),
          .reason = std::move(reason)};
}

TEST(Index, TheLongestLivePrefixWins) {
  const Index index({listing("192.0.2.0/24", 100, "wide"), listing("192.0.2.7", 50, "one")});
  EXPECT_EQ(index.find(address("192.0.2.7"), at(10))->reason, "one");
  EXPECT_EQ(index.find(address("192.0.2.7"), at(50))->reason,
            "wide");  // the shorter one outlives it
  EXPECT_EQ(index.find(address("192.0.2.8"), at(10))->reason, "wide");
  EXPECT_EQ(index.find(address("192.0.2.7"), at(100)), nullptr);
  EXPECT_EQ(index.find(address("192.0.3.7"), at(10)), nullptr);
}

TEST(Index, TheFamiliesDoNotMeet) {
  const Index index({listing("32.1.13.184", 100), listing("2001:db8::/32", 100)});
  EXPECT_NE(index.find(address("2001:db8::1"), at(1)), nullptr);
  EXPECT_EQ(index.find(address("2001:db9::1"), at(1)), nullptr);
  EXPECT_NE(index.find(address("::ffff:32.1.13.184"), at(1)),
            nullptr);  // a mapped address is the IPv4 one
}

TEST(Index, OfOneSubjectTheLastToEndIsKept) {
  const Index index({listing("192.0.2.7", 50, "a"), listing("192.0.2.7", 90, "b"),
                     listing("192.0.2.7", 70, "c")});
  EXPECT_EQ(index.size(), 1U);
  EXPECT_EQ(index.find(address("192.0.2.7"), at(80))->reason, "b");
}

TEST(Index, NothingCanHoldEverything) {
  const Index index({listing("0.0.0.0/0", 100), listing("128.0.0.0/7", 100), listing("::/0", 100),
                     listing("2000::/23", 100), listing("9.0.0.0/8", 100)});
  EXPECT_EQ(index.size(), 1U);
  EXPECT_EQ(index.find(address("130.0.0.1"), at(1)), nullptr);
}

TEST(Index, AnyBelowSeesBothDirections) {
  const Index index({listing("192.0.2.7", 100), listing("10.0.0.0/8", 50)});
  EXPECT_TRUE(index.any_below(prefix("192.0.0.0/16"), at(1)));
  EXPECT_TRUE(index.any_below(prefix("10.1.2.0/24"), at(1)));  // all of it is listed
  EXPECT_FALSE(index.any_below(prefix("10.1.2.0/24"), at(50)));
  EXPECT_FALSE(index.any_below(prefix("192.0.3.0/24"), at(1)));
  EXPECT_FALSE(index.any_below(prefix("2001:db8::/32"), at(1)));
  EXPECT_TRUE(index.any_below(prefix("0.0.0.0/0"), at(99)));
}

RC_GTEST_PROP(IndexProperty, AnswersAsTheLinearScanDoes, ()) {
  const auto listings = *any_listings();
  const Index index(listings);
  for (int i = 0; i < 20; ++i) {
    const auto asked = *any_address();
    const auto now = *any_time();
    const auto* expected = reference_find(listings, asked, now);
    const auto* found = index.find(asked, now);
    RC_ASSERT((found == nullptr) == (expected == nullptr));
    if (found) RC_ASSERT(found->subject == expected->subject && found->until == expected->until);
    const auto range = *any_prefix();
    RC_ASSERT(index.any_below(range, now) == reference_any_below(listings, range, now));
  }
}

RC_GTEST_PROP(IndexProperty, TheFileReadsBackAndHasOneForm, ()) {
  auto listings = *any_listings();
  const Index index(listings);
  const auto octets = index.serialise();
  const auto read = Index::parse(octets);
  RC_ASSERT(read.has_value());
  RC_ASSERT(read->listings() == index.listings());
  RC_ASSERT(read->serialise() == octets);
  std::reverse(listings.begin(), listings.end());
  const Index reversed(listings);
  RC_ASSERT(reversed.serialise() == octets);
}

RC_GTEST_PROP(IndexProperty, AnyChangedOctetIsFound, (std::uint16_t where, std::uint8_t change)) {
  RC_PRE(change != 0);
  auto octets = Index({listing("192.0.2.0/24", 9), listing("2001:db8::/48", 9)}).serialise();
  auto& octet = octets[where % octets.size()];
  octet = static_cast<char>(octet ^ change);
  RC_ASSERT(!Index::parse(octets));
  RC_ASSERT(!Index::parse(std::string_view(octets).substr(0, where % octets.size())));
}

// Thousands of keys: the directory of the upper bits and several levels of maxima come into play.
TEST(Index, LargeTablesAnswerAsTheLinearScanDoes) {
  SeededRandom random(7);
  std::vector<Listing> listings;
  const auto some_address = [&] {
    return Address::v4(
        static_cast<std::uint32_t>((random.below(3) << 30) | random.below(1U << 14)));
  };
  for (int i = 0; i < 9'000; ++i) {
    Listing one;
    one.subject = Prefix(some_address(), random.below(8) == 0 ? 28 : 32);
    one.until = at(static_cast<std::int64_t>(random.below(100)));
    listings.push_back(one);
  }
  const Index index(listings);
  for (int i = 0; i < 300; ++i) {
    const auto asked = some_address();
    const auto now = at(static_cast<std::int64_t>(random.below(110)));
    const auto* expected = reference_find(listings, asked, now);
    const auto* found = index.find(asked, now);
    ASSERT_EQ(found == nullptr, expected == nullptr) << asked.to_string();
    if (found) {
      ASSERT_EQ(found->subject, expected->subject);
    }
    const Prefix range(asked, static_cast<int>(random.below(33)));
    ASSERT_EQ(index.any_below(range, now), reference_any_below(listings, range, now))
        << range.to_string();
  }
}

// The octets of docs/formats/list.md.
TEST(ListFile, WorkedOctetsAreThoseOfTheFormatPage) {
  const Index index({{.subject = prefix("192.0.2.0/24"),
                      .since = at(0),
                      .until = from_unix_millis(1),
                      .reason = "x"}});
  const auto octets = index.serialise();
  EXPECT_EQ(to_hex(octets.substr(0, 39)),
            "776569726c697374010001017801"
            "18c000027f00000200000000000000000100000000000000"
            "00");
  EXPECT_EQ(octets.size(), 39U + 32U);
}

std::string with_hash(std::string octets) {
  const auto hash = crypto::sha256(octets);
  octets += as_octets(hash);
  return octets;
}

TEST(ListFile, AnotherVersionIsUnsupportedNotCorrupt) {
  auto octets = Index({}).serialise();
  octets[8] = 2;
  EXPECT_EQ(Index::parse(octets).error().code, Errc::unsupported);
}

TEST(ListFile, WhatAWriterNeverWritesIsCorruptEvenWithAGoodHash) {
  const std::string head = parse_hex("776569726c6973740100").value();
  const std::string rest = parse_hex(
                               "7f000002"
                               "0000000000000000"
                               "0100000000000000"
                               "00")
                               .value();
  const auto parse = [&](std::string_view hex_of_middle, bool with_rest = true) {
    return Index::parse(
        with_hash(head + parse_hex(hex_of_middle).value() + (with_rest ? rest : "")));
  };
  EXPECT_TRUE(
      parse("010178"
            "01"
            "18c00002"));
  for (const auto* bad : {
           "010178"
           "01"
           "19c0000201",  // bits after the length
           "010178"
           "01"
           "00",  // 0.0.0.0/0
           "010178"
           "01"
           "07c0",  // wider than /8
           "010178"
           "01"
           "21c000020100",  // length 33
           "010178"
           "02"
           "18c00002",  // a listing is missing
           "01"
           "8178"
           "01"
           "18c00002",  // the reason does not end
           "02"
           "0178"
           "0178"
           "01"
           "18c00002",  // a reason twice
           "02"
           "0178"
           "0179"
           "01"
           "18c00002",  // a reason unused
           "00"
           "01"
           "18c00002",  // no reason
           "8100"
           "0178"
           "01"
           "18c00002",  // a number with a needless group
           "010178"
           "01"
           "ff00000000000000000000ffffc0000207",  // a mapped address as IPv6
       }) {
    const auto read = parse(bad);
    ASSERT_FALSE(read) << bad;
    EXPECT_EQ(read.error().code, Errc::corrupt) << bad;
  }
  EXPECT_FALSE(parse("ffffffffffffffff7f", false));
  EXPECT_FALSE(Index::parse(""));
  EXPECT_FALSE(Index::parse("weirlist"));
}

}  // namespace
}  // namespace weir::list
