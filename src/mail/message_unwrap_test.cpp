#include "mail/message_unwrap.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "base/bytes.h"
#include "mail/cms.h"
#include "mail/message.h"
#include "mail/test_messages.h"

namespace weir::mail {
namespace {

std::string in_lines(std::string_view octets) {
  const std::string encoded = to_base64(octets);
  std::string out;
  for (std::size_t i = 0; i < encoded.size(); i += 60) out += encoded.substr(i, 60) + "\n";
  return out;
}

const std::string kInner =
    "Subject: inner\nContent-Type: multipart/mixed; boundary=i\n\n--i\nContent-Type: "
    "text/html\n\n1\n"
    "--i\n\n2\n--i--\n";

TEST(Unwrap, AMessageInBase64IsOpenedWhereItStands) {
  const Message m = parse_text(
      "Content-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: message/rfc822\n"
      "Content-Transfer-Encoding: base64\n\n" +
      in_lines(kInner) + "--o\n\nlast\n--o--\n");
  ASSERT_EQ(m.parts.size(), 6U);
  EXPECT_EQ(m.parts[1].type, "message/rfc822");
  EXPECT_EQ(m.parts[2].fields.at(0).value, "inner");
  EXPECT_EQ(m.parts[2].buffer, 1U);
  EXPECT_EQ(m.parts[2].parent, 1U);
  EXPECT_EQ(m.parts[2].depth, 2U);
  EXPECT_EQ(m.parts[3].body, "1");
  EXPECT_EQ(m.parts[4].body, "2");
  EXPECT_EQ(m.parts[5].body, "last");
  EXPECT_EQ(m.parts[5].buffer, 0U);
  ASSERT_EQ(m.problems.size(), 1U);
  EXPECT_EQ(m.problems[0].what, "message_encoded");
  EXPECT_EQ(m.problems[0].offset, m.parts[1].body_offset);
}

TEST(Unwrap, AMessageInQuotedPrintableIsOpened) {
  const Message m = parse_text(
      "Content-Type: message/rfc822\nContent-Transfer-Encoding: quoted-printable\n\nSubject: "
      "=\nx\n\n"
      "=41\n");
  ASSERT_EQ(m.parts.size(), 2U);
  EXPECT_EQ(m.parts[1].fields.at(0).value, "x");
  EXPECT_EQ(m.parts[1].body, "A\n");
}

TEST(Unwrap, AMessageThatOnlyClaimsToBeEncodedIsReadAsItIs) {
  const Message m = parse_text(
      "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nSubject: x\n\nplain\n");
  ASSERT_EQ(m.parts.size(), 2U);
  EXPECT_EQ(m.parts[1].buffer, 0U);
  EXPECT_EQ(m.parts[1].body, "plain\n");
}

TEST(Unwrap, AMultipartInBase64IsOpenedAndOneThatIsNotIsReadAsItIs) {
  const std::string body = "--i\n\n1\n--i\n\n2\n--i--\n";
  const std::string head =
      "Content-Type: multipart/mixed; boundary=i\nContent-Transfer-Encoding: base64\n\n";
  const Message encoded = parse_text(head + in_lines(body));
  ASSERT_EQ(encoded.parts.size(), 3U);
  EXPECT_EQ(encoded.parts[1].body, "1");
  EXPECT_EQ(encoded.parts[2].depth, 1U);
  EXPECT_EQ(encoded.parts[2].parent, 0U);
  const Message plain = parse_text(head + body);
  ASSERT_EQ(plain.parts.size(), 3U);
  EXPECT_EQ(plain.parts[1].buffer, 0U);
  EXPECT_TRUE(has_problem(parse_text(head + in_lines("nothing")), "boundary_not_found"));
}

TEST(Unwrap, MessagesInsideEncodedMessagesEndAtTheDepthLimit) {
  std::string raw = "Subject: x\n\ninnermost";
  for (int i = 0; i < 12; ++i)
    raw = "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" + in_lines(raw);
  EXPECT_EQ(parse(raw).parts.size(), 13U);
  EXPECT_EQ(parse(raw).parts.back().body, "innermost");
  Limits limits;
  limits.depth = 5;
  const Message m = parse(raw, limits);
  EXPECT_EQ(m.parts.size(), 6U);
  EXPECT_TRUE(has_problem(m, "too_deep"));
  for (const Problem& p : m.problems) EXPECT_LE(p.offset, raw.size());
}

TEST(Unwrap, WhatIsDecodedIsBounded) {
  const std::string raw = "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" +
                          in_lines("Subject: x\n\n" + std::string(5'000, 'y'));
  for (const bool per_part : {false, true}) {
    Limits limits;
    (per_part ? limits.part_decoded_octets : limits.decoded_octets) = 100;
    const Message m = parse(raw, limits);
    ASSERT_EQ(m.parts.size(), 2U);
    EXPECT_EQ(m.buffers[0]->size(), 100U);
    EXPECT_TRUE(has_problem(m, "decoded_too_large"));
  }
}

TEST(Unwrap, AMessageMayBeMovedWithItsBuffers) {
  Message m =
      parse_text("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nQTogYgoK\n");
  const Message moved = std::move(m);
  EXPECT_EQ(moved.parts.at(1).fields.at(0).value, "b");
}

std::string utf16(std::string_view ascii, bool little) {
  std::string out;
  for (const char c : ascii) out += little ? std::string{c, '\0'} : std::string{'\0', c};
  return out;
}

TEST(Unwrap, AMessageInUtf16IsReadWithAndWithoutAMark) {
  for (const std::string& raw :
       {"\xFF\xFE" + utf16("Subject: x\r\n\r\nbody", true), utf16("Subject: x\r\n\r\nbody", true),
        "\xFE\xFF" + utf16("Subject: x\r\n\r\nbody", false),
        utf16("Subject: x\r\n\r\nbody", false)}) {
    const Message m = parse(raw);
    ASSERT_EQ(m.parts[0].fields.size(), 1U);
    EXPECT_EQ(m.first("subject")->value, "x");
    EXPECT_EQ(m.parts[0].body, "body");
    EXPECT_EQ(m.parts[0].buffer, 1U);
    EXPECT_TRUE(has_problem(m, "utf16_message"));
  }
}

// BER elements with a definite length.
std::string ber(char tag, const std::string& content) {
  std::string out(1, tag);
  if (content.size() < 128) {
    out += static_cast<char>(content.size());
  } else {
    out += '\x82';
    out += static_cast<char>(content.size() >> 8);
    out += static_cast<char>(content.size());
  }
  return out + content;
}
std::string open_ended(char tag, const std::string& content) {
  return std::string(1, tag) + '\x80' + content + std::string(2, '\0');
}
const std::string kSignedOid = "\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02";
const std::string kDataOid = "\x2A\x86\x48\x86\xF7\x0D\x01\x07\x01";
std::string signed_data(const std::string& octets_element) {
  const std::string content = ber('\x30', ber('\x06', kDataOid) + ber('\xA0', octets_element));
  const std::string inner = ber('\x02', "\x01") + ber('\x31', "") + content + ber('\x31', "sig");
  return ber('\x30', ber('\x06', kSignedOid) + ber('\xA0', ber('\x30', inner)));
}

TEST(Unwrap, TheEntityInsideSignedDataIsOpened) {
  const std::string pieces =
      open_ended('\x24', ber('\x04', kInner.substr(0, 20)) +
                             open_ended('\x24', ber('\x04', kInner.substr(20, 7))) +
                             ber('\x04', kInner.substr(27)));
  for (const std::string& object : {signed_data(ber('\x04', kInner)), signed_data(pieces),
                                    signed_data(ber('\x24', ber('\x04', kInner.substr(0, 9)) +
                                                                ber('\x04', kInner.substr(9))))}) {
    const Message m = parse_text(
        "Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\n"
        "Content-Transfer-Encoding: base64\n\n" +
        in_lines(object));
    ASSERT_EQ(m.parts.size(), 4U);
    EXPECT_EQ(m.parts[1].type, "multipart/mixed");
    EXPECT_EQ(m.parts[3].body, "2");
    EXPECT_TRUE(m.problems.empty());
  }
}

TEST(Unwrap, WhatIsNotSignedStaysClosed) {
  const std::string head = "Content-Type: application/pkcs7-mime; smime-type=";
  EXPECT_EQ(parse_text(head + "enveloped-data\n\nx").parts.size(), 1U);
  EXPECT_TRUE(parse_text(head + "enveloped-data\n\nx").problems.empty());
  EXPECT_TRUE(has_problem(parse_text(head + "signed-data\n\nx"), "signed_data_unreadable"));
}

RC_GTEST_PROP(UnwrapLaw, AnyOctetsAreTakenForSignedDataSafely, (std::string octets)) {
  const bool wrapped = *rc::gen::arbitrary<bool>();
  if (wrapped) octets = signed_data(octets);
  if (*rc::gen::arbitrary<bool>() && !octets.empty())
    octets.resize(*rc::gen::inRange<std::size_t>(0, octets.size()));
  const std::string before = octets;
  if (!keep_signed_content(octets))
    RC_ASSERT(octets.size() <= before.size());
  else
    RC_ASSERT(!octets.empty());
}

}  // namespace
}  // namespace weir::mail
