#include "text/normal.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>

#include <array>
#include <fstream>
#include <sstream>

#include "base/error.h"
#include "base/utf8.h"
#include "text/script.h"

namespace weir::text {
namespace {

std::string utf8(char32_t c) {
  std::string out;
  append_utf8(out, c);
  return out;
}

// "\u{200B}" and "\|" of the table in the document.
std::string unescaped(std::string_view cell) {
  std::string out;
  for (std::size_t at = 0; at < cell.size();) {
    if (cell.substr(at).starts_with("\\u{")) {
      const std::size_t end = cell.find('}', at);
      append_utf8(out, static_cast<char32_t>(std::stoul(
                           std::string(cell.substr(at + 3, end - at - 3)), nullptr, 16)));
      at = end + 1;
    } else {
      if (cell.substr(at).starts_with("\\|")) ++at;
      out.push_back(cell[at++]);
    }
  }
  return out;
}

TEST(NormalForm, TheExamplesOfTheDocumentHold) {
  std::ifstream file(WEIR_SOURCE_DIR "/docs/reading/normal-form.md");
  int examples = 0;
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("| `")) continue;
    const std::size_t middle = line.find("` | `");
    const std::size_t end = line.find("` |", middle + 5);
    ASSERT_NE(end, std::string::npos) << line;
    const std::string text = unescaped(std::string_view(line).substr(3, middle - 3));
    const std::string form = unescaped(std::string_view(line).substr(middle + 5, end - middle - 5));
    EXPECT_EQ(normal_form(text), form) << line;
    EXPECT_EQ(normal_form(form), form) << line;
    ++examples;
  }
  EXPECT_GT(examples, 40);
}

TEST(NormalForm, NothingAndInvisibleTextIsEmpty) {
  EXPECT_EQ(normal_form(""), "");
  EXPECT_EQ(normal_form("   "), "");
  EXPECT_EQ(normal_form("\u200B \u00AD"), "");
}

// Were the sign taken for a letter, the next run would see one word where this one sees two.
TEST(NormalForm, MoneyBehindTheSignsOfAnAddressIsNoLetter) {
  const std::string once = normal_form("\u045E|@-$\u045E|b_\u044F");
  EXPECT_EQ(normal_form(once), once);
}

TEST(NormalForm, IllFormedOctetsBecomeReplacementCharacters) {
  EXPECT_EQ(normal_form("a\xFF"
                        "b"),
            "a\uFFFD"
            "b");
  EXPECT_TRUE(is_utf8(normal_form("\xED\xA0\x80\xC0\x80\xF5")));
}

TEST(Normalise, CountsWhatWasUndone) {
  const auto undone = [](std::string_view text) { return normalise(text).undone; };
  EXPECT_EQ(undone("Ordinary text, with “quotes” & café — 1,000 of them."), Undone());
  EXPECT_EQ(undone("您好，世界。今天天气很好！").separators, 0U);
  EXPECT_EQ(undone("vi\u200Bag\u00ADra").ignorables, 2U);
  EXPECT_EQ(undone("ＦＲＥＥ").compatibility, 4U);
  EXPECT_EQ(undone("pаypаl").lookalikes, 2U);
  EXPECT_EQ(undone("Z\u0336\u0327\u031Ba").marks, 2U);
  EXPECT_EQ(undone("V-I-A-G-R-A").separators, 5U);
  EXPECT_EQ(undone("代 开 发 票").separators, 3U);
  EXPECT_EQ(undone("代*开*发*票").separators, 3U);
  EXPECT_EQ(undone("c@s1no").leet, 2U);
  EXPECT_EQ(undone("發票").han_variants, 1U);
  EXPECT_EQ(undone("!!!!").repeats, 3U);
}

