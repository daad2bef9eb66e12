#include <algorithm>
#include <cmath>
#include <cstring>

#include "judge/judge.h"

// Logistic regression by dual averaging (Xiao 2010) with a step for each feature (Duchi et al.
// 2011).
//
// A message with features F has the vector x, x_i = 1 / sqrt(|F| + kEven) for i in F and for the
// bias. A learnt message with error e = y - p adds e * x_i to the sum of gradients and e^2 to the
// sum of squares of each of its features. The weight of a feature is kRate * gradients /
// sqrt(kStart + squares), its share of the log-odds x_i times that. So a feature that was seldom
// learnt moves a lot and one that was learnt often moves little, and the state is nothing but sums:
// in fixed point they are exact, learning can be taken back to the octet, and no order of addition
// matters.
//
// A message is learnt only while the error is at least kError (train on or near error). The
// constants were chosen on three corpora (English, mixed, Chinese) together; around them the
// figures change little.

namespace weir::judge {
namespace {

constexpr double kRate = 18.0;
constexpr double kStart = 0.1;
constexpr double kError = 0.02;
constexpr double kEven = 8.0;  // keeps a message of one feature from moving it by all of its error
constexpr double kGradientUnit = 1.0 / (1U << 20);
constexpr double kSquareUnit = 1.0 / (1U << 12);
constexpr double kMaxLogOdds =
    40.0;  // exp stays finite; the probability of a ham is then still above zero
constexpr std::size_t kBias = std::size_t{1} << kHashBits;

double norm(std::size_t features) { return 1.0 / std::sqrt(static_cast<double>(features) + kEven); }

double probability(double log_odds) {
  return 1.0 / (1.0 + std::exp(-std::clamp(log_odds, -kMaxLogOdds, kMaxLogOdds)));
}

// FNV-1a: tells the features of a message from others, no more.
std::uint32_t check_of(const Features& features) {
  std::uint32_t x = 2'166'136'261U;
  for (const std::uint32_t hash : features.hashes) x = (x ^ hash) * 16'777'619U;
  return x;
}

}  // namespace

std::size_t Model::KeyHash::operator()(const Key& key) const noexcept {
  std::size_t x = 0;
  std::memcpy(&x, key.data(), sizeof x);
  return x;
}

Model::Model() : weights_(kBias + 1) {}

double Model::weight(const Weight& sums) {
  if (sums.gradient == 0) return 0;
  return kRate * kGradientUnit * static_cast<std::int32_t>(sums.gradient) /
         std::sqrt(kStart + kSquareUnit * sums.squares);
}

double Model::log_odds(const Features& features) const {
  double sum = weight(weights_[kBias]);
  for (const std::uint32_t hash : features.hashes) sum += weight(weights_[hash]);
  return sum * norm(features.hashes.size());
}

double Model::spam_probability(const Features& features) const {
  return probability(log_odds(features));
}

Verdict Model::judge(const mail::Reading& reading) const {
  const Features features = extract(reading);
  Verdict verdict;
  verdict.log_odds = log_odds(features);
  verdict.spam_probability = probability(verdict.log_odds);
  verdict.reasons = reasons(reading, features);
  verdict.reasons_rest = verdict.log_odds;
  for (const Reason& reason : verdict.reasons) verdict.reasons_rest -= reason.weight;
  return verdict;
}

double Model::share(std::size_t index, std::size_t features) const {
  return weight(weights_[index]) * norm(features);
}

double Model::bias_share(std::size_t features) const { return share(kBias, features); }

Model::Weight Model::step_for(const Features& features, Label label) const {
  const double error = (label == Label::spam ? 1.0 : 0.0) - spam_probability(features);
  if (std::abs(error) < kError) return {};
  const auto gradient = std::llround(error * norm(features.hashes.size()) / kGradientUnit);
  const auto squares = std::llround(error * error / kSquareUnit);
  return {static_cast<std::uint32_t>(gradient), static_cast<std::uint32_t>(squares)};
}

void Model::add(const Features& features, Weight step) {
  const auto to = [&](Weight& sums) {
    sums.gradient += step.gradient;
    sums.squares += step.squares;
  };
  for (const std::uint32_t hash : features.hashes) to(weights_[hash]);
  to(weights_[kBias]);
}

Model::Learnt& Model::slot_for(const Key& key) {
  if (learnt_.size() < kMaxLearnt) {
    where_[key] = static_cast<std::uint32_t>(learnt_.size());
    return learnt_.emplace_back();
  }
  Learnt& slot = learnt_[oldest_];
  where_.erase(slot.key);
  where_[key] = static_cast<std::uint32_t>(oldest_);
  oldest_ = (oldest_ + 1) % kMaxLearnt;
  return slot;
}

Model::Key Model::key_of(const Digest& message) {
  Key key;
  std::copy_n(message.begin(), key.size(), key.begin());
  return key;
}

std::optional<Label> Model::label_of(const Digest& message) const {
  const auto found = where_.find(key_of(message));
  if (found == where_.end()) return std::nullopt;
  return learnt_[found->second].label;
}

void Model::learn_again(const Digest& message, const Features& features) {
  const auto found = where_.find(key_of(message));
  if (found == where_.end() || learnt_[found->second].check != check_of(features)) return;
  Learnt& before = learnt_[found->second];
  const Weight step = step_for(features, before.label);
  before.step.gradient += step.gradient;
  before.step.squares += step.squares;
  add(features, step);
}

void Model::learn(const Digest& message, Label label, const Features& features) {
  const Key key = key_of(message);
  const std::uint32_t check = check_of(features);
  const auto counter = [this](Label of) -> std::uint64_t& {
    return of == Label::spam ? spam_learnt_ : ham_learnt_;
  };

  const auto found = where_.find(key);
  if (found != where_.end()) {
    Learnt& before = learnt_[found->second];
    if (before.label == label) return;
    if (before.check == check) add(features, {0U - before.step.gradient, 0U - before.step.squares});
    --counter(before.label);
    before.label = label;
    before.check = check;
    before.step = step_for(features, label);
    add(features, before.step);
    ++counter(label);
    return;
  }
  const Weight step = step_for(features, label);
  slot_for(key) = Learnt{key, check, step, label};
  add(features, step);
  ++counter(label);
}

std::uint64_t Model::spam_learnt() const { return spam_learnt_; }
std::uint64_t Model::ham_learnt() const { return ham_learnt_; }

}  // namespace weir::judge
