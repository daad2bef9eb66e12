#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/utf8.h"
#include "mail/trace.h"

namespace weir::mail {
namespace {

struct Form {
  std::string_view name, raw, helo, rdns, address, by, with, id;
};

class ReceivedForm : public testing::TestWithParam<Form> {};

TEST_P(ReceivedForm, IsRead) {
  const Form& f = GetParam();
  const Hop hop = parse_received(f.raw);
  EXPECT_EQ(hop.helo, f.helo);
  EXPECT_EQ(hop.rdns, f.rdns);
  EXPECT_EQ(hop.address ? hop.address->to_string() : "", f.address);
  EXPECT_EQ(hop.by, f.by);
  EXPECT_EQ(hop.with, f.with);
  EXPECT_EQ(hop.id, f.id);
  EXPECT_EQ(hop.time.has_value(), f.raw.find(":00 ") != std::string_view::npos);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, ReceivedForm,
    testing::Values(
        Form{"Postfix",
             "from mx.client.example (host.client.example [192.0.2.1])\r\n\tby in.ours.example "
             "(Postfix) with ESMTP id 4F3A2\r\n\t"
             "for <a@ours.example>; Tue,  5 Mar 2024 10:00:00 +0800 (CST)",
             "mx.client.example", "host.client.example", "192.0.2.1", "in.ours.example", "ESMTP",
             "4F3A2"},
        Form{"PostfixUnknown",
             "from PC (unknown [192.0.2.1]) by in.ours.example (Postfix) with SMTP id A; 5 Mar "
             "2024 10:00:00 +0000",
             "PC", "", "192.0.2.1", "in.ours.example", "SMTP", "A"},
        Form{"PostfixTls",
             "from mx.client.example (mx.client.example [IPv6:2001:db8::1]) (using TLSv1.3 with "
             "cipher TLS_AES_256_GCM_SHA384 (256/256 "
             "bits)) (No client certificate requested) by in.ours.example (Postfix) with ESMTPS id "
             "B; 5 Mar 2024 10:00:00 +0000",
             "mx.client.example", "mx.client.example", "2001:db8::1", "in.ours.example", "ESMTPS",
             "B"},
        Form{"PostfixLocal",
             "by web.client.example (Postfix, from userid 33) id C; 5 Mar 2024 10:00:00 +0000", "",
             "", "", "web.client.example", "", "C"},
        Form{"PostfixHeloLiteral",
             "from [10.0.0.5] (gw.client.example [192.0.2.1]) by in.ours.example (Postfix) with "
             "ESMTPSA id D; 5 Mar 2024 10:00:00 +0000",
             "[10.0.0.5]", "gw.client.example", "192.0.2.1", "in.ours.example", "ESMTPSA", "D"},
        Form{"SendmailForged",
             "from mx.client.example (IDENT:user@host.client.example [192.0.2.1] (may be forged)) "
             "by in.ours.example (8.14.4/8.14.4) with "
             "ESMTP id q25 for <a@ours.example>; Tue, 5 Mar 2024 10:00:00 GMT",
             "mx.client.example", "host.client.example", "192.0.2.1", "in.ours.example", "ESMTP",
             "q25"},
        Form{"SendmailNoName",
             "from mx.client.example ([192.0.2.1]) by in.ours.example (8.11.6/8.11.6) with SMTP id "
             "g6; 5 Mar 2024 10:00:00 +0000",
             "mx.client.example", "", "192.0.2.1", "in.ours.example", "SMTP", "g6"},
        Form{"SendmailLocal",
             "(from root@localhost) by web.client.example (8.14.4/Submit) id q26; 5 Mar 2024 "
             "10:00:00 +0000",
             "", "", "", "web.client.example", "", "q26"},
        Form{"EximHelo",
             "from host.client.example ([192.0.2.1] helo=mx.client.example) by in.ours.example "
             "with esmtps (TLS1.2) (Exim 4.92) "
             "(envelope-from <x@client.example>) id 1abc-2 for a@ours.example; Tue, 05 Mar 2024 "
             "10:00:00 +0000",
             "mx.client.example", "host.client.example", "192.0.2.1", "in.ours.example", "esmtps",
             "1abc-2"},
        Form{"EximNoName",
             "from [192.0.2.1] (port=1234 helo=[10.0.0.5]) by in.ours.example with esmtp (Exim "
             "4.92) id E; 5 Mar 2024 10:00:00 +0000",
             "[10.0.0.5]", "", "192.0.2.1", "in.ours.example", "esmtp", "E"},
        Form{"EximSame",
             "from mx.client.example ([192.0.2.1]:45321) by in.ours.example with esmtp (Exim 4.92) "
             "id F; 5 Mar 2024 10:00:00 +0000",
             "mx.client.example", "mx.client.example", "192.0.2.1", "in.ours.example", "esmtp",
             "F"},
        Form{"EximLocal",
             "from www-data by web.client.example with local (Exim 4.69) id G; 5 Mar 2024 10:00:00 "
             "+0000",
             "", "", "", "web.client.example", "local", "G"},
        Form{"Qmail",
             "from host.client.example (HELO mx.client.example) (192.0.2.1)\n  by in.ours.example "
             "with SMTP; 5 Mar 2024 10:00:00 -0000",
             "mx.client.example", "host.client.example", "192.0.2.1", "in.ours.example", "SMTP",
             ""},
        Form{"QmailUnknown",
             "from unknown (HELO ?10.1.1.1?) (192.0.2.1) by in.ours.example with SMTP; 5 Mar 2024 "
             "10:00:00 -0000",
             "?10.1.1.1?", "", "192.0.2.1", "in.ours.example", "SMTP", ""},
        Form{"QmailSame",
             "from mx.client.example (192.0.2.1) by in.ours.example with SMTP; 5 Mar 2024 10:00:00 "
             "-0000",
             "mx.client.example", "mx.client.example", "192.0.2.1", "in.ours.example", "SMTP", ""},
        Form{"QmailLogin",
             "from unknown (HELO PC) (user@client.example@192.0.2.1) by in.ours.example with "
             "ESMTPA; 5 Mar 2024 10:00:00 -0000",
             "PC", "", "192.0.2.1", "in.ours.example", "ESMTPA", ""},
        Form{"QmailInvoked", "(qmail 12345 invoked from network); 5 Mar 2024 10:00:00 -0000", "",
             "", "", "", "", ""},
        Form{"Exchange",
             "from mail.client.example (192.0.2.1) by EX1.ours.example (10.1.1.1) with Microsoft "
             "SMTP Server (version=TLS1_2, "
             "cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id 15.20.6792.21; Tue, 5 Mar 2024 "
             "10:00:00 +0000",
             "mail.client.example", "", "192.0.2.1", "EX1.ours.example", "Microsoft SMTP Server",
             "15.20.6792.21"},
        Form{"ExchangeMapi",
             "from EX2.ours.example ([fe80::6be0:2de4:9316:c0fb%9]) by EX1.ours.example "
             "([fe80::1%4]) with mapi id 15.20.1; 5 Mar 2024 10:00:00 +0000",
             "EX2.ours.example", "", "fe80::6be0:2de4:9316:c0fb", "EX1.ours.example", "mapi",
             "15.20.1"},
        Form{"MicrosoftSmtpSvc",
             "from PC ([192.0.2.1]) by in.ours.example over TLS secured channel with Microsoft "
             "SMTPSVC(6.0.3790.4675); 5 Mar 2024 10:00:00 +0000",
             "PC", "", "192.0.2.1", "in.ours.example", "Microsoft SMTPSVC", ""},
        Form{"Gmail",
             "from mx.client.example (mx.client.example. [192.0.2.1])\r\n        by mx.google.com "
             "with ESMTPS id z1si23;\r\n        Tue, 05 Mar 2024 10:00:00 -0800 (PST)",
             "mx.client.example", "mx.client.example", "192.0.2.1", "mx.google.com", "ESMTPS",
             "z1si23"},
        Form{"GmailInner",
             "by 2002:a05:6a10:1234:b0:4f2 with SMTP id x12csp99; Tue, 5 Mar 2024 02:00:00 -0800 "
             "(PST)",
             "", "", "", "2002:a05:6a10:1234:b0:4f2", "SMTP", "x12csp99"},
        Form{"Qq",
             "from client.example (unknown [192.0.2.1])\n\tby newxmmxszc6.qq.com (NewMX) with SMTP "
             "id 5A6B\n\tfor <a@ours.example>; Tue, 05 Mar 2024 10:00:00 +0800",
             "client.example", "", "192.0.2.1", "newxmmxszc6.qq.com", "SMTP", "5A6B"},
        Form{"CoremailWeb",
             "from user$ours.example ( [192.0.2.1] ) by ajax-webmail-wmsvr1 (Coremail) ; Tue, 5 "
             "Mar 2024 10:00:00 +0800 (CST)",
             "user$ours.example", "", "192.0.2.1", "ajax-webmail-wmsvr1", "", ""},
        Form{"Coremail",
             "from mx.client.example (unknown [192.0.2.1]) by mx30 (Coremail) with SMTP id "
             "acCowAB--.1S2; Tue, 05 Mar 2024 10:00:00 +0800 (CST)",
             "mx.client.example", "", "192.0.2.1", "mx30", "SMTP", "acCowAB--.1S2"},
        Form{"Alibaba",
             "from 192.0.2.1(mailfrom:x@client.example fp:SMTPD_---.abc) by "
             "smtp.ours.example(10.147.1.1); Tue, 05 Mar 2024 10:00:00 +0800",
             "", "", "192.0.2.1", "smtp.ours.example", "", ""},
        Form{"GluedComments",
             "from unknown (HELO client.example)([192.0.2.1]) by mail.ours.example(10.0.0.9) with "
             "SMTP id H; 5 Mar 2024 10:00:00 +0800",
             "client.example", "", "192.0.2.1", "mail.ours.example", "SMTP", "H"},
        Form{"Yahoo",
             "from [192.0.2.1] by nm6.bullet.mail.ours.example with NNFMP; 5 Mar 2024 10:00:00 "
             "-0000",
             "", "", "192.0.2.1", "nm6.bullet.mail.ours.example", "NNFMP", ""},
        Form{"YahooEhlo",
             "from 192.0.2.1  (EHLO mx.client.example) (192.0.2.1)\n  by mta1.ours.example with "
             "SMTPS; 5 Mar 2024 10:00:00 -0000",
             "mx.client.example", "", "192.0.2.1", "mta1.ours.example", "SMTPS", ""},
        Form{"Zimbra",
             "from zimbra.ours.example (LHLO zimbra.ours.example) (192.0.2.1) by "
             "zimbra.ours.example with LMTP; Tue, 5 Mar 2024 10:00:00 +0800 (CST)",
             "zimbra.ours.example", "zimbra.ours.example", "192.0.2.1", "zimbra.ours.example",
             "LMTP", ""},
        Form{"Communigate",
             "from [192.0.2.1] (account x HELO PC) by in.ours.example (CommuniGate Pro SMTP 5.1) "
             "with ESMTPA id 7; 5 Mar 2024 10:00:00 +0000",
             "PC", "", "192.0.2.1", "in.ours.example", "ESMTPA", "7"},
        Form{"ImailBracket",
             "from client.example [192.0.2.1] by in.ours.example with ESMTP (SMTPD32-7.07) id A7; "
             "5 Mar 2024 10:00:00 +0000",
             "client.example", "", "192.0.2.1", "in.ours.example", "ESMTP", "A7"},
        Form{"WebMail",
             "from 192.0.2.1 (SquirrelMail authenticated user x) by in.ours.example with HTTP; 5 "
             "Mar 2024 10:00:00 +0000",
             "", "", "192.0.2.1", "in.ours.example", "HTTP", ""},
        Form{"Domino",
             "from mx.client.example ([192.0.2.1]) by in.ours.example (Lotus Domino Release 8.5) "
             "with ESMTP id 2024030510-1 ; Tue, 5 Mar 2024 10:00:00 +0800",
             "mx.client.example", "", "192.0.2.1", "in.ours.example", "ESMTP", "2024030510-1"},
        Form{"Amavis",
             "from in.ours.example ([127.0.0.1]) by localhost (in.ours.example [127.0.0.1]) "
             "(amavisd-new, port 10024) with ESMTP id K; 5 Mar 2024 10:00:00 +0000",
             "in.ours.example", "", "127.0.0.1", "localhost", "ESMTP", "K"},
        Form{"QmailLdapLogin",
             "from host.client.example (HELO PC) (authenticated:user@[192.0.2.1]) by "
             "in.ours.example (qmail-ldap-1.03) with SMTP for <a@ours.example>; 5 Mar 2024 "
             "10:00:00 -0000",
             "PC", "host.client.example", "192.0.2.1", "in.ours.example", "SMTP", ""},
        Form{"LoginAfterTheClient",
             "from PC (unknown [192.0.2.1]) (Authenticated sender: x@[198.51.100.7]) by "
             "in.ours.example (Postfix) with ESMTPSA id Z; 5 Mar 2024 10:00:00 +0000",
             "PC", "", "192.0.2.1", "in.ours.example", "ESMTPSA", "Z"},
        Form{"NoSemicolon",
             "from unknown (HELO marvin) (192.0.2.1) by march-7 with HTTP id R2 Tue, 05 Mar 2024 "
             "10:00:00 +0000 (UTC)",
             "marvin", "", "192.0.2.1", "march-7", "HTTP", "R2"},
        Form{"OnlyNames",
             "from client.example by in.ours.example with SMTP id <L@ours.example>; 5 Mar 2024 "
             "10:00:00 +0000",
             "client.example", "", "", "in.ours.example", "SMTP", "L@ours.example"},
        Form{"NoDate", "from mx.client.example (unknown [192.0.2.1]) by in.ours.example",
             "mx.client.example", "", "192.0.2.1", "in.ours.example", "", ""}),
    [](const auto& param) { return std::string(param.param.name); });

TEST(Received, TheClientCannotNameItsAddressInHelo) {
  EXPECT_EQ(
      parse_received("from x (HELO a (198.51.100.7)) (192.0.2.1) by in.ours.example with SMTP")
          .address->to_string(),
      "192.0.2.1");
  EXPECT_EQ(parse_received("from h ([192.0.2.1] helo=[198.51.100.7]) by in.ours.example")
                .address->to_string(),
            "192.0.2.1");
  EXPECT_EQ(parse_received("from [198.51.100.7] (unknown [192.0.2.1]) by in.ours.example")
                .address->to_string(),
            "192.0.2.1");
}

RC_GTEST_PROP(ReceivedLaw, AnyOctetsGiveBoundedUtf8, ()) {
  const auto piece = rc::gen::element<std::string>(
      "from ", "by ", "with ", "id ", "(", ")", "[", "]", "192.0.2.1", "helo=", "HELO ", ";", " ",
      "\r\n ", "x.example", "@", "%", ":", "\xD6\xD0", "unknown", "2001:db8::1", "12:00:00");
  std::string raw;
  for (const auto& p : *rc::gen::container<std::vector<std::string>>(piece)) raw += p;
  const Hop hop = parse_received(raw);
  for (const std::string* s : {&hop.by, &hop.helo, &hop.rdns, &hop.with, &hop.id})
    RC_ASSERT(is_utf8(*s) && s->size() <= 1'100);
}

// Folding is only blanks: where a line is folded does not change what it says.
RC_GTEST_PROP(ReceivedLaw, FoldingDoesNotMatter, ()) {
  std::string raw =
      "from mx.client.example (host.client.example [192.0.2.1]) by in.ours.example (Postfix) with "
      "ESMTP id 4F; 5 Mar 2024 10:00:00 +0800";
  const Hop plain = parse_received(raw);
  std::string folded;
  for (const char c : raw)
    folded +=
        c == ' ' ? *rc::gen::element<std::string>(" ", "\r\n ", "\n\t", "   ") : std::string(1, c);
  const Hop hop = parse_received(folded);
  RC_ASSERT(hop.helo == plain.helo && hop.rdns == plain.rdns && hop.address == plain.address &&
            hop.by == plain.by);
  RC_ASSERT(hop.with == plain.with && hop.id == plain.id && hop.time == plain.time);
}

struct Told {
  std::string helo, rdns, by, id, recipient, sender;
  Address address;
};

Told any_told() {
  const auto label = rc::gen::nonEmpty(
      rc::gen::container<std::string>(rc::gen::element('a', 'k', 'z', '0', '7', 'Q', '-')));
  const auto name = [&] { return *label + "." + *label + ".example"; };
  Told told{"h" + name(),
            lower("r" + name()),
            "b" + name(),
            "i" + *label,
            *label + "@ours.example",
            *label + "@client.example",
            {}};
  if (*rc::gen::arbitrary<bool>()) {
    told.address = Address::v4(*rc::gen::arbitrary<std::uint32_t>());
  } else {
    const auto octets =
        *rc::gen::container<std::vector<std::uint8_t>>(16, rc::gen::arbitrary<std::uint8_t>());
    std::array<std::uint8_t, 16> bytes{};
    std::copy(octets.begin(), octets.end(), bytes.begin());
    told.address = Address::v6(bytes);
  }
  return told;
}

struct Writer {
  std::string_view software;
  std::string_view form;  // {h}elo, {r}dns, {a}ddress, [tagged] address {t}, {b}y, {i}d, {f}or,
                          // {e}nvelope
};

constexpr auto kWriters = std::to_array<Writer>(
    {{"postfix",
      "from {h} ({r} [{t}]) (using TLSv1.2 with cipher X (256/256 bits)) (No client certificate "
      "requested) by {b} (Postfix) with ESMTPS id {i} for <{f}>"},
     {"exim",
      "from {r} ([{a}] helo={h}) by {b} with esmtps (TLS1.2) tls X (Exim 4.96) (envelope-from "
      "<{e}>) id {i} for {f}"},
     {"exim",
      "from {r} ([{a}]:4567 helo={h}) by {b} with esmtpsa (TLS1.2:X:256) (Exim 4.8) "
      "(envelope-from <{e}>) id {i} for {f}"},
     {"sendmail",
      "from {h} (IDENT:joe@{r} [{t}] (may be forged)) by {b} (8.14.4/8.14.4) with ESMTP id {i} "
      "(version=TLSv1/SSLv3 cipher=X bits=256 verify=NO) for <{f}>"},
     {"qmail_ldap",
      "from {r} (HELO {h}) ([{a}]) (envelope-sender <{e}>) by {b} (qmail-ldap-1.03) with SMTP for "
      "<{f}>"},
     {"qmail", "from {r} (HELO {h}) (joe@{a}) by {b} with SMTP"},
     {"cisco_esa", "from {r} (HELO {h}) ([{a}]) by {b} with ESMTP/TLS/X"},
     {"coremail", "from {h} ({r} [{a}]) by {b} (Coremail) with SMTP id {i}"},
     {"zimbra", "from {r} (LHLO {h}) ({a}) by {b} with LMTP"},
     {"opensmtpd",
      "from {h} ({r} [{a}]) by {b} (OpenSMTPD) with ESMTPS id {i} (TLSv1.3:X:256:NO) "
      "for <{f}>"},
     {"haraka",
      "from {h} ({r} [{a}]) by {b} (Haraka/3.0.1) with ESMTPS id {i} envelope-from "
      "<{e}> (cipher=X)"},
     {"communigate",
      "from [{a}] (account joe HELO {h}) by {b} (CommuniGate Pro SMTP 6.2) with "
      "ESMTPSA id {i} for {f}"},
     {"exchange",
      "from {h} ({a}) by {b} (10.1.1.1) with Microsoft SMTP Server (version=TLS1_2, "
      "cipher=X) id {i} via Frontend Transport"}});

// What a program writes of a client is what is read, whatever the names are.
RC_GTEST_PROP(ReceivedLaw, WhatAProgramWritesIsWhatIsRead, ()) {
  const Told told = any_told();
  const Writer writer = kWriters[*rc::gen::inRange<std::size_t>(0, kWriters.size())];
  const std::string address = told.address.to_string();
  std::string raw;
  for (std::size_t i = 0; i < writer.form.size(); ++i) {
    if (writer.form[i] != '{') {
      raw.push_back(writer.form[i]);
      continue;
    }
    switch (writer.form[i + 1]) {
      case 'h': raw += told.helo; break;
      case 'r': raw += told.rdns; break;
      case 'a': raw += address; break;
      case 't': raw += (told.address.is_v4() ? "" : "IPv6:") + address; break;
      case 'b': raw += told.by; break;
      case 'i': raw += told.id; break;
      case 'f': raw += told.recipient; break;
      default: raw += told.sender;
    }
    i += 2;
  }
  const Hop hop = parse_received(raw + "; Tue, 5 Mar 2024 10:00:00 +0000");
  const auto writes = [&](std::string_view what) {
    return writer.form.find(what) != std::string_view::npos;
  };
  RC_ASSERT(hop.software == writer.software);
  RC_ASSERT(hop.helo == told.helo);
  RC_ASSERT(hop.rdns == (writes("{r}") ? told.rdns : ""));
  RC_ASSERT(hop.address == told.address);
  RC_ASSERT(hop.by == told.by);
  RC_ASSERT(hop.id == (writes("{i}") ? told.id : ""));
  RC_ASSERT(hop.recipient == (writes("{f}") ? told.recipient : ""));
  RC_ASSERT(hop.envelope_from == (writes("{e}") ? told.sender : ""));
  RC_ASSERT(hop.tls.empty() != (writes("TLS") || writes("SMTPS")));
  RC_ASSERT(hop.authenticated == (writes("esmtpsa") || writes("account")));
  RC_ASSERT(hop.ident == (writes("joe@") ? "joe" : ""));
  RC_ASSERT(hop.doubts.empty());
}

}  // namespace
}  // namespace weir::mail
