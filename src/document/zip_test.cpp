#include "document/zip.h"

#include <rapidcheck/gtest.h>
#include <zlib.h>

#include "base/utf8.h"
#include "document/document.h"

namespace weir::document {
namespace {

std::string number(std::uint64_t value, int octets) {
  std::string out;
  for (int i = 0; i < octets; ++i) out.push_back(static_cast<char>((value >> (8 * i)) & 0xFF));
  return out;
}

std::string deflated(std::string_view octets) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(deflateBound(&stream, octets.size()), '\0');
  stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(octets.data()));
  stream.avail_in = static_cast<uInt>(octets.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

struct Member {
  std::string name;
  std::string contents;
  unsigned flags = 0;
};

// All are deflated.
std::string archive(const std::vector<Member>& members) {
  std::string out, directory;
  for (const Member& member : members) {
    const std::string packed = deflated(member.contents);
    const std::string common = number(20, 2) + number(member.flags, 2) + number(8, 2) +
                               number(0, 4) + number(0, 4) + number(packed.size(), 4) +
                               number(member.contents.size(), 4) + number(member.name.size(), 2) +
                               number(0, 2);
    directory += "PK\x01\x02" + number(20, 2) + common + number(0, 2) + number(0, 8) +
                 number(out.size(), 4) + member.name;
    out += "PK\x03\x04" + common + member.name + packed;
  }
  return out + directory + "PK\x05\x06" + number(0, 4) + number(members.size(), 2) +
         number(members.size(), 2) + number(directory.size(), 4) + number(out.size(), 4) +
         number(0, 2);
}

Document zip(std::string_view octets) { return read_document(Kind::zip, octets); }

TEST(Zip, NamesAreListedInTheirCharset) {
  const Document read =
      zip(archive({{"a.exe", "x"},
                   {"\xE5\x8F\x91\xE7\xA5\xA8.js", "x", 1U << 11},
                   {"\xB7\xA2\xC6\xB1\xB4\xFA\xBF\xAA\xD3\xC5\xBB\xDD.scr", "x"}}));
  EXPECT_EQ(read.names, (std::vector<std::string>{"a.exe", "发票.js", "发票代开优惠.scr"}));
  EXPECT_EQ(read.pages, 3U);
  EXPECT_EQ(read.kind, "zip");
  EXPECT_TRUE(read.problems.empty());
  EXPECT_EQ(zip(archive({{"R\x82sum\x82.doc", "x"}})).names,
            (std::vector<std::string>{"Résumé.doc"}));
  EXPECT_EQ(zip(archive({{"\x84\xAE\xAA\xE3\xAC\xA5\xAD\xE2.doc", "x"}})).names,
            (std::vector<std::string>{"Документ.doc"}));
}

TEST(Zip, EncryptedMembersAreASignal) {
  EXPECT_EQ(zip(archive({{"a.exe", "x", 1}})).signals, (std::vector<std::string>{"zip_encrypted"}));
}

TEST(Zip, ArchivesWithoutDirectoryAreReadByTheirHeaders) {
  const std::string whole = archive({{"a.exe", "x"}, {"b.txt", "y"}});
  const Document read = zip(whole.substr(0, whole.find("PK\x01\x02")));
  EXPECT_EQ(read.names, (std::vector<std::string>{"a.exe", "b.txt"}));
  EXPECT_EQ(read.problems, (std::vector<std::string>{"zip_broken"}));
  EXPECT_EQ(zip("MZ stub of a self-extracting program" + whole).names,
            (std::vector<std::string>{"a.exe", "b.txt"}));
}

TEST(Zip, WordFilesShowTextLinksAndSignals) {
  const Document read = zip(archive(
      {{"[Content_Types].xml", "<Types/>"},
       {"word/document.xml",
        "<w:document><w:body><w:p><w:r><w:t>One &amp; </w:t></w:r><w:r><w:t "
        "xml:space=\"preserve\">two</w:t><w:tab/><w:t>&#x53D1;</w:t></w:r></w:p><w:p/><w:p><w:r>"
        "<w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r><w:r><w:instrText>HYPERLINK "
        "\"http://example.org/f\"</w:instrText></w:r><w:r><w:t>three</w:t></w:r></w:p></w:body>"},
       {"word/_rels/document.xml.rels",
        "<Relationships><Relationship Id=\"r1\" Type=\"http://x/hyperlink\" "
        "Target=\"http://example.net/?a=1&amp;b=2\" TargetMode=\"External\"/><Relationship "
        "Type='http://x/attachedTemplate' Target='http://example.net/t' TargetMode='External'/>"
        "<Relationship Target=\"styles.xml\"/></Relationships>"},
       {"word/vbaProject.bin", "x"},
       {"docProps/core.xml", "<cp><dc:title>A title</dc:title></cp>"}}));
  EXPECT_EQ(read.kind, "office");
  EXPECT_EQ(read.text, "One & two\t发\nthree\n");
  EXPECT_EQ(read.hidden, "unseen\n");
  EXPECT_EQ(read.title, "A title");
  ASSERT_EQ(read.links.size(), 3U);
  EXPECT_EQ(read.links[0].target, "http://example.org/f");
  EXPECT_EQ(read.links[1].target, "http://example.net/?a=1&b=2");
  EXPECT_EQ(read.signals, (std::vector<std::string>{"office_remote_template", "office_macro"}));
}

TEST(Zip, OpenDocumentsShowTextAndLinks) {
  const Document read = zip(archive(
      {{"META-INF/manifest.xml", "<m/>"},
       {"content.xml",
        "<office:styles>no</office:styles><office:body><text:h>Head</text:h><text:p>go <text:a "
        "xlink:type=\"simple\" xlink:href=\"http://example.org/\">there</text:a></text:p>"
        "</office:body>"}}));
  EXPECT_EQ(read.text, "Head\ngo there\n");
  ASSERT_EQ(read.links.size(), 1U);
}

TEST(Zip, WhatIsInflatedIsBounded) {
  std::vector<Member> members{{"[Content_Types].xml", ""}};
  for (int i = 0; i < 5; ++i)
    members.push_back(
        {"ppt/slides/slide" + std::to_string(i) + ".xml", std::string(4U << 20, ' ')});
  const Document read = zip(archive(members));
  EXPECT_EQ(read.problems, (std::vector<std::string>{"zip_too_much_inflated"}));
}

RC_GTEST_PROP(Zip, NamesInUtf8ComeBack, (const std::vector<std::uint16_t>& units)) {
  std::string name = "x";
  for (const std::uint16_t unit : units)
    if (unit > 0x2000 && (unit < 0xD800 || unit > 0xDFFF)) append_utf8(name, unit);
  name = std::string(utf8_prefix(name, 500)) + ".a";
  RC_ASSERT(zip(archive({{name, "x", 1U << 11}})).names == std::vector<std::string>{name});
}

RC_GTEST_PROP(Zip, AnyOctetsAreHarmless, (const std::string& octets)) {
  std::string whole = archive({{"[Content_Types].xml", "x"}, {"word/document.xml", octets}});
  for (const char c : octets) whole[static_cast<unsigned char>(c) * 7919U % whole.size()] = c;
  const Document read = zip(whole);
  RC_ASSERT(is_utf8(read.text));
  for (const std::string& name : read.names) RC_ASSERT(is_utf8(name));
}

}  // namespace
}  // namespace weir::document
