#include "base/utf8.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <vector>

namespace weir {
namespace {

std::vector<char32_t> decode_all(std::string_view text) {
  std::vector<char32_t> out;
  for (std::size_t at = 0; at < text.size();) out.push_back(next_code_point(text, at));
  return out;
}

rc::Gen<char32_t> any_scalar() {
  const auto range = [](std::uint32_t from, std::uint32_t to) {
    return rc::gen::cast<char32_t>(rc::gen::inRange<std::uint32_t>(from, to));
  };
  return rc::gen::oneOf(range(0, 0x80), range(0x80, 0x800), range(0x800, 0xD800),
                        range(0xE000, 0x10000), range(0x10000, 0x110000));
}

TEST(Utf8, EveryScalarValueComesBack) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text;
    append_utf8(text, c);
    std::size_t at = 0;
    ASSERT_EQ(next_code_point(text, at), c);
    ASSERT_EQ(at, text.size());
    ASSERT_TRUE(is_utf8(text));
  }
}

TEST(Utf8, SurrogatesAndNumbersTooHighAreWrittenAsTheReplacementCharacter) {
  for (const char32_t c : {0xD800U, 0xDFFFU, 0x110000U, 0xFFFFFFFFU}) {
    std::string text;
    append_utf8(text, c);
    EXPECT_EQ(text, "\xEF\xBF\xBD");
  }
}

// The example of the Unicode Standard 3.9, table 3-8 (maximal subparts), and its neighbours.
TEST(Utf8, EachMaximalSubpartOfAnIllFormedSequenceIsReplacedOnce) {
  EXPECT_EQ(decode_all("\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64"),
            (std::vector<char32_t>{0x61, 0xFFFD, 0xFFFD, 0xFFFD, 0x62, 0xFFFD, 0x63, 0xFFFD, 0xFFFD,
                                   0x64}));
  EXPECT_EQ(decode_all("\xC0\xAF"), (std::vector<char32_t>{0xFFFD, 0xFFFD}));  // overlong
  EXPECT_EQ(decode_all("\xED\xA0\x80"),
            (std::vector<char32_t>{0xFFFD, 0xFFFD, 0xFFFD}));  // surrogate
  EXPECT_EQ(decode_all("\xF4\x90\x80\x80").size(), 4U);        // above U+10FFFF
  EXPECT_EQ(decode_all("\xE4\xB8").size(), 1U);                // cut off
}

TEST(Utf8, IllFormedTextIsToldApart) {
  EXPECT_TRUE(is_utf8(""));
  EXPECT_TRUE(is_utf8("中文"));
  for (const std::string_view text : {"\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xBF\xBF",
                                      "\xF0\x8F\xBF\xBF", "\xF5\x80\x80\x80", "\xE4\xB8", "\xFF"})
    EXPECT_FALSE(is_utf8(text));
}

TEST(Utf8, PrefixDoesNotCutACodePoint) {
  EXPECT_EQ(utf8_prefix("中文", 6), "中文");
  EXPECT_EQ(utf8_prefix("中文", 5), "中");
  EXPECT_EQ(utf8_prefix("中文", 3), "中");
  EXPECT_EQ(utf8_prefix("中文", 2), "");
  EXPECT_EQ(utf8_prefix("😀", 3), "");
  EXPECT_EQ(utf8_prefix("abc", 0), "");
}

RC_GTEST_PROP(Utf8, AnyOctetsBecomeValidTextAndValidTextStaysAsItIs, (const std::string& octets)) {
  const auto text = to_valid_utf8(octets);
  RC_ASSERT(is_utf8(text));
  RC_ASSERT(to_valid_utf8(text) == text);
  RC_ASSERT((text == octets) == is_utf8(octets));
}

RC_GTEST_PROP(Utf8, PrefixIsTheLongestThatFits, ()) {
  std::string text;
  for (const auto c : *rc::gen::container<std::vector<char32_t>>(any_scalar()))
    append_utf8(text, c);
  const auto most = *rc::gen::inRange<std::size_t>(0, text.size() + 2);
  const auto prefix = utf8_prefix(text, most);
  RC_ASSERT(prefix.size() <= most);
  RC_ASSERT(is_utf8(prefix));
  if (prefix.size() < text.size()) {
    std::size_t next = prefix.size();
    (void)next_code_point(text, next);
    RC_ASSERT(next > most);
  }
}

}  // namespace
}  // namespace weir
