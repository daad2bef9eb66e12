#include <rapidcheck/gtest.h>

#include "base/utf8.h"
#include "document/document.h"

namespace weir::document {
namespace {

std::string number(std::uint64_t value, int octets) {
  std::string out;
  for (int i = 0; i < octets; ++i) out.push_back(static_cast<char>((value >> (8 * i)) & 0xFF));
  return out;
}
const std::string kHead = "\x78\x9F\x3E\x22" + number(1, 2);

std::string attribute(int level, std::uint32_t id, std::string_view data) {
  unsigned sum = 0;
  for (const char c : data) sum += static_cast<unsigned char>(c);
  return number(static_cast<unsigned>(level), 1) + number(id, 4) + number(data.size(), 4) +
         std::string(data) + number(sum & 0xFFFF, 2);
}
std::string utf16(std::u16string_view text) {
  std::string out;
  for (const char16_t c : text) out += number(c, 2);
  return out + number(0, 2);
}
// A property of variable size.
std::string property(std::uint16_t type, std::uint16_t id, std::string_view value) {
  return number(type, 2) + number(id, 2) + number(1, 4) + number(value.size(), 4) +
         std::string(value) + std::string((4 - value.size() % 4) % 4, '\0');
}
std::string properties(const std::vector<std::string>& all) {
  std::string out = number(all.size(), 4);
  for (const std::string& each : all) out += each;
  return out;
}

Document tnef(std::string_view octets) { return read_document(Kind::tnef, octets); }

TEST(Tnef, AttachmentsComeOutWithTheirNames) {
  const std::string octets =
      kHead + attribute(1, 0x00069007, number(936, 4) + number(0, 4)) +
      attribute(1, 0x00018004, std::string("\xB7\xA2\xC6\xB1\0", 5)) +
      attribute(1, 0x0002800C, std::string("body\0", 5)) +
      attribute(2, 0x00069002, std::string(14, '\0')) +
      attribute(2, 0x00018010, std::string("PRICE~1.XLS\0", 12)) +
      attribute(2, 0x0006800F, "octets") +
      attribute(2, 0x00069005,
                properties({property(0x001F, 0x3707, utf16(u"價格表.xls")),
                            property(0x001E, 0x370E, std::string("application/vnd.ms-excel\0", 25)),
                            number(0x0003, 2) + number(0x3705, 2) + number(1, 4)})) +
      attribute(2, 0x00069002, std::string(14, '\0')) +
      attribute(2, 0x00018010, std::string("\xB4\xFA\xBF\xAA.doc\0", 9));
  const Document read = tnef(octets);
  EXPECT_EQ(read.title, "发票");
  EXPECT_EQ(read.text, "body\n");
  EXPECT_EQ(read.names, (std::vector<std::string>{"價格表.xls", "代开.doc"}));
  ASSERT_EQ(read.embedded.size(), 1U);
  EXPECT_EQ(read.embedded[0].name, "價格表.xls");
  EXPECT_EQ(read.embedded[0].type, "application/vnd.ms-excel");
  EXPECT_EQ(read.embedded[0].octets, "octets");
  EXPECT_TRUE(read.problems.empty());
}

TEST(Tnef, TheRichestBodyIsRead) {
  const std::string html = "<p>hello <a href='http://example.org/'>x</a>";
  const Document read =
      tnef(kHead + attribute(1, 0x00069003,
                             properties({property(0x001F, 0x1000, utf16(u"plain")),
                                         property(0x0102, 0x1013, html),
                                         property(0x001F, 0x0037, utf16(u"A subject"))})));
  EXPECT_EQ(read.title, "A subject");
  EXPECT_EQ(read.text, "hello x\n");
  ASSERT_EQ(read.links.size(), 1U);
  const std::string rtf = "{\\rtf1 from rtf}";
  const std::string packed =
      number(rtf.size() + 12, 4) + number(rtf.size(), 4) + "MELA" + number(0, 4) + rtf;
  EXPECT_EQ(
      tnef(kHead + attribute(1, 0x00069003, properties({property(0x0102, 0x1009, packed)}))).text,
      "from rtf");
}

TEST(Tnef, NamedAndSeveralValuesAreStepped) {
  const std::string guid(16, 'g');
  const Document read = tnef(
      kHead + attribute(1, 0x00069003,
                        properties({number(0x101F, 2) + number(0x8001, 2) + guid + number(1, 4) +
                                        number(6, 4) + utf16(u"ab") + number(0, 2) + number(2, 4) +
                                        number(4, 4) + utf16(u"x") + number(4, 4) + utf16(u"y"),
                                    number(0x000B, 2) + number(0x8002, 2) + guid + number(0, 4) +
                                        number(0x8501, 4) + number(1, 4),
                                    number(0x0040, 2) + number(0x3007, 2) + number(0, 8),
                                    property(0x001E, 0x1000, std::string("at last\0", 8))})));
  EXPECT_EQ(read.text, "at last\n");
  EXPECT_TRUE(read.problems.empty());
}

TEST(Tnef, EmbeddedMessagesAreReadToABoundedDepth) {
  std::string octets = kHead + attribute(1, 0x0002800C, std::string("deepest\0", 8));
  for (int i = 0; i < 20; ++i)
    octets = kHead + attribute(1, 0x00018004, std::string("level\0", 6)) +
             attribute(2, 0x00069002, "") +
             attribute(2, 0x00069005,
                       properties({property(0x000D, 0x3701, std::string(16, 'i') + octets)}));
  const Document read = tnef(octets);
  EXPECT_EQ(read.problems, (std::vector<std::string>{"too_deep"}));
  EXPECT_EQ(read.text, "level\nlevel\nlevel\nlevel\nlevel\nlevel\nlevel\n");
}

TEST(Tnef, DamageIsNotedAndTheRestIsRead) {
  std::string octets = kHead + attribute(1, 0x0002800C, std::string("body\0", 5));
  octets.back() = '\x7F';
  EXPECT_EQ(tnef(octets).problems, (std::vector<std::string>{"tnef_checksum_wrong"}));
  EXPECT_EQ(tnef(octets).text, "body\n");
  EXPECT_EQ(tnef(octets.substr(0, octets.size() - 5)).problems,
            (std::vector<std::string>{"tnef_cut"}));
  EXPECT_EQ(tnef("no tnef").problems, (std::vector<std::string>{"tnef_unreadable"}));
  EXPECT_EQ(kind_of("application/octet-stream", "", octets), Kind::tnef);
}

RC_GTEST_PROP(Tnef, ContentsComeBack, (const std::string& octets)) {
  const Document read =
      tnef(kHead + attribute(2, 0x00069002, "") +
           attribute(2, 0x00018010, std::string("a.bin\0", 6)) + attribute(2, 0x0006800F, octets));
  RC_ASSERT(read.names == std::vector<std::string>{"a.bin"});
  RC_ASSERT(read.embedded.size() == (octets.empty() ? 0U : 1U));
  if (!octets.empty()) RC_ASSERT(read.embedded[0].octets == octets);
}

RC_GTEST_PROP(Tnef, AnyPropertiesAreHarmless, (const std::string& octets)) {
  const Document read = tnef(kHead + attribute(1, 0x00069003, octets));
  RC_ASSERT(is_utf8(read.text) && is_utf8(read.title));
}

}  // namespace
}  // namespace weir::document
