// ledger/replay.h - walking the logs from their begin; for the sources of this folder only.
#pragma once

#include <functional>

#include "ledger/ledger.h"

namespace weir::ledger::detail {

// Calls `each` for the records [from, to) in order, holding a bounded batch of them in memory.
// Errc::corrupt if the log ends before `to` or skips a record.
[[nodiscard]] Status each_record(
    store::LogStore& log, store::Seq from, store::Seq to,
    const std::function<Status(store::Seq seq, std::string_view octets)>& each);

// Tree and standings after the entries so far; errors begin with "entry 17: ".
struct Fold {
  Tree tree;
  Standings standings;
  [[nodiscard]] Status add_entries(store::LogStore& entries, store::Seq to);
};

// "entry 17" or "entries 12..19"; to > from.
[[nodiscard]] std::string range_text(std::uint64_t from, std::uint64_t to);
[[nodiscard]] std::string checkpoint_text(store::Seq seq, std::uint64_t size);
// The ledger is shorter than what was signed.
[[nodiscard]] std::unexpected<Error> entries_missing(std::uint64_t have, store::Seq checkpoint,
                                                     std::uint64_t size);

// Every ledger begins with a checkpoint of the empty one, so entries without any are no crash.
// Errc::corrupt.
[[nodiscard]] Status check_begun(store::LogStore& checkpoints, std::uint64_t entries);

}  // namespace weir::ledger::detail
