// store/log_store.h - an append-only log of octet strings: the one interface behind which storage
// lives.
//
// Seq:      position of a record; the first is 0, no gaps. head() is the position that the next
// record will get. append:   all or nothing, durable when it returns: after a power cut every
// record of a returned append is there. append_at: the same, only if head() is still `expected`
// (compare-and-set); Errc::conflict otherwise. read:     records from `from` on, in order; ends at
// max_records, or before the record that would pass max_octets (but gives
//           at least one record if there is any and max_records is not 0).
// Errors:   Errc::full (no space; nothing was appended), too_large (a record above
// kMaxRecordOctets; nothing was appended),
//           corrupt (says which record), permission, busy, io. After io from append the records may
//           or may not be there: read from the head that was known before to find out.
// Threads:  every method may be called from any thread at once. Another process may append to the
// same log.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace weir::store {

using Seq = std::uint64_t;
inline constexpr std::size_t kMaxRecordOctets = 1U << 20;

struct Record {
  Seq seq = 0;
  std::string octets;

  friend bool operator==(const Record&, const Record&) = default;
};

class LogStore {
 public:
  virtual ~LogStore() = default;
  // The seq of the first record appended. An empty span is a bug.
  [[nodiscard]] virtual Result<Seq> append(std::span<const std::string_view> records) = 0;
  [[nodiscard]] virtual Result<Seq> append_at(Seq expected,
                                              std::span<const std::string_view> records) = 0;
  [[nodiscard]] virtual Result<std::vector<Record>> read(Seq from, std::size_t max_records,
                                                         std::size_t max_octets) = 0;
  [[nodiscard]] virtual Result<Seq> head() = 0;
};

// For those who implement LogStore: what an append checks before it starts, and the answer of a
// lost compare-and-set.
[[nodiscard]] Status check_records(std::span<const std::string_view> records);
[[nodiscard]] std::unexpected<Error> conflict(Seq expected, Seq head);

}  // namespace weir::store
