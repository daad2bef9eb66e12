#include "base/address.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <vector>

namespace weir {
namespace {

Address address(std::string_view text) {
  const auto parsed = Address::parse(text);
  EXPECT_TRUE(parsed) << text;
  return parsed.value_or(Address{});
}

Prefix prefix(std::string_view text) {
  const auto parsed = Prefix::parse(text);
  EXPECT_TRUE(parsed) << text;
  return parsed.value_or(Prefix{});
}

rc::Gen<Address> any_v4() {
  return rc::gen::map(rc::gen::arbitrary<std::uint32_t>(), &Address::v4);
}

// Half of the octets are zero or all ones, so that runs of zeros and mapped heads come up.
rc::Gen<Address> any_v6() {
  const auto octet = rc::gen::oneOf(rc::gen::element<std::uint8_t>(0, 0, 0xff),
                                    rc::gen::arbitrary<std::uint8_t>());
  return rc::gen::map(rc::gen::container<std::array<std::uint8_t, 16>>(octet), &Address::v6);
}

rc::Gen<Address> any_address() { return rc::gen::oneOf(any_v4(), any_v6()); }

rc::Gen<Prefix> any_prefix() {
  return rc::gen::mapcat(any_address(), [](const Address& a) {
    return rc::gen::map(rc::gen::inRange(0, a.bits() + 1),
                        [a](int length) { return Prefix(a, length); });
  });
}

TEST(Address, DottedQuadIsReadAndWritten) {
  const auto a = address("192.0.2.1");
  EXPECT_TRUE(a.is_v4());
  EXPECT_EQ(a.v4_number(), 0xC0000201U);
  EXPECT_EQ(a.to_string(), "192.0.2.1");
}

TEST(Address, Ipv6IsWrittenAsRfc5952Says) {
  EXPECT_EQ(address("2001:DB8:0:0:1:0:0:1").to_string(), "2001:db8::1:0:0:1");
  EXPECT_EQ(address("2001:0db8:0000:0000:0000:0000:0000:0001").to_string(), "2001:db8::1");
  EXPECT_EQ(address("2001:db8:0:1:1:1:1:1").to_string(), "2001:db8:0:1:1:1:1:1");
  EXPECT_EQ(address("::").to_string(), "::");
}

TEST(Address, OneHostHasOneValueHoweverItIsWritten) {
  EXPECT_EQ(address("::ffff:192.0.2.1"), address("192.0.2.1"));
  EXPECT_EQ(address("::ffff:c000:201"), address("192.0.2.1"));
  EXPECT_TRUE(address("::ffff:192.0.2.1").is_v4());
}

TEST(Address, FormsThatMeanDifferentThingsToDifferentReadersAreRefused) {
  for (const std::string_view text :
       {"",         " ",         "1",         "1.2.3",      "1.2.3.4.5",    "01.2.3.4", "1.2.3.4 ",
        " 1.2.3.4", "0x1.2.3.4", "1.2.3.256", "1.2.3.-4",   "fe80::1%eth0", ":::",      "1::2::3",
        "12345::",  "::g",       "[::1]",     "1.2.3.4/32", "::ffff:1.2.3", "example"})
    EXPECT_FALSE(Address::parse(text)) << text;
  EXPECT_FALSE(Address::parse(std::string_view("1.2.3.4\0", 8)));
  EXPECT_FALSE(Address::parse(std::string(100'000, ':')));
}

TEST(Address, ErrorQuotesNoMoreThanAGlimpseOfTheInput) {
  const auto parsed = Address::parse(std::string(100'000, 'x'));
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().code, Errc::invalid);
  EXPECT_LT(parsed.error().detail.size(), 200U);
}

TEST(Address, BitZeroIsTheMostSignificant) {
  EXPECT_TRUE(address("128.0.0.1").bit(0));
  EXPECT_FALSE(address("128.0.0.1").bit(1));
  EXPECT_TRUE(address("128.0.0.1").bit(31));
  EXPECT_TRUE(address("8000::1").bit(127));
}

TEST(Address, AllIpv4ComesBeforeAllIpv6) {
  EXPECT_LT(address("255.255.255.255"), address("::"));
  EXPECT_LT(address("9.0.0.0"), address("10.0.0.0"));
  EXPECT_LT(address("2001:db8::1"), address("2001:db8::2"));
}

RC_GTEST_PROP(Address, TextOfAnyAddressIsReadBackAsTheSameAddress, ()) {
  const auto a = *any_address();
  const auto parsed = Address::parse(a.to_string());
  RC_ASSERT(parsed.has_value());
  RC_ASSERT(*parsed == a);
}

RC_GTEST_PROP(Address, AnyOctetsAreReadOrRefusedAndWhatIsReadIsStable, (const std::string& text)) {
  if (const auto parsed = Address::parse(text))
    RC_ASSERT((Address::parse(parsed->to_string()) == *parsed));
}

RC_GTEST_PROP(Address, OrderIsTheOrderOfTheNumbers, (std::uint32_t a, std::uint32_t b)) {
  RC_ASSERT((Address::v4(a) <=> Address::v4(b)) == (a <=> b));
}

RC_GTEST_PROP(Address, EqualAddressesHaveEqualHashes, ()) {
  const auto a = *any_address();
  RC_ASSERT(std::hash<Address>{}(a) == std::hash<Address>{}(*Address::parse(a.to_string())));
}

TEST(Prefix, BitsAfterTheLengthAreCleared) {
  EXPECT_EQ(Prefix(address("192.0.2.255"), 24).to_string(), "192.0.2.0/24");
  EXPECT_EQ(Prefix(address("192.0.2.255"), 31).to_string(), "192.0.2.254/31");
  EXPECT_EQ(Prefix(address("2001:db8:ffff::1"), 33).to_string(), "2001:db8:8000::/33");
}

TEST(Prefix, SingleAddressIsWrittenWithoutItsLength) {
  EXPECT_EQ(prefix("192.0.2.1/32").to_string(), "192.0.2.1");
  EXPECT_EQ(prefix("2001:db8::1").to_string(), "2001:db8::1");
  EXPECT_TRUE(prefix("2001:db8::1").is_single_address());
}

TEST(Prefix, BitsSetAfterTheLengthAreAnErrorThatNamesThePrefixMeant) {
  const auto parsed = Prefix::parse("192.0.2.1/24");
  ASSERT_FALSE(parsed);
  EXPECT_NE(parsed.error().detail.find("'192.0.2.0/24'"), std::string::npos);
}

TEST(Prefix, MappedPrefixIsTheIpv4PrefixInsideIt) {
  EXPECT_EQ(prefix("::ffff:192.0.2.0/120"), prefix("192.0.2.0/24"));
  EXPECT_EQ(prefix("::ffff:0:0/96"), prefix("0.0.0.0/0"));
  EXPECT_FALSE(Prefix::parse("::ffff:0:0/95"));
}

TEST(Prefix, LengthThatIsNoPlainDecimalNumberInRangeIsRefused) {
  for (const std::string_view text :
       {"192.0.2.0/", "192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/+24", "192.0.2.0/24x",
        "192.0.2.0/2 4", "2001:db8::/129", "192.0.2.0/24/24", "/24", "192.0.2.0/99999999999999",
        "192.0.2.0/024"})
    EXPECT_FALSE(Prefix::parse(text)) << text;
}

TEST(Prefix, ErrorQuotesNoMoreThanAGlimpseOfTheInput) {
  const auto parsed = Prefix::parse("192.0.2.1/" + std::string(100'000, '0') + "24");
  ASSERT_FALSE(parsed);
  EXPECT_LT(parsed.error().detail.size(), 200U);
}

TEST(Prefix, ContainsKeepsTheFamiliesApart) {
  EXPECT_TRUE(prefix("0.0.0.0/0").contains(address("203.0.113.9")));
  EXPECT_FALSE(prefix("::/0").contains(address("203.0.113.9")));
  EXPECT_FALSE(prefix("0.0.0.0/0").contains(address("::")));
  EXPECT_TRUE(prefix("192.0.2.0/24").contains(prefix("192.0.2.128/25")));
  EXPECT_FALSE(prefix("192.0.2.128/25").contains(prefix("192.0.2.0/24")));
}

TEST(Prefix, LastAddressHasAllLaterBitsSet) {
  EXPECT_EQ(prefix("192.0.2.0/24").last(), address("192.0.2.255"));
  EXPECT_EQ(prefix("0.0.0.0/0").last(), address("255.255.255.255"));
  EXPECT_EQ(prefix("2001:db8::/127").last(), address("2001:db8::1"));
  EXPECT_EQ(prefix("192.0.2.7").last(), address("192.0.2.7"));
}

// The highest octets under ::/80 are those of a mapped address, which is an IPv4 address and lies
// outside.
TEST(Prefix, LastAddressOfAnIpv6PrefixAroundTheMappedOnesIsAnIpv6AddressInside) {
  EXPECT_EQ(prefix("::/80").last(), address("::fffe:ffff:ffff"));
  EXPECT_EQ(prefix("::fffe:0:0/95").last(), address("::fffe:ffff:ffff"));
}

RC_GTEST_PROP(Prefix, TextOfAnyPrefixIsReadBackAsTheSamePrefix, ()) {
  const auto p = *any_prefix();
  const auto parsed = Prefix::parse(p.to_string());
  RC_ASSERT(parsed.has_value());
  RC_ASSERT(*parsed == p);
}

RC_GTEST_PROP(Prefix, FirstAndLastAddressLieInside, ()) {
  const auto p = *any_prefix();
  RC_ASSERT(p.contains(p.address()));
  RC_ASSERT(p.contains(p.last()));
  RC_ASSERT(p.address() <= p.last());
}

RC_GTEST_PROP(Prefix, ContainsIsTheSameAsSharingTheFirstBits, ()) {
  const auto p = *any_prefix();
  const auto a = *any_address();
  bool shares = p.is_v4() == a.is_v4();
  for (int i = 0; shares && i < p.length(); ++i) shares = p.address().bit(i) == a.bit(i);
  RC_ASSERT(p.contains(a) == shares);
}

RC_GTEST_PROP(Prefix, WiderPrefixOfAnAddressContainsEveryNarrowerOne, ()) {
  const auto a = *any_address();
  const int wide = *rc::gen::inRange(0, a.bits() + 1);
  const int narrow = *rc::gen::inRange(wide, a.bits() + 1);
  RC_ASSERT(Prefix(a, wide).contains(Prefix(a, narrow)));
  RC_ASSERT((Prefix(a, wide) <=> Prefix(a, narrow)) != std::strong_ordering::greater);
}

}  // namespace
}  // namespace weir
