#include "judge/rehearsal.h"

#include "judge/readings.h"

namespace weir::judge {
namespace {

Features spam(int i) {
  return extract(
      reading_of("offer " + std::to_string(i), "cheap pills, buy now " + std::to_string(i)));
}
Features ham(int i) {
  return extract(
      reading_of("minutes " + std::to_string(i), "our meeting on Tuesday " + std::to_string(i)));
}

struct Taught {
  Model model;
  Rehearsal rehearsal;
  void learn(int i, Label label) {
    rehearsal.learn(model, digest_of(fmt::format("{}{}", i, static_cast<int>(label))), label,
                    label == Label::spam ? spam(i) : ham(i));
  }
};

TEST(Rehearsal, LearningInBlocksForgetsNeither) {
  for (const auto first : {Label::spam, Label::ham}) {
    const auto second = first == Label::spam ? Label::ham : Label::spam;
    Taught taught;
    for (int i = 0; i < 200; ++i) taught.learn(i, first);
    for (int i = 0; i < 200; ++i) taught.learn(i, second);
    EXPECT_GT(taught.model.spam_probability(spam(999)), 0.9) << static_cast<int>(first);
    EXPECT_LT(taught.model.spam_probability(ham(999)), 0.1) << static_cast<int>(first);
    EXPECT_EQ(taught.model.spam_learnt(), 200U);
    EXPECT_EQ(taught.model.ham_learnt(), 200U);
  }
}

TEST(Rehearsal, AStreamWithShortRunsIsLearntAsItComes) {
  Taught taught;
  Model plain;
  for (int i = 0; i < 60; ++i) {
    const auto label = i % 3 == 0 ? Label::spam : Label::ham;
    taught.learn(i, label);
    plain.learn(digest_of(fmt::format("{}{}", i, static_cast<int>(label))), label,
                label == Label::spam ? spam(i) : ham(i));
  }
  EXPECT_EQ(taught.model.serialise(), plain.serialise());
}

TEST(Rehearsal, AMessageCountsOnceAndIsNotRehearsedUnderItsOldLabel) {
  Taught taught;
  taught.rehearsal.learn(taught.model, digest_of("x"), Label::spam, spam(1));
  taught.rehearsal.learn(taught.model, digest_of("x"), Label::spam, spam(1));
  taught.rehearsal.learn(taught.model, digest_of("x"), Label::ham, spam(1));
  EXPECT_EQ(taught.model.spam_learnt(), 0U);
  EXPECT_EQ(taught.model.ham_learnt(), 1U);
  for (int i = 0; i < 50; ++i) taught.learn(i, Label::ham);
  EXPECT_LT(taught.model.spam_probability(spam(1)), 0.5);
}

TEST(Rehearsal, WhatWasRehearsedCanBeTakenBack) {
  Taught taught;
  for (int i = 0; i < 30; ++i) taught.learn(i, Label::spam);
  for (int i = 0; i < 60; ++i) taught.learn(i, Label::ham);
  for (int i = 0; i < 30; ++i)
    taught.rehearsal.learn(taught.model, digest_of(fmt::format("{}1", i)), Label::ham, spam(i));
  EXPECT_LT(taught.model.spam_probability(spam(5)), 0.5);
  EXPECT_EQ(taught.model.spam_learnt(), 0U);
}

TEST(Rehearsal, FilesThatAreNoneAreRefused) {
  Taught taught;
  for (int i = 0; i < 3; ++i) taught.learn(i, Label::spam);
  const auto octets = taught.rehearsal.serialise();
  EXPECT_TRUE(Rehearsal::parse(octets));
  for (std::size_t i = 0; i < octets.size(); ++i) {
    auto bad = octets;
    bad[i] = static_cast<char>(bad[i] ^ 4);
    EXPECT_FALSE(Rehearsal::parse(bad)) << i;
    EXPECT_FALSE(Rehearsal::parse(octets.substr(0, i))) << i;
  }
}

// Saved and read back at any moment, it goes on as if it had not been.
RC_GTEST_PROP(Rehearsal, GoesOnAfterAReadBack,
              (const std::vector<std::pair<std::uint8_t, bool>>& steps)) {
  Model model;
  Rehearsal straight, saved;
  Model other;
  for (const auto& [message, is_spam] : steps) {
    const auto digest = digest_of(std::to_string(message % 40));
    const Features features{{message, 1'000U * (1U + message)}};
    const auto label = is_spam ? Label::spam : Label::ham;
    straight.learn(model, digest, label, features);
    saved.learn(other, digest, label, features);
    auto back = Rehearsal::parse(saved.serialise());
    RC_ASSERT(back.has_value());
    saved = std::move(*back);
  }
  RC_ASSERT(saved.serialise() == straight.serialise());
  RC_ASSERT(model.serialise() == other.serialise());
}

}  // namespace
}  // namespace weir::judge
