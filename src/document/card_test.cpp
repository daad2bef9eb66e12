#include <rapidcheck/gtest.h>

#include "base/utf8.h"
#include "document/card_line.h"
#include "document/document.h"

namespace weir::document {
namespace {

Document calendar(std::string_view octets, std::string_view charset = {}) {
  return read_document(Kind::calendar, octets, {}, charset);
}
Document card(std::string_view octets, std::string_view charset = {}) {
  return read_document(Kind::card, octets, {}, charset);
}

TEST(Card, EventShowsItsTextsPeopleAndLinks) {
  const Document read = calendar(
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n"
      "SUMMARY:Lunch\\, then\\nwork\r\n"
      "DESCRIPTION:folded li\r\n ne\r\n"
      "ORGANIZER;CN=\"Desk: a; b\":mailto:desk@example.org\r\n"
      "ATTENDEE;ROLE=REQ-PARTICIPANT:MAILTO:guest@example.org\r\n"
      "URL:https://example.org/e?x=1;y=2\r\n"
      "X-GOOGLE-CONFERENCE:https://meet.example.org/abc\r\n"
      "ATTACH;FMTTYPE=application/pdf;FILENAME=plan.pdf:https://example.org/plan.pdf\r\n"
      "ATTACH;ENCODING=BASE64;VALUE=BINARY;X-FILENAME=note.txt:aGVs\r\n bG8=\r\n"
      "END:VEVENT\r\nEND:VCALENDAR\r\n");
  EXPECT_EQ(read.title, "Lunch, then work");
  EXPECT_EQ(read.text,
            "Lunch, then\nwork\nfolded line\nDesk: a; b <desk@example.org>\nguest@example.org\n"
            "https://example.org/e?x=1;y=2\n");
  ASSERT_EQ(read.links.size(), 5U);
  EXPECT_EQ(read.links[0], (DocumentLink{"mailto:desk@example.org", "Desk: a; b"}));
  EXPECT_EQ(read.links[2].target, "https://example.org/e?x=1;y=2");
  EXPECT_EQ(read.links[3].target, "https://meet.example.org/abc");
  EXPECT_EQ(read.links[4].target, "https://example.org/plan.pdf");
  EXPECT_EQ(read.names, (std::vector<std::string>{"plan.pdf", "note.txt"}));
  ASSERT_EQ(read.embedded.size(), 1U);
  EXPECT_EQ(read.embedded[0].octets, "hello");
  EXPECT_EQ(read.pages, 1U);
  EXPECT_TRUE(read.problems.empty());
}

TEST(Card, HtmlDescriptionIsReadAsHtml) {
  const Document read = calendar(
      "BEGIN:VCALENDAR\nBEGIN:VEVENT\nX-ALT-DESC;FMTTYPE=text/html:<p>Pay <a "
      "href=\"http://example.net/p\">here</a><span style=\"display:none\">word</span>\n"
      "END:VEVENT\nEND:VCALENDAR\n");
  EXPECT_EQ(read.text, "Pay here\n");
  EXPECT_EQ(read.hidden, "word\n");
  ASSERT_EQ(read.links.size(), 1U);
  EXPECT_EQ(read.links[0], (DocumentLink{"http://example.net/p", "here"}));
}

TEST(Card, FoldInsideACharacterIsUndone) {
  const Document read =
      calendar("BEGIN:VCALENDAR\r\nSUMMARY:\xE5\x8F\r\n \x91\xE7\xA5\xA8\r\nEND:VCALENDAR\r\n");
  EXPECT_EQ(read.text, "发票\n");
}

TEST(Card, CalendarOfTheFirstVersionHasSoftLineEnds) {
  const Document read = calendar(
      "BEGIN:VCALENDAR\r\nVERSION:1.0\r\nBEGIN:VEVENT\r\n"
      "DESCRIPTION;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=E4=BC=9A=\r\n=E8=AE=AE=0D=0A=\r\n"
      "two\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
  EXPECT_EQ(read.text, "会议\r\ntwo\n");
}

TEST(Card, CardsOfOldTelephonesNameTheirCharset) {
  EXPECT_EQ(card("BEGIN:VCARD\r\nVERSION:2.1\r\n"
                 "N;CHARSET=GB2312;ENCODING=QUOTED-PRINTABLE:=B7=A2=C6=B1;=B4=FA=BF=AA;;;\r\n"
                 "TEL;CELL:13800000000\r\nEND:VCARD\r\n")
                .text,
            "发票 代开\n13800000000\n");
  EXPECT_EQ(card("BEGIN:VCARD\r\nVERSION:2.1\r\n"
                 "FN;CHARSET=SHIFT_JIS;QUOTED-PRINTABLE:=95\\=8E=A6\r\nEND:VCARD\r\n")
                .text,
            "表示\n");
  EXPECT_EQ(card("BEGIN:VCARD\r\nVERSION:2.1\r\n"
                 "ORG;ENCODING=QUOTED-PRINTABLE;CHARSET=EUC-KR:=C7=D1=B1=B9;=BA=CE=BC=AD\r\n"
                 "END:VCARD\r\n")
                .text,
            "한국, 부서\n");
}

TEST(Card, GroupsLabelsAndAddressesAreShown) {
  const Document read = card(
      "BEGIN:VCARD\nVERSION:3.0\nFN:Sales\nN:Sales;;;;\nEMAIL;TYPE=work:sales@example.com\n"
      "item1.URL;type=pref:http\\://example.com/a\nitem1.X-ABLabel:_$!<HomePage>!$_\n"
      "ADR;TYPE=WORK:;;1 Road;Town;;12345;Land\nTEL;VALUE=uri:tel:+1-555-0100\n"
      "PHOTO;ENCODING=b;TYPE=JPEG:AAAA\nEND:VCARD\n");
  EXPECT_EQ(read.title, "Sales");
  EXPECT_EQ(read.text,
            "Sales\nsales@example.com\nhttp://example.com/a\nHomePage\n"
            "1 Road, Town, 12345, Land\ntel:+1-555-0100\n");
  ASSERT_EQ(read.links.size(), 2U);
  EXPECT_EQ(read.links[0].target, "mailto:sales@example.com");
  EXPECT_EQ(read.links[1].target, "http://example.com/a");
  EXPECT_TRUE(read.embedded.empty());
}

TEST(Card, CharsetOfTheWholeIsFoundOnceWithoutALabel) {
  const Document read = card(
      "BEGIN:VCARD\nVERSION:3.0\nFN:\xB7\xA2\xC6\xB1\nORG:\xD3\xC5\xBB\xDD\xB4\xFA\xBF\xAA;"
      "\xB9\xAB\xCB\xBE\nNOTE:\xC7\xEB\xC1\xAA\xCF\xB5\xCE\xD2\xC3\xC7\nEND:VCARD\n");
  EXPECT_EQ(read.text, "发票\n优惠代开, 公司\n请联系我们\n");
}

TEST(Card, DeclaredSevenBitCharsetIsUsed) {
  EXPECT_EQ(card("BEGIN:VCARD\nFN:\x1B$B4A;z\x1B(B\nEND:VCARD\n", "iso-2022-jp").text, "漢字\n");
}

TEST(Card, Utf16FilesAreRead) {
  std::string octets("\xFF\xFE", 2);
  for (const char c : std::string_view("BEGIN:VCARD\r\nFN:A\r\nEND:VCARD\r\n")) {
    octets.push_back(c);
    octets.push_back('\0');
  }
  EXPECT_EQ(card(octets).text, "A\n");
}

TEST(Card, BrokenCardsAreReadAsFarAsTheyGo) {
  const Document read = card("VERSION:3.0\nFN;X=\"open:Name\nno colon here\nBEGIN:VCARD\n");
  EXPECT_EQ(read.text, "Name\n");
  EXPECT_EQ(read.problems, (std::vector<std::string>{"card_line_unreadable", "card_unclosed"}));
  EXPECT_EQ(card("").problems, (std::vector<std::string>{"card_without_begin"}));
}

TEST(Card, KindIsToldByOctetsTypeAndName) {
  EXPECT_EQ(kind_of("text/plain", "", "BEGIN:VCARD\r\n"), Kind::card);
  EXPECT_EQ(kind_of("application/octet-stream", "A.VCF", ""), Kind::card);
  EXPECT_EQ(kind_of("Text/Calendar", "", "x"), Kind::calendar);
  EXPECT_EQ(kind_of("text/plain", "a.txt", "hello"), std::nullopt);
}

TEST(Card, LimitsAreKept) {
  std::string octets = "BEGIN:VCARD\n";
  for (int i = 0; i < 100; ++i) octets += "NOTE:发票发票发票\nURL:http://example.com/\n";
  const Document read = read_document(Kind::card, octets, Limits{.text_octets = 100, .links = 10});
  EXPECT_LE(read.text.size(), 100U);
  EXPECT_TRUE(is_utf8(read.text));
  EXPECT_EQ(read.links.size(), 10U);
  EXPECT_EQ(read.problems,
            (std::vector<std::string>{"text_cut", "too_many_links", "card_unclosed"}));
}

RC_GTEST_PROP(Card, FoldingAnywhereChangesNothing, (const std::string& value)) {
  std::string line = "NOTE:";
  for (const char c : value)
    if (static_cast<unsigned char>(c) >= 0x20) line.push_back(c);
  const auto at = *rc::gen::inRange<std::size_t>(1, line.size() + 1);
  std::string folded = line;
  folded.insert(at, "\r\n ");
  std::string_view one, two;
  ContentLines a(line), b(folded);
  RC_ASSERT(a.next(one));
  RC_ASSERT(b.next(two));
  RC_ASSERT(one == two);
}

RC_GTEST_PROP(Card, AnyOctetsGiveUtf8, (const std::string& octets)) {
  const Document read = card("BEGIN:VCARD\nFN:" + octets);
  RC_ASSERT(is_utf8(read.text) && is_utf8(read.title));
}

}  // namespace
}  // namespace weir::document
