#include "auth/spf_macro.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/ascii.h"
#include "base/bytes.h"

namespace weir::auth {
namespace {

enum class Where : std::uint8_t { record, explanation };

struct Macro {
  char letter = 0;  // lower case; '%', ' ' or '-' for "%%", "%_", "%-"
  bool url = false;
  std::size_t keep = 0;  // labels from the right; 0: all
  bool reverse = false;
  std::string_view delimiters;
};

constexpr bool is_delimiter(char c) {
  return std::string_view(".-+,/_=").find(c) != std::string_view::npos;
}

// The macro-expand at text[at] == '%'; moves `at` behind it. nullopt: a syntax error.
std::optional<Macro> read_macro(std::string_view text, std::size_t& at, Where where) {
  Macro macro;
  if (at + 1 >= text.size()) return std::nullopt;
  const char kind = text[at + 1];
  if (kind == '%' || kind == '_' || kind == '-') {
    macro.letter = kind == '_' ? ' ' : kind;
    at += 2;
    return macro;
  }
  if (kind != '{' || at + 2 >= text.size()) return std::nullopt;
  at += 2;
  const char letter = text[at++];
  macro.letter = to_lower(letter);
  macro.url = letter != macro.letter;
  const std::string_view letters = where == Where::record ? "slodiphv" : "slodiphvcrt";
  if (letters.find(macro.letter) == std::string_view::npos) return std::nullopt;
  const auto digits_begin = at;
  for (; at < text.size() && is_digit(text[at]); ++at)
    if (macro.keep < 1'000) macro.keep = macro.keep * 10 + static_cast<std::size_t>(text[at] - '0');
  if (at > digits_begin && macro.keep == 0) return std::nullopt;
  if (at < text.size() && to_lower(text[at]) == 'r') {
    macro.reverse = true;
    ++at;
  }
  const auto delimiters_begin = at;
  while (at < text.size() && is_delimiter(text[at])) ++at;
  macro.delimiters = text.substr(delimiters_begin, at - delimiters_begin);
  if (at >= text.size() || text[at] != '}') return std::nullopt;
  ++at;
  return macro;
}

// IPv6 as %{i} has it: 32 nibbles with dots between, in capitals as the suite of RFC 7208 shows
// them in an explanation; domains become lower case anyway.
std::string dotted(const Address& address) {
  if (address.is_v4()) return address.to_string();
  const auto& octets = address.octets();
  const auto hex = to_hex({reinterpret_cast<const char*>(octets.data()), octets.size()});
  std::string out;
  for (const char c : hex) {
    if (!out.empty()) out += '.';
    out += c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return out;
}

std::string value_of(char letter, const MacroValues& values) {
  switch (letter) {
    case 's': return fmt::format("{}@{}", values.local_part, values.sender_domain);
    case 'l': return values.local_part;
    case 'o': return values.sender_domain;
    case 'd': return values.domain;
    case 'i': return dotted(values.client);
    case 'p': return values.validated;
    case 'v': return values.client.is_v4() ? "in-addr" : "ip6";
    case 'h': return values.helo;
    case 'c': return values.client.to_string();
    case 'r': return values.receiver.empty() ? "unknown" : values.receiver;
    case 't': return fmt::format("{}", to_unix_millis(values.now) / 1'000);
    default: return {};
  }
}

// Splits at any of the delimiters, keeps what is asked for, and joins with dots.
std::string transform(const std::string& value, const Macro& macro) {
  if (macro.keep == 0 && !macro.reverse && macro.delimiters.empty()) return value;
  const auto delimiters = macro.delimiters.empty() ? std::string_view(".") : macro.delimiters;
  std::vector<std::string_view> pieces;
  for (std::size_t at = 0; at <= value.size();) {
    const auto end = std::min(value.find_first_of(delimiters, at), value.size());
    pieces.push_back(std::string_view(value).substr(at, end - at));
    at = end + 1;
  }
  if (macro.reverse) std::ranges::reverse(pieces);
  const auto first =
      macro.keep == 0 || macro.keep >= pieces.size() ? 0 : pieces.size() - macro.keep;
  std::string out;
  for (auto i = first; i < pieces.size(); ++i) {
    if (i > first) out += '.';
    out += pieces[i];
  }
  return out;
}

void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    if (is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~')
      out += c;
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
}

std::optional<std::string> expand(std::string_view text, const MacroValues& values, Where where) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (out.size() > kMaxExpansion) return std::nullopt;
    if (text[at] != '%') {
      out += text[at++];
      continue;
    }
    const auto macro = read_macro(text, at, where);
    if (!macro) return std::nullopt;
    if (macro->letter == '%' || macro->letter == ' ') {
      out += macro->letter;
    } else if (macro->letter == '-') {
      out += "%20";
    } else {
      const auto value = transform(value_of(macro->letter, values), *macro);
      if (macro->url)
        append_escaped(out, value);
      else
        out += value;
    }
  }
  if (out.size() > kMaxExpansion) return std::nullopt;
  return out;
}

// `literal`: what follows the last macro-expand.
bool scan(std::string_view text, std::string_view& literal) {
  std::size_t literal_at = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '%') {
      if (!read_macro(text, at, Where::record)) return false;
      literal_at = at;
    } else {
      if (text[at] < 0x21 || text[at] > 0x7e) return false;
      ++at;
    }
  }
  literal = text.substr(literal_at);
  return true;
}

// *alphanum ALPHA *alphanum, or alphanumerics with hyphens inside (7.1).
bool is_top_label(std::string_view label) {
  if (label.empty() || label.front() == '-' || label.back() == '-') return false;
  bool digits_only = true;
  for (const char c : label) {
    if (!is_alnum(c) && c != '-') return false;
    digits_only = digits_only && is_digit(c);
  }
  return !digits_only;
}

}  // namespace

bool is_macro_string(std::string_view text) {
  std::string_view literal;
  return scan(text, literal);
}

bool is_domain_spec(std::string_view text) {
  std::string_view literal;
  if (text.empty() || !scan(text, literal)) return false;
  if (literal.empty()) return true;
  if (literal.ends_with('.')) literal.remove_suffix(1);
  const auto dot = literal.rfind('.');
  return dot != std::string_view::npos && is_top_label(literal.substr(dot + 1));
}

bool uses_validated_name(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '%') {
      ++at;
      continue;
    }
    const auto macro = read_macro(text, at, Where::explanation);
    if (!macro) return false;
    if (macro->letter == 'p') return true;
  }
  return false;
}

std::optional<std::string> expand_domain(std::string_view spec, const MacroValues& values) {
  auto name = expand(spec, values, Where::record);
  if (!name) return std::nullopt;
  if (name->ends_with('.')) name->pop_back();
  for (char& c : *name) c = to_lower(c);
  if (name->size() > 253) {
    const auto dot = name->find('.', name->size() - 254);
    if (dot != std::string::npos) name->erase(0, dot + 1);
  }
  return name;
}

std::optional<std::string> expand_explanation(std::string_view text, const MacroValues& values) {
  return expand(text, values, Where::explanation);
}

}  // namespace weir::auth
