#include "mail/links_redirect.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/utf8.h"
#include "mail/links.h"
#include "mail/links_split.h"
#include "mail/links_tables.h"

namespace weir::mail {
namespace {

constexpr std::size_t kMaxSteps = 8;   // URLs inside URLs that are looked at
constexpr std::size_t kMaxInner = 16;  // of one URL

// 0..63 in either alphabet of RFC 4648, or -1.
int base64_value(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (is_digit(c)) return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  return c == '/' || c == '_' ? 63 : -1;
}

// The run of base64 at text[at], decoded; its padding may be missing. `end` moves behind it.
std::string base64_run(std::string_view text, std::size_t at, std::size_t& end) {
  std::string out;
  unsigned bits = 0;
  int count = 0;
  for (end = at; end < text.size(); ++end) {
    int value = base64_value(text[end]);
    if (value < 0 && text[end] == '%' && end + 2 < text.size()) {
      const std::string_view code = text.substr(end + 1, 2);
      value = iequals(code, "2b") ? 62 : iequals(code, "2f") ? 63 : -1;
      if (value >= 0) end += 2;
    }
    if (value < 0) break;
    bits = (bits << 6) | static_cast<unsigned>(value);
    if (++count % 4 != 1) {
      const int shift = 6 - 2 * ((count - 1) % 4);
      out.push_back(static_cast<char>((bits >> shift) & 0xFF));
    }
  }
  return out;
}

std::string hex_run(std::string_view text, std::size_t at, std::size_t& end) {
  std::string out;
  for (end = at; end + 1 < text.size(); end += 2) {
    const int high = hex_value(text[end]);
    const int low = hex_value(text[end + 1]);
    if (high < 0 || low < 0) break;
    out.push_back(static_cast<char>(high * 16 + low));
  }
  return out;
}

// One octet of a URL at any depth of percent-encoding: "/", "%2F", "%252F".
std::size_t encoded(std::string_view text, std::size_t at, char plain, std::string_view code) {
  if (at >= text.size()) return 0;
  if (text[at] == plain) return 1;
  if (text[at] != '%') return 0;
  if (iequals(text.substr(at + 1, 2), code)) return 3;
  return text.substr(at + 1, 2) == "25" && iequals(text.substr(at + 3, 2), code) ? 5 : 0;
}

// Keeps what can be shown and stored: a decoded URL ends at the first octet that no URL has.
std::string_view clean(std::string_view url) {
  std::size_t end = 0;
  while (end < url.size() && static_cast<unsigned char>(url[end]) > 32 && url[end] != '"' &&
         url[end] != '<' && url[end] != '>')
    ++end;
  return url.substr(0, end);
}

using Urls = std::vector<std::string>;

void add(Urls& urls, std::string_view url) {
  url = clean(url);
  if (!url.empty() && urls.size() < kMaxInner)
    urls.push_back(to_valid_utf8(url.substr(0, kMaxUrl)));
}

// "http" at rest[at]: the absolute URL that starts there, decoded; where it ends, or `at`.
std::size_t absolute_at(std::string_view rest, std::size_t at, bool query, Urls& urls) {
  if (!istarts_with(rest.substr(at), "http")) return at;
  // "xhttp" is a word; "%3Dhttp" is not.
  if (at > 0 && is_alnum(rest[at - 1]) && (at < 3 || rest[at - 3] != '%') &&
      (at < 5 || rest[at - 5] != '%'))
    return at;
  std::size_t i = at + 4;
  if (i < rest.size() && to_lower(rest[i]) == 's') ++i;
  const std::size_t colon = encoded(rest, i, ':', "3a");
  if (colon == 0) return at;
  i += colon;
  std::size_t slashes = 0;
  while (const std::size_t octets =
             std::max(encoded(rest, i, '/', "2f"), encoded(rest, i, '\\', "5c"))) {
    i += octets;
    ++slashes;
  }
  if (slashes == 0) return at;
  std::size_t end = i;
  while (end < rest.size() && rest[end] != '&' &&
         !(colon > 1 && (rest[end] == '#' || (!query && rest[end] == '/'))))
    ++end;
  if (!query && colon == 1) end = rest.size();  // in a path the rest belongs to it
  std::string url(rest.substr(at, end - at));
  for (std::size_t level = colon; level > 1; level -= 2) url = percent_decoded(url);
  add(urls, url);
  return end;
}

void add_encoded(std::string_view decoded, Urls& urls) {
  if (istarts_with(decoded, "http://") || istarts_with(decoded, "https://"))
    add(urls, decoded);
  else if (istarts_with(decoded, "http%3a") || istarts_with(decoded, "https%3a"))
    add(urls, percent_decoded(decoded));
}

void absolute_urls(std::string_view rest, Urls& urls) {
  bool query = false;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    std::size_t end = i;
    switch (rest[i]) {
      case '?':
      case '#': query = true; break;
      case 'h':
      case 'H': end = absolute_at(rest, i, query, urls); break;
      case 'a':
        if (rest.substr(i, 5) == "aHR0c") add_encoded(base64_run(rest, i, end), urls);
        break;
      case 'Y':
        if (rest.substr(i, 6) == "YUhSMG") {
          std::size_t inner_end = 0;
          add_encoded(base64_run(base64_run(rest, i, end), 0, inner_end), urls);
        }
        break;
      case '6':
        if (rest.substr(i, 8) == "68747470") add_encoded(hex_run(rest, i, end), urls);
        break;
      default: break;
    }
    if (end > i + 1) i = end - 1;
  }
}

// A host as the value of a parameter that names a target.
void host_value(std::string_view value, DomainCache& cache, Urls& urls) {
  if (value.empty() || value.size() > 2 * kMaxUrl || istarts_with(value, "http")) return;
  const std::string decoded = percent_decoded(value);
  const std::size_t slashes = count_slashes(decoded, 0);
  if (slashes == 1 || istarts_with(decoded, "http")) return;
  const Authority authority = split_authority(decoded, slashes);
  const std::size_t dot = authority.host.rfind('.');
  if (dot == std::string_view::npos || dot == 0 || authority.has_userinfo) return;
  const auto host = canonical_host(authority.host);
  if (!host || (host->literal ? slashes < 2 : !cache.of(host->name).listed)) return;
  const TopLevelKind kind = top_level_kind(lower(authority.host.substr(dot + 1)));
  const bool path = authority.end < decoded.size();
  if (slashes >= 2 || istarts_with(authority.host, "www.") || kind == TopLevelKind::strong ||
      (path && kind != TopLevelKind::file))
    add(urls, std::string_view(decoded).substr(slashes));
}

void parameters(std::string_view rest, DomainCache& cache, Urls& urls) {
  const std::size_t query = rest.find_first_of("?#;");
  if (query == std::string_view::npos) return;
  rest.remove_prefix(query + 1);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find_first_of("&;?#"), rest.size());
    const std::string_view part = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const std::size_t equals = part.find('=');
    if (equals == std::string_view::npos || equals > 16) continue;
    if (is_target_parameter(lower(part.substr(0, equals))))
      host_value(part.substr(equals + 1), cache, urls);
  }
}

