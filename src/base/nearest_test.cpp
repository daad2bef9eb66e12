#include "base/nearest.h"

namespace weir {
namespace {

constexpr std::array<std::string_view, 4> kWords = {"listen", "min_spam", "window", "zone"};

TEST(Nearest, FindsTheWordMeant) {
  EXPECT_EQ(nearest("lissten", kWords), "listen");
  EXPECT_EQ(nearest("min_spm", kWords), "min_spam");
  EXPECT_EQ(did_you_mean("zones", kWords), "; did you mean 'zone'?");
}

TEST(Nearest, SaysNothingWhenNothingIsNear) {
  EXPECT_EQ(nearest("completely different", kWords), "");
  EXPECT_EQ(did_you_mean("", {}), "");
}

RC_GTEST_PROP(Nearest, OneReplacedLetterStillFindsTheWord, (unsigned char letter, unsigned at)) {
  std::string word = "min_spam";
  word[at % word.size()] = static_cast<char>(letter);
  RC_ASSERT(nearest(word, kWords) == "min_spam");
}

}  // namespace
}  // namespace weir
