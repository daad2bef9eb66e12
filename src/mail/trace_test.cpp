#include "mail/trace.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <fmt/format.h>

#include <algorithm>

namespace weir::mail {
namespace {

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

// What the doubts are, below one honest line of ours.
std::vector<std::string> doubts_of(std::string_view below, std::string_view top = {}) {
  const std::string raw =
      (top.empty() ? line("from mx.client.example (mx.client.example [198.18.0.9])")
                   : std::string(top)) +
      std::string(below) + "\n";
  const Trace t = read_trace(parse(raw), ours());
  EXPECT_EQ(t.boundary, 0U);
  std::vector<std::string> out;
  for (const std::string_view doubt : t.hops.at(1).doubts) out.emplace_back(doubt);
  if (t.hops[1].forged) out.emplace_back("FORGED");
  return out;
}

using Names = std::vector<std::string>;

TEST(TraceDoubts, AnHonestLineHasNone) {
  EXPECT_EQ(doubts_of("Received: from pc (pc [198.18.7.1]) by mx.client.example (Postfix) with "
                      "ESMTP id 4F3A2; 5 Mar 2024 09:59:58 +0000\n"),
            Names{});
}

TEST(TraceDoubts, InnerNamesAndAddressesAreNoContradiction) {
  for (const std::string_view by : {"store3", "mail.localdomain", "mx2.client.example", "10.0.0.7",
                                    "[192.168.1.1]", "relay.internal", "198.18.0.9"})
    EXPECT_EQ(doubts_of(fmt::format("Received: from pc (pc [198.18.7.1]) by {} with ESMTP id "
                                    "4F3A2; 5 Mar 2024 09:59:58 +0000\n",
                                    by)),
              Names{})
        << by;
}

TEST(TraceDoubts, AWriterThatIsNotTheClientAboveIsDoubted) {
  EXPECT_EQ(doubts_of("Received: from pc (pc [198.18.7.1]) by mail.bank.example with ESMTP id "
                      "4F3A2; 5 Mar 2024 09:59:58 +0000\n"),
            Names{"by_not_client"});
  EXPECT_EQ(doubts_of("Received: from pc (pc [198.18.7.1]) by 198.18.55.1 with ESMTP id "
                      "4F3A2; 5 Mar 2024 09:59:58 +0000\n"),
            Names{"by_not_client"});
}

TEST(TraceDoubts, ACopiedLineOfAProviderIsForged) {
  EXPECT_EQ(doubts_of("Received: by mail-lf1-f41.google.com with SMTP id "
                      "2adb3069b0e04-5008d16cc36so4436899e87.2; 5 Mar 2024 09:59:58 +0000\n"),
            (Names{"by_not_client", "provider_denied", "FORGED"}));
  EXPECT_EQ(doubts_of("Received: from PC by smtp.gmail.com with ESMTPSA id "
                      "d18-20020a05600c34d2; 5 Mar 2024 09:59:58 +0000\n",
                      line("from mail-lf1-f41.google.com (mail-lf1-f41.google.com [198.18.0.9])")),
            Names{});
}

TEST(TraceDoubts, AddressesThatNoHostHasAreForged) {
  const auto with = [](std::string_view address) {
    return doubts_of(
        fmt::format("Received: from pc (pc [{}]) by mx.client.example with ESMTP id "
                    "4F3A2; 5 Mar 2024 09:59:58 +0000\n",
                    address));
  };
  EXPECT_EQ(with("198.18.256.1"), (Names{"address_impossible", "FORGED"}));
  EXPECT_EQ(with("0.1.2.3"), (Names{"address_reserved", "FORGED"}));
  EXPECT_EQ(with("240.1.2.3"), (Names{"address_reserved", "FORGED"}));
  EXPECT_EQ(with("IPv6:ff02::1"), (Names{"address_reserved", "FORGED"}));
  EXPECT_EQ(with("192.0.2.7"), Names{"address_documentation"});
  EXPECT_EQ(with("2001:db8::7"), Names{"address_documentation"});
  for (const std::string_view inner :
       {"10.1.1.1", "172.16.0.1", "192.168.1.1", "127.0.0.1", "100.64.0.1", "169.254.1.1",
        "IPv6:fe80::1", "IPv6:fd00::1", "IPv6:::1"})
    EXPECT_EQ(with(inner), Names{"address_private"}) << inner;
  for (const std::string_view outer : {"1.1.1.1", "223.255.255.1", "IPv6:2a00::1", "IPv6:2600::1"})
    EXPECT_EQ(with(outer), Names{}) << outer;
}

TEST(TraceDoubts, TimesMustFallGoingDown) {
  const auto at = [](std::string_view time) {
    return doubts_of(
        fmt::format("Received: from pc by mx.client.example with ESMTP id 4F3A2; {}\n", time));
  };
  EXPECT_EQ(at("5 Mar 2024 10:04:00 +0000"), Names{});
  EXPECT_EQ(at("5 Mar 2024 10:20:00 +0000"), Names{"clock_skew"});
  EXPECT_EQ(at("5 Mar 2024 15:00:00 +0000"), Names{"time_rises"});
  EXPECT_EQ(at("7 Mar 2031 10:00:00 +0000"), (Names{"time_after_receipt", "time_rises", "FORGED"}));
  EXPECT_EQ(at("29 Feb 2024 11:00:00 +0000"), Names{});
  EXPECT_EQ(at("5 Jan 2024 10:00:00 +0000"), Names{"time_gap"});
  EXPECT_EQ(at("tomorrow"), Names{"time_missing"});
}

TEST(TraceDoubts, FormsThatTheirProgramDoesNotWriteAreForged) {
  EXPECT_EQ(doubts_of("Received: from x (HELO y) (198.18.7.1) by mx.client.example with NNFMP; 5 "
                      "Mar 2024 09:59:58 +0000\n"),
            (Names{"form_impossible", "FORGED"}));
  EXPECT_EQ(doubts_of("Received: from x (y [198.18.7.1]) by mx.client.example (Postfix) with "
                      "esmtp id 4F3A2; 5 Mar 2024 09:59:58 +0000\n"),
            (Names{"form_impossible", "FORGED"}));
  EXPECT_EQ(doubts_of("Received: from x (y [198.18.7.1]) by mx.client.example (8.14.4/8.14.4) with "
                      "ESMTP; 5 Mar 2024 09:59:58 +0000\n"),
            Names{"field_missing"});
  EXPECT_EQ(doubts_of("Received: from x (y [198.18.7.1]); 5 Mar 2024 09:59:58 +0000\n"),
            Names{"by_missing"});
}

TEST(TraceDoubts, AnIdIsWrittenOnce) {
  const std::string two =
      "Received: from pc by mx.client.example (Postfix) with ESMTP id 4F3A2C0042; 5 Mar 2024 "
      "09:59:58 +0000\n";
  const std::string raw = line("from mx.client.example (mx.client.example [198.18.0.9])");
  const std::string other =
      "Received: from pc by mx7.client.example (Postfix) with ESMTP id 4F3A2C0042; 5 Mar 2024 "
      "09:59:50 +0000\n";
  const Trace repeated = read_trace(parse(raw + two + two + "\n"), ours());
  EXPECT_TRUE(std::ranges::count(repeated.hops[2].doubts, "line_repeated") == 1);
  const Trace stolen = read_trace(parse(raw + two + other + "\n"), ours());
  EXPECT_TRUE(std::ranges::count(stolen.hops[2].doubts, "id_repeated") == 1);
}

TEST(TraceDoubts, AClientThatCallsItselfAsItsServerIsDoubted) {
  const Trace t =
      read_trace(parse(line("from in.ours.example (unknown [198.18.0.9])") + "\n"), ours());
  EXPECT_EQ(t.hops[0].doubts, std::vector<std::string_view>{"helo_is_receiver"});
  EXPECT_FALSE(t.hops[0].forged);  // what our own host writes is a fact
}

TEST(TraceBoundary, IsExplained) {
  const auto reason = [](std::string_view raw) {
    return read_trace(parse(std::string(raw) + "\n"), ours());
  };
  const Trace outside = reason(line("from a (a.client.example [192.0.2.9])"));
  EXPECT_EQ(outside.boundary_reason, "client_not_trusted");
  EXPECT_EQ(
      outside.boundary_detail,
      "in.ours.example says that its client was 192.0.2.9 (a.client.example), which is not in "
      "trusted_networks; every line below is what that client says");
  EXPECT_EQ(reason(line("from a (a [192.168.0.9])")).boundary_reason, "client_private");
  EXPECT_EQ(reason(line("from a (a [10.0.0.9])")).boundary_reason, "all_trusted");
  EXPECT_EQ(reason(line("from client.example")).boundary_reason, "client_address_missing");
  EXPECT_EQ(reason("Received: by a.ours.example (Postfix, from userid 33) id 1; 5 Mar 2024 "
                   "10:00:00 +0000\n")
                .boundary_reason,
            "local_submission");
  EXPECT_EQ(reason("Received: from mail pickup service by in.ours.example with Microsoft SMTPSVC; "
                   "5 Mar 2024 10:00:00 +0000\n")
                .boundary_reason,
            "local_submission");
  EXPECT_EQ(reason("Subject: x\n").boundary_reason, "no_received");
  Limits limits;
  limits.hops = 1;
  const std::string inner = line("from mx (mx [10.0.0.1])");
  EXPECT_EQ(read_trace(parse(inner + inner + "\n"), ours(), limits).boundary_reason,
            "too_many_hops");
}

TEST(TraceBoundary, ALineBelowTheFieldsOfTheMessageIsNotOurs) {
  const std::string raw = line("from mx (mx [10.0.0.1])") + "X-Filter: seen\n" +
                          line("from mx2 (mx2 [10.0.0.2])") + "From: x@client.example\n" +
                          line("from victim (victim [192.0.2.9])") + "\n";
  const Trace t = read_trace(parse(raw), ours());
  EXPECT_TRUE(t.hops[1].trusted);
  EXPECT_FALSE(t.hops[2].trusted);
  EXPECT_FALSE(t.source.has_value());
  EXPECT_EQ(t.boundary_reason, "line_below_fields");
  EXPECT_EQ(t.hops[2].doubts.front(), "below_fields");
}

TEST(TraceBoundary, AHeaderThatWasSortedIsReadAllTheSame) {
  const Trace t = read_trace(parse("From: x@client.example\n" + line("from mx (mx [10.0.0.1])") +
                                   line("from a (a [192.0.2.9])") + "\n"),
                             ours());
  EXPECT_EQ(t.source->to_string(), "192.0.2.9");
}

TEST(TraceClaims, AreKeptApartFromTheSource) {
  const Trace t = read_trace(
      parse(line("from a (a [192.0.2.9])") +
            "Received: from [198.51.100.7] by web.client.example via HTTP; 5 Mar 2024 09:59:00 "
            "+0000\n"
            "Received: from user$x ( [198.51.100.8] ) by ajax-webmail-wmsvr1 (Coremail) ; 5 Mar "
            "2024 09:58:00 +0000\n"
            "X-Originating-IP: [203.0.113.5]\n"
            "x-sender-ip: 2001:db8::5\n"
            "Received-SPF: pass (x: domain of y) client-ip=203.0.113.6; helo=z\n"
            "Authentication-Results: spf=pass (sender IP is 203.0.113.7) smtp.mailfrom=z\n"
            "X-PHP-Script: web.client.example/a.php for 203.0.113.8, 203.0.113.9\n"
            "X-Originating-IP: none\n\n"),
      ours());
  std::string all;
  for (const OriginClaim& claim : t.origin_claims)
    all += fmt::format("{} {}\n", claim.field, claim.address.to_string());
  EXPECT_EQ(all,
            "received 198.51.100.7\nreceived 198.51.100.8\nx-originating-ip 203.0.113.5\n"
            "x-sender-ip 2001:db8::5\nreceived-spf 203.0.113.6\n"
            "authentication-results 203.0.113.7\nx-php-script 203.0.113.8\n");
  EXPECT_EQ(t.source->to_string(), "192.0.2.9");
}

TEST(TraceClaims, TellHowTheMessageWasHandled) {
  const Trace t =
      read_trace(parse("Received: from mailbox.client.example [192.0.2.1] by localhost with POP3 "
                       "(fetchmail-6.4.37); 5 Mar 2024 10:00:01 +0000\n" +
                       line("from a (a [192.0.2.9])") +
                       "List-Id: Talk <talk.lists.example>\nX-Forwarded-To: b@ours.example\n"
                       "Resent-From: c@client.example\n\n"),
                 ours());
  std::string all;
  for (const Handling& h : t.handling) all += fmt::format("{} {}\n", h.kind, h.detail);
  EXPECT_EQ(all,
            "fetched mailbox.client.example\nmailing_list Talk <talk.lists.example>\n"
            "forwarded b@ours.example\nresent c@client.example\n");
  EXPECT_EQ(t.source->to_string(), "192.0.2.9");
}

TEST(TraceClaims, AreBounded) {
  std::string raw = line("from a (a [192.0.2.9])");
  for (int i = 0; i < 100; ++i) raw += "X-Originating-IP: 203.0.113.5\nX-Forwarded-To: b@x\n";
  const Trace t = read_trace(parse(raw + "\n"), ours());
  EXPECT_EQ(t.origin_claims.size(), 16U);
  EXPECT_EQ(t.handling.size(), 16U);
}

// Nothing that a sender writes below the line of our host moves the source, and no order of lines
// and times does harm.
RC_GTEST_PROP(TraceLaw, NoLineBelowTheBoundaryMovesTheSource, ()) {
  const std::string top = line("from a (a.example [192.0.2.9])");
  const auto piece = rc::gen::element<std::string>(
      line("from x (x [10.0.0.1])", "23:59:59"), line("from y (y [192.0.2.77])", "00:00:01"),
      "Received: (qmail 1 invoked from network); 5 Mar 2024 10:00:00 -0000\n",
      "Received: by mx.google.com with SMTP id x12csp1; 5 Mar 2099 10:00:00 -0000\n",
      "Received: from h [10.0.0.2] by localhost with POP3 (fetchmail-6); 5 Mar 1999 10:00:00 "
      "-0000\n",
      "X-Originating-IP: [10.0.0.9]\n", "From: x@y.example\n", "Subject: z\n",
      "Received: from a( by (((; x\n", "List-Id: <l.example>\n");
  std::string below;
  for (const auto& p : *rc::gen::container<std::vector<std::string>>(piece)) below += p;
  const Trace alone = read_trace(parse(top + "\n"), ours());
  const Trace t = read_trace(parse(top + below + "\n"), ours());
  RC_ASSERT(t.source == alone.source && t.boundary == alone.boundary);
  RC_ASSERT(t.received_at == alone.received_at);
  RC_ASSERT(t.boundary_reason == alone.boundary_reason);
  RC_ASSERT(t.boundary_detail == alone.boundary_detail);
  for (std::size_t i = 0; i < t.hops.size(); ++i) RC_ASSERT(t.hops[i].trusted == (i == 0));
}

}  // namespace
}  // namespace weir::mail