// Proofpoint URL Defense: v2 writes '%' as '-' and '/' as '_'; v3 keeps the URL between "__" and
// "__;" and moves some octets, in base64, behind that.
void url_defense(std::string_view rest, Urls& urls) {
  if (const std::size_t v3 = rest.find("/v3/__"); v3 != std::string_view::npos) {
    const std::string_view inner = rest.substr(v3 + 6);
    const std::size_t end = inner.find("__;");
    if (end == std::string_view::npos) return;
    std::size_t run_end = 0;
    const std::string moved = base64_run(inner.substr(end + 3), 0, run_end);
    std::size_t next = 0;
    std::string url;
    for (std::size_t i = 0; i < end; ++i) {
      if (inner[i] != '*') {
        url.push_back(inner[i]);
        continue;
      }
      std::size_t count = 1;
      if (i + 2 < end && inner[i + 1] == '*') {  // "**" and a digit of that base: a run
        const int value = base64_value(inner[i + 2]);
        count = 2 + static_cast<std::size_t>(std::max(value, 0));
        i += 2;
      }
      for (; count > 0 && next < moved.size(); --count) url.push_back(moved[next++]);
    }
    if (const std::size_t colon = url.find(":/"); colon != std::string::npos)
      if (url.compare(colon, 3, "://") != 0) url.insert(colon + 1, "/");
    add(urls, url);
    return;
  }
  const std::size_t u = rest.find("u=http");
  if (rest.find("/v2/") == std::string_view::npos || u == std::string_view::npos) return;
  std::string url(rest.substr(u + 2, rest.find('&', u) - u - 2));
  std::replace(url.begin(), url.end(), '-', '%');
  std::replace(url.begin(), url.end(), '_', '/');
  add(urls, percent_decoded(url));
}

