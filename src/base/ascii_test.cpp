#include "base/ascii.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

namespace weir {
namespace {

TEST(Ascii, CaseIsIgnoredWhereItShould) {
  EXPECT_TRUE(iequals("Content-Type", "content-TYPE"));
  EXPECT_FALSE(iequals("a", "ab"));
  EXPECT_TRUE(istarts_with("Boundary=x", "boundary="));
  EXPECT_TRUE(iends_with("bill.PDF", ".pdf"));
  EXPECT_FALSE(iends_with("f", ".pdf"));
  EXPECT_EQ(lower("\xC4 ABC"), "\xC4 abc");
  EXPECT_EQ(trim(" \t a b\r\n"), "a b");
}

TEST(Ascii, PercentSignsWithoutTwoDigitsStay) {
  EXPECT_EQ(percent_decoded("%41%7a%e4%"), "Az\xE4%");
  EXPECT_EQ(percent_decoded("100%zz%4"), "100%zz%4");
}

RC_GTEST_PROP(Ascii, OneHighOctetAnywhereIsSeen, (std::string text)) {
  for (char& c : text) c = static_cast<char>(c & 0x7F);
  RC_ASSERT(!has_8bit(text));
  const auto at = *rc::gen::inRange<std::size_t>(0, text.size() + 1);
  text.insert(at, 1, '\xFF');
  RC_ASSERT(has_8bit(text));
}

}  // namespace
}  // namespace weir