// Hostile input of 200 KB each; a rule whose cost grew with the square would take minutes.
TEST(NormalForm, CostGrowsWithTheTextAlone) {
  for (const std::string_view piece : {"a ",
                                       "a.",
                                       "a@",
                                       "$€",
                                       "@b",
                                       "一",
                                       "一ア",
                                       "ㄱㅏ",
                                       "か\u3099",
                                       "\u0E01\u0E49\u0E48",
                                       "a\u0301\u0316",
                                       "z\u093C\u094D",
                                       "\u0F73\u200D\uFF9E\u0334",
                                       "代.",
                                       "!?",
                                       "a1",
                                       "1 ",
                                       "а",
                                       "аb ",
                                       "w.w.w",
                                       "://",
                                       "\U0010FFFF",
                                       "x.y z",
                                       "ﷺ"}) {
    std::string text = "a.b.c";
    while (text.size() < 200'000) text += piece;
    const std::string once = normal_form(text);
    EXPECT_LE(once.size(), 11 * text.size());
    EXPECT_TRUE(normal_form(once) == once) << piece;
  }
}

std::string random_text(const std::vector<std::uint32_t>& numbers) {
  // Two of three draws from what the rules are about.
  static constexpr char32_t kStarts[] = {
      0x20,    0x20,    0x20,   0x60,   0x60,   0x300,  0x390,   0x430,  0xE00,  0x900,  0x1100,
      0x1160,  0x2070,  0x2460, 0x3000, 0x3040, 0x30A0, 0x4E00,  0xAC00, 0xFB00, 0xFF00, 0x200B,
      0x1D400, 0x1F130, 0x340,  0xF70,  0x5300, 0x24B0, 0x1F1E6, 0x600,  0x20,   0x40};
  static constexpr std::u32string_view kSigns = U". -@$|!/:w130abcо€ー一口ロカ\u3099ㄱㅏ가代";
  std::string text;
  for (const std::uint32_t n : numbers) {
    if (n % 3 == 0)
      append_utf8(text, n / 3 % 0x110000);
    else if (n % 3 == 1)
      append_utf8(text, kStarts[n / 3 % 32] + n / 96 % 64);
    else
      append_utf8(text, kSigns[n / 3 % kSigns.size()]);
  }
  return text;
}

RC_GTEST_PROP(NormalForm, ASecondRunChangesNothing, ()) {
  const std::string once = normal_form(random_text(*rc::gen::container<std::vector<std::uint32_t>>(
      rc::gen::inRange<std::uint32_t>(0, 0xFFFFFFFF))));
  RC_ASSERT(is_utf8(once));
  RC_ASSERT(normal_form(once) == once);
}

RC_GTEST_PROP(NormalForm, AnyOctetsGiveValidUtf8, (const std::string& octets)) {
  const std::string once = normal_form(octets);
  RC_ASSERT(is_utf8(once));
  RC_ASSERT(normal_form(once) == once);
}

// The other normal forms of Unicode, as ICU makes them.
std::string icu_form(const char* name, UNormalization2Mode mode, std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getInstance(nullptr, name, mode, status);
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  normalizer->normalizeUTF8(0,
                            icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())),
                            sink, nullptr, status);
  WEIR_ASSERT(U_SUCCESS(status));
  return out;
}

// Where the document says that the form differs from NFKC.
bool differs_from_nfkc(char32_t c) {
  static constexpr std::u32string_view kSigns =
      U"\u00B4\u03F2\u03F9\u2033\u2036\u2034\u2037\u2057\u309B\u309C\u1FFD";
  return kSigns.find(c) != std::u32string_view::npos || (c >= 0x2474 && c <= 0x24B5) ||
         (c >= 0x3200 && c <= 0x3243) || (c >= 0x1F100 && c <= 0x1F12F) ||
         (c >= 0x1F240 && c <= 0x1F248);
}

TEST(NormalForm, EachCharacterIsTheSameAsItsUnicodeNormalForms) {
  for (char32_t c = 1; c < 0x110000; ++c) {
    if ((c >= 0xD800 && c < 0xE000) || differs_from_nfkc(c)) continue;
    if (c >= 0x30000 && c < 0xE0000 && c % 64 != 0) continue;  // Han and nothing yet
    const std::string text = "x" + utf8(c) + "y";
    const std::string form = normal_form(text);
    ASSERT_EQ(normal_form(form), form) << std::hex << static_cast<std::uint32_t>(c);
    EXPECT_EQ(normal_form(icu_form("nfkc_cf", UNORM2_COMPOSE, text)), form)
        << std::hex << static_cast<std::uint32_t>(c);
    EXPECT_EQ(normal_form(icu_form("nfc", UNORM2_DECOMPOSE, text)), form)
        << std::hex << static_cast<std::uint32_t>(c);
  }
}

