#include "mail/inline_files.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <ctime>

namespace weir::mail {
namespace {

InlineFiles find(std::string_view text) { return find_inline_files(text, 10); }

std::string octets_of(const InlineFile& file) {
  std::string problem;
  std::string out = decode_inline_file(file, 1U << 20, problem);
  EXPECT_EQ(problem, "");
  return out;
}

TEST(InlineFiles, AUuencodedFileLeavesTheTextAroundIt) {
  const auto found = find("before\r\nbegin 644 cat.txt\r\n#0V%T\r\n`\r\nend\r\nafter\r\n");
  ASSERT_EQ(found.files.size(), 1U);
  EXPECT_EQ(found.files[0].name, "cat.txt");
  EXPECT_EQ(octets_of(found.files[0]), "Cat");
  EXPECT_TRUE(found.files[0].ended);
  EXPECT_EQ(found.text, "before\r\nafter\r\n");
}

TEST(InlineFiles, TheZeroLineMayHaveLostItsBlank) {
  const auto found = find("begin 644 a b.txt\n#0V%T\n\nend\n");
  ASSERT_EQ(found.files.size(), 1U);
  EXPECT_EQ(found.files[0].name, "a b.txt");
  EXPECT_EQ(octets_of(found.files[0]), "Cat");
  EXPECT_EQ(found.text, "");
}

TEST(InlineFiles, SentencesAreNoFiles) {
  for (const std::string text :
       {"begin 644 words\nthat is how it starts\n", "begin\n", "to begin 644 a\n#0V%T\n",
        "begin 2 me\n#0V%T\n", "begin 644 \n#0V%T\nend\n", "=ybegin \n", "begin"}) {
    EXPECT_TRUE(find(text).files.empty()) << text;
    EXPECT_EQ(find(text).text, "");
  }
}

TEST(InlineFiles, AFileWithoutEndStopsBeforeText) {
  const auto found = find("begin 644 a\n#0V%T\nthis is text again\n");
  ASSERT_EQ(found.files.size(), 1U);
  EXPECT_FALSE(found.files[0].ended);
  EXPECT_EQ(found.text, "this is text again\n");
}

TEST(InlineFiles, TheBase64FormIsRead) {
  const auto found = find("x\nbegin-base64 644 a.bin\naGVsbG8=\n====\ny\n");
  ASSERT_EQ(found.files.size(), 1U);
  EXPECT_EQ(octets_of(found.files[0]), "hello");
  EXPECT_EQ(found.text, "x\ny\n");
}

std::string yenc(std::string_view octets) {
  std::string out = "=ybegin line=128 size=" + std::to_string(octets.size()) + " name=a b.bin\r\n";
  std::size_t column = 0;
  for (const char c : octets) {
    char e = static_cast<char>(static_cast<unsigned char>(c) + 42U);
    if (e == '\0' || e == '\r' || e == '\n' || e == '=') {
      out += '=';
      e = static_cast<char>(static_cast<unsigned char>(e) + 64U);
    }
    out += e;
    if (++column % 128 == 0) out += "\r\n";
  }
  return out + "\r\n=yend size=" + std::to_string(octets.size()) + "\r\n";
}

TEST(InlineFiles, ManyFilesAreCut) {
  std::string text;
  for (int i = 0; i < 12; ++i) text += "begin 644 a\n#0V%T\n`\nend\n";
  const auto found = find(text);
  EXPECT_EQ(found.files.size(), 10U);
  EXPECT_TRUE(found.cut);
  EXPECT_EQ(found.text, "begin 644 a\n#0V%T\n`\nend\nbegin 644 a\n#0V%T\n`\nend\n");
}

TEST(InlineFiles, ManyBeginningsCostLinearTime) {
  std::string text;
  while (text.size() < (4U << 20)) text += "begin 644 a\n#0V%T\n";
  const std::clock_t begin = std::clock();
  (void)find(text);
  text.clear();
  while (text.size() < (4U << 20)) text += "begin 644 a\n";
  (void)find(text);
  text.clear();
  while (text.size() < (4U << 20)) text += "=ybegin line=1 name=a\n";
  (void)find(text);
  EXPECT_LT(std::clock() - begin, 5 * CLOCKS_PER_SEC);
}

RC_GTEST_PROP(InlineFilesLaw, YencReadsBack, (const std::string& octets)) {
  const std::string text = "before\n" + yenc(octets) + "after";
  const auto found = find(text);
  RC_ASSERT(found.files.size() == 1U);
  RC_ASSERT(found.files[0].name == "a b.bin");
  RC_ASSERT(octets_of(found.files[0]) == octets);
  RC_ASSERT(found.text == "before\nafter");
}

RC_GTEST_PROP(InlineFilesLaw, TextAndFilesAreAllThereIs, ()) {
  const auto piece = rc::gen::element<std::string>(
      "begin 644 a\n", "#0V%T\n", "`\n", "end\n", "\n", "text\n", "begin-base64 644 b\n", "aGVs\n",
      "====\n", "=ybegin line=128 size=1 name=c\n", "=yend\n", "begin", " ", "\r\n");
  std::string text;
  for (const auto& p : *rc::gen::container<std::vector<std::string>>(piece)) text += p;
  const auto found = find(text);
  if (found.files.empty()) return;
  std::size_t octets = found.text.size();
  for (const InlineFile& file : found.files) octets += file.encoded.size();
  RC_ASSERT(octets == text.size());
}

}  // namespace
}  // namespace weir::mail
