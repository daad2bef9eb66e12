#include <fmt/format.h>
#include <algorithm>
#include <cmath>

#include "base/utf8.h"
#include "judge/judge.h"
#include "judge/views.h"
#include "text/script.h"

// From shares of features to words a person can read.
//
// The share of an n-gram is spread evenly over its characters, where it stands first (a feature
// counts once). Characters are joined to tokens: a word with the blank behind it, or one dense
// character. The segments shown are the maximal-scoring runs of tokens (Ruzzo & Tompa 1999), for
// spam and against it, cut to kShownCharacters, the weightiest first, none overlapping another. So
// neighbouring and overlapping n-grams are one reason, and no character is cut.

namespace weir::judge {
namespace {

constexpr std::size_t kReasons = 8;
constexpr std::size_t kShownCharacters = 80;
constexpr std::size_t kTokenCharacters = 30;
constexpr double kNegligible = 1e-6;

struct Token {
  std::uint32_t begin = 0, end = 0;  // octets
  std::uint32_t characters = 0;
  double score = 0;
};

// Tokens [first, last] and their sum.
struct Run {
  std::size_t first = 0, last = 0;
  double score = 0;
};

struct Candidate {
  Reason reason;
  std::size_t piece = 0;
  std::uint32_t begin = 0, end = 0;
};

bool is_blank(char32_t c) { return c <= 0x20 || c == 0xA0 || c == 0x3000; }

// Tokens of a text with the score of each; octet_scores[i] belongs to the character that starts at
// octet i.
std::vector<Token> tokens_of(std::string_view text, const std::vector<double>& octet_scores) {
  std::vector<Token> tokens;
  bool open = false;
  bool blank_seen = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(text, at);
    const bool blank = is_blank(c);
    const bool dense = text::is_dense(text::script_of(c));
    if (!open || dense || (blank_seen && !blank) || tokens.back().characters >= kTokenCharacters) {
      tokens.push_back({static_cast<std::uint32_t>(begin), 0, 0, 0});
      blank_seen = false;
    }
    blank_seen = blank_seen || blank;
    open = !dense;
    Token& token = tokens.back();
    token.end = static_cast<std::uint32_t>(at);
    ++token.characters;
    token.score += octet_scores[begin];
  }
  return tokens;
}

// All maximal runs with a positive sum of sign * score, in order. Linear: `left` jumps over the
// runs that cannot be joined to (Ruzzo & Tompa's list, with the search from each run memorised as
// the index of the nearest run that starts lower).
std::vector<Run> maximal_runs(const std::vector<Token>& tokens, double sign) {
  struct Open {
    Run run;
    double before = 0, until = 0;  // sums of all tokens before the run and through its end
  };
  std::vector<Open> open;
  std::vector<std::size_t>
      lower;  // 1 + index of the nearest earlier run with a smaller `before`, 0 if none
  double sum = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const double score = sign * tokens[i].score;
    const double before = sum;
    sum += score;
    if (score <= 0) continue;
    Open now{{i, i, score}, before, sum};
    while (true) {
      std::size_t j = open.size();
      while (j > 0 && open[j - 1].before >= now.before) j = lower[j - 1];
      if (j == 0 || open[j - 1].until >= now.until) {
        open.push_back(now);
        lower.push_back(j);
        break;
      }
      now.before = open[j - 1].before;
      now.run.first = open[j - 1].run.first;
      open.resize(j - 1);
      lower.resize(j - 1);
    }
  }
  std::vector<Run> runs;
  runs.reserve(open.size());
  for (const Open& one : open)
    runs.push_back({one.run.first, one.run.last, one.until - one.before});
  for (Run& run : runs) {
    run.score = 0;
    for (std::size_t i = run.first; i <= run.last; ++i) run.score += tokens[i].score;
  }
  return runs;
}

// The part of a run that is worth most in at most `limit` characters.
Run best_window(const std::vector<Token>& tokens, const Run& run, double sign, std::size_t limit) {
  Run best;
  for (std::size_t i = run.first; i <= run.last; ++i) {
    std::size_t characters = 0;
    double score = 0;
    for (std::size_t k = i; k <= run.last; ++k) {
      characters += tokens[k].characters;
      if (characters > limit && k > i) break;
      score += tokens[k].score;
      if (sign * score > sign * best.score) best = {i, k, score};
    }
  }
  return best;
}

// A run as pieces of at most `limit` characters, the best window first, then the best of what is
// left on either side.
std::vector<Run> windows(const std::vector<Token>& tokens, const Run& whole, double sign,
                         std::size_t limit) {
  std::vector<Run> out;
  std::vector<Run> left = {whole};
  while (!left.empty() && out.size() < kReasons) {
    const Run run = left.front();
    left.erase(left.begin());
    const Run best = best_window(tokens, run, sign, limit);
    if (best.score * sign <= 0) continue;
    out.push_back(best);
    if (best.first > run.first) left.push_back({run.first, best.first - 1, 0});
    if (best.last < run.last) left.push_back({best.last + 1, run.last, 0});
  }
  return out;
}

