#include "ledger/ledger.h"

#include <fmt/format.h>

#include <array>

#include "ledger/replay.h"

namespace weir::ledger {
namespace {

// The newest record of a log that holds `count` > 0 of them.
Result<std::string> newest_record(store::LogStore& log, store::Seq count) {
  std::string newest;
  WEIR_CHECK(detail::each_record(log, count - 1, count,
                                 [&](store::Seq, std::string_view octets) -> Status {
                                   newest = octets;
                                   return {};
                                 }));
  return newest;
}

}  // namespace

Result<Ledger> Ledger::open(store::LogStore& entries, store::LogStore& checkpoints,
                            std::string origin, const crypto::SecretSeed& seed) {
  if (!is_key_name(origin))
    return fail(Errc::invalid,
                "the origin is not a key name such as weir.test/ledger: no blanks, no plus sign");
  Ledger ledger;
  ledger.entries_ = &entries;
  ledger.checkpoints_ = &checkpoints;
  ledger.origin_ = std::move(origin);
  ledger.seed_ = &seed;
  WEIR_CHECK(ledger.replay());
  WEIR_CHECK(ledger.sign());
  return ledger;
}

Status Ledger::replay() {
  WEIR_TRY(checkpoint_count_, checkpoints_->head());
  WEIR_TRY(const auto entries_head, entries_->head());
  detail::Fold fold;
  if (checkpoint_count_ > 0) {
    const auto newest = checkpoint_count_ - 1;
    WEIR_TRY(checkpoint_, newest_record(*checkpoints_, checkpoint_count_));
    const auto opened = open_checkpoint(checkpoint_, verifier_key());
    if (!opened) {
      auto error = with_context(opened.error(), fmt::format("checkpoint {}", newest));
      error.code = Errc::corrupt;
      error.detail +=
          "; put the key back that began this ledger, or restore the logs from a backup";
      return std::unexpected(std::move(error));
    }
    if (opened->size > entries_head)
      return detail::entries_missing(entries_head, newest, opened->size);
    WEIR_CHECK(fold.add_entries(*entries_, opened->size));
    if (fold.tree.root() != opened->root) {
      // The older checkpoints know more exactly where it went wrong.
      WEIR_CHECK(verify_logs(*entries_, *checkpoints_, verifier_key()));
      return fail(Errc::corrupt, fmt::format("the entries do not match {}",
                                             detail::checkpoint_text(newest, opened->size)));
    }
    signed_size_ = opened->size;
  } else {
    WEIR_CHECK(detail::check_begun(*checkpoints_, entries_head));
  }
  WEIR_CHECK(fold.add_entries(*entries_, entries_head));
  tree_ = std::move(fold.tree);
  standings_ = std::move(fold.standings);
  return {};
}

Status Ledger::check(std::span<const Entry> entries) const {
  auto trial = standings_.about(entries);
  auto index = tree_.size();
  for (const auto& entry : entries) {
    auto status = validate(entry);
    if (status) status = trial.apply(index, entry);
    if (!status)
      return std::unexpected(
          with_context(std::move(status.error()), fmt::format("new entry {}", index)));
    ++index;
  }
  return {};
}

Status Ledger::append(std::span<const Entry> entries) {
  WEIR_CHECK(check(entries));
  if (!entries.empty()) {
    std::vector<std::string> octets;
    for (const auto& entry : entries) octets.push_back(serialise(entry));
    const std::vector<std::string_view> views(octets.begin(), octets.end());
    if (auto appended = entries_->append_at(tree_.size(), views); !appended)
      return std::unexpected(with_context(std::move(appended.error()), "appending ledger entries"));
    for (std::size_t i = 0; i < entries.size(); ++i) {
      WEIR_ASSERT(standings_.apply(tree_.size(), entries[i]));  // check() tried it
      tree_.append(leaf_hash(octets[i]));
    }
  }
  return sign();
}

Status Ledger::sign() {
  if (!checkpoint_.empty() && signed_size_ == tree_.size()) return {};
  const Checkpoint checkpoint{.origin = origin_, .size = tree_.size(), .root = tree_.root()};
  auto note = sign_checkpoint(checkpoint, *seed_);
  const std::array<std::string_view, 1> record = {note};
  if (auto appended = checkpoints_->append_at(checkpoint_count_, record); !appended)
    return std::unexpected(with_context(std::move(appended.error()), "appending the checkpoint"));
  ++checkpoint_count_;
  signed_size_ = checkpoint.size;
  checkpoint_ = std::move(note);
  return {};
}

VerifierKey Ledger::verifier_key() const { return {.name = origin_, .key = seed_->public_key()}; }

}  // namespace weir::ledger
