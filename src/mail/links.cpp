#include "mail/links.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "mail/ascii.h"
#include "mail/host.h"

namespace weir::mail {
namespace {

constexpr int kMaxHostChecks = 4;  // look-ups while one host is read: "a.b.c" and one in reserve
constexpr std::size_t kMaxHostText =
    512;  // how far a host is followed; a name has 253 octets, escaped thrice that

// Where an ASCII URL ends in running text: blanks, quotes, brackets, and everything that is not
// ASCII, because Chinese and Japanese text follows a URL without a blank.
bool ends_url(char c) {
  const auto u = static_cast<unsigned char>(c);
  return u <= 32 || u >= 127 || c == '<' || c == '>' || c == '"' || c == '{' || c == '}' ||
         c == '|' || c == '^' || c == '`';
}
bool ends_authority(char c) { return c == '/' || c == '?' || c == '#' || c == '\\'; }
bool is_host_octet(char c) { return is_alnum(c) || c == '-' || c == '_' || c == '%'; }

// Punctuation that stops a domain name written in another script: general punctuation, CJK
// punctuation, full-width forms.
bool is_foreign_punctuation(char32_t c) {
  return (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x303F) ||
         (c >= 0xFF00 && c <= 0xFF0F) || (c >= 0xFF1A && c <= 0xFF20) ||
         (c >= 0xFF3B && c <= 0xFF40) || (c >= 0xFF5B && c <= 0xFF65) || c == 0xA0 || c == 0xFFFD ||
         (c >= 0x80 && c <= 0xBF);
}

// "[.]", "(.)", "[dot]", "(dot)", "{.}" at text[at]: the octets, or 0.
std::size_t bracketed_dot(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  const char open = text[at];
  const char close = open == '[' ? ']' : open == '(' ? ')' : open == '{' ? '}' : '\0';
  if (close == '\0') return 0;
  if (text.substr(at + 1, 1) == "." && text.substr(at + 2, 1).starts_with(close)) return 3;
  if (iequals(text.substr(at + 1, 3), "dot") && text.substr(at + 4, 1).starts_with(close)) return 5;
  return 0;
}

std::string without_brackets(std::string_view host) {
  std::string out;
  for (std::size_t i = 0; i < host.size();) {
    if (const std::size_t dot = bracketed_dot(host, i); dot > 0) {
      out.push_back('.');
      i += dot;
    } else {
      out.push_back(host[i++]);
    }
  }
  return out;
}

// The end of the host that starts at `at` in running text.
struct HostEnd {
  std::size_t end = 0;
  bool brackets = false;
};

HostEnd host_end(std::string_view text, std::size_t at) {
  const std::size_t limit = std::min(text.size(), at + kMaxHostText);
  HostEnd out{at, false};
  if (at < limit && text[at] == '[' && bracketed_dot(text, at) == 0) {
    const std::size_t close = text.substr(0, limit).find(']', at);
    out.end = close == std::string_view::npos ? at : close + 1;
    return out;
  }
  std::size_t i = at;
  int checks = 0;
  bool checked = false;
  while (i < limit) {
    if (is_host_octet(text[i])) {
      out.end = ++i;
    } else if (const std::size_t dot = bracketed_dot(text, i); dot > 0) {
      out.brackets = true;
      i += dot;
    } else if (text[i] == '.') {
      ++i;
    } else if (is_8bit(text[i])) {
      // Either a name in another script, or the sentence goes on: if what stands before it is a
      // whole domain name, it is the sentence.
      if (!checked && checks < kMaxHostChecks) {
        checked = true;
        ++checks;
        const auto before = canonical_host(without_brackets(text.substr(at, out.end - at)));
        if (before &&
            (before->literal || !registrable_of(before->name, Suffixes::listed_only).empty()))
          break;
      }
      std::size_t next = i;
      const std::size_t foreign_dot = dot_length(text, i);
      if (foreign_dot == 0 && is_foreign_punctuation(next_code_point(text, next))) break;
      if (foreign_dot > 0) {
        i += foreign_dot;
        checked = false;
      } else {
        out.end = i = next;
      }
    } else {
      break;
    }
  }
  return out;
}

// Octets at which a link can be recognized; one table look-up per octet of text.
constexpr std::array<bool, 256> kStarts = [] {
  std::array<bool, 256> table{};
  for (const char c : {':', '[', '(', '{', 'w', 'W'}) table[static_cast<unsigned char>(c)] = true;
  return table;
}();
std::size_t next_start(std::string_view text, std::size_t at) {
  while (at < text.size() && !kStarts[static_cast<unsigned char>(text[at])]) ++at;
  return at;
}

// The end of path, query and fragment, sentence punctuation left off.
std::size_t url_end(std::string_view text, std::size_t host_begin, std::size_t at) {
  std::size_t end = at;
  if (at < text.size() && (ends_authority(text[at]) || text[at] == ':')) {
    while (end < text.size() && !ends_url(text[end])) ++end;
  }
  const std::string_view whole = text.substr(host_begin, end - host_begin);
  auto unpaired =
      std::count(whole.begin(), whole.end(), ')') - std::count(whole.begin(), whole.end(), '(');
  while (end > at) {
    const char c = text[end - 1];
    if (c == ')' && unpaired-- <= 0) break;
    if (std::string_view(".,;:!?\'*_])").find(c) == std::string_view::npos) break;
    --end;
  }
  return end;
}

// "user:password@" before the host in running text; 0 if there is none.
std::size_t userinfo_length(std::string_view text, std::size_t at) {
  const std::size_t limit = std::min(text.size(), at + kMaxHostText);
  std::size_t found = 0;
  for (std::size_t i = at; i < limit && !ends_url(text[i]) && !ends_authority(text[i]); ++i)
    if (text[i] == '@') found = i + 1 - at;
  return found;
}

std::size_t slashes(std::string_view text, std::size_t at) {
  std::size_t count = 0;
  while (at + count < text.size() && (text[at + count] == '/' || text[at + count] == '\\')) ++count;
  return count;
}

bool is_web_scheme(std::string_view scheme) {
  for (const std::string_view known :
       {"http", "https", "ftp", "hxxp", "hxxps", "ftps", "h**p", "h**ps"})
    if (iequals(scheme, known)) return true;
  return false;
}

}  // namespace

void LinkCollector::add(std::string_view url, std::string_view host_text, std::string_view shown) {
  url = utf8_prefix(url, kMaxUrl);
  std::string key(url);
  if (const auto found = index_.find(key); found != index_.end()) {
    if (links_[found->second].shown.empty()) links_[found->second].shown = shown;
    return;
  }
  if (links_.size() >= limit_) {
    cut_ = true;
    return;
  }
  Link link;
  link.url = key;
  link.shown = shown;
  if (const auto host = canonical_host(host_text)) {
    link.host = host->name;
    link.domain = host->literal ? host->name : registrable_of(host->name, Suffixes::any);
  }
  index_.emplace(std::move(key), links_.size());
  links_.push_back(std::move(link));
}

void LinkCollector::add_text(std::string_view text) {
  std::size_t done = 0;  // end of the link before: scans to the left stop here
  std::size_t at = 0;
  while (!cut_ && (at = next_start(text, at)) < text.size()) {
    std::size_t begin = at;
    std::size_t host = 0;
    bool scheme = false;
    if (text[at] == ':') {
      const std::size_t slash = slashes(text, at + 1);
      while (begin > done && at - begin < 6 &&
             (is_alpha(text[begin - 1]) || text[begin - 1] == '*'))
        --begin;
      // "Seehttp://": the scheme is what stands nearest.
      while (begin < at && !is_web_scheme(text.substr(begin, at - begin))) ++begin;
      if (slash < 2 || begin == at) {
        ++at;
        continue;
      }
      host = at + 1 + slash;
      host += userinfo_length(text, host);
      scheme = true;
    } else if (text[at] == '[' || text[at] == '(' || text[at] == '{') {
      const std::size_t dot = bracketed_dot(text, at);
      if (dot == 0 || at == done || !is_alnum(text[at - 1]) || at + dot >= text.size() ||
          !is_alnum(text[at + dot])) {
        ++at;
        continue;
      }
      while (begin > done && at - begin < 253 &&
             (is_alnum(text[begin - 1]) || text[begin - 1] == '-' || text[begin - 1] == '.'))
        --begin;
      host = begin;
    } else {
      const bool www = iequals(text.substr(at, 3), "www") &&
                       (dot_length(text, at + 3) > 0 || bracketed_dot(text, at + 3) > 0) &&
                       (at == done || !(is_alnum(text[at - 1]) || text[at - 1] == '.' ||
                                        text[at - 1] == '-' || text[at - 1] == '@'));
      if (!www) {
        ++at;
        continue;
      }
      host = at;
    }
    const HostEnd found = host_end(text, host);
    const std::size_t end = url_end(text, host, found.end);
    std::string plain;
    std::string_view host_text = text.substr(host, found.end - host);
    if (found.brackets) host_text = plain = without_brackets(host_text);
    const auto canonical = canonical_host(host_text);
    // Without a scheme only a name under a known top-level domain is a link.
    if (canonical && (scheme || !registrable_of(canonical->name, Suffixes::listed_only).empty())) {
      add(text.substr(begin, end - begin), host_text, {});
      done = end;
    }
    at = std::max(at + 1, end);
  }
}

void LinkCollector::add_target(std::string_view target, std::string_view shown) {
  std::size_t host = 0;
  const std::size_t colon = target.find_first_of(":/?#\\");
  if (target.starts_with("//") || target.starts_with("\\\\")) {
    host = slashes(target, 0);
  } else if (istarts_with(target, "www.")) {
    host = 0;
  } else if (colon != std::string_view::npos && target[colon] == ':' && colon > 0) {
    const std::string_view scheme = target.substr(0, colon);
    if (iequals(scheme, "cid") || iequals(scheme, "mid") || iequals(scheme, "about")) return;
    if (!is_web_scheme(scheme)) return add(target, {}, shown);
    host = colon + 1 + slashes(target, colon + 1);  // browsers take any number of them
  } else {
    return;
  }
  std::string_view authority = target.substr(host);
  for (std::size_t i = 0; i < authority.size(); ++i)
    if (ends_authority(authority[i])) authority = authority.substr(0, i);
  if (const auto user = authority.rfind('@'); user != std::string_view::npos)
    authority.remove_prefix(user + 1);
  if (!authority.starts_with('[')) authority = authority.substr(0, authority.rfind(':'));
  add(target, authority, shown);
}

void LinkCollector::add_html(const std::vector<text::HtmlLink>& links) {
  std::string target;
  for (const text::HtmlLink& link : links) {
    if (cut_) return;
    // As browsers do: blanks and controls around go, tabs and line ends inside too.
    std::string_view written = link.target;
    while (!written.empty() && static_cast<unsigned char>(written.front()) <= 32)
      written.remove_prefix(1);
    while (!written.empty() && static_cast<unsigned char>(written.back()) <= 32)
      written.remove_suffix(1);
    target = written;
    std::erase_if(target, [](char c) { return c == '\t' || c == '\r' || c == '\n'; });
    if (!target.empty()) add_target(target, link.shown);
  }
}

}  // namespace weir::mail
