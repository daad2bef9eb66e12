#include "mail/reading.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "base/utf8.h"
#include "mail/problems.h"
#include "mail/test_messages.h"

namespace weir::mail {
namespace {

Reading reading_of(std::string_view raw, ReadOptions options = {}) { return read(raw, options); }
TEST(Reading, TheFromDomainIsThatOfTheAddressNotOfTheName) {
  const auto domain = [](std::string_view from) {
    return reading_of("From: " + std::string(from) + "\n\n").from_domain;
  };
  EXPECT_EQ(domain("a@mail.example.com"), "example.com");
  EXPECT_EQ(domain("\"service@bank.example\" <x@shop.example.org>"), "example.org");
  EXPECT_EQ(domain("service@bank.example <x@shop.example.org>"), "example.org");
  EXPECT_EQ(domain("x@shop.example.org (service@bank.example)"), "example.org");
  EXPECT_EQ(domain("<x@shop.example.org> service@bank.example"), "example.org");
  EXPECT_EQ(domain("a@example.com, b@example.net"), "example.net");
  EXPECT_EQ(domain("=?utf-8?Q?a=40bank.example?= <x@EXAMPLE.org>"), "example.org");
  EXPECT_EQ(domain("nobody"), "");
  EXPECT_EQ(domain("a@"), "");
}

TEST(Reading, AWordThatIsNoTypeDoesNotKeepAPageFromBeingOne) {
  const Reading r =
      reading_of("Content-Type: texthtml\n\n<html><body>Hi <b>there</b></body></html>");
  ASSERT_EQ(r.texts.size(), 1U);
  EXPECT_EQ(r.texts[0].type, "text/html");
  EXPECT_EQ(r.texts[0].text, "Hi there");
  EXPECT_TRUE(has_problem(r, "type_guessed"));
}

// Two characters may be words of three languages; the text below them tells.
TEST(Reading, AShortRawSubjectIsReadAsTheTextBelowIt) {
  const std::string sjis =
      "\x82\xA8\x8B\x71\x97\x6C\x8A\x65\x88\xCA\x81\x41\x82\xA2\x82\xC2\x82\xE0\x82\xB2\x97\x98\x97"
      "\x70\x82\xA2\x82\xBD\x82\xBE\x82\xAB\x82\xA0\x82\xE8\x82\xAA\x82\xC6\x82\xA4\x82\xB2\x82\xB4"
      "\x82"
      "\xA2\x82\xDC\x82\xB7\x81\x42";
  for (const std::string type : {"", "Content-Type: text/plain; charset=iso-8859-1\n"}) {
    const Reading r = reading_of("Subject: \x96\xB3\x97\xBF\n" + type + "\n" + sjis);
    EXPECT_EQ(r.subject, "無料");
    EXPECT_TRUE(has_problem(r, "raw_8bit_header"));
  }
}

TEST(Reading, AWrongCharsetIsNamed) {
  const Reading r = reading_of(
      "Subject: x\nContent-Type: text/plain; charset=utf-8\n\n"
      "\xD7\xF0\xBE\xB4\xB5\xC4\xBF\xCD\xBB\xA7\xC4\xFA\xBA\xC3\xA3\xAC\xC7\xEB\xC1\xAA\xCF\xB5\xCE"
      "\xD2\xC3\xC7\xA1\xA3\n");
  ASSERT_EQ(r.texts.size(), 1U);
  EXPECT_EQ(
      r.texts[0].text,
      "\u5C0A\u656C\u7684\u5BA2\u6237\u60A8\u597D\uFF0C\u8BF7\u8054\u7CFB\u6211\u4EEC\u3002\n");
  EXPECT_EQ(r.texts[0].charset_used, "gb18030");
  EXPECT_TRUE(has_problem(r, "charset_wrong"));
}

TEST(Reading, ASecondCharsetOfSomeLinesIsNamed) {
  const std::string footer =
      "\xD7\xF0\xBE\xB4\xB5\xC4\xBF\xCD\xBB\xA7\xC4\xFA\xBA\xC3\xA3\xAC\xC7\xEB\xC1\xAA\xCF\xB5\xCE"
      "\xD2\xC3\xC7\xA1\xA3\n";
  const Reading r =
      reading_of("Subject: x\nContent-Type: text/plain; charset=utf-8\n\n" +
                 std::string("会议在星期二下午三点举行。\n请各位带上材料。\n") + footer);
  ASSERT_EQ(r.texts.size(), 1U);
  EXPECT_NE(r.texts[0].text.find("尊敬的客户您好"), std::string::npos);
  EXPECT_TRUE(has_problem(r, "charset_mixed"));
}

TEST(Reading, ATextThatBeginsLikeAFileIsStillText) {
  for (const char* head : {"%PDF-1.4\n", "GIF89a", "PK\x03\x04", "{\\rtf1 "}) {
    const Reading r = reading_of("Subject: x\nContent-Type: text/plain\n\n" + std::string(head) +
                                 "visible words\n");
    EXPECT_NE(r.visible_text().find("visible words"), std::string::npos) << head;
  }
}

TEST(Reading, AnEmbeddedMessageTellsItsSubjectAndWhereItsEncodingBegins) {
  const std::string raw =
      "Subject: outer\nContent-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: "
      "message/rfc822\n"
      "Content-Transfer-Encoding: base64\n\n"
      "U3ViamVjdDogaW5uZXIKCnRleHQgb2YgdGhlIGlubmVyIG9uZQo=\n--o--\n";
  const Reading r = reading_of(raw);
  ASSERT_EQ(r.parts.size(), 3U);
  EXPECT_EQ(r.parts[2].subject, "inner");
  EXPECT_TRUE(r.parts[2].inside_encoding);
  EXPECT_EQ(r.parts[2].body_offset, raw.find("U3Vi"));
  EXPECT_FALSE(r.parts[1].inside_encoding);
}

TEST(Reading, OnePartIsReadUpToItsLimit) {
  ReadOptions options;
  options.limits.part_decoded_octets = 100;
  std::string body;
  for (int i = 0; i < 50; ++i) body += "a line of words\n";
  const Reading r = reading_of("Subject: x\n\n" + body, options);
  EXPECT_LE(r.texts[0].text.size(), 100U);
  EXPECT_TRUE(has_problem(r, "decoded_too_large"));
}

TEST(Reading, AnUnknownCharsetIsNamed) {
  EXPECT_TRUE(has_problem(reading_of("Content-Type: text/plain; charset=x-none-such\n\nabc"),
                          "charset_unknown"));
}

TEST(Reading, TextsSentAsFilesAreReadButNotSeen) {
  const Reading r = reading_of(
      "Subject: s\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nseen\n--b\nContent-Type: "
      "text/plain\n"
      "Content-Disposition: attachment; filename=a.txt\n\nfile http://example.com/\n--b--\n");
  ASSERT_EQ(r.texts.size(), 2U);
  EXPECT_TRUE(r.texts[1].attachment);
  EXPECT_EQ(r.visible_text(), "s\nseen");
  EXPECT_EQ(r.links.size(), 1U);
  ASSERT_EQ(r.attachments.size(), 1U);
  EXPECT_EQ(r.attachments[0].name, "a.txt");
}

TEST(Reading, DecodedTextIsBoundedOverAllParts) {
  ReadOptions options;
  options.limits.decoded_octets = 10;
  const Reading r = reading_of(
      "Content-Type: multipart/mixed; "
      "boundary=b\n\n--b\n\n1234567\n--b\n\n1234567\n--b\n\n1234567\n--b--\n",
      options);
  EXPECT_EQ(r.visible_text(), "1234567\n123");
  EXPECT_TRUE(has_problem(r, "decoded_too_large"));
}

TEST(Reading, LinksAndHopsAreBounded) {
  ReadOptions options;
  options.limits.links = 1;
  options.limits.hops = 1;
  const Reading r = reading_of("Received: a\nReceived: b\n\nhttp://a.com http://b.com", options);
  EXPECT_EQ(r.links.size(), 1U);
  EXPECT_EQ(r.trace.hops.size(), 1U);
  EXPECT_TRUE(has_problem(r, "too_many_links"));
  EXPECT_TRUE(has_problem(r, "too_many_hops"));
}

TEST(Reading, TheListOfProblemsIsBounded) {
  std::string raw = "Content-Type: multipart/mixed; boundary=b\n\n";
  for (int i = 0; i < 500; ++i)
    raw += "--b\nContent-Type: bad\nContent-Transfer-Encoding: odd\n\nx\n";
  const Reading r = reading_of(raw);
  EXPECT_LE(r.problems.size(), kAll);
  EXPECT_LE(std::count_if(r.problems.begin(), r.problems.end(),
                          [](const Problem& p) { return p.what == "type_unreadable"; }),
            static_cast<std::ptrdiff_t>(kEach));
}

RC_GTEST_PROP(ReadingLaw, WhateverComesInIsUtf8OnTheWayOut, ()) {
  const auto piece = rc::gen::element<std::string>(
      "Subject: ", "From: ", "Received: from ", "Content-Type: multipart/mixed; boundary=b",
      "Content-Type: text/html; charset=gb2312",
      "Content-Type: text/plain; charset=\"\xFF\"; name=\"\xD6\xD0\"",
      "Content-Transfer-Encoding: base64", "--b", "\n", "\n\n", "1tC5+g==", "\xD6\xD0\xB9\xFA",
      "<a href=http://\xD6\xD0.com>x</a>", "=?gb2312?B?1t", "?=", "\x1B$B", "\x80",
      std::string("\0", 1), "a@b.com", "www.a.com");
  std::string raw;
  for (const auto& p : *rc::gen::container<std::vector<std::string>>(piece)) raw += p;
  const Reading r = reading_of(raw);
  RC_ASSERT(is_utf8(r.subject) && is_utf8(r.from) && is_utf8(r.message_id) &&
            is_utf8(r.from_domain));
  for (const auto& f : r.fields) RC_ASSERT(is_utf8(f.name) && is_utf8(f.value));
  for (const auto& t : r.texts)
    RC_ASSERT(is_utf8(t.text) && is_utf8(t.hidden) && is_utf8(t.charset_declared) &&
              is_utf8(t.type));
  for (const auto& l : r.links) RC_ASSERT(is_utf8(l.url) && is_utf8(l.host) && is_utf8(l.shown));
  for (const auto& a : r.attachments) RC_ASSERT(is_utf8(a.name) && is_utf8(a.type));
  for (const auto& p : r.problems) RC_ASSERT(is_utf8(p.detail));
}

}  // namespace
}  // namespace weir::mail
