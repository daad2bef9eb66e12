#include "mail/message.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <ctime>

#include "mail/test_messages.h"

namespace weir::mail {
namespace {

TEST(Message, FieldsAreSpansOfTheInput) {
  const std::string raw = "Subject: one\r\n two\r\nTo : b\r\n\r\nbody\r\n";
  const Message m = parse(raw);
  ASSERT_EQ(m.parts.size(), 1U);
  ASSERT_EQ(m.parts[0].fields.size(), 2U);
  EXPECT_EQ(m.parts[0].fields[0].value, "one\r\n two");
  EXPECT_EQ(m.parts[0].fields[0].value.data(), raw.data() + 9);
  EXPECT_EQ(m.parts[0].fields[1].name, "To");
  EXPECT_EQ(m.parts[0].fields[1].offset, 20U);
  EXPECT_EQ(m.parts[0].body, "body\r\n");
  EXPECT_EQ(m.first("SUBJECT"), &m.parts[0].fields[0]);
  EXPECT_EQ(m.first("cc"), nullptr);
  EXPECT_TRUE(m.problems.empty());
}

TEST(Message, LineFeedAndCarriageReturnAloneEndLines) {
  for (const std::string end : {"\n", "\r\n", "\r"}) {
    const std::string raw = "A: 1" + end + "B: 2" + end + end + "x" + end + "y";
    const Message m = parse(raw);
    EXPECT_EQ(m.parts[0].fields.size(), 2U);
    EXPECT_EQ(m.parts[0].body, "x" + end + "y");
    EXPECT_EQ(has_problem(m, "bare_cr"), end == "\r");
  }
}

TEST(Message, AnMboxLineAtTheTopIsSkipped) {
  EXPECT_EQ(parse_text("From a@b.example Thu Jan  1\nA: 1\n\n").parts[0].fields.size(), 1U);
  EXPECT_EQ(parse_text(">From a@b.example Thu Jan  1\nA: 1\n\n").parts[0].fields.size(), 1U);
}

TEST(Message, AnEmptyInputIsOneEmptyPlainPart) {
  const Message m = parse_text("");
  ASSERT_EQ(m.parts.size(), 1U);
  EXPECT_EQ(m.parts[0].type, "text/plain");
  EXPECT_EQ(m.parts[0].encoding, "7bit");
}

TEST(Message, ALineThatIsNoFieldStartsTheBody) {
  const Message m = parse_text("Subject: x\nHello there\nmore\n");
  EXPECT_EQ(m.parts[0].body, "Hello there\nmore\n");
  EXPECT_TRUE(has_problem(m, "header_not_ended"));
}

TEST(Message, ALineThatIsNoFieldBetweenKnownFieldsIsPassedOver) {
  const Message m = parse_text("Received: from a by b\nid 7; for c\nSubject: x\n\nbody");
  EXPECT_EQ(m.parts[0].fields.size(), 2U);
  EXPECT_EQ(m.parts[0].body, "body");
  EXPECT_TRUE(has_problem(m, "header_line_unreadable"));
}

constexpr std::string_view kMixed =
    "Content-Type: multipart/mixed; boundary=\"b 1\"\r\n\r\npreamble\r\n"
    "--b 1\r\nContent-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: "
    "Base64\r\n\r\nAAAA\r\n"
    "--b 1 \t\r\nContent-Type: image/gif; name=a.gif\r\n\r\nGIF\r\n\r\n--b 1--\r\nepilogue\r\n";

TEST(Message, PartsEndBeforeTheLineEndOfTheDelimiter) {
  const Message m = parse(kMixed);
  ASSERT_EQ(m.parts.size(), 3U);
  EXPECT_EQ(m.parts[1].body, "AAAA");
  EXPECT_EQ(m.parts[1].charset, "gb2312");
  EXPECT_EQ(m.parts[1].encoding, "base64");
  EXPECT_FALSE(m.parts[1].attachment);
  EXPECT_EQ(m.parts[2].body, "GIF\r\n");
  EXPECT_EQ(m.parts[2].name, "a.gif");
  EXPECT_TRUE(m.parts[2].attachment);
  EXPECT_EQ(m.parts[2].depth, 1U);
  EXPECT_TRUE(m.parts[0].body.starts_with("Content-Type: text/html"));
  EXPECT_TRUE(m.parts[0].body.ends_with("GIF\r\n"));
  EXPECT_TRUE(m.problems.empty());
}

TEST(Message, AnUnclosedPartKeepsTheTextRead) {
  const Message m = parse(kMixed.substr(0, kMixed.find("--b 1--")));
  ASSERT_EQ(m.parts.size(), 3U);
  EXPECT_EQ(m.parts[2].body, "GIF\r\n\r\n");
  EXPECT_TRUE(has_problem(m, "unclosed_boundary"));
}

TEST(Message, AnOuterDelimiterClosesInnerParts) {
  const Message m = parse_text(
      "Content-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: multipart/alternative; "
      "boundary=i\n\n"
      "--i\n\nplain\n--o\n\nsecond\n--o--\n");
  ASSERT_EQ(m.parts.size(), 4U);
  EXPECT_EQ(m.parts[2].body, "plain");
  EXPECT_EQ(m.parts[2].parent, 1U);
  EXPECT_EQ(m.parts[3].body, "second");
  EXPECT_EQ(m.parts[3].parent, 0U);
  EXPECT_TRUE(has_problem(m, "unclosed_boundary"));
}

TEST(Message, ABoundaryThatStartsLikeAnotherIsNotTheOther) {
  const Message m = parse_text(
      "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/mixed; "
      "boundary=bb\n\n"
      "--bb\n\n1\n--bb\n\n2\n--bb--\n--b\n\n3\n--b--\n");
  ASSERT_EQ(m.parts.size(), 5U);
  EXPECT_EQ(m.parts[2].body, "1");
  EXPECT_EQ(m.parts[3].body, "2");
  EXPECT_EQ(m.parts[4].body, "3");
  EXPECT_EQ(m.parts[4].depth, 1U);
  EXPECT_TRUE(m.problems.empty());
}

TEST(Message, NestedMultipartsWithOneBoundaryEndInnermostFirst) {
  const Message m = parse_text(
      "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/mixed; "
      "boundary=b\n\n"
      "--b\n\n1\n--b--\n--b\n\n2\n--b--\n");
  ASSERT_EQ(m.parts.size(), 4U);
  EXPECT_EQ(m.parts[2].depth, 2U);
  EXPECT_EQ(m.parts[3].depth, 1U);
}

TEST(Message, AnEmbeddedMessageIsAPartOfItsPart) {
  const Message m = parse_text(
      "Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: inner\n\ntext\n--b\n"
      "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nAAAA\n--b--\n");
  ASSERT_EQ(m.parts.size(), 5U);
  EXPECT_EQ(m.parts[1].type, "message/rfc822");
  EXPECT_EQ(m.parts[1].body, "Subject: inner\n\ntext");
  EXPECT_EQ(m.parts[2].parent, 1U);
  EXPECT_EQ(m.parts[2].body, "text");
  EXPECT_EQ(m.parts[2].fields.at(0).name, "Subject");
  EXPECT_EQ(m.parts[3].body, "AAAA");
  EXPECT_EQ(m.parts[4].body, std::string(3, '\0'));
  EXPECT_EQ(m.parts[4].buffer, 1U);
  EXPECT_TRUE(has_problem(m, "message_encoded"));
}

TEST(Message, AHeaderCutByItsDelimiterHasAnEmptyBody) {
  const Message m = parse_text(
      "Content-Type: multipart/mixed; boundary=b:c\n\n--b:c\nX: 1\n--b:c\n\n2\n--b:c--\n");
  ASSERT_EQ(m.parts.size(), 3U);
  EXPECT_EQ(m.parts[1].body, "");
  EXPECT_EQ(m.parts[2].body, "2");
  EXPECT_TRUE(has_problem(m, "header_cut_by_boundary"));
}

TEST(Message, MultipartsWithoutBoundaryOrDelimiterSayWhich) {
  EXPECT_TRUE(has_problem(parse_text("Content-Type: multipart/mixed\n\nx"), "boundary_missing"));
  const Message m = parse_text("Content-Type: multipart/mixed; boundary=q\n\nx\n--r\n");
  EXPECT_TRUE(has_problem(m, "boundary_not_found"));
  EXPECT_EQ(m.parts[0].body, "x\n--r\n");
}

TEST(Message, ABoundaryMayBeDividedAsRfc2231Says) {
  const Message m = parse_text(
      "Content-Type: multipart/mixed;\n boundary*1=\"c\";\n boundary*0=b\n\n--bc\n\n1\n--bc--\n");
  EXPECT_EQ(m.parts.size(), 2U);
}

TEST(Message, ADelimiterThatTheHeaderDoesNotNameIsTakenFromTheBody) {
  for (const std::string head : {"", "; boundary=\"\"", "; boundary=other"}) {
    const Message m =
        parse_text("Content-Type: multipart/alternative" + head +
                   "\n\nhello\n-- \n--real\nContent-Type: text/html\n\n1\n--real\n\n2\n"
                   "--real--\n");
    ASSERT_EQ(m.parts.size(), 3U) << head;
    EXPECT_EQ(m.parts[1].type, "text/html");
    EXPECT_EQ(m.parts[1].body, "1");
    EXPECT_EQ(m.parts[2].body, "2");
    EXPECT_TRUE(has_problem(m, "boundary_guessed"));
  }
}

TEST(Message, AnInnerMultipartWithAWrongBoundaryKeepsToItsPlace) {
  const Message m = parse_text(
      "Content-Type: multipart/mixed; boundary=o\n\n--o\nContent-Type: multipart/mixed; "
      "boundary=wrong\n\n--i\nContent-Type: text/html\n\n1\n--i--\n--o\n\n2\n--o--\n");
  ASSERT_EQ(m.parts.size(), 4U);
  EXPECT_EQ(m.parts[2].body, "1");
  EXPECT_EQ(m.parts[2].parent, 1U);
  EXPECT_EQ(m.parts[3].body, "2");
  EXPECT_EQ(m.parts[3].parent, 0U);
}

TEST(Message, ALongBoundaryWithBlanksBehindItIsFound) {
  const std::string b(500, 'b');
  const Message m = parse_text("Content-Type: multipart/mixed; boundary=\"" + b + "  \"\n\n--" + b +
                               "\t \n\n1\n--" + b + "-- \n");
  ASSERT_EQ(m.parts.size(), 2U);
  EXPECT_EQ(m.parts[1].body, "1");
  EXPECT_TRUE(m.problems.empty());
}

TEST(Message, ReturnsBeforeALineFeedAreOneLineEnd) {
  const Message m = parse_text("A: 1\r\r\nB: 2\r\r\n\r\r\nbody");
  ASSERT_EQ(m.parts[0].fields.size(), 2U);
  EXPECT_EQ(m.parts[0].fields[0].value, "1");
  EXPECT_EQ(m.parts[0].body, "body");
}

TEST(Message, EmptyLinesOfBlanksInsideAFieldAreFolding) {
  const Message m = parse_text("Subject: a\n \n\t\n b\nX: 1\n\nbody");
  ASSERT_EQ(m.parts[0].fields.size(), 2U);
  EXPECT_EQ(decode_header(m.parts[0].fields[0].value), "a \t b");
  EXPECT_EQ(m.parts[0].body, "body");
}

TEST(Message, AnEmbeddedMessageMayHaveEmptyLinesAboveIt) {
  const Message m = parse_text("Content-Type: message/rfc822\n\n\n\nSubject: x\n\ny");
  ASSERT_EQ(m.parts.size(), 2U);
  EXPECT_EQ(m.parts[1].fields.size(), 1U);
  EXPECT_EQ(m.parts[1].body, "y");
}

TEST(Message, TheFirstPieceOfADividedMessageIsOpened) {
  EXPECT_EQ(
      parse_text("Content-Type: message/partial; number=1; id=a\n\nSubject: x\n\ny").parts.size(),
      2U);
  EXPECT_EQ(parse_text("Content-Type: message/partial; number=2; id=a\n\nmore").parts.size(), 1U);
}

TEST(Message, AnExternalBodyShowsTheHeaderOfWhatIsElsewhere) {
  const Message m = parse_text(
      "Content-Type: message/external-body; access-type=URL\n\nContent-Type: image/png; name=a.png"
      "\n\n");
  ASSERT_EQ(m.parts.size(), 2U);
  EXPECT_EQ(m.parts[1].name, "a.png");
}

TEST(Message, NulsAndLongLinesAreOctetsLikeOthers) {
  const std::string junk(3U << 20, '\0');
  const Message m =
      parse_text("Content-Type: multipart/mixed; boundary=b\n\n--b\n\n" + junk + "\n--b--\n");
  ASSERT_EQ(m.parts.size(), 2U);
  EXPECT_EQ(m.parts[1].body, junk);
}

TEST(Message, OfTwoTypesTheMultipartThatFitsTheBodyCounts) {
  const std::string types =
      "Content-Type: multipart/mixed; boundary=b\nContent-Type: text/plain; charset=utf-8\n\n";
  EXPECT_EQ(parse_text(types + "--b\n\n1\n--b--\n").parts.size(), 2U);
  const Message m = parse_text(types + "no parts");
  EXPECT_EQ(m.parts[0].type, "text/plain");
  EXPECT_TRUE(has_problem(m, "field_repeated"));
}

TEST(Message, TheFirstDelimiterEndsAHeaderWithoutEmptyLine) {
  for (const std::string between : {"", " \n", "This is a message in MIME format.\n"}) {
    const Message m = parse_text("Content-Type: multipart/mixed;\n boundary=\"--b:1\"\n" + between +
                                 "----b:1\nContent-Type: text/html\n\n1\n----b:1--\n");
    ASSERT_EQ(m.parts.size(), 2U) << between;
    EXPECT_EQ(m.parts[0].type, "multipart/mixed");
    EXPECT_EQ(m.parts[1].type, "text/html");
    EXPECT_TRUE(has_problem(m, "header_not_ended"));
  }
}

TEST(Message, AParameterOnALineOfItsOwnBelongsToTheFieldAbove) {
  const Message m =
      parse_text("Content-Type: multipart/mixed;\nboundary=b\nSubject: x\n\n--b\n\n1\n--b--\n");
  EXPECT_EQ(m.parts.size(), 2U);
  EXPECT_EQ(m.parts[0].fields.size(), 2U);
}

TEST(Message, AHeaderGoesOnBehindAnUnreadableLineIfAKnownFieldFollowsInTheRun) {
  std::string unknown;
  for (int i = 0; i < 20; ++i) unknown += "X-" + std::to_string(i) + ": a\n\tb\n";
  const Message m = parse_text("A: 1\nunreadable\n" + unknown + "Content-Type: text/html\n\nbody");
  EXPECT_EQ(m.parts[0].type, "text/html");
  EXPECT_EQ(m.parts[0].body, "body");
  EXPECT_EQ(parse_text("A: 1\ntext\nb: c\nmore text\nSubject: x\n\n").parts[0].fields.size(), 1U);
}

TEST(Message, NothingBetweenDelimitersIsNoPart) {
  const Message m = parse_text("Content-Type: multipart/mixed; boundary=b\n\n--b\n--b\n\n1\n--b\n");
  ASSERT_EQ(m.parts.size(), 2U);
  EXPECT_EQ(m.parts[1].body, "1");
}

TEST(Message, ATypeEndsWithItsTokens) {
  EXPECT_EQ(parse_text("Content-Type: text/html charset=utf-8\n\n").parts[0].charset, "utf-8");
  EXPECT_EQ(parse_text("Content-Type: text/html charset=utf-8\n\n").parts[0].type, "text/html");
  EXPECT_EQ(parse_text("Content-Type: Text / HTML\n\n").parts[0].type, "text/html");
  EXPECT_EQ(parse_text("Content-Type: \"text/html\"; charset=a\n\n").parts[0].type, "text/html");
  EXPECT_EQ(parse_text("Content-Type: text/html:x y\n\n").parts[0].type, "text/html");
  EXPECT_EQ(parse_text("Content-Type: text/html, charset=a\n\n").parts[0].charset, "a");
}

TEST(Message, AnUnreadableTypeIsPlainText) {
  const Message m = parse_text("Content-Type: html\n\nx");
  EXPECT_EQ(m.parts[0].type, "text/plain");
  EXPECT_TRUE(has_problem(m, "type_unreadable"));
}

TEST(Message, AFileNameIsDecodedFromEitherForm) {
  EXPECT_EQ(
      parse_text(
          "Content-Disposition: attachment; filename*0*=utf-8''%E4%B8%AD; filename*1=\".doc\"\n\n")
          .parts[0]
          .name,
      "\u4E2D.doc");
  EXPECT_EQ(
      parse_text("Content-Type: image/png; name=\"=?gb2312?B?1tC5+g==?=.png\"\n\n").parts[0].name,
      "\u4E2D\u56FD.png");
}

TEST(Limits, DepthStopsTheNestingAndKeepsTheOctets) {
  Limits limits;
  limits.depth = 2;
  const std::string level = "Content-Type: message/rfc822\n\n";
  std::string raw;
  for (int i = 0; i < 10; ++i) raw += level;
  raw += "Subject: x\n\ny";
  const Message m = parse(raw, limits);
  ASSERT_EQ(m.parts.size(), 3U);
  EXPECT_TRUE(m.parts[2].body.ends_with("y"));
  EXPECT_TRUE(has_problem(m, "too_deep"));
}

TEST(Limits, PartsStopTheSplittingAndKeepTheOctets) {
  Limits limits;
  limits.parts = 3;
  std::string raw = "Content-Type: multipart/mixed; boundary=b\n\n";
  for (int i = 0; i < 10; ++i) raw += "--b\n\n" + std::to_string(i) + "\n";
  const Message m = parse(raw, limits);
  ASSERT_EQ(m.parts.size(), 3U);
  EXPECT_TRUE(m.parts[2].body.starts_with("1\n--b"));
  EXPECT_TRUE(m.parts[2].body.ends_with("9\n"));
  EXPECT_TRUE(has_problem(m, "too_many_parts"));
}

TEST(Limits, FieldsAndTheirLengthAreBounded) {
  Limits limits;
  limits.fields = 2;
  limits.field_octets = 10;
  const Message m = parse_text("A: 1234567890123\n 456\nB: 2\nC: 3\n x\n\nbody", limits);
  ASSERT_EQ(m.parts[0].fields.size(), 2U);
  EXPECT_EQ(m.parts[0].fields[0].value, "1234567890");
  EXPECT_EQ(m.parts[0].body, "body");
  EXPECT_TRUE(has_problem(m, "field_too_long"));
  EXPECT_TRUE(has_problem(m, "too_many_fields"));
}

TEST(Limits, AllHeadersTogetherAreBounded) {
  std::string raw = "Content-Type: multipart/mixed; boundary=b\n\n";
  for (int i = 0; i < 10; ++i) raw += "--b\nA: 1\nB: 2\n\n" + std::to_string(i) + "\n";
  Limits limits;
  limits.all_fields = 5;
  const Message few = parse(raw, limits);
  EXPECT_TRUE(has_problem(few, "too_many_fields"));
  EXPECT_EQ(few.parts.size(), 11U);
  EXPECT_EQ(few.parts[2].fields.size(), 2U);
  EXPECT_EQ(few.parts[3].fields.size(), 0U);
  EXPECT_EQ(few.parts[10].body, "9\n");
  limits = {};
  limits.header_octets = 60;
  const Message small = parse(raw, limits);
  EXPECT_TRUE(has_problem(small, "header_too_large"));
  EXPECT_EQ(small.parts.size(), 11U);
  EXPECT_EQ(small.parts[10].fields.size(), 0U);
  EXPECT_EQ(small.parts[10].body, "9\n");
}

TEST(Limits, ParametersAreBounded) {
  Limits limits;
  limits.parameters = 2;
  const Message m = parse_text("Content-Type: text/html; a=1; b=2; charset=utf-8\n\n", limits);
  EXPECT_EQ(m.parts[0].type, "text/html");
  EXPECT_EQ(m.parts[0].charset, "");
  EXPECT_TRUE(has_problem(m, "too_many_parameters"));
}

// The bound that matters: time that grows with the octets, not with octets times boundaries.
TEST(Limits, ManyBoundariesCostLinearTime) {
  std::string raw;
  for (int i = 0; i < 40; ++i) {
    const std::string b = std::string(60, 'x') + std::to_string(i);
    if (i > 0) raw += "--" + std::string(60, 'x') + std::to_string(i - 1) + "\n";
    raw += "Content-Type: multipart/mixed; boundary=" + b + "\n\n";
  }
  while (raw.size() < (4U << 20)) raw += "--" + std::string(60, 'x') + "99\n";
  const std::clock_t begin = std::clock();  // processor time: a loaded machine is not a slow parser
  const Message m = parse(raw);
  EXPECT_LT(std::clock() - begin, 5 * CLOCKS_PER_SEC);
  EXPECT_TRUE(has_problem(m, "too_deep"));
}

// Pieces that make up broken mail; random sequences of them reach the parser's corners.
rc::Gen<std::string> mail_like() {
  const auto piece = rc::gen::element<std::string>(
      "Content-Type: multipart/mixed; boundary=b",
      "Content-Type: multipart/digest; boundary=\"bb\"", "Content-Type: message/rfc822",
      "Content-Type: text/plain; charset=\"", "Content-Transfer-Encoding: base64\n",
      "Content-Transfer-Encoding: quoted-printable\n",
      "Q29udGVudC1UeXBlOiBtdWx0aXBhcnQvbWl4ZWQ7IGJvdW5kYXJ5PWIKCi0tYgoKeA==\n", "Content-", "--b",
      "--bb", "--b--", "--bb--", "\n", "\r\n", "\n\n", "\r", " ", "\t", ":", "x: y", "From ",
      "text", std::string("\0", 1), "\xB0\xA1", "(", "\"", ";");
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece),
                      [](const std::vector<std::string>& pieces) {
                        std::string out;
                        for (const auto& p : pieces) out += p;
                        return out;
                      });
}

