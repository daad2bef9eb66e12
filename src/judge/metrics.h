// judge/metrics.h - how good a row of judgements was, in the figures of the TREC spam tracks.
//
// Input:   scores (log-odds or probabilities; only their order counts; never NaN) and what the
// messages really were. Ties:    messages of one score are above or below a threshold together; for
// the area under the ROC curve a tied pair counts half. Result:  nullopt if there is no ham or no
// spam: the figures then mean nothing. Cost:    O(n log n). Threads: pure. Source:  Cormack &
// Lynam, TREC 2005 Spam Track overview.
#pragma once

#include <optional>
#include <span>

#include "judge/judge.h"

namespace weir::judge {

struct Scored {
  double score = 0;
  Label label = Label::ham;
};

// 100 * (1 - area under the ROC curve): the share of (ham, spam) pairs in the wrong order, in
// percent.
[[nodiscard]] std::optional<double> roca_error_percent(std::span<const Scored> judgements);

// The least spam missed, in percent, at any threshold (spam is score >= threshold) that takes at
// most so many thousandths of the ham for spam. 100 where no threshold does: "nothing is spam"
// always does.
[[nodiscard]] std::optional<double> spam_missed_percent_at_ham_permille(
    std::span<const Scored> judgements, double ham_permille);

}  // namespace weir::judge
