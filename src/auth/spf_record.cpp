#include "auth/spf_record.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "auth/spf_macro.h"
#include "base/ascii.h"

namespace weir::auth {
namespace {

constexpr std::string_view kVersion = "v=spf1";

enum class DomainSpec : std::uint8_t { forbidden, optional, required };

struct MechanismRow {
  std::string_view name;
  SpfMechanism mechanism;
  DomainSpec domain;
  bool lengths;  // may end in a dual-cidr-length
};

constexpr std::array<MechanismRow, 6> kMechanisms = {{
    {"all", SpfMechanism::all, DomainSpec::forbidden, false},
    {"include", SpfMechanism::include, DomainSpec::required, false},
    {"a", SpfMechanism::a, DomainSpec::optional, true},
    {"mx", SpfMechanism::mx, DomainSpec::optional, true},
    {"ptr", SpfMechanism::ptr, DomainSpec::optional, false},
    {"exists", SpfMechanism::exists, DomainSpec::required, false},
}};

// A length as the grammar has it: no leading zero, at most `max`.
std::optional<int> read_length(std::string_view digits, int max) {
  if (digits.empty() || digits.size() > 3 || (digits.size() > 1 && digits.front() == '0'))
    return std::nullopt;
  int value = 0;
  for (const char c : digits) {
    if (!is_digit(c)) return std::nullopt;
    value = value * 10 + (c - '0');
  }
  if (value > max) return std::nullopt;
  return value;
}

std::string_view trailing_digits(std::string_view text) {
  std::size_t at = text.size();
  while (at > 0 && is_digit(text[at - 1])) --at;
  return text.substr(at);
}

// Takes "/24", "//64" or "/24//64" off the end of `text`; false if a length there is wrong. A slash
// inside a macro is in front of these and is left alone.
bool take_lengths(std::string_view& text, SpfTerm& term) {
  auto digits = trailing_digits(text);
  auto head = text.substr(0, text.size() - digits.size());
  if (head.ends_with("//")) {
    const auto length = read_length(digits, 128);
    if (!length) return false;
    term.v6_length = *length;
    text = head.substr(0, head.size() - 2);
    digits = trailing_digits(text);
    head = text.substr(0, text.size() - digits.size());
  }
  if (head.ends_with('/')) {
    const auto length = read_length(digits, 32);
    if (!length) return false;
    term.v4_length = *length;
    text = head.substr(0, head.size() - 1);
  }
  return true;
}

// ip4:192.0.2.0/24, ip6:2001:db8::/32. Bits behind the length are allowed here.
bool read_network(std::string_view text, bool v4, SpfTerm& term) {
  const auto slash = text.find('/');
  const auto address = Address::parse(text.substr(0, slash));
  if (!address) return false;
  // An IPv4-mapped IPv6 address is an IPv4 Address by construction; its prefix counts 96 bits more.
  const bool has_colon = text.substr(0, slash).find(':') != std::string_view::npos;
  if (v4 == has_colon) return false;
  int length = v4 ? 32 : 128;
  if (slash != std::string_view::npos) {
    const auto given = read_length(text.substr(slash + 1), length);
    if (!given) return false;
    length = *given;
  }
  if (!v4 && address->is_v4()) length = std::max(length - 96, 0);
  term.network = Prefix(*address, length);
  return true;
}

bool read_mechanism(std::string_view text, SpfTerm& term) {
  if (text.starts_with('+') || text.starts_with('-') || text.starts_with('~') ||
      text.starts_with('?')) {
    term.qualifier = text.front() == '-'   ? Outcome::fail
                     : text.front() == '~' ? Outcome::softfail
                     : text.front() == '?' ? Outcome::neutral
                                           : Outcome::pass;
    text.remove_prefix(1);
  }
  std::size_t end = 0;
  while (end < text.size() && text[end] != ':' && text[end] != '/') ++end;
  const auto name = text.substr(0, end);
  auto rest = text.substr(end);
  if (iequals(name, "ip4") || iequals(name, "ip6")) {
    const bool v4 = name.back() == '4';
    term.mechanism = v4 ? SpfMechanism::ip4 : SpfMechanism::ip6;
    return rest.starts_with(':') && read_network(rest.substr(1), v4, term);
  }
  const auto* row = std::ranges::find_if(
      kMechanisms, [&](const MechanismRow& known) { return iequals(known.name, name); });
  if (row == kMechanisms.end()) return false;
  term.mechanism = row->mechanism;
  if (row->lengths && !take_lengths(rest, term)) return false;
  if (rest.empty()) return row->domain != DomainSpec::required;
  if (row->domain == DomainSpec::forbidden || !rest.starts_with(':')) return false;
  term.domain = std::string(rest.substr(1));
  return is_domain_spec(term.domain);
}

// The name in front of '=' if the term is a modifier, else empty.
std::string_view modifier_name(std::string_view term) {
  if (term.empty() || !is_alpha(term.front())) return {};
  std::size_t end = 1;
  while (end < term.size() &&
         (is_alnum(term[end]) || term[end] == '-' || term[end] == '_' || term[end] == '.'))
    ++end;
  return end < term.size() && term[end] == '=' ? term.substr(0, end) : std::string_view();
}

bool read_modifier(std::string_view name, std::string_view value, SpfRecord& record) {
  if (iequals(name, "redirect") || iequals(name, "exp")) {
    auto& slot = iequals(name, "exp") ? record.explanation : record.redirect;
    if (slot || !is_domain_spec(value)) return false;  // RFC 7208 6: at most once
    slot = std::string(value);
    return true;
  }
  return is_macro_string(value);  // unknown modifiers are ignored, not their syntax
}

}  // namespace

bool is_spf_record(std::string_view text) {
  return istarts_with(text, kVersion) &&
         (text.size() == kVersion.size() || text[kVersion.size()] == ' ');
}

Result<SpfRecord> parse_spf_record(std::string_view text) {
  WEIR_ASSERT(is_spf_record(text));
  SpfRecord record;
  for (std::size_t at = kVersion.size(); at < text.size();) {
    if (text[at] == ' ') {
      ++at;
      continue;
    }
    const auto end = std::min(text.find(' ', at), text.size());
    const auto term_text = text.substr(at, end - at);
    const auto name = modifier_name(term_text);
    bool good = false;
    if (!name.empty()) {
      good = read_modifier(name, term_text.substr(name.size() + 1), record);
    } else {
      SpfTerm term;
      term.text = std::string(term_text);
      good = read_mechanism(term_text, term);
      if (good) record.terms.push_back(std::move(term));
    }
    if (!good) return fail(Errc::invalid, fmt::format("the term \"{}\" is broken", term_text), at);
    at = end;
  }
  return record;
}

}  // namespace weir::auth
