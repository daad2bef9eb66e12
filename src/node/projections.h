// node/projections.h - what is computed from the evidence log: the learnt model and the sources'
// history.
//
// Projections are a fold: the same log gives the same octets, whatever the batches were. They are
// saved so that a start is quick; `position` says up to where. Lost or damaged files are made again
// from the log. Threads: one at a time.
#pragma once

#include <filesystem>
#include <functional>

#include "evidence/record.h"
#include "judge/judge.h"
#include "judge/rehearsal.h"
#include "node/home.h"
#include "reputation/history.h"
#include "store/log_store.h"

namespace weir::node {

struct Projections {
  judge::Model model;
  judge::Rehearsal rehearsal;  // how the model is taught
  reputation::History history;
  store::Seq position = 0;    // next record to apply
  std::uint64_t skipped = 0;  // records of a newer program or an unknown kind, not counted

  // The record at `position`.
  void apply(std::string_view record);
  // For the caller that has just appended this record at `position`.
  void apply(const evidence::Record& record);
};

// Reads the log from `position` to its end. `progress` (may be empty) gets records done and the
// head.
[[nodiscard]] Result<std::uint64_t> catch_up(
    Projections& projections, store::LogStore& evidence,
    const std::function<void(store::Seq, store::Seq)>& progress = {});

// Errc::not_found: nothing saved; corrupt, unsupported: start from an empty one.
[[nodiscard]] Result<Projections> load_projections(const std::filesystem::path& folder);
[[nodiscard]] Status save_projections(const std::filesystem::path& folder,
                                      const Projections& projections);

// Loads what is saved (an empty one, with a warning, if it is damaged) and catches up.
// Errc::corrupt if the log is shorter than what had been counted: evidence was lost.
[[nodiscard]] Result<Projections> current_projections(
    const std::filesystem::path& folder, store::LogStore& evidence,
    const std::function<void(store::Seq, store::Seq)>& progress = {});

// The same for a reader: makes no home, and where the evidence log may not be written (opening it
// needs that) the saved ones as they are, with a warning.
[[nodiscard]] Result<Projections> projections_to_read(
    const Home& home, const std::function<void(store::Seq, store::Seq)>& progress = {});

}  // namespace weir::node
