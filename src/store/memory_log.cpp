#include "store/memory_log.h"

#include <fmt/format.h>

#include <optional>

namespace weir::store {
namespace {

Result<Seq> put(std::vector<std::string>& log, std::optional<Seq> expected,
                std::span<const std::string_view> records) {
  WEIR_CHECK(check_records(records));
  if (expected && *expected != log.size()) return conflict(*expected, log.size());
  const Seq first = log.size();
  log.insert(log.end(), records.begin(), records.end());
  return first;
}

}  // namespace

Status check_records(std::span<const std::string_view> records) {
  WEIR_ASSERT(!records.empty());
  for (std::size_t i = 0; i < records.size(); ++i)
    if (records[i].size() > kMaxRecordOctets)
      return fail(Errc::too_large,
                  fmt::format("record {} of {} has {} octets; a log takes at most {}", i + 1,
                              records.size(), records[i].size(), kMaxRecordOctets));
  return {};
}

std::unexpected<Error> conflict(Seq expected, Seq head) {
  return fail(Errc::conflict, fmt::format("the log's head is {}, not {}: somebody else has "
                                          "appended; read on from there and decide anew",
                                          head, expected));
}

Result<Seq> MemoryLog::append(std::span<const std::string_view> records) {
  auto log = records_.lock();
  return put(*log, std::nullopt, records);
}

Result<Seq> MemoryLog::append_at(Seq expected, std::span<const std::string_view> records) {
  auto log = records_.lock();
  return put(*log, expected, records);
}

Result<std::vector<Record>> MemoryLog::read(Seq from, std::size_t max_records,
                                            std::size_t max_octets) {
  auto log = records_.lock();
  std::vector<Record> out;
  std::size_t octets = 0;
  for (Seq seq = from; seq < log->size() && out.size() < max_records; ++seq) {
    const auto& record = (*log)[seq];
    octets += record.size();
    if (!out.empty() && octets > max_octets) break;
    out.push_back({seq, record});
  }
  return out;
}

Result<Seq> MemoryLog::head() { return records_.lock()->size(); }

}  // namespace weir::store
