// node/replay.h - a labelled mailbox lived through again: learn, judge and decide with the clock of
// the mail itself.
//
// For an index in order of time whose third column is `learn` (a person said so) or anything else
// (judged by the model as learnt so far). Verdicts become evidence as Config says. After each hour
// of the mail's own time the policy decides, so the ledger shows when each listing began and ended.
// Used to show the whole ladder on the sample mail; the same steps as a running node takes.
#pragma once

#include <functional>

#include "node/engine.h"
#include "node/messages.h"

namespace weir::node {

struct Replayed {
  std::size_t messages = 0, learnt = 0, judged_spam = 0, judged_good = 0, unsure = 0;
  std::size_t entries = 0;  // ledger entries made
};

// Times later than `now` count as `now`. Done twice, it records nothing twice.
[[nodiscard]] Result<Replayed> replay(
    Engine& engine, const std::vector<MessageRef>& messages, UnixMillis now,
    const std::function<void(std::size_t done, std::size_t all)>& progress);

}  // namespace weir::node
