#include "auth/dmarc.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "auth/author.h"
#include "auth/tag_list.h"
#include "base/ascii.h"
#include "mail/reading.h"

namespace weir::auth {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// Read with patience: what cannot be read is passed over (RFC 7489 6.3); the first of two counts.
std::vector<Pair> pairs_of(std::string_view text) {
  std::vector<Pair> pairs;
  for (std::size_t at = 0; at < text.size() && pairs.size() < kMaxTags;) {
    const auto end = std::min(text.find(';', at), text.size());
    const auto spec = text.substr(at, end - at);
    at = end + 1;
    const auto equals = spec.find('=');
    if (equals == std::string_view::npos) continue;
    pairs.emplace_back(trim(spec.substr(0, equals)), trim(spec.substr(equals + 1)));
  }
  return pairs;
}

std::optional<DmarcPolicy> policy_of(std::string_view word) {
  for (const auto policy : {DmarcPolicy::none, DmarcPolicy::quarantine, DmarcPolicy::reject})
    if (iequals(word, to_string(policy))) return policy;
  return std::nullopt;
}

std::string organisation_of(const std::string& domain) {
  auto organisation = mail::registrable_domain(domain);
  return organisation.empty() ? domain : organisation;
}

bool aligned(const std::string& domain, const std::string& author, Alignment alignment) {
  if (domain.empty()) return false;
  if (domain == author) return true;
  return alignment == Alignment::relaxed && organisation_of(domain) == organisation_of(author);
}

DmarcPolicy weaker(DmarcPolicy policy) {
  return policy == DmarcPolicy::reject ? DmarcPolicy::quarantine : DmarcPolicy::none;
}

// The one record of `name`; nothing if there is none or more than one (6.6.3).
std::optional<DmarcRecord> record_in(const Answer& answer, bool& several) {
  const std::string* only = nullptr;
  for (const auto& text : answer.texts) {
    if (!is_dmarc_record(text)) continue;
    several = only != nullptr;
    if (several) return std::nullopt;
    only = &text;
  }
  return only == nullptr ? std::nullopt : parse_dmarc_record(*only);
}

// Fills in what alignment decides.
void align(const DmarcInput& input, const DmarcRecord& record, DmarcResult& result) {
  bool unknown = false;  // something that is aligned may still come true
  if (aligned(input.spf.domain, result.domain, record.spf)) {
    result.by_spf = input.spf.outcome == Outcome::pass;
    unknown = input.spf.outcome == Outcome::temperror;
  }
  for (const auto& signature : input.dkim.signatures) {
    if (!aligned(signature.domain, result.domain, record.dkim)) continue;
    result.by_dkim = result.by_dkim || signature.outcome == Outcome::pass;
    unknown = unknown || signature.outcome == Outcome::temperror;
  }
  if (result.by_spf || result.by_dkim) {
    result.outcome = Outcome::pass;
    result.reason = fmt::format("{} of {} vouches for the author",
                                result.by_dkim ? "a signature" : "the sending host", result.domain);
    return;
  }
  if (unknown) {
    result.outcome = Outcome::temperror;
    result.reason =
        fmt::format("the DNS did not answer for what could vouch for {}", result.domain);
    return;
  }
  result.outcome = Outcome::fail;
  result.asked = input.sample < record.percent ? result.published : weaker(result.published);
  result.reason = fmt::format("nothing vouches for {}, which asks for {}", result.domain,
                              to_string(result.asked));
}

}  // namespace

std::string_view to_string(DmarcPolicy policy) {
  switch (policy) {
    case DmarcPolicy::quarantine: return "quarantine";
    case DmarcPolicy::reject: return "reject";
    default: return "none";
  }
}

bool is_dmarc_record(std::string_view text) {
  const auto first = text.substr(0, text.find(';'));
  const auto equals = first.find('=');
  return equals != std::string_view::npos && trim(first.substr(0, equals)) == "v" &&
         trim(first.substr(equals + 1)) == "DMARC1";
}

std::optional<DmarcRecord> parse_dmarc_record(std::string_view text) {
  if (!is_dmarc_record(text)) return std::nullopt;
  const auto pairs = pairs_of(text);
  const auto value = [&](std::string_view name) -> std::optional<std::string_view> {
    for (const auto& pair : pairs)
      if (iequals(pair.first, name)) return pair.second;
    return std::nullopt;
  };
  const auto alignment = [&](std::string_view name) {
    return iequals(value(name).value_or("r"), "s") ? Alignment::strict : Alignment::relaxed;
  };
  DmarcRecord record;
  const auto policy = policy_of(value("p").value_or(""));
  const auto subdomain = value("sp");
  if (subdomain) record.subdomain_policy = policy_of(*subdomain);
  if (policy && (!subdomain || record.subdomain_policy)) {
    record.policy = *policy;
  } else {
    // 6.6.3 (6): a policy that cannot be read counts as none if reports are wanted.
    if (value("rua").value_or("").empty()) return std::nullopt;
    record.subdomain_policy.reset();
  }
  record.dkim = alignment("adkim");
  record.spf = alignment("aspf");
  if (const auto percent = parse_number(value("pct").value_or("")); percent && *percent <= 100)
    record.percent = static_cast<int>(*percent);
  return record;
}

Step<DmarcResult> check_dmarc(const DmarcInput& input, const Answers& answers) {
  Step<DmarcResult> step;
  auto& result = step.result;
  const auto end = [&](Outcome outcome, std::string reason) {
    result.outcome = outcome;
    result.reason = std::move(reason);
    return step;
  };
  const auto& from = input.header.named("from");
  if (from.size() != 1)
    return end(Outcome::permerror, fmt::format("the message has {} From fields", from.size()));
  const auto authors = author_domains(input.header.fields()[from.front()].value);
  if (authors.size() != 1)
    return end(Outcome::permerror,
               authors.empty() ? "From names no domain" : "From names authors of several domains");
  result.domain = authors.front();
  const auto organisation = organisation_of(result.domain);

  const auto* own = answers.ask({"_dmarc." + result.domain, dns::Type::txt}, step.needs);
  const auto* above = organisation == result.domain
                          ? own
                          : answers.ask({"_dmarc." + organisation, dns::Type::txt}, step.needs);
  if (!step.done()) return step;

  bool several = false;
  std::optional<DmarcRecord> record;
  for (const auto* answer : {own, above}) {
    result.record_of = answer == own ? result.domain : organisation;
    if (answer->failed())
      return end(Outcome::temperror,
                 fmt::format("the DNS did not answer for _dmarc.{}", result.record_of));
    const bool any = std::ranges::any_of(answer->texts, is_dmarc_record);
    record = record_in(*answer, several);
    if (any) break;  // also if it cannot be used: the domain has spoken
  }
  if (!record)
    return end(Outcome::none,
               fmt::format("{} publishes {}", result.domain,
                           several ? "several policies, so none counts" : "no policy"));
  result.published = result.record_of == result.domain
                         ? record->policy
                         : record->subdomain_policy.value_or(record->policy);
  align(input, *record, result);
  return step;
}

}  // namespace weir::auth
