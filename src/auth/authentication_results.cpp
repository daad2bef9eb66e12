#include "auth/authentication_results.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"

namespace weir::auth {
namespace {

bool is_keyword_char(char c) { return is_alnum(c) || c == '-' || c == '_'; }

// What ends a token of RFC 2045. A slash and an at sign are taken all the same: hosts write both
// into values without quotes.
bool ends_value(char c) {
  return is_space(c) || c == ';' || c == '(' || c == ')' || c == '"' ||
         static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  [[nodiscard]] std::size_t offset() const { return at_; }
  [[nodiscard]] char peek() const { return at_end() ? '\0' : text_[at_]; }

  // Blanks and comments; false if a comment does not end.
  bool skip_cfws() {
    std::size_t depth = 0;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '(') {
        ++depth;
      } else if (depth > 0) {
        if (c == ')')
          --depth;
        else if (c == '\\')
          ++at_;
      } else if (!is_space(c)) {
        break;
      }
    }
    at_ = std::min(at_, text_.size());
    return depth == 0;
  }
  bool take(char c) {
    if (peek() != c || at_end()) return false;
    ++at_;
    return true;
  }
  std::string keyword() {
    const auto begin = at_;
    while (!at_end() && is_keyword_char(text_[at_])) ++at_;
    return lower(text_.substr(begin, at_ - begin));
  }
  // A token, a quoted string, or an address whose local part may be quoted; nullopt: none there, or
  // a quoted string that does not end.
  std::optional<std::string> value() {
    std::string out;
    bool any = false;
    while (!at_end()) {
      if (text_[at_] == '"') {
        if (!quoted(out)) return std::nullopt;
      } else if (!ends_value(text_[at_])) {
        out += text_[at_++];
      } else {
        break;
      }
      any = true;
    }
    if (!any) return std::nullopt;
    return out;
  }
  // Digits; empty if there are none.
  std::string_view digits() {
    const auto begin = at_;
    while (!at_end() && is_digit(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }
  void back_to(std::size_t at) { at_ = at; }

 private:
  bool quoted(std::string& out) {
    for (++at_; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '"') {
        ++at_;
        return true;
      }
      if (c == '\\' && at_ + 1 < text_.size()) {
        out += text_[++at_];
      } else if (c != '\r' && c != '\n') {
        out += c;
      }
    }
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

// reason=..., ptype.property=...; in any order, as hosts write them.
bool read_details(Reader& in, MethodResult& result) {
  for (;;) {
    if (!in.skip_cfws()) return false;
    if (in.at_end() || in.peek() == ';') return true;
    const auto first = in.keyword();
    if (first.empty() || !in.skip_cfws()) return false;
    ResultProperty property;
    const bool dotted = in.take('.');
    if (dotted) {
      if (!in.skip_cfws()) return false;
      property.type = first;
      property.name = in.keyword();
      if (property.name.empty() || !in.skip_cfws()) return false;
    } else if (first != "reason") {
      return false;
    }
    if (!in.take('=') || !in.skip_cfws()) return false;
    auto value = in.value();
    // A value may be empty where a null sender stands: "smtp.mailfrom=;".
    if (!value && !(dotted && (in.at_end() || in.peek() == ';'))) return false;
    if (!dotted) {
      result.reason = std::move(*value);
      continue;
    }
    if (result.properties.size() == kMaxProperties) return false;
    property.value = std::move(value).value_or("");
    result.properties.push_back(std::move(property));
  }
}

bool read_method(Reader& in, MethodResult& result) {
  result.method = in.keyword();
  if (result.method.empty() || !in.skip_cfws()) return false;
  if (in.take('/')) {
    if (!in.skip_cfws() || in.digits() != "1" || !in.skip_cfws()) return false;
  }
  if (!in.take('=') || !in.skip_cfws()) return false;
  result.word = in.keyword();
  if (result.word.empty()) return false;
  result.outcome = parse_outcome(result.word);
  return read_details(in, result);
}

// "none" alone: nothing was checked.
bool is_none(Reader& in) {
  const auto begin = in.offset();
  const bool none = in.keyword() == "none" && in.skip_cfws() && in.at_end();
  if (!none) in.back_to(begin);
  return none;
}

}  // namespace

std::string_view MethodResult::property(std::string_view type, std::string_view name) const {
  for (const auto& candidate : properties)
    if (candidate.type == type && candidate.name == name) return candidate.value;
  return {};
}

Result<AuthenticationResults> parse_authentication_results(std::string_view value) {
  Reader in(value);
  const auto broken = [&](std::string_view what) {
    return fail(Errc::invalid, fmt::format("{} at octet {}", what, in.offset()), in.offset());
  };
  AuthenticationResults out;
  if (!in.skip_cfws()) return broken("a comment without end");
  auto host = in.value();
  if (!host || host->empty()) return broken("no host that says so");
  out.host = std::move(*host);
  if (!in.skip_cfws()) return broken("a comment without end");
  if (const auto version = in.digits(); !version.empty() && version != "1")
    return broken("another version than 1");
  if (!in.skip_cfws() || !in.take(';')) return broken("no semicolon behind the host");
  while (in.skip_cfws() && !in.at_end()) {
    if (out.results.empty() && is_none(in)) return out;
    MethodResult result;
    if (!read_method(in, result)) return broken("no result that can be read");
    if (out.results.size() == kMaxMethodResults) return broken("too many results");
    out.results.push_back(std::move(result));
    if (!in.at_end() && !in.take(';')) return broken("no semicolon");
  }
  if (out.results.empty()) return broken("no result");
  return out;
}

std::vector<AuthenticationResults> trusted_results(const Header& header,
                                                   std::span<const std::string> trusted_hosts) {
  std::vector<AuthenticationResults> out;
  for (const auto index : header.named("authentication-results")) {
    auto parsed = parse_authentication_results(header.fields()[index].value);
    if (!parsed) continue;
    const bool trusted = std::ranges::any_of(
        trusted_hosts, [&](const std::string& host) { return iequals(host, parsed->host); });
    if (trusted) out.push_back(std::move(*parsed));
  }
  return out;
}

}  // namespace weir::auth
