// judge/judge.h - JUDGE: probability that a message is spam, and why.
//
// Features: hashed character n-grams of the decoded message; a set (each counts once), sorted. They
// say nothing readable of the message,
//           so they may be kept as evidence of what was learnt (docs/formats/model.md).
// Model:    online logistic regression. learn() is a fold: the same calls in the same order give
// the same state, octet for octet.
//           A message (by digest) counts once; learning the other label first takes back exactly
//           what it had added.
// Verdict:  log_odds = sum of the shares of the features and of the bias, which is a feature of
// every message (share: weight / root of
//           the number of features); probability = 1 / (1 + exp(-log_odds)); the reasons' weights
//           and reasons_rest sum to log_odds. A model that learnt nothing says 0.5. Never NaN.
// Cost:     extract O(octets read), at most about 8,000 characters of a message; 32 MB a model,
// 32-80 octets a message learnt. Threads:  a const Model is shared freely; learn() needs exclusive
// access. Source:   Goodman & Yih 2006 (online LR), Sculley & Wachman 2007 (train on or near
// error), Cormack's TREC filters (4-grams),
//           Xiao 2010 and Duchi et al. 2011 (dual averaging with a step for each feature).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"
#include "mail/reading.h"

namespace weir::judge {

// Changes whenever extract() gives other hashes for the same message; learnt features of another
// version are not used.
inline constexpr int kFeaturesVersion = 2;

struct Features {
  std::vector<std::uint32_t> hashes;  // sorted, unique, each < 2^kHashBits, at most kMaxFeatures
};
inline constexpr std::size_t kMaxFeatures = 30'000;
inline constexpr int kHashBits = 22;

[[nodiscard]] Features extract(const mail::Reading& reading);

// For the evidence log: the version, then delta varints, about 1.9 octets a feature.
[[nodiscard]] std::string encode(const Features& features);
// Errc::corrupt; Errc::unsupported: of another kFeaturesVersion, pass over it.
[[nodiscard]] Result<Features> decode_features(std::string_view octets);

enum class Label : std::uint8_t { ham = 0, spam = 1 };

struct Reason {
  std::string what;   // "subject", "text", "header", "link", "bias", ...
  double weight = 0;  // share of the log-odds; > 0 speaks for spam
  std::string text;   // the piece of text, readable, at most 80 characters; or a sentence
};

struct Verdict {
  double log_odds = 0;
  double spam_probability = 0.5;
  std::vector<Reason> reasons;  // the weightiest first, at most 8
  double reasons_rest = 0;      // log_odds minus the reasons shown
};

class Model {
 public:
  Model();
  [[nodiscard]] double log_odds(const Features& features) const;
  // Probability without reasons: the hot path.
  [[nodiscard]] double spam_probability(const Features& features) const;
  [[nodiscard]] Verdict judge(const mail::Reading& reading) const;
  void learn(const Digest& message, Label label, const Features& features);

  // Learns a message that it knows once more, under the label that it has; counts nothing. Does
  // nothing if the message is not known or had other features.
  void learn_again(const Digest& message, const Features& features);
  [[nodiscard]] std::optional<Label> label_of(const Digest& message) const;

  [[nodiscard]] std::uint64_t spam_learnt() const;
  [[nodiscard]] std::uint64_t ham_learnt() const;

  // docs/formats/model.md; checked by a SHA-256 at the end. parse: Errc::corrupt, Errc::unsupported
  // (newer version).
  [[nodiscard]] std::string serialise() const;
  [[nodiscard]] static Result<Model> parse(std::string_view octets);

 private:
  // Sums of what the learnt messages added, in fixed point: adding is exact, so taking back is too,
  // in any order.
  struct Weight {
    std::uint32_t gradient;  // two's complement, 2^-20; modulo 2^32
    std::uint32_t squares;   // 2^-12
    friend bool operator==(const Weight&, const Weight&) = default;
  };
  // The first half of a message's digest: enough to tell messages apart.
  using Key = std::array<std::uint8_t, 16>;
  struct KeyHash {
    std::size_t operator()(const Key& key) const noexcept;
  };
  // What a message added to each of its features.
  struct Learnt {
    Key key{};
    std::uint32_t check = 0;  // of its features: only the same features can be taken back
    Weight step{};            // zero if the model knew already
    Label label = Label::ham;
  };

  [[nodiscard]] static Key key_of(const Digest& message);
  [[nodiscard]] static double weight(const Weight& sums);
  void add(const Features& features, Weight step);
  [[nodiscard]] Weight step_for(const Features& features, Label label) const;
  Learnt& slot_for(const Key& key);
  // What the feature (bias_share: the bias) adds to the log-odds of a message with so many
  // features.
  [[nodiscard]] double share(std::size_t index, std::size_t features) const;
  [[nodiscard]] double bias_share(std::size_t features) const;
  [[nodiscard]] std::vector<Reason> reasons(const mail::Reading& reading,
                                            const Features& features) const;

  std::vector<Weight> weights_;  // 2^kHashBits, and the bias
  // The newest kMaxLearnt messages in the order of learning, a ring once it is full: oldest_ is
  // where the next one goes.
  std::vector<Learnt> learnt_;
  std::size_t oldest_ = 0;
  std::unordered_map<Key, std::uint32_t, KeyHash> where_;  // index in learnt_
  std::uint64_t spam_learnt_ = 0;
  std::uint64_t ham_learnt_ = 0;
};

// Older messages stay learnt, but can no longer be taken back, and would count again. 40 MB when
// full.
inline constexpr std::size_t kMaxLearnt = 1U << 19;

}  // namespace weir::judge
