#include "text/normal.h"

#include "base/utf8.h"
#include "text/script.h"

namespace weir::text {
namespace {

TEST(NormalForm, WidthCaseAndCircledFormsAreOne) {
  EXPECT_EQ(normal_form("ＦＲＥＥ　Ｍｏｎｅｙ"), "free money");
  EXPECT_EQ(normal_form("①②③ ㈱ ℡"), "123 (株) tel");
  EXPECT_EQ(normal_form("ﾊﾝｶｸ ｶﾞ"), "ハンカク ガ");
  EXPECT_EQ(normal_form("Straße ΣΊΣΥΦΟΣ"), "strasse σίσυφοσ");
}

TEST(NormalForm, InvisibleCharactersGo) {
  EXPECT_EQ(normal_form("vi\u200Ba\u00ADg\u2060r\uFE0Fa"), "viagra");
  EXPECT_EQ(normal_form("\uFEFF代\u200D开\u180E"), "代开");
  EXPECT_EQ(normal_form("a\U000E0041\U000E0042b"), "ab");
}

TEST(NormalForm, BlanksOfAllKindsFoldAndEndsAreTrimmed) {
  EXPECT_EQ(normal_form(" \t\r\n a\u00A0\u3000 \u2003b\u2800\u2028"), "a b");
  EXPECT_EQ(normal_form(""), "");
  EXPECT_EQ(normal_form("   "), "");
  EXPECT_EQ(normal_form("\u200B \u00AD"), "");
}

TEST(NormalForm, IllFormedOctetsBecomeReplacementCharacters) {
  EXPECT_EQ(normal_form("a\xFF"
                        "b"),
            "a\uFFFD"
            "b");
  EXPECT_TRUE(is_utf8(normal_form("\xED\xA0\x80\xC0\x80\xF5")));
}

TEST(NormalForm, RunsOfMarksAreCutSoThatSortingThemStaysCheap) {
  std::string text = "z";
  for (int i = 0; i < 200'000; ++i) text += i % 2 == 0 ? "\u0301" : "\u0316";
  const std::string once = normal_form(text);
  EXPECT_LT(once.size(), 200U);
  EXPECT_EQ(normal_form(once), once);
  // Ignorables between the marks and marks that come apart do not lengthen the run.
  text = "z";
  for (int i = 0; i < 100'000; ++i) text += "\u0F73\u200D\uFF9E\u0334";
  const std::string other = normal_form(text);
  EXPECT_LT(other.size(), 600U);
  EXPECT_EQ(normal_form(other), other);
}

RC_GTEST_PROP(NormalForm, ASecondRunChangesNothing, (const std::vector<std::uint32_t>& numbers)) {
  std::string text;
  for (const std::uint32_t n : numbers) {
    // Half of all draws from the ranges where normalization has work to do.
    static constexpr char32_t kStarts[] = {0x20,   0x300,  0xAC00, 0x1100, 0x3000,
                                           0xFB00, 0x200B, 0x340,  0xF70,  0x1D100};
    append_utf8(text, n % 2 == 0 ? n / 2 % 0x110000 : kStarts[n / 2 % 10] + n / 20 % 128);
  }
  const std::string once = normal_form(text);
  RC_ASSERT(is_utf8(once));
  RC_ASSERT(normal_form(once) == once);
}

RC_GTEST_PROP(NormalForm, AnyOctetsGiveValidUtf8, (const std::string& octets)) {
  const std::string once = normal_form(octets);
  RC_ASSERT(is_utf8(once));
  RC_ASSERT(normal_form(once) == once);
}

TEST(ScriptOf, KnowsTheWritingsOfMail) {
  EXPECT_EQ(script_of(U'a'), Script::latin);
  EXPECT_EQ(script_of(U'中'), Script::han);
  EXPECT_EQ(script_of(U'々'), Script::han);
  EXPECT_EQ(script_of(U'ひ'), Script::hiragana);
  EXPECT_EQ(script_of(U'カ'), Script::katakana);
  EXPECT_EQ(script_of(U'ー'), Script::katakana);
  EXPECT_EQ(script_of(U'한'), Script::hangul);
  EXPECT_EQ(script_of(U'ж'), Script::cyrillic);
  EXPECT_EQ(script_of(U'λ'), Script::greek);
  EXPECT_EQ(script_of(U'ع'), Script::arabic);
  EXPECT_EQ(script_of(U'א'), Script::hebrew);
  EXPECT_EQ(script_of(U'ก'), Script::thai);
  EXPECT_EQ(script_of(U'अ'), Script::devanagari);
  EXPECT_EQ(script_of(U'ა'), Script::other);
  EXPECT_EQ(script_of(U'1'), Script::none);
  EXPECT_EQ(script_of(U'。'), Script::none);
  EXPECT_EQ(script_of(0x110000), Script::none);
  EXPECT_TRUE(is_dense(Script::hangul));
  EXPECT_FALSE(is_dense(Script::thai));
}

}  // namespace
}  // namespace weir::text
