#include <rapidcheck/gtest.h>

#include "base/utf8.h"
#include "document/document.h"
#include "document/rtf_compressed.h"
#include "document/rtf_words.h"

namespace weir::document {
namespace {

Document rtf(std::string_view octets) { return read_document(Kind::rtf, octets); }

TEST(Rtf, ParagraphsTabsAndTableCellsAreKeptApart) {
  const Document read =
      rtf("{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}{\\stylesheet{\\s0 Normal;}}{\\info{\\title A "
          "title}{\\author X}}\\pard one\\tab two\\par\nthree\\line four\\trowd\\cell five\\row "
          "\\emdash \\'e9\\~\\{\\}}trailer");
  EXPECT_EQ(read.text, "one\ttwo\nthree\nfour\tfive\n—é\u00A0{}");
  EXPECT_EQ(read.title, "A title");
  EXPECT_TRUE(read.problems.empty());
}

TEST(Rtf, OctetsAreInTheCodePageOfTheirFont) {
  EXPECT_EQ(rtf("{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset134 "
                "S;}{\\f2\\fcharset128 M;}{\\f3\\fcharset129 B;}{\\f4\\fcharset136 P;}"
                "{\\f5\\fcharset204 C;}}\\f1\\'b7\\'a2\\'c6\\'b1 \\f2\\'95\\'5c\\'8e\\'a6 "
                "\\f3\\'c7\\'d1 \\f4\\'b5\\'6f\\'b2\\'bc \\f5\\'c4\\'e0 \\f0\\'e9}")
                .text,
            "发票 表示 한 發票 Да é");
}

TEST(Rtf, OctetsWithoutAFontAreInTheCodePageOfTheDocument) {
  EXPECT_EQ(rtf("{\\rtf1\\ansi\\ansicpg936 \\'b7\\'a2\\'c6\\'b1}").text, "发票");
  EXPECT_EQ(rtf("{\\rtf1\\ansi\\ansicpg932 \x95\\\x8E\xA6}").text, "表示");
}

TEST(Rtf, FontsCalledLatinMayHoldThePageOfTheDocument) {
  EXPECT_EQ(rtf("{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0\\fcharset0 A;}}"
                "\\'d3\\'c5\\'bb\\'dd\\'b4\\'fa\\'bf\\'aa\\'b7\\'a2\\'c6\\'b1}")
                .text,
            "优惠代开发票");
}

TEST(Rtf, UnicodeReplacesItsStandIn) {
  EXPECT_EQ(rtf("{\\rtf1\\uc1\\u21457?\\u31080\\'3f{\\uc2\\u-10179\\'3f\\'3f\\u-8704 ??x}"
                "{\\uc0\\u8364 y}\\u8364\\par}")
                .text,
            "发票😀x€y€\n");
}

TEST(Rtf, FieldsAreLinks) {
  const Document read =
      rtf("{\\rtf1 see {\\field\\fldedit{\\*\\fldinst { HYPERLINK \\\\l \"top\" "
          "\"http://example.net/a?b=1&c\" \\\\o \"tip\" }}{\\fldrslt {\\ul the page}}} now"
          "{\\field{\\*\\fldinst INCLUDEPICTURE http://example.net/p.gif \\\\d}{\\fldrslt}}}");
  EXPECT_EQ(read.text, "see the page now");
  ASSERT_EQ(read.links.size(), 2U);
  EXPECT_EQ(read.links[0], (DocumentLink{"http://example.net/a?b=1&c", "the page"}));
  EXPECT_EQ(read.links[1].target, "http://example.net/p.gif");
}

TEST(Rtf, HiddenTextIsKeptApart) {
  const Document read = rtf("{\\rtf1 a{\\v secret}b\\v c\\v0 d\\v e\\plain f}");
  EXPECT_EQ(read.text, "abdf");
  EXPECT_EQ(read.hidden, "secretce");
}

TEST(Rtf, DestinationsThatNobodyKnowsAreSkipped) {
  EXPECT_EQ(rtf("{\\rtf1 a{\\*\\unheardof b{\\pard c}}d{\\pict\\bin4 }}}}e}"
                "{\\upr{old}{\\*\\ud{new}}}}")
                .text,
            "adnew");
}

TEST(Rtf, HtmlInsideIsReadAsHtml) {
  const Document read = rtf(
      "{\\rtf1\\ansi\\ansicpg936\\fromhtml1 \\deff0{\\fonttbl{\\f0\\fcharset134 S;}}"
      "{\\*\\htmltag64 <p>}\\htmlrtf {\\htmlrtf0 \\'b7\\'a2\\'c6\\'b1 {\\*\\htmltag84 <a "
      "href=\"http://example.org/x\">}\\htmlrtf {\\field{\\*\\fldinst HYPERLINK "
      "\"http://example.org/x\"}{\\fldrslt\\htmlrtf0 here\\htmlrtf }}\\htmlrtf0 {\\*\\htmltag92 "
      "</a>}{\\*\\mhtmltag84 <a href=\"cid:1\">}{\\*\\htmltag84 &nbsp;}\\htmlrtf \\'a0\\htmlrtf0 "
      "{\\*\\htmltag84 <span style=\"display:none\">}x{\\*\\htmltag92 </span>}\\htmlrtf "
      "}\\htmlrtf0}");
  EXPECT_EQ(read.text, "发票 here\u00A0\n");
  EXPECT_EQ(read.hidden, "x\n");
  ASSERT_FALSE(read.links.empty());
  EXPECT_EQ(read.links[0], (DocumentLink{"http://example.org/x", "here"}));
}

TEST(Rtf, ObjectsNameTheirFiles) {
  // A package: version, format, "Package", no topic, no item, size; then type, label, path.
  const Document read =
      rtf("{\\rtf1{\\object\\objemb{\\*\\objclass Package}{\\*\\objdata 01050000 02000000 08000000 "
          "5061636b61676500 00000000 00000000 20000000 0200 612e65786500 433a5c612e65786500}"
          "{\\result shown}}{\\*\\template http://example.net/t.dotm}}");
  EXPECT_EQ(read.names, (std::vector<std::string>{"a.exe"}));
  EXPECT_EQ(read.text, "shown");
  EXPECT_EQ(read.signals, (std::vector<std::string>{"rtf_object", "rtf_remote_template"}));
  ASSERT_EQ(read.links.size(), 1U);
}

TEST(Rtf, UnclosedAndUnopenedGroupsAreProblems) {
  EXPECT_EQ(rtf("{\\rtf1 {a").problems, (std::vector<std::string>{"rtf_unclosed"}));
  const Document read = rtf("hello} there");
  EXPECT_EQ(read.text, "hello there");
  EXPECT_EQ(read.problems, (std::vector<std::string>{"rtf_without_begin", "rtf_unclosed"}));
}

TEST(Rtf, DepthIsBoundedAndBalanced) {
  const std::string deep(100'000, '{');
  const Document read = rtf("{\\rtf1 a" + deep + "b" + std::string(100'000, '}') + "c}");
  EXPECT_EQ(read.text, "abc");
  EXPECT_EQ(read.problems, (std::vector<std::string>{"too_deep"}));
}

std::string u32(std::uint32_t value) {
  std::string out;
  for (int i = 0; i < 4; ++i) out.push_back(static_cast<char>((value >> (8 * i)) & 0xFF));
  return out;
}

TEST(RtfCompressed, TheExampleOfTheStandardUnpacks) {
  // "{\rtf1\ansi\ansicpg1252\pard hello world}\r\n", as given in MS-OXRTFCP 3.1.1.
  const std::string packed(
      "\x2d\x00\x00\x00\x2b\x00\x00\x00\x4c\x5a\x46\x75\xf1\xc5\xc7\xa7\x03\x00\x0a\x00\x72\x63"
      "\x70\x67\x31\x32\x35\x42\x32\x0a\xf3\x20\x68\x65\x6c\x09\x00\x20\x62\x77\x05\xb0\x6c\x64"
      "\x7d\x0a\x80\x0f\xa0",
      49);
  const Unpacked unpacked = unpack_rtf(packed, 1'000);
  EXPECT_EQ(unpacked.rtf, "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
  EXPECT_FALSE(unpacked.broken);
}

TEST(RtfCompressed, AReferenceMayOverlapWhatItWrites) {
  // 'a', then 17 octets from the place of that 'a' on.
  const std::string body = std::string(
      "\x02"
      "a\x0C\xFF",
      4);
  const Unpacked unpacked = unpack_rtf(u32(12 + 4) + u32(18) + "LZFu" + u32(0) + body, 1'000);
  EXPECT_EQ(unpacked.rtf, std::string(18, 'a'));
}

TEST(RtfCompressed, UncompressedAndForeignFormsAreTold) {
  EXPECT_EQ(unpack_rtf(u32(17) + u32(5) + "MELA" + u32(0) + "{\\rt}", 100).rtf, "{\\rt}");
  EXPECT_TRUE(unpack_rtf("short", 100).broken);
  EXPECT_TRUE(unpack_rtf(u32(17) + u32(5) + "ABCD" + u32(0) + "{\\rt}", 100).broken);
}

RC_GTEST_PROP(RtfCompressed, OctetsWrittenPlainlyComeBack, (const std::string& octets)) {
  std::string body;
  for (std::size_t i = 0; i < octets.size(); ++i) {
    if (i % 8 == 0) body.push_back('\0');
    body.push_back(octets[i]);
  }
  const auto size = static_cast<std::uint32_t>(octets.size());
  const Unpacked unpacked = unpack_rtf(
      u32(static_cast<std::uint32_t>(body.size()) + 12) + u32(size) + "LZFu" + u32(0) + body,
      1U << 20);
  RC_ASSERT(unpacked.rtf == octets);
  RC_ASSERT(!unpacked.broken);
}

RC_GTEST_PROP(Rtf, TextWrittenAsUnicodeComesBack, (const std::vector<std::uint16_t>& units)) {
  std::string written = "{\\rtf1\\uc1 ", expected;
  for (const std::uint16_t unit : units) {
    if (unit < 0x20 || (unit >= 0xD800 && unit < 0xE000)) continue;
    append_utf8(expected, unit);
    written += "\\u" + std::to_string(static_cast<std::int16_t>(unit)) + "?";
  }
  RC_ASSERT(rtf(written + "}").text == expected);
}

RC_GTEST_PROP(Rtf, AnyOctetsGiveUtf8, (const std::string& octets)) {
  const Document read = rtf("{\\rtf1\\ansicpg936 " + octets);
  RC_ASSERT(is_utf8(read.text) && is_utf8(read.hidden));
}

}  // namespace
}  // namespace weir::document