// Blanks folded, controls gone, at most kShownCharacters.
std::string readable(std::string_view text) {
  std::string out;
  std::size_t characters = 0;
  bool blank = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (is_blank(c) || (c >= 0x7F && c < 0xA0)) {
      blank = !out.empty();
      continue;
    }
    const std::size_t wanted = blank ? 2 : 1;
    if (characters + wanted > kShownCharacters) break;
    if (blank) out += ' ';
    append_utf8(out, c);
    characters += wanted;
    blank = false;
  }
  return out;
}

// Collects the candidates of every piece.
class Explainer final : public PieceSink {
 public:
  Explainer(const Features& features, std::vector<double> shares)
      : features_(&features), shares_(std::move(shares)) {}

  void piece(std::string_view what, std::string_view text,
             const std::vector<Gram>& grams) override {
    ++piece_;
    octet_scores_.assign(text.size() + 1, 0.0);
    bool any = false;
    for (const Gram& gram : grams) any = spread(text, gram) || any;
    if (!any) return;
    const auto tokens = tokens_of(text, octet_scores_);
    // A piece of a field says which field: its name takes some of the room.
    const auto colon = what == "header" ? text.find(": ") : std::string_view::npos;
    const std::string_view prefix =
        colon == std::string_view::npos ? std::string_view{} : text.substr(0, colon + 2);
    const std::size_t limit =
        std::max(kTokenCharacters, kShownCharacters - std::min(prefix.size(), kShownCharacters));
    for (const double sign : {1.0, -1.0})
      for (const Run& run : maximal_runs(tokens, sign))
        for (const Run& window : windows(tokens, run, sign, limit))
          add(what, text, prefix, tokens, window);
  }

  std::vector<Candidate> candidates;

 private:
  bool spread(std::string_view text, const Gram& gram) {
    const auto at = std::ranges::lower_bound(features_->hashes, gram.hash);
    WEIR_ASSERT(at != features_->hashes.end() && *at == gram.hash);
    double& share = shares_[static_cast<std::size_t>(at - features_->hashes.begin())];
    if (share == 0) return false;
    const auto is_start = [&](std::uint32_t i) {
      return (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
    };
    double characters = 0;
    for (std::uint32_t i = gram.begin; i < gram.end; ++i) characters += is_start(i) ? 1 : 0;
    for (std::uint32_t i = gram.begin; i < gram.end; ++i)
      if (is_start(i)) octet_scores_[i] += share / characters;
    share = 0;  // spent
    return true;
  }

  void add(std::string_view what, std::string_view text, std::string_view prefix,
           const std::vector<Token>& tokens, const Run& run) {
    if (std::abs(run.score) < kNegligible) return;
    const std::uint32_t begin = tokens[run.first].begin;
    const std::uint32_t end = tokens[run.last].end;
    std::string shown;
    if (begin >= prefix.size()) shown += prefix;
    shown += text.substr(begin, end - begin);
    shown = readable(shown);
    if (shown.empty()) shown = "(blanks)";
    candidates.push_back({{std::string(what), run.score, std::move(shown)}, piece_, begin, end});
  }

  const Features* features_;
  std::vector<double> shares_;
  std::vector<double> octet_scores_;
  std::size_t piece_ = 0;
};

bool overlap(const Candidate& a, const Candidate& b) {
  return a.piece == b.piece && a.begin < b.end && b.begin < a.end;
}

}  // namespace

std::vector<Reason> Model::reasons(const mail::Reading& reading, const Features& features) const {
  if (spam_learnt_ + ham_learnt_ == 0)
    return {{"bias", 0, "Nothing has been learnt yet, so nothing speaks for or against."}};
  std::vector<double> shares;
  shares.reserve(features.hashes.size());
  for (const std::uint32_t hash : features.hashes)
    shares.push_back(share(hash, features.hashes.size()));
  Explainer explainer(features, std::move(shares));
  walk(reading, explainer);
  auto& candidates = explainer.candidates;
  if (const double bias = bias_share(features.hashes.size()); std::abs(bias) >= kNegligible)
    candidates.push_back({{"bias", bias,
                           fmt::format("{} messages were learnt as spam and {} as not spam.",
                                       spam_learnt_, ham_learnt_)},
                          0,
                          0,
                          0});

  std::vector<const Candidate*> ranked;
  ranked.reserve(candidates.size());
  for (const Candidate& one : candidates) ranked.push_back(&one);
  std::ranges::sort(ranked, [](const Candidate* a, const Candidate* b) {
    const double left = std::abs(a->reason.weight);
    const double right = std::abs(b->reason.weight);
    return left != right ? left > right : a < b;  // of one weight: the order of the message
  });
  std::vector<const Candidate*> chosen;
  for (const Candidate* one : ranked) {
    if (chosen.size() == kReasons) break;
    if (std::ranges::none_of(chosen, [&](const Candidate* other) { return overlap(*other, *one); }))
      chosen.push_back(one);
  }
  std::vector<Reason> out;
  out.reserve(chosen.size());
  for (const Candidate* one : chosen) out.push_back(one->reason);
  if (out.empty()) out.push_back({"bias", 0, "Nothing in this message was seen before."});
  return out;
}

}  // namespace weir::judge
