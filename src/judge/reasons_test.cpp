#include <cmath>
#include <numeric>

#include "judge/judge.h"
#include "judge/readings.h"

namespace weir::judge {
namespace {

double sum(const Verdict& verdict) {
  return std::accumulate(verdict.reasons.begin(), verdict.reasons.end(), verdict.reasons_rest,
                         [](double s, const Reason& reason) { return s + reason.weight; });
}

std::size_t characters(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) static_cast<void>(next_code_point(text, at));
  return count;
}

Model taught(const std::vector<std::string>& spam, const std::vector<std::string>& ham) {
  Model model;
  int id = 0;
  for (std::size_t i = 0; i < std::max(spam.size(), ham.size()); ++i) {
    if (i < spam.size())
      model.learn(digest_of(std::to_string(++id)), Label::spam, extract(reading_of("", spam[i])));
    if (i < ham.size())
      model.learn(digest_of(std::to_string(++id)), Label::ham, extract(reading_of("", ham[i])));
  }
  return model;
}

bool names(const Verdict& verdict, std::string_view what, std::string_view piece, double sign) {
  return std::ranges::any_of(verdict.reasons, [&](const Reason& reason) {
    return reason.what == what && reason.text.find(piece) != std::string::npos &&
           reason.weight * sign > 0;
  });
}

TEST(Reasons, AModelThatLearntNothingSaysSo) {
  const Verdict verdict = Model().judge(reading_of("hello", "world"));
  EXPECT_EQ(verdict.spam_probability, 0.5);
  ASSERT_EQ(verdict.reasons.size(), 1U);
  EXPECT_EQ(verdict.reasons[0].what, "bias");
  EXPECT_EQ(verdict.reasons[0].weight, 0);
  EXPECT_NE(verdict.reasons[0].text.find("Nothing has been learnt"), std::string::npos);
}

TEST(Reasons, NameTheWordsThatSpeakForAndAgainst) {
  const Model model =
      taught({"buy cheap pills today", "cheap pills shipped at night"},
             {"the project meeting is today", "notes of the project meeting at night"});
  const Verdict verdict = model.judge(reading_of("", "cheap pills at the project meeting"));
  EXPECT_TRUE(names(verdict, "text", "pills", 1));
  EXPECT_TRUE(names(verdict, "text", "project meeting", -1));
}

TEST(Reasons, ShowWholeCharactersOfDenseScripts) {
  const Model model = taught({"代开发票请联系", "专业代开发票"}, {"今天下午开会", "会议报告"});
  const Verdict verdict = model.judge(reading_of("", "本公司代开发票，欢迎来电"));
  EXPECT_TRUE(names(verdict, "text", "代开发票", 1));
  for (const Reason& reason : verdict.reasons) EXPECT_TRUE(is_utf8(reason.text)) << reason.text;
}

TEST(Reasons, NameTheFieldOfAHeaderPiece) {
  Model model;
  auto spam = reading_of("a", "b");
  spam.fields.push_back({"x-note", "blast engine five"});
  model.learn(digest_of("1"), Label::spam, extract(spam));
  model.learn(digest_of("2"), Label::ham, extract(reading_of("a", "b")));
  const Verdict verdict = model.judge(spam);
  EXPECT_TRUE(names(verdict, "header", "x-note: blast engine five", 1) ||
              names(verdict, "header", "x-note", 1));
}

TEST(Reasons, MergeNeighbouringGramsIntoOnePiece) {
  const Model model = taught({"unsubscribe"}, {"completely different"});
  const Verdict verdict = model.judge(reading_of("", "unsubscribe"));
  const auto pieces = std::ranges::count(verdict.reasons, std::string("text"), &Reason::what);
  EXPECT_EQ(pieces, 1);
  EXPECT_TRUE(names(verdict, "text", "unsubscribe", 1));
}

TEST(Reasons, AreTheWeightiestFirst) {
  const Model model = taught({"one two three four five six"}, {"uno due tre quattro cinque sei"});
  const Verdict verdict = model.judge(reading_of("six", "one due three quattro five sei"));
  for (std::size_t i = 1; i < verdict.reasons.size(); ++i)
    EXPECT_GE(std::abs(verdict.reasons[i - 1].weight), std::abs(verdict.reasons[i].weight));
}

TEST(Reasons, ForAMessageOfOnlyUnknownThingsStillSum) {
  const Model model = taught({"one"}, {"two"});
  const Verdict verdict = model.judge(mail::Reading{});
  EXPECT_FALSE(verdict.reasons.empty());
  EXPECT_NEAR(sum(verdict), verdict.log_odds, 1e-9);
}

TEST(Reasons, OfALongTextTakeNoLongerThanTheTextDeserves) {
  std::string spam, ham, mixed;
  for (int i = 0; i < 3'000; ++i) {
    append_utf8(spam, 0x4E00 + static_cast<char32_t>(i));
    append_utf8(ham, 0x6E00 + static_cast<char32_t>(i));
    append_utf8(mixed, (i / 20 % 2 == 0 ? 0x4E00 : 0x6E00) + static_cast<char32_t>(i));
  }
  const Model model = taught({spam}, {ham});
  for (const std::string& text : {spam, ham, mixed}) {
    const Verdict verdict = model.judge(reading_of(text, text));
    EXPECT_LE(verdict.reasons.size(), 8U);
    EXPECT_NEAR(sum(verdict), verdict.log_odds, 1e-9);
  }
}

RC_GTEST_PROP(Reasons, AndTheirRestSumToTheLogOdds, ()) {
  Model model;
  const auto learnt = *rc::gen::container<std::vector<mail::Reading>>(4, any_reading());
  for (std::size_t i = 0; i < learnt.size(); ++i)
    model.learn(digest_of(std::to_string(i)), i % 2 == 0 ? Label::spam : Label::ham,
                extract(learnt[i]));
  const auto reading = *any_reading();
  const Verdict verdict = model.judge(reading);
  RC_ASSERT(verdict.log_odds == model.log_odds(extract(reading)));
  RC_ASSERT(verdict.spam_probability > 0 && verdict.spam_probability < 1);
  RC_ASSERT(std::abs(sum(verdict) - verdict.log_odds) < 1e-9);
  RC_ASSERT(!verdict.reasons.empty() && verdict.reasons.size() <= 8);
  for (const Reason& reason : verdict.reasons) {
    RC_ASSERT(is_utf8(reason.text));
    RC_ASSERT(!reason.text.empty() && characters(reason.text) <= 80);
  }
}

}  // namespace
}  // namespace weir::judge
