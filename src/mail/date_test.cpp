#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <array>

#include "mail/trace.h"

namespace weir::mail {
namespace {

std::string date_text(std::string_view text) {
  const auto time = parse_date(text);
  return time ? to_rfc3339(*time) : "none";
}

TEST(Date, TheUsualFormIsRead) {
  EXPECT_EQ(date_text("Tue, 5 Mar 2024 10:00:00 +0800"), "2024-03-05T02:00:00Z");
  EXPECT_EQ(date_text(" 05 Mar 2024 10:00 -0330 (NST)"), "2024-03-05T13:30:00Z");
  EXPECT_EQ(date_text("Fri, 31 Dec 1999\r\n 23:59:60 GMT"), "1999-12-31T23:59:59Z");
}

TEST(Date, ObsoleteFormsAreRead) {
  EXPECT_EQ(date_text("5 Mar 99 10:00:00 EST"), "1999-03-05T15:00:00Z");
  EXPECT_EQ(date_text("5 Mar 24 10:00:00 PDT"), "2024-03-05T17:00:00Z");
  EXPECT_EQ(date_text("5 Mar 100 10:00:00 Z"), "2000-03-05T10:00:00Z");
  EXPECT_EQ(date_text("5 Mar 2024 10:00:00 A"), "2024-03-05T10:00:00Z");
  EXPECT_EQ(date_text("5 (a (b)) Mar 2024 10:00:00"), "2024-03-05T10:00:00Z");
}

TEST(Date, FormsOfOldMailersAreRead) {
  EXPECT_EQ(date_text("Tue Mar  5 10:00:00 2024"), "2024-03-05T10:00:00Z");
  EXPECT_EQ(date_text("Tue Mar  5 10:00:00 EST 2024"), "2024-03-05T15:00:00Z");
  EXPECT_EQ(date_text("Tue Mar  5 10:00:00 2024 +0800"), "2024-03-05T02:00:00Z");
  EXPECT_EQ(date_text("05-Mar-2024 10:00:00 +0800"), "2024-03-05T02:00:00Z");
  EXPECT_EQ(date_text("5 Mar 2024 10:00:00 GMT+0800"), "2024-03-05T02:00:00Z");
  EXPECT_EQ(date_text("5 Mar 2024 10:00:00+0800"), "2024-03-05T02:00:00Z");
  EXPECT_EQ(date_text("5 March 2024 10:00:00 +0000"), "2024-03-05T10:00:00Z");
}

TEST(Date, WhatIsNoDateIsNone) {
  for (const std::string_view text :
       {"", "Mar", "31 Feb 2024 10:00:00", "5 Mar 2024", "5 Mar 2024 25:00:00",
        "5 Mar 2024 10:00:0x", "yesterday", "5 Mar 20245 10:00:00", "((((", "Mar 5 10:00:00"})
    EXPECT_EQ(date_text(text), "none") << text;
}

RC_GTEST_PROP(DateLaw, ADateWrittenIsTheDateRead, ()) {
  const auto seconds = *rc::gen::inRange<std::int64_t>(0, 4'102'444'800);
  const auto zone = *rc::gen::inRange(-720, 841);
  const auto local = std::chrono::sys_seconds{std::chrono::seconds{seconds + zone * 60}};
  const auto days = std::chrono::floor<std::chrono::days>(local);
  const std::chrono::year_month_day date{days};
  const std::chrono::hh_mm_ss clock{local - days};
  constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::string text =
      fmt::format("{} {} {} {:02}:{:02}:{:02} {}{:02}{:02}", static_cast<unsigned>(date.day()),
                  months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                  clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                  zone < 0 ? '-' : '+', std::abs(zone) / 60, std::abs(zone) % 60);
  const auto read = parse_date(text);
  RC_ASSERT(read.has_value());
  RC_ASSERT(to_unix_millis(*read) == seconds * 1000);
}

TEST(Date, FormsOfRealHeadersAreRead) {
  EXPECT_EQ(date_text("Sep, 11 2002 7:19:14 PM -0200"), "2002-09-11T21:19:14Z");
  EXPECT_EQ(date_text("Sep, 11 2002 12:19:14 AM -0200"), "2002-09-11T02:19:14Z");
  EXPECT_EQ(date_text("07 Aug 0102 17:14:20 +0600"), "2002-08-07T11:14:20Z");
  EXPECT_EQ(date_text("Fri, 02 Aug 2002 04:32: 58 -0500"), "2002-08-02T09:32:58Z");
  EXPECT_EQ(date_text("Mon, 23 Dec 96 00:08 MET"), "1996-12-22T23:08:00Z");
  EXPECT_EQ(date_text("Mon, 5 Aug 2002 10:00:00 MET DST"), "2002-08-05T08:00:00Z");
  EXPECT_EQ(date_text("17 May 2010 10:00:00 -0700 PDT"), "2010-05-17T17:00:00Z");
  EXPECT_EQ(date_text("Tue, 5 Mar 2024 10:00:00 GMT+08:00"), "2024-03-05T02:00:00Z");
  EXPECT_EQ(date_text("Tue, 5 Mar 2024 10:00:00 +8"), "2024-03-05T02:00:00Z");
  EXPECT_EQ(date_text("Thu, 05 Nov 1998 22:58:23 +000"), "1998-11-05T22:58:23Z");
  EXPECT_EQ(date_text("Tue, 5 Mar 2024 10:00:00 -0800</field>"), "2024-03-05T18:00:00Z");
  EXPECT_EQ(date_text("Tue, 05 Mar 2024 10:00:00.123456 +0000 (UTC)"), "2024-03-05T10:00:00Z");
}

TEST(Date, TheDayOfTheWeekDoesNotMatter) {
  EXPECT_EQ(date_text("Sun, 05 Mar 2024 10:00:00 +0000"), "2024-03-05T10:00:00Z");
  EXPECT_EQ(date_text("Xyz, 05 Mar 2024 10:00:00 +0000"), "2024-03-05T10:00:00Z");
}

TEST(Date, NumbersAloneAreReadIfTheyHaveOneMeaning) {
  EXPECT_EQ(date_text("2024-03-05 10:00:00.475151558 +0000 UTC m=+5338252.2"),
            "2024-03-05T10:00:00Z");
  EXPECT_EQ(date_text("2024-03-05T10:00:00+08:00"), "2024-03-05T02:00:00Z");
  EXPECT_EQ(date_text("2024-03-05T10:00:00Z"), "2024-03-05T10:00:00Z");
  EXPECT_EQ(date_text("2024/3/5 10:00:00 +0900"), "2024-03-05T01:00:00Z");
  EXPECT_EQ(date_text("26/07/2002 10:00:00"), "2002-07-26T10:00:00Z");
  EXPECT_EQ(date_text("07/26/2002 10:00:00"), "2002-07-26T10:00:00Z");
  EXPECT_EQ(date_text("06/07/2002 10:00:00"), "none");
  EXPECT_EQ(date_text("2024-13-05 10:00:00"), "none");
}

TEST(Date, OtherLanguagesAreRead) {
  EXPECT_EQ(date_text("Di, 5 M\xC3\xA4rz 2024 10:00:00 +0100"), "2024-03-05T09:00:00Z");
  EXPECT_EQ(date_text("mer., 5 juil. 2023 10:00:00 +0200"), "2023-07-05T08:00:00Z");
  EXPECT_EQ(date_text("lun., 5 juin 2023 10:00:00 +0200"), "2023-06-05T08:00:00Z");
  EXPECT_EQ(date_text("vie, 5 ene 2024 10:00:00 +0100"), "2024-01-05T09:00:00Z");
  // Chinese, Japanese, Korean
  EXPECT_EQ(date_text("2024\xE5\xB9\xB4"
                      "3\xE6\x9C\x88"
                      "5\xE6\x97\xA5 10:00:00 +0800"),
            "2024-03-05T02:00:00Z");
  EXPECT_EQ(date_text("2024\xE5\xB9\xB4"
                      "3\xE6\x9C\x88"
                      "5\xE6\x97\xA5 \xE4\xB8\x8B\xE5\x8D\x88"
                      "3:00:00 +0800"),
            "2024-03-05T07:00:00Z");
  EXPECT_EQ(date_text("\xE7\x81\xAB, 05 3\xE6\x9C\x88 2024 10:00:00 +0900"),
            "2024-03-05T01:00:00Z");
  EXPECT_EQ(date_text("\xED\x99\x94, 5 3\xEC\x9B\x94 2024 10:00:00 +0900"), "2024-03-05T01:00:00Z");
  EXPECT_EQ(date_text("5 3\xD4\xC2 2024 10:00:00 +0800"), "2024-03-05T02:00:00Z");
}

// However it is written, it is the same moment.
RC_GTEST_PROP(DateLaw, TheFormDoesNotMatter, ()) {
  const auto day = *rc::gen::inRange(1, 29);
  const auto month = *rc::gen::inRange(1, 13);
  const auto year = *rc::gen::inRange(1970, 2100);
  const auto hour = *rc::gen::inRange(0, 24);
  const auto minute = *rc::gen::inRange(0, 60);
  constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::string_view name = months[static_cast<std::size_t>(month) - 1];
  const std::string clock = fmt::format("{:02}:{:02}:07", hour, minute);
  const auto usual = parse_date(fmt::format("Mon, {:02} {} {} {} -0330", day, name, year, clock));
  RC_ASSERT(usual.has_value());
  for (const std::string& text :
       {fmt::format("{} {} {} {} -0330", day, name, year, clock),
        fmt::format("Mon, {:02} {} {} {} -0330 (NST)", day, name, year, clock),
        fmt::format("Mon (x) , {:02}\t{}\r\n {}  {} -0330", day, name, year, clock),
        fmt::format("Mon {} {} {} {} -0330", name, day, clock, year),
        fmt::format("{}, {} {} {}:{:02}:07 {} -0330", name, day, year, (hour + 11) % 12 + 1, minute,
                    hour < 12 ? "AM" : "PM"),
        fmt::format("{}-{:02}-{:02} {} -0330", year, month, day, clock),
        fmt::format("{}-{:02}-{:02}T{}-03:30", year, month, day, clock),
        fmt::format("{}-{}-{} {} -0330", day, name, year, clock)})
    RC_ASSERT(parse_date(text) == usual);
}

RC_GTEST_PROP(DateLaw, AnyOctetsAreTaken, ()) {
  const auto piece = rc::gen::element<std::string>(
      "5", "Mar", " ", "2024", "10:00:00", ":", "-", "/", "+", "(", ")", "T", "AM", "PM", "GMT",
      "\xE6\x9C\x88", "3\xE6\x9C\x88", "99999999999", ",", "\x80", "2024-03-05", "\r\n");
  std::string text;
  for (const auto& p : *rc::gen::container<std::vector<std::string>>(piece)) text += p;
  if (const auto time = parse_date(text))
    RC_ASSERT(*time < from_unix_millis(253'402'300'800'000 + 86'400'000));
}

}  // namespace
}  // namespace weir::mail
