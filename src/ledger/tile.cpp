#include <fmt/format.h>

#include "ledger/replay.h"

namespace weir::ledger {
namespace {

// Network byte order, unlike everything in base/bytes.h: the format is C2SP's.
void append_length(std::string& out, std::size_t length) {
  out.push_back(static_cast<char>(length >> 8));
  out.push_back(static_cast<char>(length & 0xff));
}

}  // namespace

Result<std::string> entry_bundle(store::LogStore& entries, std::uint64_t bundle,
                                 std::uint64_t size) {
  if (size == 0 || bundle > (size - 1) / kBundleEntries)
    return fail(Errc::not_found,
                fmt::format("a ledger of {} entries has no bundle {}", size, bundle));
  const auto from = bundle * kBundleEntries;
  const auto to = from + std::min(kBundleEntries, size - from);
  std::string out;
  WEIR_CHECK(detail::each_record(
      entries, from, to, [&out](store::Seq index, std::string_view octets) -> Status {
        if (octets.size() > kMaxEntryOctets)
          return fail(Errc::corrupt, fmt::format("entry {} does not fit a bundle", index));
        append_length(out, octets.size());
        out.append(octets);
        return {};
      }));
  return out;
}

Result<std::vector<std::string>> parse_bundle(std::string_view octets) {
  std::vector<std::string> entries;
  for (std::size_t at = 0; at < octets.size();) {
    if (entries.size() == kBundleEntries)
      return fail(Errc::invalid, "a bundle holds at most 256 entries", at);
    if (octets.size() - at < 2) return fail(Errc::invalid, "the bundle ends inside a length", at);
    const auto high = static_cast<unsigned char>(octets[at]);
    const auto low = static_cast<unsigned char>(octets[at + 1]);
    const std::size_t length = high * 256U + low;
    if (octets.size() - at - 2 < length)
      return fail(Errc::invalid, fmt::format("the bundle ends inside entry {}", entries.size()),
                  at);
    entries.emplace_back(octets.substr(at + 2, length));
    at += 2 + length;
  }
  if (entries.empty()) return fail(Errc::invalid, "a bundle holds at least one entry");
  return entries;
}

}  // namespace weir::ledger