RC_GTEST_PROP(MessageLaw, SpansLieInsideTheInputAndTreesAreInOrder, ()) {
  const std::string raw = *mail_like();
  // An exact copy on the heap lets the address sanitizer see every octet read outside.
  const std::vector<char> copy(raw.begin(), raw.end());
  const std::string_view input(copy.data(), copy.size());
  Limits limits;
  limits.depth = *rc::gen::inRange<std::size_t>(0, 6);
  limits.parts = *rc::gen::inRange<std::size_t>(0, 9);
  const Message m = parse(input, limits);
  RC_ASSERT(!m.parts.empty());
  RC_ASSERT(m.parts.size() <= std::max<std::size_t>(limits.parts, 1));
  for (std::size_t i = 0; i < m.parts.size(); ++i) {
    const Part& p = m.parts[i];
    RC_ASSERT(p.buffer <= m.buffers.size());
    const std::string_view in_which =
        p.buffer == 0 ? input : std::string_view(*m.buffers[p.buffer - 1]);
    const auto inside = [&](std::string_view v) {
      return v.empty() || (v.data() >= in_which.data() &&
                           v.data() + v.size() <= in_which.data() + in_which.size());
    };
    RC_ASSERT(inside(p.body));
    RC_ASSERT(p.body_offset + p.body.size() <= in_which.size());
    RC_ASSERT(p.body.empty() || p.body.data() == in_which.data() + p.body_offset);
    RC_ASSERT(p.depth <= limits.depth);
    const bool linked = i == 0 ? p.parent == 0 && p.depth == 0
                               : p.parent < i && p.depth == m.parts[p.parent].depth + 1;
    RC_ASSERT(linked);
    for (const Field& f : p.fields) RC_ASSERT(inside(f.name) && inside(f.value) && !f.name.empty());
    if (i == 0) continue;
    const Part& parent = m.parts[p.parent];
    if (p.buffer != parent.buffer) continue;
    RC_ASSERT(p.body_offset >= parent.body_offset);
    RC_ASSERT(p.body_offset + p.body.size() <= parent.body_offset + parent.body.size());
  }
  for (const Problem& p : m.problems) RC_ASSERT(p.offset <= input.size());
}

