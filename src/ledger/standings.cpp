#include <fmt/format.h>

#include "ledger/ledger.h"

namespace weir::ledger {
namespace {

Status invalid(std::string detail) { return fail(Errc::invalid, std::move(detail)); }

Standing standing_of(std::uint64_t index, const Entry& entry, std::uint32_t times_listed) {
  Standing standing;
  standing.subject = entry.subject;
  standing.code = entry.code;
  standing.rule = entry.rule;
  standing.reason = entry.reason;
  standing.since = entry.since;
  standing.until = entry.until;
  standing.decided = entry.time;
  standing.evidence = entry.evidence;
  standing.counts = entry.counts;
  standing.collateral_ppm = entry.collateral_ppm;
  standing.entry = index;
  standing.times_listed = times_listed;
  return standing;
}

}  // namespace

Status Standings::apply(std::uint64_t index, const Entry& entry) {
  if (entry.time < newest_)
    return invalid(fmt::format("its time {} is before that of an earlier entry, {}",
                               to_rfc3339(entry.time), to_rfc3339(newest_)));
  switch (entry.action) {
    case Action::list: WEIR_CHECK(apply_list(index, entry)); break;
    case Action::extend: WEIR_CHECK(apply_extend(index, entry)); break;
    case Action::lift: WEIR_CHECK(apply_lift(entry)); break;
  }
  newest_ = entry.time;
  return {};
}

Status Standings::apply_list(std::uint64_t index, const Entry& entry) {
  if (listed_.contains(entry.subject))
    return invalid(fmt::format("lists {}, which is listed already", entry.subject.to_string()));
  const auto times = ++past_[entry.subject].times_listed;
  listed_.emplace(entry.subject, standing_of(index, entry, times));
  return {};
}

Status Standings::apply_extend(std::uint64_t index, const Entry& entry) {
  const auto found = listed_.find(entry.subject);
  if (found == listed_.end())
    return invalid(fmt::format("extends {}, which is not listed", entry.subject.to_string()));
  auto& standing = found->second;
  if (standing.until <= entry.time)
    return invalid(fmt::format("extends {}, whose listing has ended", entry.subject.to_string()));
  if (entry.since != standing.since)
    return invalid("its 'since' is not the begin of the listing that it extends");
  if (entry.until <= standing.until) return invalid("extends to no later time");
  standing = standing_of(index, entry, standing.times_listed);
  return {};
}

Status Standings::apply_lift(const Entry& entry) {
  const auto found = listed_.find(entry.subject);
  if (found == listed_.end())
    return invalid(fmt::format("lifts {}, which is not listed", entry.subject.to_string()));
  if (entry.since != found->second.since)
    return invalid("its 'since' is not the begin of the listing that it lifts");
  if (entry.code != found->second.code)
    return invalid("its 'code' is not that of the listing that it lifts");
  past_[entry.subject].last_ended = std::min(found->second.until, entry.time);
  listed_.erase(found);
  return {};
}

const Standing* Standings::find(const Prefix& subject) const {
  const auto found = listed_.find(subject);
  return found == listed_.end() ? nullptr : &found->second;
}

std::uint32_t Standings::times_listed(const Prefix& subject) const {
  const auto found = past_.find(subject);
  return found == past_.end() ? 0 : found->second.times_listed;
}

std::optional<UnixMillis> Standings::last_ended(const Prefix& subject) const {
  const auto found = past_.find(subject);
  return found == past_.end() ? std::nullopt : found->second.last_ended;
}

Standings Standings::about(std::span<const Entry> entries) const {
  Standings part;
  part.newest_ = newest_;
  for (const auto& entry : entries) {
    if (const auto found = listed_.find(entry.subject); found != listed_.end())
      part.listed_.insert(*found);
    if (const auto found = past_.find(entry.subject); found != past_.end())
      part.past_.insert(*found);
  }
  return part;
}

}  // namespace weir::ledger
