#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "policy/policy.h"
#include "policy/prefix_set.h"

namespace weir::policy {
namespace {

Prefix prefix(const char* text) { return Prefix::parse(text).value(); }

TEST(NeverListable, CoversWhatCannotSendMailFromOutside) {
  for (const auto* text : {"0.0.0.0",
                           "0.1.2.3",
                           "10.0.0.1",
                           "100.64.0.1",
                           "127.0.0.1",
                           "169.254.1.1",
                           "172.16.0.1",
                           "172.31.255.255",
                           "192.168.1.1",
                           "224.0.0.1",
                           "239.255.255.255",
                           "255.255.255.255",
                           "::",
                           "::1",
                           "::/64",
                           "fe80::1",
                           "fe80::/64",
                           "febf::1",
                           "fc00::1",
                           "fd12:3456:789a::/64",
                           "ff02::1",
                           "fec0::1",
                           "64:ff9b::c000:201",
                           "64:ff9b::/64",
                           "64:ff9b:1:2::/64"})
    EXPECT_TRUE(never_listable(prefix(text))) << text;
}

TEST(NeverListable, CoversWhatHoldsAnyOfIt) {
  for (const auto* text : {"0.0.0.0/0", "::/0", "126.0.0.0/7", "172.0.0.0/8", "f000::/4"})
    EXPECT_TRUE(never_listable(prefix(text))) << text;
}

TEST(NeverListable, LeavesPublicAndDocumentationAddresses) {
  for (const auto* text :
       {"1.1.1.1",         "9.255.255.255",   "11.0.0.0",       "100.63.255.255",  "100.128.0.0",
        "126.255.255.255", "128.0.0.0",       "172.15.255.255", "172.32.0.0",      "192.0.2.1",
        "198.18.0.1",      "198.51.100.0/24", "203.0.113.255",  "223.255.255.255", "240.0.0.1",
        "255.255.255.254", "2001:db8::1",     "2001:db8::/32",  "2400::/12",       "64:ff9c::1"})
    EXPECT_FALSE(never_listable(prefix(text))) << text;
}

RC_GTEST_PROP(PrefixSet, OverlapsAgreesWithLookingAtEveryPrefix, ()) {
  // Few distinct bits, so that nesting and neighbourhood are common.
  const auto any_prefix = rc::gen::exec([] {
    const auto number = *rc::gen::inRange(0U, 64U) << 26;
    return Prefix(Address::v4(number), *rc::gen::inRange(0, 9));
  });
  const auto prefixes = *rc::gen::container<std::vector<Prefix>>(any_prefix);
  const auto asked = *any_prefix;
  const bool expected = std::ranges::any_of(
      prefixes, [&](const Prefix& p) { return p.contains(asked) || asked.contains(p); });
  RC_ASSERT(PrefixSet(prefixes).overlaps(asked) == expected);
}

TEST(PrefixSet, KeepsTheTwoFamiliesApart) {
  const PrefixSet all_v4({prefix("0.0.0.0/0")});
  EXPECT_TRUE(all_v4.overlaps(prefix("255.1.2.3")));
  EXPECT_FALSE(all_v4.overlaps(prefix("2001:db8::/64")));
  EXPECT_FALSE(PrefixSet({}).overlaps(prefix("::/0")));
}

}  // namespace
}  // namespace weir::policy
