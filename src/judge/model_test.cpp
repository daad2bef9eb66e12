#include <cmath>
#include <cstdlib>

#include "judge/judge.h"
#include "judge/readings.h"

namespace weir::judge {
namespace {

// A model is a table of 32 MB: a hundred of them for each property would take half a minute.
[[maybe_unused]] const int kFewerRuns = setenv("RC_PARAMS", "max_success=25", 0);

const Features kSpam = extract(reading_of("cheap pills", "buy cheap pills now, offer ends today"));
const Features kHam = extract(reading_of("meeting", "the meeting is moved to Tuesday"));

TEST(Model, ThatLearntNothingSaysOneHalf) {
  const Model model;
  EXPECT_EQ(model.log_odds(kSpam), 0);
  EXPECT_EQ(model.spam_probability(kSpam), 0.5);
  EXPECT_EQ(model.spam_probability({}), 0.5);
}

TEST(Model, TellsWhatItLearntApart) {
  Model model;
  model.learn(digest_of("1"), Label::spam, kSpam);
  model.learn(digest_of("2"), Label::ham, kHam);
  EXPECT_GT(model.spam_probability(kSpam), 0.9);
  EXPECT_LT(model.spam_probability(kHam), 0.1);
  EXPECT_EQ(model.spam_learnt(), 1U);
  EXPECT_EQ(model.ham_learnt(), 1U);
}

TEST(Model, CountsAMessageOnce) {
  Model once, thrice;
  once.learn(digest_of("1"), Label::spam, kSpam);
  for (int i = 0; i < 3; ++i) thrice.learn(digest_of("1"), Label::spam, kSpam);
  EXPECT_EQ(thrice.spam_learnt(), 1U);
  EXPECT_EQ(once.serialise(), thrice.serialise());
}

TEST(Model, TheOtherLabelTakesBackWhatTheFirstAdded) {
  Model changed, straight;
  changed.learn(digest_of("1"), Label::spam, kSpam);
  changed.learn(digest_of("1"), Label::ham, kSpam);
  straight.learn(digest_of("1"), Label::ham, kSpam);
  EXPECT_EQ(changed.serialise(), straight.serialise());
  EXPECT_EQ(changed.spam_learnt(), 0U);
  EXPECT_EQ(changed.ham_learnt(), 1U);
}

TEST(Model, LearnsNothingFromWhatItKnewAlready) {
  Model model;
  model.learn(digest_of("1"), Label::spam, kSpam);
  const double before = model.log_odds(kSpam);
  ASSERT_GT(model.spam_probability(kSpam), 0.99);
  model.learn(digest_of("2"), Label::spam, kSpam);
  EXPECT_EQ(model.log_odds(kSpam), before);
  EXPECT_EQ(model.spam_learnt(), 2U);
}

TEST(Model, OtherFeaturesUnderOneDigestAreNotTakenBack) {
  Model model;
  model.learn(digest_of("1"), Label::spam, kSpam);
  model.learn(digest_of("1"), Label::ham, kHam);
  EXPECT_GT(model.log_odds(kSpam), 0);
  EXPECT_EQ(model.spam_learnt() + model.ham_learnt(), 1U);
}

TEST(Model, ContradictionsNeitherRunAwayNorGiveNaN) {
  Model model;
  for (int i = 0; i < 20'000; ++i) {
    model.learn(digest_of(std::to_string(i)), i % 2 == 0 ? Label::spam : Label::ham, {{7}});
    ASSERT_TRUE(std::isfinite(model.log_odds({{7}})));
  }
  EXPECT_LT(std::abs(model.log_odds({{7}})), 5);
  const double p = model.spam_probability({{7}});
  EXPECT_GT(p, 0);
  EXPECT_LT(p, 1);
}

TEST(Model, IsAFoldOverItsInput) {
  Model a, b;
  for (Model* model : {&a, &b})
    for (int i = 0; i < 50; ++i)
      model->learn(digest_of(std::to_string(i % 40)), i % 3 == 0 ? Label::spam : Label::ham,
                   i % 2 == 0 ? kSpam : kHam);
  EXPECT_EQ(a.serialise(), b.serialise());
}

TEST(Model, FindsTheSpamInAnyLanguage) {
  Model model;
  const auto text_only = [](const char* text) {
    mail::Reading reading;
    reading.texts = {text_part(text)};
    return reading;
  };
  const auto learn = [&](int i, Label label, const char* text) {
    model.learn(digest_of(std::to_string(i)), label, extract(text_only(text)));
  };
  learn(1, Label::spam, "代开各类发票，税点优惠，请联系张经理");
  learn(2, Label::ham, "今天下午三点开会，请准备上个月的报告");
  learn(3, Label::spam, "無料で高収入が得られます");
  learn(4, Label::ham, "明日の会議の資料を送ります");
  EXPECT_GT(model.spam_probability(extract(text_only("我公司可代开发票，优惠"))), 0.5);
  EXPECT_LT(model.spam_probability(extract(text_only("请把报告带到下午的会上"))), 0.5);
  EXPECT_GT(model.spam_probability(extract(text_only("高収入を無料で"))), 0.5);
}

// Learning A as one label, then anything else, then A as the other label: the counters are those of
// the labels that stand.
RC_GTEST_PROP(Model, CountsEveryDigestUnderItsLastLabel,
              (const std::vector<std::pair<std::uint8_t, bool>>& steps)) {
  Model model;
  std::map<int, bool> last;
  for (const auto& [message, spam] : steps) {
    const Features f{{message, 300U + message % 7U}};
    model.learn(digest_of(std::to_string(message)), spam ? Label::spam : Label::ham, f);
    last[message] = spam;
  }
  const auto spam = static_cast<std::uint64_t>(
      std::ranges::count_if(last, [](const auto& one) { return one.second; }));
  RC_ASSERT(model.spam_learnt() == spam);
  RC_ASSERT(model.ham_learnt() == last.size() - spam);
  RC_ASSERT(std::isfinite(model.log_odds({{1, 2, 300}})));
}

// When the last of several messages is relabelled, the model is the one that learnt the right label
// at once.
RC_GTEST_PROP(Model, RelabellingTheLastMessageLeavesNoTrace, (const std::vector<bool>& labels)) {
  Model changed, straight;
  const auto learn = [](Model& model, std::size_t i, bool spam) {
    const auto n = static_cast<std::uint32_t>(i);
    model.learn(digest_of(std::to_string(i)), spam ? Label::spam : Label::ham,
                {{n % 5, 10 + n % 3, 20 + n}});
  };
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const bool is_last = i + 1 == labels.size();
    if (is_last) learn(changed, i, !labels[i]);
    learn(changed, i, labels[i]);
    learn(straight, i, labels[i]);
  }
  RC_ASSERT(changed.serialise() == straight.serialise());
}

}  // namespace
}  // namespace weir::judge
