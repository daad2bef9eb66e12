#include "mail/trace.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <fmt/format.h>

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

std::vector<Prefix> ours() {
  return {*Prefix::parse("10.0.0.0/8"), *Prefix::parse("2001:db8:1::/48")};
}

std::string line(std::string_view from, std::string_view time = "10:00:00") {
  return fmt::format("Received: {} by in.ours.example with ESMTP id 1; 5 Mar 2024 {} +0000\n", from,
                     time);
}

TEST(Trace, TheFirstAddressThatIsNotOursIsTheSource) {
  const std::string raw = line("from mx (mx [10.0.0.1])", "10:00:03") +
                          line("from lo (localhost [127.0.0.1])", "10:00:02") +
                          line("from a (a.example [192.0.2.9])", "10:00:01") +
                          line("from b (b [10.0.0.7])", "10:00:00") + "\n";
  const Trace t = read_trace(parse(raw), ours());
  ASSERT_EQ(t.hops.size(), 4U);
  EXPECT_EQ(t.boundary, 2U);
  EXPECT_EQ(t.source->to_string(), "192.0.2.9");
  EXPECT_EQ(to_rfc3339(*t.received_at), "2024-03-05T10:00:01Z");
  EXPECT_TRUE(t.hops[2].trusted);
  EXPECT_FALSE(t.hops[3].trusted);
}

TEST(Trace, WithoutTrustedNetworksTheTopLineNamesTheSource) {
  const Trace t = read_trace(
      parse(line("from mx (mx [192.0.2.1])") + line("from a (a [192.0.2.9])") + "\n"), {});
  EXPECT_EQ(t.source->to_string(), "192.0.2.1");
  EXPECT_EQ(t.boundary, 0U);
}

TEST(Trace, LinesWithoutAClientInsideOneHostPassTheTrustOn) {
  const std::string raw =
      "Received: (qmail 1 invoked by alias); 5 Mar 2024 10:00:00 -0000\n"
      "Received: (qmail 1 invoked from network); 5 Mar 2024 10:00:00 -0000\n"
      "Received: by 2002:a05:6a10::1 with SMTP id x; 5 Mar 2024 10:00:00 -0000\n" +
      line("from a (a.example [192.0.2.9])") + "\n";
  EXPECT_EQ(read_trace(parse(raw), ours()).source->to_string(), "192.0.2.9");
}

TEST(Trace, TheServerOfAFetchedMailboxIsNotTheSource) {
  for (const std::string_view with : {"POP3", "IMAP", "imap4", "POP3S"}) {
    const std::string raw =
        fmt::format(
            "Received: from mailbox.example [192.0.2.1] by localhost with {} "
            "(fetchmail-6.4.37) for x@localhost (single-drop); 5 Mar 2024 10:00:01 +0000\n",
            with) +
        line("from a (a.example [192.0.2.9])") + line("from b (b.example [192.0.2.10])") + "\n";
    const Trace t = read_trace(parse(raw), ours());
    ASSERT_TRUE(t.source.has_value()) << with;
    EXPECT_EQ(t.source->to_string(), "192.0.2.9") << with;
    EXPECT_EQ(t.boundary, 1U);
  }
}

TEST(Trace, ALocalSubmissionHasNoSourceWhateverStandsBelow) {
  for (const std::string_view top :
       {"Received: by web.ours.example (Postfix, from userid 33) id 1; 5 Mar 2024 10:00:00 +0000\n",
        "Received: (qmail 1 invoked by uid 33); 5 Mar 2024 10:00:00 -0000\n",
        "Received: (from root@localhost) by web.ours.example id 1; 5 Mar 2024 10:00:00 +0000\n",
        "Received: from www by web.ours.example with local (Exim 4.9) id 1; 5 Mar 2024 10:00:00 "
        "+0000\n",
        "Received: from client by in.ours.example with SMTP id 1; 5 Mar 2024 10:00:00 +0000\n"}) {
    const Trace t = read_trace(
        parse(std::string(top) + line("from victim (victim.example [192.0.2.9])") + "\n"), ours());
    EXPECT_FALSE(t.source.has_value()) << top;
    EXPECT_FALSE(t.boundary.has_value());
    EXPECT_FALSE(t.hops[1].trusted);
    EXPECT_TRUE(t.received_at.has_value());
  }
}

TEST(Trace, NoReceivedLineIsNoSource) {
  const Trace t = read_trace(parse("Subject: x\n\n"), ours());
  EXPECT_TRUE(t.hops.empty());
  EXPECT_FALSE(t.source.has_value());
  EXPECT_FALSE(t.received_at.has_value());
}

TEST(Trace, HopsAreBounded) {
  std::string raw;
  for (int i = 0; i < 20; ++i) raw += line("from mx (mx [10.0.0.1])");
  Limits limits;
  limits.hops = 5;
  EXPECT_EQ(read_trace(parse(raw + "\n"), ours(), limits).hops.size(), 5U);
}

// A sender writes what it likes below the line of our host: the source stays.
RC_GTEST_PROP(TraceLaw, LinesBelowTheBoundaryCannotMoveTheSource, ()) {
  const std::string top = line("from a (a.example [192.0.2.9])");
  const auto piece =
      rc::gen::element<std::string>("Received: ", "from x (x [10.0.0.1]) ", "by y ", "\n", " ",
                                    "; 5 Mar 2024 10:00:00 +0000", "x: y\n");
  std::string below;
  for (const auto& p : *rc::gen::container<std::vector<std::string>>(piece)) below += p;
  const std::string raw = top + "Received: " + below + "\n";
  const Trace t = read_trace(parse(raw), ours());
  RC_ASSERT(t.source.has_value());
  RC_ASSERT(t.source->to_string() == "192.0.2.9");
}

}  // namespace
}  // namespace weir::mail
