#include "text/script.h"

#include <unicode/uscript.h>

#include "base/utf8.h"

namespace weir::text {
namespace {

std::string codes(std::string_view text) {
  std::string result;
  for (const ScriptShare& share : script_shares(text)) {
    if (!result.empty()) result += ' ';
    result += share.name();
  }
  return result;
}

TEST(ScriptNumber, IsWhatUnicodeSaysOfEveryCodePoint) {
  for (char32_t c = 0; c < 0x110000; c += c < 0x40000 ? 1 : 61) {
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode code = uscript_getScript(static_cast<UChar32>(c), &status);
    const bool none =
        code == USCRIPT_COMMON || code == USCRIPT_INHERITED || code == USCRIPT_UNKNOWN;
    const int expected = c == 0x30FC || c == 0xFF70 ? USCRIPT_KATAKANA : none ? 0 : code;
    ASSERT_EQ(script_number(c), expected) << static_cast<std::uint32_t>(c);
  }
  EXPECT_EQ(script_number(0x110000), 0);
  EXPECT_EQ(script_number(0xFFFFFFFF), 0);
}

TEST(ScriptShares, TellTheWritingsOfEastAsiaApart) {
  EXPECT_EQ(codes("漢字"), "Hani");
  EXPECT_EQ(codes("漢字とかな"), "Hira Hani");
  EXPECT_EQ(codes("ﾒｰﾙ"), "Kana");
  EXPECT_EQ(codes("한국어 大韓"), "Hang Hani");
  EXPECT_EQ(codes("ㄅㄆㄇ"), "Bopo");
}

TEST(ScriptShares, KnowScriptsOfAllTheWorld) {
  EXPECT_EQ(codes("русский"), "Cyrl");
  EXPECT_EQ(codes("ქართული"), "Geor");
  EXPECT_EQ(codes("አማርኛ"), "Ethi");
  EXPECT_EQ(codes("မြန်မာ"), "Mymr");
  EXPECT_EQ(codes("ᏣᎳᎩ"), "Cher");
  EXPECT_EQ(codes("𐌲𐌿𐍄"), "Goth");
  EXPECT_EQ(codes("ＡＢＣ abc"), "Latn");
  EXPECT_EQ(codes("12 +-, 😀 ①"), "");
}

TEST(ScriptShares, AreOfLetters) {
  const ScriptsOfText scripts = scripts_of("abc 123 где!");
  EXPECT_EQ(scripts.letters, 6U);
  ASSERT_EQ(scripts.shares.size(), 2U);
  EXPECT_DOUBLE_EQ(scripts.shares[0].share, 0.5);
  EXPECT_EQ(scripts.shares[0].name(), "Cyrl");
}

TEST(MixedWords, AreThoseThatLookLikeOneWritingAndAreTwo) {
  EXPECT_EQ(scripts_of("P\u0430yPal").mixed_words, 1U);                // a Cyrillic a
  EXPECT_EQ(scripts_of("\u0420ayPal").mixed_words, 1U);                // at the start
  EXPECT_EQ(scripts_of("PayPa\u04CF").mixed_words, 1U);                // at the end
  EXPECT_EQ(scripts_of("micr\u03BFsoft l\u03BFgin").mixed_words, 2U);  // Greek omicrons
  EXPECT_EQ(scripts_of("caf\u00E9 \u0432 \u041C\u043E\u0441\u043A\u0432\u0435").mixed_words, 0U);
  EXPECT_EQ(scripts_of("5 k\u03A9, 3 \u03BCm").mixed_words, 0U);  // two letters
  EXPECT_EQ(scripts_of("iPhone\u306E\u5145\u96FB").mixed_words, 0U);
  EXPECT_EQ(scripts_of("Word-\u0434\u043E\u043A\u0443\u043C\u0435\u043D\u0442").mixed_words, 0U);
}

RC_GTEST_PROP(ScriptShares, AreOfOneAndNoneIsTwice, (const std::vector<std::uint32_t>& numbers)) {
  std::string text;
  std::size_t letters = 0;
  for (const std::uint32_t n : numbers) {
    const char32_t c = n % 0x3400;
    append_utf8(text, c);
    letters += script_number(c) != 0 ? 1 : 0;
  }
  const ScriptsOfText scripts = scripts_of(text);
  RC_ASSERT(scripts.letters == letters);
  double sum = 0;
  for (std::size_t i = 0; i < scripts.shares.size(); ++i) {
    RC_ASSERT(scripts.shares[i].share > 0);
    for (std::size_t k = 0; k < i; ++k) RC_ASSERT(scripts.shares[k].code != scripts.shares[i].code);
    sum += scripts.shares[i].share;
  }
  RC_ASSERT(std::abs(sum - (letters == 0 ? 0.0 : 1.0)) < 1e-9);
}

RC_GTEST_PROP(ScriptShares, DoNotFearAnyOctets, (const std::string& octets)) {
  RC_ASSERT(scripts_of(octets).letters <= octets.size());
}

}  // namespace
}  // namespace weir::text
