#include "judge/metrics.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace weir::judge {
namespace {

// Messages of one score.
struct Tie {
  double ham = 0;
  double spam = 0;
};

// The highest score first.
std::vector<Tie> ties(std::span<const Scored> judgements) {
  std::vector<Scored> sorted(judgements.begin(), judgements.end());
  for (const Scored& one : sorted) WEIR_ASSERT(!std::isnan(one.score));
  std::ranges::sort(sorted, std::ranges::greater{}, &Scored::score);
  std::vector<Tie> out;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (i == 0 || sorted[i].score != sorted[i - 1].score) out.emplace_back();
    (sorted[i].label == Label::spam ? out.back().spam : out.back().ham) += 1;
  }
  return out;
}

Tie total(const std::vector<Tie>& ties) {
  Tie sum;
  for (const Tie& tie : ties) {
    sum.ham += tie.ham;
    sum.spam += tie.spam;
  }
  return sum;
}

}  // namespace

std::optional<double> roca_error_percent(std::span<const Scored> judgements) {
  const auto groups = ties(judgements);
  const Tie all = total(groups);
  if (all.ham == 0 || all.spam == 0) return std::nullopt;
  double wrong = 0;
  double ham_above = 0;
  for (const Tie& tie : groups) {
    wrong += tie.spam * (ham_above + tie.ham / 2);
    ham_above += tie.ham;
  }
  return 100 * (wrong / (all.ham * all.spam));
}

std::optional<double> spam_missed_percent_at_ham_permille(std::span<const Scored> judgements,
                                                          double ham_permille) {
  const auto groups = ties(judgements);
  const Tie all = total(groups);
  if (all.ham == 0 || all.spam == 0) return std::nullopt;
  // A whole number of messages divided and multiplied again must not fall above its own limit.
  const double ham_allowed = all.ham * ham_permille / 1000 + 1e-9;
  Tie above;
  double caught = 0;
  for (const Tie& tie : groups) {
    above.ham += tie.ham;
    above.spam += tie.spam;
    if (above.ham > ham_allowed) break;
    caught = above.spam;
  }
  return 100 * (1 - caught / all.spam);
}

}  // namespace weir::judge
