#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "policy/policy.h"

namespace weir::policy {
namespace {

using namespace std::chrono_literals;

std::string error_of(std::string_view toml) {
  const auto parsed = parse_policy(toml, "policy.toml");
  EXPECT_FALSE(parsed) << toml;
  return parsed ? std::string() : parsed.error().detail;
}

TEST(PolicyFile, TheDefaultFileAndTheEmptyFileGiveTheDefaultPolicy) {
  EXPECT_EQ(parse_policy(default_policy_toml(), "policy.toml").value(), Policy{});
  EXPECT_EQ(parse_policy("", "policy.toml").value(), Policy{});
  EXPECT_TRUE(validate(Policy{}));
}

TEST(PolicyFile, EveryKeyIsRead) {
  const auto parsed = parse_policy(
      "name = \"strict-2\"\n"
      "version = 7\n"
      "[list]\n"
      "min_spam = 5\n"
      "window = \"14d\"\n"
      "max_collateral_percent = 0.25\n"
      "first_term = \"12h\"\n"
      "max_term = \"10d\"\n"
      "code = \"127.0.0.4\"\n"
      "never = [\"192.0.2.0/24\", '2001:db8::1']\n",
      "policy.toml");
  ASSERT_TRUE(parsed) << parsed.error().detail;
  const Policy expected{
      .name = "strict-2",
      .version = 7,
      .min_spam = 5,
      .window = 14 * 24h,
      .max_collateral_ppm = 2'500,
      .first_term = 12h,
      .max_term = 10 * 24h,
      .code = "127.0.0.4",
      .never = {Prefix::parse("192.0.2.0/24").value(), Prefix::parse("2001:db8::1").value()}};
  EXPECT_EQ(*parsed, expected);
}

TEST(PolicyFile, AnUnknownKeyNamesFileLineAndTheKeyMeant) {
  EXPECT_EQ(error_of("[list]\n\nmin_spm = 3\n"),
            "policy.toml:3: unknown key `min_spm`; did you mean `min_spam`?");
  EXPECT_EQ(error_of("nmae = \"x\"\n"), "policy.toml:1: unknown key `nmae`; did you mean `name`?");
  EXPECT_EQ(error_of("[lists]\nmin_spam = 3\n"),
            "policy.toml:1: unknown key `lists`; did you mean `list`?");
  EXPECT_EQ(error_of("version = 1\nmin_spam = 3\n"),
            "policy.toml:2: unknown key `min_spam` here; it belongs into [list]");
  EXPECT_EQ(error_of("[list]\nversion = 1\n"),
            "policy.toml:2: unknown key `version` here; it belongs before the first table");
  EXPECT_EQ(error_of("[list.deeper]\nx = 1\n").substr(0, 35),
            "policy.toml:1: unknown key `deeper`");
}

TEST(PolicyFile, AWrongTypeNamesFileLineAndKey) {
  EXPECT_EQ(error_of("[list]\nmin_spam = \"3\"\n"),
            "policy.toml:2: `min_spam`: must be a whole number, not below 0");
  EXPECT_EQ(error_of("[list]\nmin_spam = -1\n"),
            "policy.toml:2: `min_spam`: must be a whole number, not below 0");
  EXPECT_EQ(error_of("[list]\nmin_spam = 3.0\n"),
            "policy.toml:2: `min_spam`: must be a whole number, not below 0");
  EXPECT_EQ(error_of("[list]\nwindow = 7\n"),
            "policy.toml:2: `window`: must be a duration in quotes such as \"48h\"");
  EXPECT_EQ(error_of("[list]\nwindow = \"1 week\"\n"),
            "policy.toml:2: `window`: '1 week' is not a duration such as 90s, 15m, 48h or 7d");
  EXPECT_EQ(error_of("[list]\nmax_collateral_percent = \"2\"\n"),
            "policy.toml:2: `max_collateral_percent`: must be a number from 0 to 100");
  EXPECT_EQ(error_of("[list]\nmax_collateral_percent = nan\n"),
            "policy.toml:2: `max_collateral_percent`: must be a number from 0 to 100");
  EXPECT_EQ(error_of("[list]\nmax_collateral_percent = true\n"),
            "policy.toml:2: `max_collateral_percent`: must be a number from 0 to 100");
  EXPECT_EQ(error_of("list = 3\n"), "policy.toml:1: `list` must be a table: [list]");
  EXPECT_EQ(error_of("[[list]]\n"), "policy.toml:1: `list` must be a table: [list]");
  EXPECT_EQ(error_of("[list]\nnever = \"192.0.2.1\"\n"),
            "policy.toml:2: `never`: must be a list such as [\"192.0.2.0/24\"]");
  EXPECT_EQ(error_of("[list]\nnever = [1]\n"),
            "policy.toml:2: `never`: must hold prefixes in quotes only");
  EXPECT_EQ(error_of("[list]\nnever = [\"192.0.2.1/24\"]\n"),
            "policy.toml:2: `never`: '192.0.2.1/24' has bits set after its length; did you mean "
            "'192.0.2.0/24'?");
}

TEST(PolicyFile, AValueOutOfRangeNamesFileLineAndKey) {
  EXPECT_EQ(error_of("name = \"Usual\"\n"),
            "policy.toml:1: name must be 1 to 40 of a-z, 0-9 and -");
  EXPECT_EQ(error_of("version = 0\n"), "policy.toml:1: version must be from 1 to 999999999");
  EXPECT_EQ(error_of("version = 4294967297\n"),
            "policy.toml:1: `version`: must be at most 999999999");
  EXPECT_EQ(error_of("[list]\nmin_spam = 0\n"),
            "policy.toml:2: min_spam must be from 1 to 1000000");
  EXPECT_EQ(error_of("[list]\nwindow = \"1h\"\n"), "policy.toml:2: window must be from 1d to 90d");
  EXPECT_EQ(error_of("[list]\nmax_term = \"91d\"\n"),
            "policy.toml:2: max_term must be from 1h to 90d");
  EXPECT_EQ(error_of("[list]\nfirst_term = \"31d\"\n"),
            "policy.toml:2: first_term must be from 1h to max_term, which is 30d");
  EXPECT_EQ(error_of("[list]\nmax_term = \"24h\"\n"),
            "policy.toml: first_term must be from 1h to max_term, which is 1d");
  for (const auto* code : {"127.0.0.1", "128.0.0.2", "10.0.0.2", "::1", "127.0.0.02", ""})
    EXPECT_EQ(error_of(fmt::format("[list]\ncode = \"{}\"\n", code)),
              "policy.toml:2: code must be an address in 127.0.0.0/8 other than 127.0.0.1");
}

TEST(PolicyFile, WhatIsNoTomlNamesTheLine) {
  EXPECT_TRUE(error_of("[list]\nmin_spam = \n").starts_with("policy.toml:2: "));
  EXPECT_TRUE(error_of("name = \"a\"\nname = \"b\"\n").starts_with("policy.toml:2: "));
  EXPECT_TRUE(error_of("\xff\xfe").starts_with("policy.toml:1: "));
}

TEST(PolicyFile, HostileSizesAndDepthsAreRefused) {
  EXPECT_EQ(parse_policy(std::string(kMaxPolicyOctets + 1, ' '), "f").error().code,
            Errc::too_large);
  std::string dotted = "a";
  for (int i = 0; i < 400'000; ++i) dotted += ".a";
  EXPECT_NE(error_of(dotted + "=1").find("dots outside strings"), std::string::npos);
  // Hiding the dots behind what looks like a string or a comment does not help.
  for (const auto* cover : {"x = '\"'\n", "x = '''\n# '''\n", "x = \"\\\"#\"\n", "# \"\n",
                            "x = \"\"\"\"\"\"\n", "x = ''\n", "x = \"\"\"\\\"\"\"\"#\n"})
    EXPECT_NE(error_of(cover + dotted + "=1").find("dots outside strings"), std::string::npos)
        << cover;
  EXPECT_TRUE(error_of(std::string(100'000, '[')).starts_with("policy.toml:1: "));
  EXPECT_TRUE(error_of("x = " + std::string(100'000, '[')).starts_with("policy.toml:1: "));
  std::string inline_tables = "x = ";
  for (int i = 0; i < 100'000; ++i) inline_tables += "{a=";
  EXPECT_TRUE(error_of(inline_tables).starts_with("policy.toml:1: "));
}

TEST(PolicyFile, DotsInStringsAndCommentsAreFree) {
  std::string never = "# " + std::string(1'000, '.') + "\n[list]\nnever = [\n";
  for (int i = 0; i < 256; ++i) never += fmt::format("  \"192.0.2.{}\", '198.51.100.{}',\n", i, i);
  const auto parsed = parse_policy(never + "]\n", "policy.toml");
  ASSERT_TRUE(parsed) << parsed.error().detail;
  EXPECT_EQ(parsed->never.size(), 512U);
}

RC_GTEST_PROP(PolicyFile, ReadsBackWhatWasWritten, ()) {
  Policy policy;
  policy.version = *rc::gen::inRange(1U, 1'000'000'000U);
  policy.min_spam = *rc::gen::inRange<std::uint64_t>(1, 1'000'001);
  policy.window = std::chrono::hours{*rc::gen::inRange(24, 90 * 24 + 1)};
  policy.max_collateral_ppm = *rc::gen::inRange<std::uint64_t>(0, 1'000'001);
  policy.max_term = std::chrono::hours{*rc::gen::inRange(1, 90 * 24 + 1)};
  policy.first_term = std::chrono::minutes{
      *rc::gen::inRange<std::int64_t>(60, policy.max_term / std::chrono::minutes{1} + 1)};
  const auto count = *rc::gen::inRange(0, 5);
  for (int i = 0; i < count; ++i)
    policy.never.push_back(
        Prefix(Address::v4(*rc::gen::arbitrary<std::uint32_t>()), *rc::gen::inRange(0, 33)));
  std::string never;
  for (const auto& prefix : policy.never) never += fmt::format("'{}', ", prefix.to_string());
  const auto toml = fmt::format(
      "version = {}\n[list]\nmin_spam = {}\nwindow = '{}'\nmax_collateral_percent = {}.{:04}\n"
      "max_term = '{}'\nfirst_term = '{}'\nnever = [{}]\n",
      policy.version, policy.min_spam, to_string_duration(policy.window),
      policy.max_collateral_ppm / 10'000, policy.max_collateral_ppm % 10'000,
      to_string_duration(policy.max_term), to_string_duration(policy.first_term), never);
  const auto parsed = parse_policy(toml, "policy.toml");
  RC_ASSERT(parsed.has_value());
  RC_ASSERT(*parsed == policy);
}

}  // namespace
}  // namespace weir::policy