// Copies of pages that keep the page's address in their path: AMP.
void amp(std::string_view host, std::string_view rest, Urls& urls) {
  std::string_view path = rest;
  if (host.ends_with(".ampproject.org")) {
    if (path.size() < 3 || path[0] != '/' || path[2] != '/') return;
    path.remove_prefix(3);
  } else if (path.starts_with("/amp/") &&
             (host.starts_with("google.") || host.starts_with("www.google."))) {
    path.remove_prefix(5);
  } else {
    return;
  }
  if (path.starts_with("s/")) path.remove_prefix(2);
  if (!istarts_with(path, "http")) add(urls, path);
}

// "www-example-co--op-com.translate.goog".
void translated(std::string_view host, std::string_view rest, Urls& urls) {
  constexpr std::string_view kEnd = ".translate.goog";
  if (!host.ends_with(kEnd)) return;
  std::string name;
  host.remove_suffix(kEnd.size());
  for (std::size_t i = 0; i < host.size(); ++i) {
    const bool twice = host.substr(i, 2) == "--";
    name.push_back(host[i] != '-' ? host[i] : twice ? '-' : '.');
    i += twice ? 1 : 0;
  }
  name += rest;
  add(urls, name);
}

Urls inner_urls(std::string_view host, std::string_view rest, DomainCache& cache) {
  Urls urls;
  if (host.find("urldefense") != std::string_view::npos) url_defense(rest, urls);
  amp(host, rest, urls);
  translated(host, rest, urls);
  if (urls.empty()) {
    absolute_urls(rest, urls);
    parameters(rest, cache, urls);
  }
  return urls;
}

struct Step {
  std::string url;
  std::size_t rest = 0;
  std::string host;
  std::string domain;
};

bool read_step(std::string url, DomainCache& cache, Step& step) {
  const std::size_t colon = url.find(':');
  const bool scheme = istarts_with(url, "http") && colon != std::string::npos && colon < 6;
  const std::size_t begin = scheme ? colon + 1 + count_slashes(url, colon + 1) : 0;
  const Authority authority = split_authority(url, begin);
  auto host = canonical_host(authority.host);
  if (!host) return false;
  step.domain = host->literal ? host->name : cache.of(host->name).domain;
  if (step.domain.empty()) return false;
  step.rest = authority.end;
  step.host = std::move(host->name);
  step.url = std::move(url);
  return true;
}

}  // namespace

std::vector<LinkTarget> find_redirects(std::string_view host, std::string_view domain,
                                       std::string_view rest, DomainCache& cache) {
  std::vector<LinkTarget> out;
  std::vector<Step> steps;
  steps.push_back({std::string(rest), 0, std::string(host), std::string(domain)});
  for (std::size_t i = 0; i < steps.size() && i < kMaxSteps; ++i) {
    const std::string outer_domain = steps[i].domain;
    Urls urls =
        inner_urls(steps[i].host, std::string_view(steps[i].url).substr(steps[i].rest), cache);
    for (std::string& url : urls) {
      Step step;
      if (!read_step(std::move(url), cache, step)) continue;
      const bool known = step.domain == domain || step.domain == outer_domain ||
                         std::any_of(out.begin(), out.end(),
                                     [&](const LinkTarget& t) { return t.domain == step.domain; });
      if (!known && out.size() < kRedirectsMax) out.push_back({step.url, step.host, step.domain});
      if (steps.size() < kMaxSteps) steps.push_back(std::move(step));
    }
  }
  return out;
}

}  // namespace weir::mail