RC_GTEST_PROP(MessageLaw, LineEndsDoNotChangeTheTree, ()) {
  std::string raw = *mail_like();
  std::erase(raw, '\r');
  std::string crlf;
  for (const char c : raw) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
  const Message a = parse(raw), b = parse(crlf);
  RC_ASSERT(a.parts.size() == b.parts.size());
  for (std::size_t i = 0; i < a.parts.size(); ++i) {
    std::string body(b.parts[i].body);
    std::erase(body, '\r');
    RC_ASSERT(body == a.parts[i].body);
    RC_ASSERT(a.parts[i].type == b.parts[i].type);
    RC_ASSERT(a.parts[i].fields.size() == b.parts[i].fields.size());
  }
}

// What is written by the rules is read back as written.
RC_GTEST_PROP(MessageLaw, PartsWrittenAreThePartsRead, ()) {
  const auto bodies = *rc::gen::container<std::vector<std::string>>(
      rc::gen::container<std::string>(rc::gen::element('a', 'b', '-', '\n', ' ', '=')));
  std::string raw = "Content-Type: multipart/mixed; boundary=\"=_frontier\"\n\n";
  for (const auto& body : bodies) raw += "--=_frontier\nX: 1\n\n" + body + "\n";
  raw += "--=_frontier--\n";
  const Message m = parse(raw);
  RC_ASSERT(m.parts.size() == bodies.size() + 1);
  for (std::size_t i = 0; i < bodies.size(); ++i) RC_ASSERT(m.parts[i + 1].body == bodies[i]);
}

}  // namespace
}  // namespace weir::mail
