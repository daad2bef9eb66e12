#include "reputation/history.h"

#include <algorithm>

#include "crypto/crypto.h"

namespace weir::reputation {
namespace {

using evidence::Kind;
using evidence::Record;

// Far outside of the calendar, so that arithmetic on days cannot overflow.
constexpr std::int32_t kMaxDay = 1'000'000'000;

std::int32_t day_of(UnixMillis time) {
  const auto day = std::chrono::floor<std::chrono::days>(time).time_since_epoch().count();
  return static_cast<std::int32_t>(std::clamp<std::int64_t>(day, -kMaxDay, kMaxDay));
}

bool is_learnt(Kind kind) { return kind == Kind::learnt_spam || kind == Kind::learnt_ham; }

std::uint32_t& counter(Counts& counts, Kind kind) {
  switch (kind) {
    case Kind::learnt_spam: return counts.learnt_spam;
    case Kind::learnt_ham: return counts.learnt_ham;
    case Kind::report: return counts.reports;
    case Kind::verdict_spam: return counts.verdict_spam;
    case Kind::verdict_ham: return counts.verdict_ham;
  }
  return counts.reports;
}

void add(std::uint32_t& sum, std::uint32_t number) { sum += std::min(number, UINT32_MAX - sum); }

template <class Octets>
std::uint64_t first_eight(const Octets& octets) {
  return ByteReader({reinterpret_cast<const char*>(octets.data()), octets.size()}).u64();
}

std::uint64_t reporter_hash(std::string_view reporter) {
  return first_eight(crypto::sha256(reporter));
}

Digest chain(const Digest& before, const evidence::EvidenceId& id) {
  std::string octets(as_octets(before));
  octets.append(reinterpret_cast<const char*>(id.data()), id.size());
  return crypto::sha256(octets);
}

std::vector<SpamReporter>::iterator find_reporter(Source& source, std::uint64_t hash) {
  return std::lower_bound(source.spam_reporters.begin(), source.spam_reporters.end(), hash,
                          [](const SpamReporter& r, std::uint64_t h) { return r.name_hash < h; });
}

void note_reporter(Source& source, std::uint64_t hash, std::int32_t day) {
  auto at = find_reporter(source, hash);
  if (at == source.spam_reporters.end() || at->name_hash != hash) {
    if (source.spam_reporters.size() >= kMaxReporters) return;
    at = source.spam_reporters.insert(at, {.name_hash = hash, .pieces = 0, .last_day = day});
  }
  add(at->pieces, 1);
  at->last_day = std::max(at->last_day, day);
  source.reporters = static_cast<std::uint32_t>(source.spam_reporters.size());
}

void forget_reporter(Source& source, std::uint64_t hash) {
  const auto at = find_reporter(source, hash);
  if (at == source.spam_reporters.end() || at->name_hash != hash) return;
  if (--at->pieces == 0) source.spam_reporters.erase(at);
  source.reporters = static_cast<std::uint32_t>(source.spam_reporters.size());
}

}  // namespace

Counts& Counts::operator+=(const Counts& other) {
  add(learnt_spam, other.learnt_spam);
  add(learnt_ham, other.learnt_ham);
  add(reports, other.reports);
  add(verdict_spam, other.verdict_spam);
  add(verdict_ham, other.verdict_ham);
  return *this;
}

Prefix subject_of(const Address& source) { return Prefix(source, source.is_v4() ? 32 : 64); }

void History::apply(const Record& record) {
  const auto day = day_of(record.observed_at);
  if (day > newest_day_) {
    newest_day_ = day;
    drop_days_before(day - kDaysKept);
  }
  if (day < newest_day_ - kDaysKept) return;
  if (is_learnt(record.kind)) {
    apply_label(record, day);
  } else if (record.source) {
    apply_once(record, day);
  }
}

History::LabelKey History::label_key(const Record& record) {
  ByteWriter fields;
  fields.sized(record.reporter);
  fields.octets(as_octets(record.message));
  const auto digest = crypto::sha256(fields.str());
  LabelKey key{};
  std::copy_n(digest.begin(), key.size(), key.begin());
  return key;
}

void History::apply_label(const Record& record, std::int32_t day) {
  const auto key = label_key(record);
  if (const auto found = labels_.find(key); found != labels_.end()) {
    const auto& place = found->second;
    const auto& label = remembered_.at(place.day).at(place.subject).labels.at(key);
    if (label.is_spam == evidence::is_spam(record.kind)) return;
    take_back(key);
  }
  if (!record.source) return;
  count(record, evidence::id(record), day);
  const Place place{.day = day, .subject = subject_of(*record.source)};
  auto& remembered = remembered_[day][place.subject];
  if (remembered.is_full()) return;
  remembered.labels[key] = {.is_spam = evidence::is_spam(record.kind),
                            .reporter_hash = reporter_hash(record.reporter)};
  labels_[key] = place;
}

void History::apply_once(const Record& record, std::int32_t day) {
  WEIR_ASSERT(record.source.has_value());
  const auto id = evidence::id(record);
  const auto short_id = first_eight(id);
  auto& remembered = remembered_[day][subject_of(*record.source)];
  const auto at = std::lower_bound(remembered.ids.begin(), remembered.ids.end(), short_id);
  if (at != remembered.ids.end() && *at == short_id) return;
  if (!remembered.is_full()) remembered.ids.insert(at, short_id);
  count(record, id, day);
}

void History::count(const Record& record, const evidence::EvidenceId& id, std::int32_t day) {
  WEIR_ASSERT(record.source.has_value());
  auto& source = sources_[subject_of(*record.source)];
  add(counter(source.days[day], record.kind), 1);
  if (!evidence::is_spam(record.kind)) return;
  const bool is_first = source.evidence_digest == Digest{};
  source.first_spam =
      is_first ? record.observed_at : std::min(source.first_spam, record.observed_at);
  source.last_spam = is_first ? record.observed_at : std::max(source.last_spam, record.observed_at);
  source.evidence_digest = chain(source.evidence_digest, id);
  note_reporter(source, reporter_hash(record.reporter), day);
}

void History::take_back(const LabelKey& key) {
  const auto found = labels_.find(key);
  const auto place = found->second;
  labels_.erase(found);
  auto& labels = remembered_.at(place.day).at(place.subject).labels;
  const auto label = labels.at(key);
  labels.erase(key);
  auto& source = sources_.at(place.subject);
  auto& number =
      counter(source.days.at(place.day), label.is_spam ? Kind::learnt_spam : Kind::learnt_ham);
  if (number > 0) --number;
  if (label.is_spam) forget_reporter(source, label.reporter_hash);
}

void History::drop_days_before(std::int32_t first_kept) {
  while (!remembered_.empty() && remembered_.begin()->first < first_kept) {
    const auto day = remembered_.begin()->first;
    for (const auto& [subject, remembered] : remembered_.begin()->second) {
      for (const auto& [key, label] : remembered.labels) labels_.erase(key);
      const auto source = sources_.find(subject);
      source->second.days.erase(day);
      std::erase_if(source->second.spam_reporters,
                    [&](const SpamReporter& reporter) { return reporter.last_day <= day; });
      source->second.reporters = static_cast<std::uint32_t>(source->second.spam_reporters.size());
      if (source->second.days.empty()) sources_.erase(source);
    }
    remembered_.erase(remembered_.begin());
  }
}

const Source* History::find(const Prefix& subject) const {
  const auto found = sources_.find(subject);
  return found == sources_.end() ? nullptr : &found->second;
}

Counts History::counts(const Source& source, UnixMillis since, UnixMillis until) {
  Counts sum;
  const auto last = day_of(until);
  for (auto day = source.days.lower_bound(day_of(since));
       day != source.days.end() && day->first <= last; ++day)
    sum += day->second;
  return sum;
}

Counts History::counts_inside(const Prefix& prefix, UnixMillis since, UnixMillis until) const {
  Counts sum;
  // Addresses inside a prefix are neighbours in the order of the map; a subject that is wider than
  // the prefix is not inside.
  for (auto source = sources_.lower_bound(prefix);
       source != sources_.end() && prefix.contains(source->first.address()); ++source)
    if (prefix.contains(source->first)) sum += counts(source->second, since, until);
  return sum;
}

}  // namespace weir::reputation
