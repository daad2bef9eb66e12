#include <fmt/format.h>

#include "ledger/replay.h"

namespace weir::ledger {
namespace detail {
namespace {

constexpr std::size_t kBatchRecords = 1024;
constexpr std::size_t kBatchOctets = 1U << 20;

// A stored record that cannot be read is damage, unless a newer program wrote it.
Error as_stored(Error error, store::Seq index) {
  if (error.code != Errc::unsupported) error.code = Errc::corrupt;
  return with_context(std::move(error), fmt::format("entry {}", index));
}

}  // namespace

Status each_record(store::LogStore& log, store::Seq from, store::Seq to,
                   const std::function<Status(store::Seq, std::string_view)>& each) {
  while (from < to) {
    const auto wanted = std::min<store::Seq>(to - from, kBatchRecords);
    WEIR_TRY(const auto records, log.read(from, static_cast<std::size_t>(wanted), kBatchOctets));
    if (records.empty())
      return fail(Errc::corrupt, fmt::format("the log ends before record {} of {}", from, to));
    for (const auto& record : records) {
      if (record.seq != from)
        return fail(Errc::corrupt, fmt::format("the log skips record {}", from));
      if (from == to) return {};
      WEIR_CHECK(each(from, record.octets));
      ++from;
    }
  }
  return {};
}

Status Fold::add_entries(store::LogStore& entries, store::Seq to) {
  return each_record(entries, tree.size(), to,
                     [this](store::Seq index, std::string_view octets) -> Status {
                       const auto entry = parse_entry(octets);
                       if (!entry) return std::unexpected(as_stored(entry.error(), index));
                       if (const auto applied = standings.apply(index, *entry); !applied)
                         return std::unexpected(as_stored(applied.error(), index));
                       tree.append(leaf_hash(octets));
                       return {};
                     });
}

std::string range_text(std::uint64_t from, std::uint64_t to) {
  return to - from == 1 ? fmt::format("entry {}", from)
                        : fmt::format("entries {}..{}", from, to - 1);
}

std::string checkpoint_text(store::Seq seq, std::uint64_t size) {
  return fmt::format("checkpoint {} (size {})", seq, size);
}

std::unexpected<Error> entries_missing(std::uint64_t have, store::Seq checkpoint,
                                       std::uint64_t size) {
  return fail(Errc::corrupt,
              fmt::format("the ledger holds {} entries, but {} covers more: {} missing", have,
                          checkpoint_text(checkpoint, size),
                          range_text(have, size) + (size - have == 1 ? " is" : " are")));
}

Status check_begun(store::LogStore& checkpoints, std::uint64_t entries) {
  if (entries == 0) return {};
  WEIR_TRY(const auto count, checkpoints.head());
  if (count > 0) return {};
  return fail(Errc::corrupt,
              fmt::format("the ledger holds {} entries, but no checkpoint covers any, and a ledger "
                          "begins with one: restore both logs from a backup",
                          entries));
}

}  // namespace detail

namespace {

// Walks checkpoints and the entries under them side by side.
class Verifier {
 public:
  Verifier(store::LogStore& entries, const VerifierKey& key) : entries_(entries), key_(key) {}

  Status add_checkpoint(store::Seq seq, std::string_view note, std::uint64_t entries_head) {
    const auto opened = open_checkpoint(note, key_);
    if (!opened) {
      auto error = with_context(opened.error(), fmt::format("checkpoint {}", seq));
      error.code = Errc::corrupt;
      return std::unexpected(std::move(error));
    }
    const auto covered = fold_.tree.size();
    if (opened->size < covered)
      return fail(Errc::corrupt, fmt::format("{} is smaller than the one before, of size {}",
                                             detail::checkpoint_text(seq, opened->size), covered));
    // Reading what is there first finds a damaged entry even where others are missing.
    WEIR_CHECK(fold_.add_entries(entries_, std::min(opened->size, entries_head)));
    if (opened->size > entries_head)
      return detail::entries_missing(entries_head, seq, opened->size);
    if (fold_.tree.root() != opened->root) return mismatch(seq, covered, opened->size);
    verified_.size = opened->size;
    verified_.root = opened->root;
    ++verified_.checkpoints;
    return {};
  }

  Result<Verified> finish(std::uint64_t entries_head) {
    WEIR_CHECK(fold_.add_entries(entries_, entries_head));
    verified_.unsigned_entries = entries_head - verified_.size;
    if (verified_.checkpoints == 0) verified_.root = Tree().root();
    return verified_;
  }

 private:
  static Status mismatch(store::Seq seq, std::uint64_t from, std::uint64_t to) {
    const auto checkpoint = detail::checkpoint_text(seq, to);
    if (from == to)
      return fail(Errc::corrupt,
                  fmt::format("{} does not match the entries before it", checkpoint));
    return fail(Errc::corrupt, fmt::format("{} {} not match {}", detail::range_text(from, to),
                                           to - from == 1 ? "does" : "do", checkpoint));
  }

  store::LogStore& entries_;
  const VerifierKey& key_;
  detail::Fold fold_;
  Verified verified_;
};

}  // namespace

Result<Verified> verify_logs(store::LogStore& entries, store::LogStore& checkpoints,
                             const VerifierKey& key) {
  // Checkpoints first: a writer that appends meanwhile adds entries before the checkpoint for them.
  WEIR_TRY(const auto checkpoints_head, checkpoints.head());
  WEIR_TRY(const auto entries_head, entries.head());
  // Asked once more: a writer may have begun the ledger between the two heads.
  if (checkpoints_head == 0) WEIR_CHECK(detail::check_begun(checkpoints, entries_head));
  Verifier verifier(entries, key);
  WEIR_CHECK(detail::each_record(checkpoints, 0, checkpoints_head,
                                 [&](store::Seq seq, std::string_view note) {
                                   return verifier.add_checkpoint(seq, note, entries_head);
                                 }));
  return verifier.finish(entries_head);
}

}  // namespace weir::ledger
