// judge/judge.h - JUDGE: probability that a message is spam, and why.
//
// Features: hashed character n-grams of the decoded message; a set (each counts once), sorted. They say nothing readable of the message,
//           so they may be kept as evidence of what was learnt (docs/formats/model.md).
// Model:    online logistic regression. learn() is a fold: the same calls in the same order give the same state, octet for octet.
//           A message (by digest) counts once; learning the other label first takes back exactly what it had added.
// Verdict:  log_odds = sum of the weights of the features + bias; probability = 1 / (1 + exp(-log_odds)); the reasons' weights and
//           reasons_rest sum to log_odds.
// Threads:  a const Model is shared freely; learn() needs exclusive access.
// Source:   Goodman & Yih 2006 (online LR), Sculley & Wachman 2007 (train on or near error), Cormack's TREC filters (4-grams).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"
#include "mail/reading.h"

namespace weir::judge {

// Changes whenever extract() gives other hashes for the same message; learnt features of another version are not used.
inline constexpr int kFeaturesVersion = 1;

struct Features {
  std::vector<std::uint32_t> hashes;  // sorted, unique, at most kMaxFeatures
};
inline constexpr std::size_t kMaxFeatures = 30'000;

[[nodiscard]] Features extract(const mail::Reading& reading);

// For the evidence log: delta varints, about 1.5 octets a feature.
[[nodiscard]] std::string encode(const Features& features);
[[nodiscard]] Result<Features> decode_features(std::string_view octets);

enum class Label : std::uint8_t { ham = 0, spam = 1 };

struct Reason {
  std::string what;    // "subject", "text", "header", "link", "bias", ...
  double weight = 0;   // share of the log-odds; > 0 speaks for spam
  std::string text;    // the piece of text, readable, at most 80 characters; or a sentence
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

  [[nodiscard]] std::uint64_t spam_learnt() const;
  [[nodiscard]] std::uint64_t ham_learnt() const;

  // docs/formats/model.md; checked by a SHA-256 at the end. parse: Errc::corrupt, Errc::unsupported (newer version).
  [[nodiscard]] std::string serialise() const;
  [[nodiscard]] static Result<Model> parse(std::string_view octets);

 private:
  struct Learnt;  // what a message added, so that it can be taken back
  std::vector<float> weights_;
  // The helper who writes this chooses what else belongs here.
};

}  // namespace weir::judge
