// check_host() walks the record's terms in order and stops at the first that matches. A term that
// needs an answer that is not there yet notes the question and ends the walk: the caller comes back
// with the answer, and the walk starts again from the top and gets one step further. The lookups
// that are counted are therefore those of the last, complete walk.
//
// include nests; every level costs one of ten terms, so the recursion is at most eleven deep.
#include "auth/spf.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "auth/spf_macro.h"
#include "auth/spf_record.h"
#include "base/ascii.h"

namespace weir::auth {
namespace {

constexpr std::size_t kMaxLocalPart = 512;  // RFC 5321 allows 64

// What one term says.
enum class Match : std::uint8_t { no, yes, temperror, permerror, pending };

struct HostResult {
  Outcome outcome = Outcome::none;
  std::string reason;
  std::string mechanism;
  std::string record_of;
  std::string explanation_spec;  // of the record that failed
};

HostResult host_error(Outcome outcome, std::string domain, std::string reason) {
  HostResult result;
  result.outcome = outcome;
  result.record_of = std::move(domain);
  result.reason = std::move(reason);
  return result;
}

bool is_same_or_below(std::string_view name, std::string_view domain) {
  return name == domain || (name.size() > domain.size() && name.ends_with(domain) &&
                            name[name.size() - domain.size() - 1] == '.');
}

std::string_view verb(Outcome outcome) {
  switch (outcome) {
    case Outcome::pass: return "allows";
    case Outcome::fail: return "forbids";
    case Outcome::softfail: return "advises against";
    default: return "says nothing of";
  }
}

class Walk {
 public:
  Walk(const SpfInput& input, const Answers& answers, MacroValues values)
      : input_(input), answers_(answers), values_(std::move(values)) {}

  HostResult check_host(std::string domain);
  std::string explain(const HostResult& result);

  std::vector<Question> needs;
  int terms = 0;
  int voids = 0;

 private:
  struct Fetched {
    std::optional<SpfRecord> record;
    HostResult instead;
  };
  Fetched fetch(const std::string& domain);
  Match match(const SpfTerm& term, const std::string& domain);
  Match match_addresses(const std::string& name, const SpfTerm& term);
  Match match_mx(const std::string& name, const SpfTerm& term);
  Match match_exists(const std::string& name);
  Match match_ptr(const std::string& target);
  Match match_include(const std::string& name);
  std::optional<std::string> target(const std::string& spec, const std::string& domain);

  const Answer* ask(const std::string& name, dns::Type type) {
    return answers_.ask({canonical_name(name), type}, needs);
  }
  const Answer* ask_addresses(const std::string& name) {
    return ask(name, input_.client.is_v4() ? dns::Type::a : dns::Type::aaaa);
  }
  // Counts a term that asks; false: one too many.
  bool count_term() {
    if (++terms <= kMaxSpfTerms) return true;
    detail_ = fmt::format("it takes more than {} lookups", kMaxSpfTerms);
    return false;
  }
  // Counts the answer to a term's own question; false: one void lookup too many.
  bool count_void(const Answer& answer) {
    if (answer.found() || answer.failed() || ++voids <= kMaxSpfVoids) return true;
    detail_ = fmt::format("more than {} of its lookups lead nowhere", kMaxSpfVoids);
    return false;
  }
  bool client_in(const Answer& answer, const SpfTerm& term) const {
    const int length = input_.client.is_v4() ? term.v4_length : term.v6_length;
    return std::ranges::any_of(answer.addresses, [&](const Address& address) {
      return address.is_v4() == input_.client.is_v4() &&
             Prefix(address, length).contains(input_.client);
    });
  }
  Match failed_lookup(const std::string& name) {
    detail_ = fmt::format("the DNS did not answer for {}", name);
    return Match::temperror;
  }
  // The names of the client that lead back to it, at most kMaxSpfNames; nullopt: pending.
  std::optional<std::vector<std::string>> validated_names(std::string_view below);
  bool resolve_validated(const std::string& domain);