constexpr std::array<std::string_view, 12> kSentences = {
    "Buy cheap watches online today and save money",
    "您好本公司代开各地发票欢迎来电咨询",
    "本公司有剩余發票可以優惠代開",
    "無料でサンプルを差し上げますカタログ",
    "무료 대출 상담 지금 바로 신청하세요",
    "Бесплатный кредит без справок и поручителей",
    "Δωρεάν προσφορά για όλους τους πελάτες",
    "สินเชื่อด่วนไม่ต้องค้ำประกัน",
    "قرض مجاني بدون ضمانات لجميع العملاء",
    "Vay tiền nhanh không cần thế chấp",
    "मुफ्त ऋण बिना किसी गारंटी के",
    "Geld sofort für alle, ohne Schufa"};

std::string sentence() {
  return std::string(kSentences[*rc::gen::inRange<std::size_t>(0, kSentences.size())]);
}

// Hands each code point to change(), which writes it or something else.
template <typename Change>
std::string changed(std::string_view text, const Change& change) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) change(out, next_code_point(text, at));
  return out;
}

bool coin() { return *rc::gen::inRange(0, 2) == 0; }

RC_GTEST_PROP(NormalForm, InvisibleCharactersChangeNothing, ()) {
  static constexpr std::u32string_view kInvisible =
      U"\u200B\u200C\u200D\u2060\uFEFF\u00AD\u202E\u2066\uFE0F\u3164\U000E0041\u034F\u061C";
  const std::string text = sentence();
  const std::string disguised = changed(text, [&](std::string& out, char32_t c) {
    append_utf8(out, c);
    if (coin()) append_utf8(out, kInvisible[*rc::gen::inRange<std::size_t>(0, kInvisible.size())]);
  });
  RC_ASSERT(normal_form(disguised) == normal_form(text));
}

RC_GTEST_PROP(NormalForm, OtherDressChangesNothing, ()) {
  // Of A, a, 0; 0 where there is none.
  static constexpr std::array<std::array<char32_t, 3>, 9> kDresses = {{{0xFF21, 0xFF41, 0xFF10},
                                                                       {0x24B6, 0x24D0, 0x24EA},
                                                                       {0x1D400, 0x1D41A, 0x1D7CE},
                                                                       {0x1D4D0, 0x1D4EA, 0x1D7D8},
                                                                       {0x1F110, 0x249C, 0},
                                                                       {0x1F130, 0, 0},
                                                                       {0x1F150, 0, 0},
                                                                       {0x1F170, 0, 0},
                                                                       {0x1F1E6, 0, 0}}};
  const std::string text = sentence();
  const std::string disguised = changed(text, [&](std::string& out, char32_t c) {
    const auto& dress = kDresses[*rc::gen::inRange<std::size_t>(0, kDresses.size())];
    char32_t to = c;
    if (c >= 'A' && c <= 'Z' && dress[0] != 0) to = c - 'A' + dress[0];
    if (c >= 'a' && c <= 'z') to = dress[1] != 0 ? c - 'a' + dress[1] : c - 'a' + dress[0];
    append_utf8(out, coin() ? to : c);
  });
  RC_ASSERT(normal_form(disguised) == normal_form(text));
}

RC_GTEST_PROP(NormalForm, MarksOnLettersThatNeedNoneChangeNothing, ()) {
  const std::string text = kSentences[coin() ? 0 : 5].data();
  const std::string disguised = changed(text, [&](std::string& out, char32_t c) {
    append_utf8(out, c);
    if (c == ' ') return;
    for (int n = *rc::gen::inRange(0, 4); n > 0; --n)
      append_utf8(out, 0x300 + *rc::gen::inRange<char32_t>(0, 0x45));
  });
  RC_ASSERT(normal_form(disguised) == normal_form(text));
}

