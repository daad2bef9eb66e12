#include <rapidcheck/gtest.h>
#include <zlib.h>

#include "base/utf8.h"
#include "document/document.h"
#include "document/filters.h"
#include "document/pdf_writer_test.h"

namespace weir::document {
namespace {

constexpr std::string_view kHelvetica =
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";

Document pdf(std::string_view octets) { return read_document(Kind::pdf, octets); }
Document page(std::string_view contents, std::string_view font = kHelvetica) {
  return pdf(one_page(contents, font).file("/Root 1 0 R"));
}

std::string deflated(std::string_view octets) {
  uLongf size = compressBound(octets.size());
  std::string out(size, '\0');
  EXPECT_EQ(compress(reinterpret_cast<Bytef*>(out.data()), &size,
                     reinterpret_cast<const Bytef*>(octets.data()), octets.size()),
            Z_OK);
  out.resize(size);
  return out;
}

TEST(Pdf, LinesAndBlanksComeFromPlaces) {
  const Document read = page(
      "BT /F 10 Tf 50 700 Td (Hel) Tj [(lo) -400 (wor) 20 (ld)] TJ 0 -12 Td (second line) Tj "
      "14 TL (third) ' 1 0 0 1 300 640 Tm (far away) Tj T* (\\(a\\)\\351\\\n) Tj ET");
  EXPECT_EQ(read.text, "Hello world\nsecond line\nthird\n\nfar away\n(a)é\n");
  EXPECT_EQ(read.pages, 1U);
  EXPECT_TRUE(read.problems.empty());
}

TEST(Pdf, StringsOnOneLineWithoutAGapAreOneWord) {
  const std::string font =
      "<</Type/Font/Subtype/TrueType/FirstChar 97/Widths[500 600 500]/Encoding<</Differences[97"
      "/uni53D1/uni7968/A.small]>>>>";
  EXPECT_EQ(page("BT /F 10 Tf 50 700 Td (a) Tj ET BT /F 10 Tf 55 700 Td (b) Tj 6 0 Td (c) Tj "
                 "20 0 Td (c) Tj ET",
                 font)
                .text,
            "发票A A\n");
}

TEST(Pdf, ToUnicodeTellsWhatCodesMean) {
  PdfWriter writer = one_page(
      "BT /F 10 Tf 50 700 Td <000100020003000A000B> Tj ET",
      "<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts[7 0 R]>>");
  writer.add_stream(
      "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> "
      "endcodespacerange 2 beginbfchar <0001> <53D1> <0002> <D83DDE00> endbfchar 2 beginbfrange "
      "<0003> <0004> [<00660069> <0041>] <000A> <000F> <4EE3> endbfrange endcmap");
  writer.add("<</Type/Font/Subtype/CIDFontType2/DW 1000/W[1[1000 1000] 3 4 500]>>");
  EXPECT_EQ(pdf(writer.file("/Root 1 0 R")).text, "发😀fi代令\n");
}

TEST(Pdf, AWholeRangeMayStandForItself) {
  PdfWriter writer = one_page("BT /F 10 Tf 50 700 Td <00410042> Tj ET",
                              "<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 6 0 R>>");
  writer.add_stream("begincmap 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap");
  EXPECT_EQ(pdf(writer.file("/Root 1 0 R")).text, "AB\n");
}

TEST(Pdf, RadicalsAndLigaturesAreWhatIsSeen) {
  PdfWriter writer = one_page("BT /F 10 Tf 50 700 Td <2FAF2FA5FB01> Tj ET",
                              "<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 6 0 R>>");
  writer.add_stream("begincmap 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap");
  EXPECT_EQ(pdf(writer.file("/Root 1 0 R")).text, "面里fi\n");
}

TEST(Pdf, PredefinedCMapsAreCharsets) {
  const auto shown = [](std::string_view cmap, std::string_view hex) {
    return page("BT /F 10 Tf 50 700 Td <" + std::string(hex) + "> Tj ET",
                "<</Type/Font/Subtype/Type0/Encoding/" + std::string(cmap) + ">>")
        .text;
  };
  EXPECT_EQ(shown("GBK-EUC-H", "B7A2C6B141"), "发票A\n");
  EXPECT_EQ(shown("GBKp-EUC-H", "B7A2C6B1"), "发票\n");
  EXPECT_EQ(shown("GB-EUC-V", "B7A2C6B1"), "发票\n");
  EXPECT_EQ(shown("UniGB-UTF16-H", "53D17968"), "发票\n");
  EXPECT_EQ(shown("UniGB-UCS2-H", "53D17968"), "发票\n");
  EXPECT_EQ(shown("UniCNS-UCS2-H", "767C7968"), "發票\n");
  EXPECT_EQ(shown("ETen-B5-H", "B56FB2BC"), "發票\n");
  EXPECT_EQ(shown("B5pc-H", "B56FB2BC"), "發票\n");
  EXPECT_EQ(shown("UniJIS-UTF16-H", "8868793A"), "表示\n");
  EXPECT_EQ(shown("90ms-RKSJ-H", "955C8EA6B1"), "表示ｱ\n");
  EXPECT_EQ(shown("EUC-H", "C9BDBCA8"), "表示\n");
  EXPECT_EQ(shown("H", "493D3C28"), "表示\n");
  EXPECT_EQ(shown("UniKS-UCS2-H", "D55CAD6D"), "한국\n");
  EXPECT_EQ(shown("KSCms-UHC-H", "C7D1B1B9"), "한국\n");
  EXPECT_EQ(shown("KSC-EUC-H", "C7D1B1B9"), "한국\n");
}

TEST(Pdf, FontsThatSayNothingAreAProblem) {
  EXPECT_EQ(
      page("BT /F 10 Tf 50 700 Td <0001> Tj ET", "<</Type/Font/Subtype/Type0/Encoding/Identity-H>>")
          .problems,
      (std::vector<std::string>{"pdf_font_unmapped"}));
  EXPECT_EQ(page("BT /G 10 Tf 50 700 Td (a) Tj ET").problems,
            (std::vector<std::string>{"pdf_font_missing"}));
}

TEST(Pdf, WhatIsNotSeenIsHidden) {
  const Document read = page(
      "BT /F 10 Tf 50 700 Td (seen) Tj 3 Tr 0 -20 Td (invisible) Tj 0 Tr 0 -900 Td (below) Tj ET "
      "q 0.01 0 0 0.01 0 0 cm BT /F 10 Tf 100 100 Td (tiny) Tj ET Q");
  EXPECT_EQ(read.text, "seen\n");
  EXPECT_NE(read.hidden.find("invisible"), std::string::npos);
  EXPECT_NE(read.hidden.find("below"), std::string::npos);
  EXPECT_NE(read.hidden.find("tiny"), std::string::npos);
}

TEST(Pdf, LinksHaveTheTextTheyLieOn) {
  PdfWriter writer = one_page(
      "BT /F 10 Tf 50 700 Td (press here) Tj 0 -30 Td (other) Tj ET", kHelvetica,
      "/Annots[6 0 R<</Subtype/Link/Rect[0 0 1 1]/A<</S/Launch/F(a.exe)/Next<</S/URI/URI(http:"
      "//example.org/2)>>>>>>]");
  writer.add("<</Subtype/Link/Rect[40 695 150 715]/A<</S/URI/URI(http://example.net/x\\(1\\))>>>>");
  const Document read = pdf(writer.file("/Root 1 0 R"));
  ASSERT_EQ(read.links.size(), 2U);
  EXPECT_EQ(read.links[0], (DocumentLink{"http://example.net/x(1)", "press here"}));
  EXPECT_EQ(read.links[1].target, "http://example.org/2");
  EXPECT_EQ(read.names, (std::vector<std::string>{"a.exe"}));
  EXPECT_EQ(read.signals, (std::vector<std::string>{"pdf_launch"}));
}

TEST(Pdf, CatalogFormsFilesAndTitleAreRead) {
  PdfWriter writer = one_page("", kHelvetica, "/Annots[8 0 R]");
  writer.add("<</Title<FEFF53D17968>>>");                         // 6
  writer.add("<</Type/Filespec/UF(report.exe)/F(report.pdf)>>");  // 7
  writer.add("<</Subtype/Widget/FT/Tx/T(a)/V(field value)>>");    // 8
  writer.add(
      "<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(x)>>/Names<</EmbeddedFiles"
      "<</Kids[<</Names[(one)7 0 R]>>]>>>>>>");  // 9
  const Document read = pdf(writer.file("/Root 9 0 R/Info 6 0 R"));
  EXPECT_EQ(read.title, "发票");
  EXPECT_EQ(read.text, "field value\n");
  EXPECT_EQ(read.names, (std::vector<std::string>{"report.exe"}));
  EXPECT_EQ(read.signals,
            (std::vector<std::string>{"pdf_open_action", "pdf_javascript", "pdf_embedded_file"}));
}

TEST(Pdf, FiltersAreUndoneInTheirOrder) {
  const std::string contents = "BT /F 10 Tf 50 700 Td (packed) Tj ET";
  const auto with = [&](std::string_view octets, std::string_view entries) {
    PdfWriter writer;
    writer.add("<</Pages 2 0 R>>");
    writer.add("<</Kids[3 0 R]/Resources<</Font<</F 5 0 R>>>>>>");
    writer.add("<</Contents 4 0 R>>");
    writer.add_stream(octets, entries);
    writer.add(std::string(kHelvetica));
    return pdf(writer.file("/Root 1 0 R")).text;
  };
  EXPECT_EQ(with(deflated(contents), "/Filter/FlateDecode"), "packed\n");
  std::string hex;
  for (const char c : deflated(contents)) {
    constexpr std::string_view digits = "0123456789abcdef";
    hex += digits[static_cast<unsigned char>(c) >> 4];
    hex += digits[static_cast<unsigned char>(c) & 15];
  }
  EXPECT_EQ(with(hex + ">", "/Filter[/ASCIIHexDecode/FlateDecode]"), "packed\n");
  std::string rows;  // PNG predictor: each row is what it adds to the row above
  std::string above(6, '\0');
  for (std::size_t i = 0; i < contents.size(); i += 6) {
    rows += '\2';
    for (std::size_t k = 0; k < 6; ++k) {
      const char c = i + k < contents.size() ? contents[i + k] : ' ';
      rows += static_cast<char>(c - above[k]);
      above[k] = c;
    }
  }
  EXPECT_EQ(with(deflated(rows), "/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 6>>"),
            "packed\n");
  EXPECT_EQ(with("stream of an image", "/Filter/DCTDecode"), "");
}

TEST(Pdf, ObjectStreamsAndCrossReferenceStreamsAreRead) {
  PdfWriter writer;
  std::string out = "%PDF-1.5\n";
  const std::string packed =
      "1 0 2 28 3 85 5 118 <</Type/Catalog/Pages 2 0 R>><</Kids[3 0 R]/Resources<</Font<</F 5 0 "
      "R>>>>>>       <</Type/Page/Contents 4 0 R>>    " +
      std::string(kHelvetica);
  const std::size_t first = packed.find("<<");
  // Offsets are counted from the first object.
  std::string list;
  for (const auto& [number, text] : std::vector<std::pair<int, std::string>>{
           {1, "<</Type/Catalog"}, {2, "<</Kids"}, {3, "<</Type/Page/"}, {5, "<</Type/Font/"}})
    list += std::to_string(number) + " " + std::to_string(packed.find(text) - first) + " ";
  const std::string objects = list + packed.substr(first);
  const std::size_t four = out.size();
  const std::string contents = "BT /F 10 Tf 50 700 Td (inside) Tj ET";
  out += "4 0 obj\n<</Length " + std::to_string(contents.size()) + ">>stream\n" + contents +
         "\nendstream\nendobj\n";
  const std::size_t six = out.size();
  const std::string body = deflated(objects);
  out += "6 0 obj\n<</Type/ObjStm/N 4/First " + std::to_string(list.size()) +
         "/Filter/FlateDecode/Length " + std::to_string(body.size()) + ">>stream\n" + body +
         "\nendstream\nendobj\n";
  const std::size_t seven = out.size();
  const auto row = [](int kind, std::size_t at, int index) {
    return std::string{static_cast<char>(kind), static_cast<char>(at >> 8),
                       static_cast<char>(at & 0xFF), static_cast<char>(index)};
  };
  const std::string table = row(0, 0, 0) + row(2, 6, 0) + row(2, 6, 1) + row(2, 6, 2) +
                            row(1, four, 0) + row(2, 6, 3) + row(1, six, 0) + row(1, seven, 0);
  out += "7 0 obj\n<</Type/XRef/Size 8/W[1 2 1]/Root 1 0 R/Length " + std::to_string(table.size()) +
         ">>stream\n" + table + "\nendstream\nendobj\n";
  const std::string whole = out + "startxref\n" + std::to_string(seven) + "\n%%EOF";
  EXPECT_EQ(pdf(whole).text, "inside\n");
  EXPECT_TRUE(pdf(whole).problems.empty());
  // Without a way in, the scan finds the same.
  const Document scanned = pdf(out);
  EXPECT_EQ(scanned.text, "inside\n");
  EXPECT_EQ(scanned.problems, (std::vector<std::string>{"pdf_xref_broken"}));
}

TEST(Pdf, BrokenTablesAreReplacedByAScan) {
  std::string octets =
      one_page("BT /F 10 Tf 50 700 Td (found) Tj ET", kHelvetica).file("/Root 1 0 R");
  for (std::size_t at = octets.find(" 00000 n"); at != std::string::npos;
       at = octets.find(" 00000 n", at + 1))
    octets[at - 1] = octets[at - 1] == '9' ? '8' : '9';
  EXPECT_EQ(pdf(octets).text, "found\n");
  EXPECT_EQ(pdf(octets.substr(0, octets.find("xref"))).text, "found\n");
  EXPECT_EQ(pdf("junk before\n" + octets).text, "found\n");
}

TEST(Pdf, LaterObjectsReplaceEarlierOnes) {
  std::string octets =
      one_page("BT /F 10 Tf 50 700 Td (old) Tj ET", kHelvetica).file("/Root 1 0 R");
  const std::size_t previous = std::stoul(octets.substr(octets.rfind("startxref") + 10));
  const std::size_t at = octets.size();
  octets +=
      "4 0 obj\n<</Length 36>>stream\nBT /F 10 Tf 50 700 Td (newer) Tj ET \nendstream\nendobj\n";
  const std::size_t xref = octets.size();
  std::string digits = std::to_string(at);
  octets += "xref\n4 1\n" + std::string(10 - digits.size(), '0') + digits +
            " 00000 n \ntrailer\n<</Size 6/Root 1 0 R/Prev " + std::to_string(previous) +
            ">>\nstartxref\n" + std::to_string(xref) + "\n%%EOF";
  EXPECT_EQ(pdf(octets).text, "newer\n");
  EXPECT_TRUE(pdf(octets).problems.empty());
}

TEST(Pdf, FormsAreFollowedAndLoopsEnd) {
  PdfWriter writer =
      one_page("/X Do", kHelvetica, "/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>");
  writer.add_stream("BT /F 10 Tf 50 700 Td (form) Tj ET /X Do /X Do", "/Type/XObject/Subtype/Form");
  const Document read = pdf(writer.file("/Root 1 0 R"));
  EXPECT_TRUE(read.text.starts_with("form"));
  EXPECT_NE(std::ranges::find(read.problems, "too_deep"), read.problems.end());
}

TEST(Pdf, LoopsOfPagesLengthsAndTablesEnd) {
  PdfWriter writer;
  writer.add("<</Pages 2 0 R>>");
  writer.add("<</Kids[2 0 R 3 0 R 3 0 R]>>");
  writer.add("<</Contents 4 0 R>>");
  writer.add("<</Length 4 0 R>>\nstream\nx\nendstream");
  const Document read = pdf(writer.file("/Root 1 0 R/Prev 9"));
  EXPECT_EQ(read.pages, 1U);
  EXPECT_NE(std::ranges::find(read.problems, "pdf_page_loop"), read.problems.end());
}

TEST(Pdf, WhatIsInflatedIsBounded) {
  PdfWriter writer;
  writer.add("<</Pages 2 0 R>>");
  std::string kids;
  for (int i = 0; i < 40; ++i) kids += "3 0 R 5 0 R ";
  writer.add("<</Kids[3 0 R 5 0 R]>>");
  writer.add("<</Contents[4 0 R 4 0 R 4 0 R 4 0 R]>>");
  writer.add_stream(deflated(std::string(4U << 20, ' ')), "/Filter/FlateDecode");
  writer.add("<</Contents[4 0 R 4 0 R]>>");
  const Document read = pdf(writer.file("/Root 1 0 R"));
  EXPECT_NE(std::ranges::find(read.problems, "pdf_too_much_inflated"), read.problems.end());
}

TEST(Pdf, EncryptedFilesAreOnlyCounted) {
  const Document read = pdf(one_page("BT /F 10 Tf 50 700 Td (noise) Tj ET", kHelvetica)
                                .file("/Root 1 0 R/Encrypt<</Filter/Standard>>"));
  EXPECT_EQ(read.pages, 1U);
  EXPECT_EQ(read.text, "");
  EXPECT_EQ(read.problems, (std::vector<std::string>{"pdf_encrypted"}));
}

TEST(Pdf, NoPdfIsAProblem) {
  EXPECT_EQ(pdf("hello").problems,
            (std::vector<std::string>{"pdf_without_head", "pdf_xref_broken", "pdf_without_pages"}));
}

TEST(Filters, LzwOfTheStandardUnpacks) {
  // ISO 32000-1 7.4.4.2: 45 45 45 45 45 65 45 45 45 66.
  const std::string packed("\x80\x0B\x60\x50\x22\x0C\x0C\x85\x01", 9);
  const Filtered done = decode_lzw(packed, 1'000, true);
  EXPECT_EQ(done.octets, "-----A---B");
  EXPECT_FALSE(done.broken);
  EXPECT_TRUE(decode_lzw(packed, 5, true).cut);
}

TEST(Filters, AsciiFormsAndRunsUnpack) {
  EXPECT_EQ(decode_ascii85("<~87cURD]i,\"Ebo80~>", 100).octets, "Hello World!");
  EXPECT_EQ(decode_ascii85("z~>", 100).octets, std::string(4, '\0'));
  EXPECT_EQ(decode_ascii_hex("48 65 6c6C 7>", 100).octets, "Hellp");
  EXPECT_EQ(decode_run_length(std::string("\x01"
                                          "ab\xFE"
                                          "c\x80",
                                          6),
                              100)
                .octets,
            "abccc");
  EXPECT_TRUE(decode_run_length("\xFE", 100).broken);
}

RC_GTEST_PROP(Filters, DeflatedOctetsComeBackAndAreCut, (const std::string& octets)) {
  const std::string packed = deflated(octets);
  const Filtered all = inflate_octets(packed, octets.size());
  RC_ASSERT(all.octets == octets);
  RC_ASSERT(!all.broken);
  RC_ASSERT(!all.cut);
  if (!octets.empty()) {
    const Filtered some = inflate_octets(packed, octets.size() - 1);
    RC_ASSERT(some.cut);
    RC_ASSERT(some.octets == octets.substr(0, octets.size() - 1));
  }
}

RC_GTEST_PROP(Pdf, TextOfAStringComesBack, (const std::string& octets)) {
  std::string hex, expected;
  for (const char c : octets) {
    if (c <= ' ' || c == 0x7F || static_cast<unsigned char>(c) >= 0x80) continue;
    constexpr std::string_view digits = "0123456789ABCDEF";
    hex += digits[static_cast<unsigned char>(c) >> 4];
    hex += digits[static_cast<unsigned char>(c) & 15];
    expected += c;
  }
  if (!expected.empty()) expected += '\n';
  RC_ASSERT(page("BT /F 10 Tf 50 700 Td <" + hex + "> Tj ET").text == expected);
}

RC_GTEST_PROP(Pdf, CuttingAnywhereIsHarmless, ()) {
  const std::string octets =
      one_page("BT /F 10 Tf 50 700 Td (found) Tj ET", kHelvetica).file("/Root 1 0 R");
  const auto size = *rc::gen::inRange<std::size_t>(0, octets.size());
  const Document read = pdf(octets.substr(0, size));
  RC_ASSERT(read.text.empty() || read.text == "found\n");
}

}  // namespace
}  // namespace weir::document
