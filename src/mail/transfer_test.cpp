#include "mail/transfer.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "base/bytes.h"
#include "mail/message.h"

namespace weir::mail {
namespace {

std::string decoded(std::string_view body, std::string_view encoding,
                    std::string_view expected_problem = {}, std::size_t limit = 1U << 20) {
  std::string problem;
  std::string out = decode_transfer(body, encoding, limit, problem);
  EXPECT_EQ(problem, expected_problem) << body;
  return out;
}

TEST(Transfer, Base64SkipsLineEndsAndBlanks) {
  EXPECT_EQ(decoded("aGVs\r\nbG8g\r\n d29y bGQ=\r\n", "base64"), "hello world");
}

TEST(Transfer, Base64GoesOnBehindPadding) {
  EXPECT_EQ(decoded("YQ==\nYmM=\nZGVm", "BASE64"), "abcdef");
}

TEST(Transfer, Base64WithForeignOctetsKeepsTheRestAndSaysSo) {
  EXPECT_EQ(decoded("aGVs!!bG8=", "base64", "base64_broken"), "hello");
}

TEST(Transfer, Base64WithoutPaddingKeepsWholeOctets) {
  EXPECT_EQ(decoded("aGVsbG8", "base64", "base64_broken"), "hello");
  EXPECT_EQ(decoded("aGVsb", "base64", "base64_broken"), "hel");
}

TEST(Transfer, Base64EndsBeforeTextBelowItsPadding) {
  EXPECT_EQ(decoded("aGVsbG8=\n____________\nlist of words\n", "base64", "base64_broken"), "hello");
  EXPECT_EQ(decoded("aGVsbG8= ignored\n", "base64", "base64_broken"), "hello");
  EXPECT_EQ(decoded("aGVs\n________________\nlist of words\n", "base64", "base64_broken"), "hel");
  EXPECT_EQ(decoded("aGVsbG8=\nThis list is for all\n", "base64", "base64_broken"), "hello");
}

TEST(Transfer, TextThatIsLabelledBase64StandsForItself) {
  const std::string text = "Dear reader, this is no base64 at all, whatever the header says.\n";
  EXPECT_EQ(decoded(text, "base64", "base64_broken"), text);
}

TEST(Transfer, ManyPaddedGroupsCostLinearTime) {
  std::string text;
  while (text.size() < (4U << 20)) text += "YQ==";
  EXPECT_EQ(decoded(text, "base64", "", 8U << 20).size(), text.size() / 4);
}

TEST(Transfer, QuotedPrintableDropsBlanksAtLineEndsAndKeepsEncodedOnes) {
  EXPECT_EQ(decoded("a  \r\nb=20 \t\nc \t=\n d \n", "quoted-printable"), "a\r\nb \nc \t d\n");
  const std::string blanks(100'000, ' ');
  EXPECT_EQ(decoded(blanks + "x" + blanks + "\n", "quoted-printable"), blanks + "x\n");
}

TEST(Transfer, YencIsRead) {
  EXPECT_EQ(decoded("=ybegin line=128 size=3 name=a\r\n\x8B\x8C=\x4D\r\n=yend size=3\r\n",
                    "x-yencode", "", 100),
            "ab\xE3");
  EXPECT_EQ(decoded("=ybegin line=128 size=30 name=a\n\x8B\x8C\n=yend size=30\n", "x-yencode",
                    "yenc_broken", 100),
            "ab");
}

TEST(Transfer, NamesOfEncodingsAreReadAsTheyAreWritten) {
  EXPECT_EQ(transfer_encoding(" X-UUEncode "), TransferEncoding::uuencode);
  EXPECT_EQ(transfer_encoding("quotedprintable"), TransferEncoding::quoted_printable);
  EXPECT_EQ(transfer_encoding("8BIT"), TransferEncoding::identity);
  EXPECT_EQ(transfer_encoding("rot13"), TransferEncoding::unknown);
}

TEST(Transfer, QuotedPrintableJoinsSoftLineEnds) {
  EXPECT_EQ(decoded("a=3Db=\r\nc= \t\nd=", "quoted-printable"), "a=bcd");
}

TEST(Transfer, QuotedPrintableTakesABadEscapeLiterally) {
  EXPECT_EQ(decoded("1=2 =xy =C", "quoted-printable", "quoted_printable_broken"), "1=2 =xy =C");
}

TEST(Transfer, UuencodeIsFoundBehindItsBeginLine) {
  EXPECT_EQ(decoded("junk\nbegin 644 a.txt\n#0V%T\n`\nend\n", "x-uuencode"), "Cat");
  EXPECT_EQ(decoded("begin 644 a\n#0V%T\n", "x-uue", "uuencode_broken"), "Cat");
  EXPECT_EQ(decoded("just text", "uuencode", "uuencode_broken"), "just text");
}

TEST(Transfer, OtherEncodingsAreTheOctetsThemselves) {
  EXPECT_EQ(decoded("a=3D", "8bit"), "a=3D");
  EXPECT_EQ(decoded("a=3D", "rot13", "encoding_unknown"), "a=3D");
}

TEST(Transfer, TheLimitCutsTheOutput) {
  const std::string zeros(400, 'A');
  EXPECT_EQ(decoded(zeros, "base64", "decoded_too_large", 30).size(), 30U);
  EXPECT_EQ(decoded(std::string(100, 'x'), "7bit", "decoded_too_large", 30).size(), 30U);
  EXPECT_EQ(decoded(std::string(100, 'x'), "quoted-printable", "decoded_too_large", 30).size(),
            30U);
  EXPECT_EQ(decoded("", "base64", "", 0), "");
}

RC_GTEST_PROP(TransferLaw, Base64InLinesReadsBack, (const std::string& octets)) {
  const std::string encoded = to_base64(octets);
  const auto width = *rc::gen::inRange<std::size_t>(1, 80);
  std::string lines;
  for (std::size_t i = 0; i < encoded.size(); i += width)
    lines += encoded.substr(i, width) + "\r\n";
  std::string problem;
  RC_ASSERT(decode_transfer(lines, "base64", octets.size() + lines.size(), problem) == octets);
  RC_ASSERT(problem.empty());
}

RC_GTEST_PROP(TransferLaw, QuotedPrintableReadsBack, (const std::string& octets)) {
  std::string encoded;
  for (const char c : octets) {
    const auto wrap = *rc::gen::inRange(0, 8);
    if (wrap == 0) encoded += "=\r\n";
    if (wrap == 1 || c == '=' || c < 32)
      encoded += "=" + to_hex(std::string_view(&c, 1));
    else
      encoded.push_back(c);
  }
  std::string problem;
  RC_ASSERT(decode_transfer(encoded, "quoted-printable", encoded.size() + 1, problem) == octets);
  RC_ASSERT(problem.empty());
}

RC_GTEST_PROP(TransferLaw, AnyOctetsStayInsideTheLimit, (const std::string& octets)) {
  const auto limit = *rc::gen::inRange<std::size_t>(0, 64);
  for (const std::string_view encoding : {"base64", "quoted-printable", "x-uuencode", "8bit"}) {
    std::string problem;
    RC_ASSERT(decode_transfer(octets, encoding, limit, problem).size() <= limit);
  }
}

}  // namespace
}  // namespace weir::mail