RC_GTEST_PROP(NormalForm, LookAlikesInLatinWordsChangeNothing, ()) {
  static constexpr std::string_view kLatin = "aceopxyijskmthbAEBKMHOPCTXyIJS";
  static constexpr std::u32string_view kOther = U"асеорхуіјѕкмтнвАЕВКМНОРСТХуІЈЅ";
  const std::string disguised = changed(kSentences[0], [&](std::string& out, char32_t c) {
    const std::size_t at = kLatin.find(static_cast<char>(c));
    append_utf8(out, at != std::string_view::npos && coin() ? kOther[at] : c);
  });
  RC_ASSERT(normal_form(disguised) == normal_form(kSentences[0]));
}

RC_GTEST_PROP(NormalForm, LookAlikesInRussianWordsChangeNothing, ()) {
  static constexpr std::u32string_view kCyrillic = U"асеорхукмтнвАЕВКМНОРСТХ";
  static constexpr std::u32string_view kLatin = U"aceopxykmthbAEBKMHOPCTX";
  const std::string disguised = changed(kSentences[5], [&](std::string& out, char32_t c) {
    const std::size_t at = kCyrillic.find(c);
    append_utf8(out, at != std::u32string_view::npos && coin() ? kLatin[at] : c);
  });
  RC_ASSERT(normal_form(disguised) == normal_form(kSentences[5]));
}

RC_GTEST_PROP(NormalForm, SignsBetweenDenseCharactersChangeNothing, ()) {
  static constexpr std::array<std::string_view, 12> kSigns = {" ",  ".",  "*", "、",  "/",  "🔥",
                                                              "——", "　", "★", " - ", "，", "_"};
  static constexpr std::array<std::size_t, 5> kDense = {1, 2, 3, 4, 7};
  const std::string_view text =
      kSentences[kDense[*rc::gen::inRange<std::size_t>(0, kDense.size())]];
  bool marks_follow = false;
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    append_utf8(out, next_code_point(text, at));
    // Not between a Thai letter and its mark.
    std::size_t next = at;
    const char32_t following = at < text.size() ? next_code_point(text, next) : U' ';
    marks_follow =
        (following >= 0xE31 && following <= 0xE3A) || (following >= 0xE47 && following <= 0xE4E);
    if (!marks_follow && at < text.size() && coin())
      out += kSigns[*rc::gen::inRange<std::size_t>(0, kSigns.size())];
  }
  RC_ASSERT(normal_form(out) == normal_form(text));
}

RC_GTEST_PROP(NormalForm, OneSignBetweenAllLettersOfAWordChangesNothing, ()) {
  static constexpr std::array<std::string_view, 9> kSigns = {".",  "-", "*", "_", "/",
                                                             "🔥", "+", "|", "--"};
  const std::string_view sign = kSigns[*rc::gen::inRange<std::size_t>(0, kSigns.size())];
  const std::string_view text = kSentences[coin() ? 0 : 5];
  std::string out;
  bool after_letter = false;
  bool spread = coin();
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (c == ' ') spread = coin();
    if (after_letter && c != ' ' && spread) out += sign;
    append_utf8(out, c);
    after_letter = c != ' ';
  }
  // A word of two letters cannot be told from two letters.
  RC_PRE(out.find("и" + std::string(sign)) != 0);
  RC_ASSERT(normal_form(out) == normal_form(text));
}

RC_GTEST_PROP(NormalForm, TheNormalFormsOfUnicodeAreOne, ()) {
  const std::string text = sentence();
  const std::string form = normal_form(text);
  RC_ASSERT(normal_form(icu_form("nfc", UNORM2_DECOMPOSE, text)) == form);
  RC_ASSERT(normal_form(icu_form("nfkc", UNORM2_COMPOSE, text)) == form);
  RC_ASSERT(normal_form(icu_form("nfkc", UNORM2_DECOMPOSE, text)) == form);
  RC_ASSERT(normal_form(icu_form("nfkc_cf", UNORM2_COMPOSE, text)) == form);
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
