#include "mail/header_words.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "base/bytes.h"
#include "base/utf8.h"
#include "mail/message.h"

namespace weir::mail {
namespace {

TEST(HeaderWords, FoldingGoesAndBlanksStay) {
  EXPECT_EQ(decode_header(" a\r\n  b\n\tc \r\n"), "a  b\tc");
}

TEST(HeaderWords, BothEncodingsAreRead) {
  EXPECT_EQ(decode_header("=?UTF-8?Q?a=20b_=E4=B8=AD?= x"), "a b \u4E2D x");
  EXPECT_EQ(decode_header("Re: =?gb2312?B?1tC5+g==?="), "Re: \u4E2D\u56FD");
  EXPECT_EQ(decode_header("=?iso-2022-jp?b?GyRCRnxLXBsoQg==?="), "\u65E5\u672C");
  EXPECT_EQ(decode_header("=?euc-kr?B?x9GxuQ==?="), "\uD55C\uAD6D");
  EXPECT_EQ(decode_header("=?big5?B?pKSk5Q==?="), "\u4E2D\u6587");
}

TEST(HeaderWords, BlanksBetweenWordsGoAndBesideTextStay) {
  EXPECT_EQ(decode_header("=?utf-8?Q?a?=\r\n =?utf-8?Q?b?= c =?utf-8?Q?d?="), "ab c d");
  EXPECT_EQ(decode_header("=?utf-8?Q?a?= =?gb2312?B?1tA=?="), "a\u4E2D");
}

TEST(HeaderWords, ACharacterCutBetweenTwoWordsSurvives) {
  EXPECT_EQ(decode_header("=?utf-8?Q?=E4=B8?= =?utf-8?Q?=AD?="), "\u4E2D");
  EXPECT_EQ(decode_header("=?gb2312?B?1g==?=\n =?GB2312?B?0A==?="), "\u4E2D");
  EXPECT_EQ(decode_header("=?utf-8?B?5L?= =?utf-8?B?it?="), "\u4E2D");
}

TEST(HeaderWords, QuantaMayBeCutOrUnpaddedBetweenTwoWords) {
  EXPECT_EQ(decode_header("=?utf-8?B?5Luj5byA5Y?= =?utf-8?B?+R56Wo?="), "代开发票");
  EXPECT_EQ(decode_header("=?utf-8?B?5Luj5?= =?utf-8?B?byA5?= =?utf-8?B?Y+R56Wo?="), "代开发票");
  EXPECT_EQ(decode_header("=?utf-8?B?5Luj5byAYQ?= =?utf-8?B?5Y+R?="), "代开a发");
}

TEST(HeaderWords, BrokenWordsAreRead) {
  EXPECT_EQ(decode_header("=?utf-8?Q?two words?="), "two words");
  EXPECT_EQ(decode_header("x=?utf-8?Q?a?=y"), "xay");
  EXPECT_EQ(decode_header("=?utf-8*en?Q?a?="), "a");
  EXPECT_EQ(decode_header("=??Q?=E4=B8=AD?="), "\u4E2D");
  EXPECT_EQ(decode_header("=?utf-8?B?YWJj"), "abc");
  EXPECT_EQ(decode_header("=?utf-8?Q?cut=20off"), "cut off");
  EXPECT_EQ(decode_header("=?utf-8?Q?a=?utf-8?Q?b?="), "ab");
  EXPECT_TRUE(decode_header_text("=?utf-8?B?YWJj", {}).word_broken);
}

TEST(HeaderWords, AQuestionMarkBeforeAnEscapeEndsNoWord) {
  EXPECT_EQ(decode_header("=?utf-8?Q?why?=20me?="), "why? me");
  EXPECT_EQ(decode_header("=?utf-8?Q?why?=20=?utf-8?Q?me?="), "why20me");
  EXPECT_EQ(decode_header("=?utf-8?Q?why?\?= x"), "why? x");
}

TEST(HeaderWords, WordsInsideQuotedStringsAndFoldedWordsAreRead) {
  EXPECT_EQ(decode_header("\"=?utf-8?Q?=E4=B8=AD?=\" <a@b.example>"), "\"\u4E2D\" <a@b.example>");
  EXPECT_EQ(decode_header("=?utf-8?B?5Li\r\n t?="), "\u4E2D");
  EXPECT_EQ(decode_header("=?utf-8?Q?=e4=b8=ad?="), "\u4E2D");
  EXPECT_EQ(decode_header("=?utf-8?Q?\?= =?utf-8?B?\?=x"), "x");
}

TEST(HeaderWords, RawShiftsAreRead) {
  EXPECT_EQ(decode_header("Re: \x1B$BF|K\\\x1B(B!"), "Re: \u65E5\u672C!");
}

TEST(HeaderWords, ValuesWithoutWordsStayAsTheyAreWhateverTheirLength) {
  for (std::size_t length = 0; length < 50; ++length)
    for (std::size_t at = 0; at < length; ++at) {
      std::string value(length, 'x');
      value[at] = '=';
      EXPECT_EQ(decode_header(value), value);
      if (at + 1 < length) value[at + 1] = '?';
      EXPECT_EQ(decode_header(value), value);
      value[at] = 'x';
      value.insert(at, "\r\n ");
      std::string unfolded = value;
      std::erase(unfolded, '\r');
      std::erase(unfolded, '\n');
      EXPECT_EQ(decode_header(value), at == 0 ? unfolded.substr(1) : unfolded);
    }
}

TEST(HeaderWords, WhatOnlyLooksLikeAWordIsText) {
  EXPECT_EQ(decode_header("=?utf-8?X?a?="), "=?utf-8?X?a?=");
  EXPECT_EQ(decode_header("1 =? 2 ?= 3"), "1 =? 2 ?= 3");
  EXPECT_EQ(decode_header("=?"), "=?");
  EXPECT_EQ(decode_header("=?a?b"), "=?a?b");
}

TEST(HeaderWords, RawOctetsAreDecodedWithTheBodysCharset) {
  const auto value = decode_header_text("\xD6\xD0\xB9\xFA", "gb2312");
  EXPECT_EQ(value.text, "\u4E2D\u56FD");
  EXPECT_TRUE(value.raw_8bit);
  EXPECT_EQ(decode_header("\u4E2D\u56FD"), "\u4E2D\u56FD");
  EXPECT_FALSE(decode_header_text("\u4E2D\u56FD", {}).raw_8bit);
}

TEST(HeaderWords, AnEncodedLineEndDoesNotMakeASecondLine) {
  EXPECT_EQ(decode_header("=?utf-8?Q?a=0D=0AX:_b?="), "a  X: b");
}

TEST(HeaderWords, ManyUnendedWordsCostLinearTime) {
  std::string raw;
  while (raw.size() < (1U << 20)) raw += "=?a?Q?";
  EXPECT_FALSE(decode_header_text(raw, {}).text.size() > raw.size());
  raw.clear();
  while (raw.size() < (1U << 20)) raw += "=?";
  EXPECT_EQ(decode_header_text(raw, {}).text, raw);
}

rc::Gen<std::string> utf8_line() {
  const auto code_point = rc::gen::oneOf(rc::gen::inRange<std::uint32_t>(0x20, 0x7F),
                                         rc::gen::inRange<std::uint32_t>(0xA0, 0x800),
                                         rc::gen::inRange<std::uint32_t>(0x4E00, 0x9FA5),
                                         rc::gen::inRange<std::uint32_t>(0xAC00, 0xD7A3),
                                         rc::gen::inRange<std::uint32_t>(0x1F300, 0x1F600));
  return rc::gen::map(rc::gen::container<std::vector<std::uint32_t>>(code_point),
                      [](const std::vector<std::uint32_t>& points) {
                        std::string out;
                        for (const auto p : points) append_utf8(out, p);
                        return out;
                      });
}

// Encoded in words cut anywhere, even inside a character, and folded.
RC_GTEST_PROP(HeaderWordsLaw, EncodedTextReadsBack, ()) {
  const std::string original = *utf8_line();
  std::string encoded;
  for (std::size_t at = 0; at < original.size();) {
    const auto length = *rc::gen::inRange<std::size_t>(1, 30);
    const std::string piece = original.substr(at, length);
    at += length;
    if (!encoded.empty()) encoded += *rc::gen::element<std::string>(" ", "\r\n ", "\n\t", "  ");
    if (*rc::gen::arbitrary<bool>()) {
      encoded += "=?utf-8?B?" + to_base64(piece) + "?=";
    } else {
      encoded += "=?UTF-8?q?";
      for (const char c : piece) encoded += c == ' ' ? "_" : "=" + to_hex(std::string_view(&c, 1));
      encoded += "?=";
    }
  }
  RC_ASSERT(decode_header(encoded) == original);
}

RC_GTEST_PROP(HeaderWordsLaw, AnyOctetsBecomeOneLineOfUtf8, ()) {
  const auto piece = rc::gen::element<std::string>(
      "=?", "?=", "?B?", "?Q?", "utf-8", "gb2312", "=", "?", "\r\n", " ", "=E4", "\xD6",
      "YQ==", "iso-2022-jp", "\x1B$B", "_", std::string("\0", 1));
  std::string raw;
  for (const auto& p : *rc::gen::container<std::vector<std::string>>(piece)) raw += p;
  const std::string out = decode_header(raw);
  RC_ASSERT(is_utf8(out));
  RC_ASSERT(out.find_first_of("\r\n") == std::string::npos);
}

}  // namespace
}  // namespace weir::mail
