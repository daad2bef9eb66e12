#include "base/time.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <limits>

namespace weir {
namespace {

// 0000-01-01T00:00:00Z and 9999-12-31T23:59:59.999Z: what four digits of a year can say.
constexpr std::int64_t kFirst = -62'167'219'200'000;
constexpr std::int64_t kLast = 253'402'300'799'999;

TEST(Rfc3339, TimesAreWrittenInUtcWithMillisecondsOnlyWhenThereAreSome) {
  EXPECT_EQ(to_rfc3339(from_unix_millis(0)), "1970-01-01T00:00:00Z");
  EXPECT_EQ(to_rfc3339(from_unix_millis(1'769'860'800'007)), "2026-01-31T12:00:00.007Z");
  EXPECT_EQ(to_rfc3339(from_unix_millis(-1)), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(to_rfc3339(from_unix_millis(kFirst)), "0000-01-01T00:00:00Z");
  EXPECT_EQ(to_rfc3339(from_unix_millis(kLast)), "9999-12-31T23:59:59.999Z");
}

TEST(Rfc3339, TimesOutsideFourDigitYearsAreWrittenAsTheNearestEnd) {
  EXPECT_EQ(to_rfc3339(from_unix_millis(kLast + 1)), "9999-12-31T23:59:59.999Z");
  EXPECT_EQ(to_rfc3339(from_unix_millis(std::numeric_limits<std::int64_t>::max())),
            "9999-12-31T23:59:59.999Z");
  EXPECT_EQ(to_rfc3339(from_unix_millis(std::numeric_limits<std::int64_t>::min())),
            "0000-01-01T00:00:00Z");
}

TEST(Rfc3339, FormsOfTheRfcAreRead) {
  const auto expected = from_unix_millis(1'769'860'800'000);
  EXPECT_EQ(parse_rfc3339("2026-01-31T12:00:00Z"), expected);
  EXPECT_EQ(parse_rfc3339("2026-01-31t12:00:00z"), expected);
  EXPECT_EQ(parse_rfc3339("2026-01-31T20:00:00+08:00"), expected);
  EXPECT_EQ(parse_rfc3339("2026-01-31T07:30:00-04:30"), expected);
  EXPECT_EQ(parse_rfc3339("2026-01-31T12:00:00.5Z"), expected + Millis{500});
  EXPECT_EQ(parse_rfc3339("2026-01-31T12:00:00.123456789Z"), expected + Millis{123});
  EXPECT_EQ(parse_rfc3339("2024-02-29T00:00:00Z"), from_unix_millis(1'709'164'800'000));
  EXPECT_EQ(parse_rfc3339("2016-12-31T23:59:60Z"), parse_rfc3339("2017-01-01T00:00:00Z"));
}

TEST(Rfc3339, EverythingElseIsRefused) {
  for (const std::string_view text :
       {"", "2026-01-31", "2026-01-31T12:00:00", "2026-01-31 12:00:00Z", "2026-02-29T12:00:00Z",
        "2026-13-01T12:00:00Z", "2026-00-01T12:00:00Z", "2026-01-31T24:00:00Z",
        "2026-01-31T12:60:00Z", "2026-01-31T12:00:61Z", "2026-01-31T12:00:00.Z",
        "2026-01-31T12:00:00.", "2026-01-31T12:00:00+8:00", "2026-01-31T12:00:00+24:00",
        "2026-01-31T12:00:00ZZ", "2026-1-31T12:00:00.0Z", "+026-01-31T12:00:00Z",
        "2026-01-31T12:00:00.1.1Z"})
    EXPECT_FALSE(parse_rfc3339(text)) << text;
}

TEST(Rfc3339, OffsetCannotLeadOutOfFourDigitYears) {
  EXPECT_FALSE(parse_rfc3339("0000-01-01T00:00:00+00:01"));
  EXPECT_FALSE(parse_rfc3339("9999-12-31T23:59:59-00:01"));
  EXPECT_FALSE(parse_rfc3339("9999-12-31T23:59:60Z"));
}

RC_GTEST_PROP(Rfc3339, TextOfAnyTimeIsReadBackAsTheSameTime, ()) {
  const auto time = from_unix_millis(*rc::gen::inRange<std::int64_t>(kFirst, kLast));
  RC_ASSERT((parse_rfc3339(to_rfc3339(time)) == time));
}

RC_GTEST_PROP(Rfc3339, OrderOfTextsIsTheOrderOfWholeSeconds, ()) {
  const auto second = rc::gen::inRange<std::int64_t>(kFirst / 1000, kLast / 1000);
  const auto a = *second, b = *second;
  RC_ASSERT((to_rfc3339(from_unix_millis(a * 1000)) <=> to_rfc3339(from_unix_millis(b * 1000))) ==
            (a <=> b));
}

TEST(Duration, WholeNumberAndOneUnit) {
  EXPECT_EQ(parse_duration("90s"), std::chrono::seconds{90});
  EXPECT_EQ(parse_duration("15m"), std::chrono::minutes{15});
  EXPECT_EQ(parse_duration("48h"), std::chrono::hours{48});
  EXPECT_EQ(parse_duration("7d"), std::chrono::days{7});
  EXPECT_EQ(parse_duration("0s"), Millis{0});
  EXPECT_EQ(parse_duration("3650d"), std::chrono::days{3650});
  for (const std::string_view text :
       {"", "s", "7", "7w", "7 d", " 7d", "-7d", "+7d", "1.5h", "7dd", "1h30m", "7D", "0x7d"})
    EXPECT_FALSE(parse_duration(text)) << text;
}

TEST(Duration, TooLongIsToldApartFromWrong) {
  const auto parsed = parse_duration("3651d");
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().code, Errc::too_large);
  EXPECT_FALSE(parse_duration("9223372036854775807d"));
  EXPECT_FALSE(parse_duration("99999999999999999999d"));
}

TEST(Duration, IsWrittenInTheLargestUnitThatDividesIt) {
  EXPECT_EQ(to_string_duration(std::chrono::hours{48}), "2d");
  EXPECT_EQ(to_string_duration(std::chrono::hours{36}), "36h");
  EXPECT_EQ(to_string_duration(std::chrono::minutes{90}), "90m");
  EXPECT_EQ(to_string_duration(std::chrono::seconds{61}), "61s");
  EXPECT_EQ(to_string_duration(Millis{1500}), "1500ms");
}

RC_GTEST_PROP(Duration, TextOfWholeSecondsIsReadBack, ()) {
  const std::chrono::seconds duration{*rc::gen::inRange<std::int64_t>(0, 3650LL * 86400 + 1)};
  RC_ASSERT((parse_duration(to_string_duration(duration)) == Millis{duration}));
}

TEST(SystemClock, IsNotBeforeThisWasWritten) {
  EXPECT_GT(SystemClock{}.now(), *parse_rfc3339("2020-01-01T00:00:00Z"));
}

}  // namespace
}  // namespace weir
