#include "node/intake.h"

#include <algorithm>
#include <set>

#include "crypto/crypto.h"
#include "evidence/arf.h"

namespace weir::node {
namespace {

constexpr std::size_t kMaxDomains = 32;
constexpr std::size_t kMaxLanguages = 4;

std::vector<std::string> linked_domains(const mail::Reading& reading) {
  std::set<std::string> domains;
  for (const auto& link : reading.links) {
    if (!link.domain.empty()) domains.insert(link.domain);
    if (domains.size() == kMaxDomains) break;
  }
  return {domains.begin(), domains.end()};
}

}  // namespace

mail::ReadOptions read_options(const Config& config) {
  mail::ReadOptions options;
  options.trusted_networks = config.trusted_networks;
  options.limits = config.read_limits;
  options.files = config.file_limits;
  return options;
}

void note_cut(mail::Reading& reading, const Config& config) {
  reading.problems.push_back(
      {"message_cut", config.message_octets, "longer than limits.message_octets"});
}

Observed observe(std::string_view octets, const mail::ReadOptions& options) {
  Observed observed;
  observed.digest = crypto::sha256(octets);
  observed.reading = mail::read(octets, options);
  observed.features = judge::extract(observed.reading);
  return observed;
}

evidence::Record make_record(evidence::Kind kind, const Observed& observed, std::string reporter,
                             UnixMillis now) {
  evidence::Record record;
  record.kind = kind;
  record.recorded_at = now;
  record.observed_at = std::min(observed.reading.trace.received_at.value_or(now), now);
  record.reporter = std::move(reporter);
  record.source = observed.reading.trace.source;
  record.message = observed.digest;
  record.domains = linked_domains(observed.reading);
  for (const auto& language : observed.reading.languages) {
    if (record.languages.size() == kMaxLanguages) break;
    record.languages.push_back(language.tag);
  }
  if (kind == evidence::Kind::learnt_spam || kind == evidence::Kind::learnt_ham) {
    record.features_version = judge::kFeaturesVersion;
    record.features = judge::encode(observed.features);
  }
  return record;
}

std::optional<evidence::Kind> evidence_of(double spam_probability, const Config& config) {
  if (spam_probability >= config.evidence_spam_at) return evidence::Kind::verdict_spam;
  if (spam_probability <= config.evidence_good_at) return evidence::Kind::verdict_ham;
  return std::nullopt;
}

Result<evidence::Record> make_report(std::string_view octets, const mail::ReadOptions& options,
                                     std::string_view reporter, UnixMillis now) {
  const auto arf = evidence::read_report(octets, options);
  if (!arf)
    return make_record(evidence::Kind::report, observe(octets, options), std::string(reporter),
                       now);
  if (arf->feedback_type == "not-spam")
    return fail(Errc::unsupported,
                "a not-spam report is no complaint; use 'weir learn ham' with the message");
  auto record = make_record(evidence::Kind::report, observe(arf->original, options),
                            "arf:" + arf->reporter_domain, now);
  // The reporter's host saw the connection; the trace inside may be cut or missing.
  if (arf->source_ip) record.source = arf->source_ip;
  if (arf->arrival_date) record.observed_at = std::min(*arf->arrival_date, now);
  if (arf->original.empty()) record.message = crypto::sha256(octets);
  if (!record.source)
    return fail(Errc::unsupported,
                "the report names no source: it has neither Source-IP nor a Received line");
  return record;
}

Action action_for(double spam_probability, const Config& config) {
  if (spam_probability >= config.reject_at) return Action::reject;
  if (spam_probability >= config.quarantine_at) return Action::quarantine;
  if (spam_probability >= config.tag_at) return Action::tag;
  return Action::accept;
}

std::string_view to_string(Action action) {
  switch (action) {
    case Action::accept: return "accept";
    case Action::tag: return "tag";
    case Action::quarantine: return "quarantine";
    case Action::reject: return "reject";
  }
  return "accept";
}

}  // namespace weir::node