  const SpfInput& input_;
  const Answers& answers_;
  MacroValues values_;
  std::string detail_;  // why a term ended in an error
  bool counted_validated_ = false;
};

Walk::Fetched Walk::fetch(const std::string& domain) {
  Fetched fetched;
  if (!is_domain(domain)) {
    fetched.instead =
        host_error(Outcome::none, domain, fmt::format("\"{}\" is not a domain", domain));
    return fetched;
  }
  const auto* answer = ask(domain, dns::Type::txt);
  if (answer == nullptr) return fetched;
  if (answer->failed()) {
    fetched.instead = host_error(Outcome::temperror, domain,
                                 fmt::format("the DNS did not answer for {}", domain));
    return fetched;
  }
  const std::string* text = nullptr;
  for (const auto& candidate : answer->texts) {
    if (!is_spf_record(candidate)) continue;
    if (text != nullptr) {
      fetched.instead = host_error(Outcome::permerror, domain,
                                   fmt::format("{} has more than one SPF record", domain));
      return fetched;
    }
    text = &candidate;
  }
  if (text == nullptr) {
    fetched.instead =
        host_error(Outcome::none, domain, fmt::format("{} has no SPF record", domain));
    return fetched;
  }
  auto record = parse_spf_record(*text);
  if (record)
    fetched.record = std::move(*record);
  else
    fetched.instead =
        host_error(Outcome::permerror, domain,
                   fmt::format("in the SPF record of {}, {}", domain, record.error().detail));
  return fetched;
}

HostResult Walk::check_host(std::string domain) {
  for (;;) {
    auto fetched = fetch(domain);
    if (!fetched.record) return std::move(fetched.instead);
    const auto& record = *fetched.record;
    for (const auto& term : record.terms) {
      const auto matched = match(term, domain);
      if (matched == Match::no) continue;
      HostResult result;
      result.record_of = domain;
      result.mechanism = term.text;
      if (matched == Match::temperror || matched == Match::permerror) {
        result.outcome = matched == Match::temperror ? Outcome::temperror : Outcome::permerror;
        result.reason =
            fmt::format("in the SPF record of {}, at {}: {}", domain, term.text, detail_);
      } else if (matched == Match::yes) {
        result.outcome = term.qualifier;
        result.reason = fmt::format("{} {} {} ({})", domain, verb(term.qualifier),
                                    input_.client.to_string(), term.text);
        if (term.qualifier == Outcome::fail && record.explanation)
          result.explanation_spec = *record.explanation;
      }
      return result;
    }
    // A redirect only counts where no mechanism matched; "all" always does (6.1).
    if (!record.redirect)
      return host_error(Outcome::neutral, domain,
                        fmt::format("{} says nothing of {}", domain, input_.client.to_string()));
    if (!count_term())
      return host_error(Outcome::permerror, domain,
                        fmt::format("in the SPF record of {}: {}", domain, detail_));
    auto next = target(*record.redirect, domain);
    if (!needs.empty()) return {};
    if (!next || !is_domain(*next))
      return host_error(
          Outcome::permerror, domain,
          fmt::format("the SPF record of {} redirects to what is not a domain", domain));
    auto result_of_next = fetch(*next);
    if (!result_of_next.record && needs.empty() && result_of_next.instead.outcome == Outcome::none)
      return host_error(Outcome::permerror, domain,
                        fmt::format("{} redirects to {}, which has no SPF record", domain, *next));
    domain = std::move(*next);
  }
}

std::optional<std::string> Walk::target(const std::string& spec, const std::string& domain) {
  if (spec.empty()) return domain;
  if (uses_validated_name(spec) && !resolve_validated(domain)) return std::nullopt;
  values_.domain = domain;
  return expand_domain(spec, values_);
}

Match Walk::match(const SpfTerm& term, const std::string& domain) {
  if (term.mechanism == SpfMechanism::all) return Match::yes;
  if (term.mechanism == SpfMechanism::ip4 || term.mechanism == SpfMechanism::ip6)
    return term.network.contains(input_.client) ? Match::yes : Match::no;

  if (!count_term()) return Match::permerror;
  const auto name = target(term.domain, domain);
  if (!needs.empty()) return Match::pending;
  if (!name) {
    if (detail_.empty()) detail_ = "its macros make a name that is far too long";
    return Match::permerror;
  }
  // 4.8: a name that cannot be asked for leads nowhere, except where a record has to be there.
  if (!is_domain(*name)) {
    if (term.mechanism != SpfMechanism::include) return Match::no;
    detail_ = fmt::format("\"{}\" is not a domain", *name);
    return Match::permerror;
  }
  switch (term.mechanism) {
    case SpfMechanism::include: return match_include(*name);
    case SpfMechanism::a: return match_addresses(*name, term);
    case SpfMechanism::mx: return match_mx(*name, term);
    case SpfMechanism::exists: return match_exists(*name);
    default: return match_ptr(*name);
  }
}

Match Walk::match_addresses(const std::string& name, const SpfTerm& term) {
  const auto* answer = ask_addresses(name);
  if (answer == nullptr) return Match::pending;
  if (answer->failed()) return failed_lookup(name);
  if (!count_void(*answer)) return Match::permerror;
  return client_in(*answer, term) ? Match::yes : Match::no;
}

Match Walk::match_mx(const std::string& name, const SpfTerm& term) {
  const auto* exchanges = ask(name, dns::Type::mx);
  if (exchanges == nullptr) return Match::pending;
  if (exchanges->failed()) return failed_lookup(name);
  if (!count_void(*exchanges)) return Match::permerror;
  if (exchanges->texts.size() > kMaxSpfNames) {
    detail_ = fmt::format("{} has more than {} mail exchangers", name, kMaxSpfNames);
    return Match::permerror;
  }
  bool pending = false;
  for (const auto& exchange : exchanges->texts) {
    const auto host = canonical_name(exchange);
    if (host.empty()) continue;  // the null MX of RFC 7505
    const auto* answer = ask_addresses(host);
    pending = pending || answer == nullptr;
    if (pending) continue;  // goes on: all of them are asked for in one round
    if (answer->failed()) return failed_lookup(host);
    if (client_in(*answer, term)) return Match::yes;
  }
  return pending ? Match::pending : Match::no;
}

Match Walk::match_exists(const std::string& name) {
  const auto* answer = ask(name, dns::Type::a);  // A, whatever the client's family (5.7)
  if (answer == nullptr) return Match::pending;
  if (answer->failed()) return failed_lookup(name);
  if (!count_void(*answer)) return Match::permerror;
  return answer->found() ? Match::yes : Match::no;
}

std::optional<std::vector<std::string>> Walk::validated_names(std::string_view below) {
  const auto reverse =
      expand_domain(input_.client.is_v4() ? "%{ir}.in-addr.arpa" : "%{ir}.ip6.arpa", values_);
  if (!reverse) return std::vector<std::string>{};  // no name to ask for, none that leads back
  const auto* pointers = ask(*reverse, dns::Type::ptr);
  if (pointers == nullptr) return std::nullopt;
  std::vector<std::string> names;
  bool pending = false;
  const auto count = std::min(pointers->texts.size(), kMaxSpfNames);  // the rest is ignored (5.5)
  for (std::size_t i = 0; i < count; ++i) {
    auto name = canonical_name(pointers->texts[i]);
    if (!is_domain(name) || (!below.empty() && !is_same_or_below(name, below))) continue;
    const auto* answer = ask_addresses(name);
    if (answer == nullptr)
      pending = true;
    else if (std::ranges::find(answer->addresses, input_.client) != answer->addresses.end())
      names.push_back(std::move(name));
  }
  if (pending) return std::nullopt;
  return names;
}

Match Walk::match_ptr(const std::string& target) {
  const auto names = validated_names(target);  // a lookup that fails does not match (5.5)
  if (!names) return Match::pending;
  return names->empty() ? Match::no : Match::yes;
}

Match Walk::match_include(const std::string& name) {
  const auto outer = values_;
  auto inner = check_host(name);
  values_ = outer;
  if (!needs.empty()) return Match::pending;
  switch (inner.outcome) {  // the table of 5.2
    case Outcome::pass: return Match::yes;
    case Outcome::temperror: detail_ = std::move(inner.reason); return Match::temperror;
    case Outcome::none:
    case Outcome::permerror: detail_ = std::move(inner.reason); return Match::permerror;
    default: return Match::no;
  }
}

// %{p}: the domain itself if it is among the validated names, else one below it, else any (7.3).
bool Walk::resolve_validated(const std::string& domain) {
  if (!counted_validated_) {
    counted_validated_ = true;
    if (!count_term()) return false;
  }
  const auto names = validated_names({});
  if (!names) return false;
  values_.validated = "unknown";
  int best = 0;
  for (const auto& name : *names) {
    const int rank = name == domain ? 3 : is_same_or_below(name, domain) ? 2 : 1;
    if (rank <= best) continue;
    best = rank;
    values_.validated = name;
  }
  return true;
}

// Whatever goes wrong here means that there is no explanation (6.2); nothing is counted.
std::string Walk::explain(const HostResult& result) {
  counted_validated_ = true;
  const auto name = target(result.explanation_spec, result.record_of);
  if (!name || !is_domain(*name)) return {};
  const auto* answer = ask(*name, dns::Type::txt);
  if (answer == nullptr || answer->texts.size() != 1) return {};
  const auto& text = answer->texts.front();
  const auto printable = [](char c) { return c >= 0x20 && c <= 0x7e; };
  if (!std::ranges::all_of(text, printable)) return {};
  if (uses_validated_name(text) && !resolve_validated(result.record_of)) return {};
  values_.domain = result.record_of;
  const auto expanded = expand_explanation(text, values_);
  if (!expanded || !std::ranges::all_of(*expanded, printable)) return {};
  return *expanded;
}

Step<SpfResult> check(const SpfInput& input, const Answers& answers, SpfIdentity identity,
                      std::string local_part, const std::string& domain) {
  Step<SpfResult> step;
  auto& result = step.result;
  result.identity = identity;
  result.domain = canonical_name(domain);
  if (local_part.empty()) local_part = "postmaster";  // 4.3
  if (local_part.size() > kMaxLocalPart || domain.size() > kMaxLocalPart ||
      input.helo.size() > kMaxLocalPart) {
    result.domain.clear();
    result.reason = "the sender's address is too long to be one";
    return step;
  }
  MacroValues values;
  values.local_part = local_part;
  values.sender_domain = domain;
  values.helo = input.helo;
  values.receiver = input.receiver;
  values.client = input.client;
  values.now = input.now;
  result.sender = fmt::format("{}@{}", local_part, domain);

  Walk walk(input, answers, std::move(values));
  auto host = walk.check_host(result.domain);
  if (walk.needs.empty() && host.outcome == Outcome::fail && !host.explanation_spec.empty())
    result.explanation = walk.explain(host);
  step.needs = std::move(walk.needs);
  result.outcome = host.outcome;
  result.reason = std::move(host.reason);
  result.mechanism = std::move(host.mechanism);
  result.record_of = std::move(host.record_of);
  result.terms = walk.terms;
  result.voids = walk.voids;
  return step;
}

}  // namespace

Step<SpfResult> check_spf(const SpfInput& input, const Answers& answers) {
  if (input.mail_from.empty()) return check_spf_helo(input, answers);
  const auto at = input.mail_from.rfind('@');
  if (at == std::string::npos)
    return check(input, answers, SpfIdentity::mail_from, {}, input.mail_from);
  return check(input, answers, SpfIdentity::mail_from, input.mail_from.substr(0, at),
               input.mail_from.substr(at + 1));
}

Step<SpfResult> check_spf_helo(const SpfInput& input, const Answers& answers) {
  return check(input, answers, SpfIdentity::helo, {}, input.helo);
}

}  // namespace weir::auth
