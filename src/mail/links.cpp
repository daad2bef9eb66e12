#include "mail/links.h"

#include <algorithm>
#include <functional>

#include "base/ascii.h"
#include "base/utf8.h"
#include "mail/links_redirect.h"
#include "mail/links_scan.h"
#include "mail/links_split.h"
#include "mail/links_tables.h"

namespace weir::mail {
namespace {

constexpr std::size_t kMaxShown = 512;  // of what is shown for a link

// As browsers do: blanks and controls around go, tabs and line ends inside too.
std::string_view cleaned(std::string_view target, std::string& storage) {
  while (!target.empty() && static_cast<unsigned char>(target.front()) <= 32)
    target.remove_prefix(1);
  while (!target.empty() && static_cast<unsigned char>(target.back()) <= 32)
    target.remove_suffix(1);
  if (target.find_first_of("\t\r\n") == std::string_view::npos) return target;
  storage = target;
  std::erase_if(storage, [](char c) { return c == '\t' || c == '\r' || c == '\n'; });
  return storage;
}

bool is_link_field(std::string_view name) {
  return istarts_with(name, "list-") || istarts_with(name, "x-list-") ||
         iequals(name, "archived-at") || iequals(name, "x-unsubscribe") ||
         iequals(name, "unsubscribe") || iequals(name, "x-report-abuse") ||
         iequals(name, "x-report-abuse-to") || iequals(name, "x-csa-complaints") ||
         iequals(name, "x-url") || iequals(name, "x-uri") || iequals(name, "x-homepage") ||
         iequals(name, "content-location") || iequals(name, "content-base");
}

void set_host_traits(const Host& host, LinkTraits& traits) {
  if (host.idn) traits.set(LinkTrait::idn);
  if (host.mixed_script) traits.set(LinkTrait::mixed_script);
  if (host.lookalike) traits.set(LinkTrait::lookalike);
  if (host.literal) traits.set(LinkTrait::ip_literal);
  if (host.odd_form) traits.set(LinkTrait::ip_odd_form);
  if (host.percent) traits.set(LinkTrait::percent_host);
}

}  // namespace

void LinkCollector::add(const Found& found) {
  const std::string_view url = utf8_prefix(found.url, kMaxUrl);
  std::uint64_t key = std::hash<std::string_view>{}(url);
  for (auto known = index_.find(key); known != index_.end(); known = index_.find(++key)) {
    Link& link = links_[known->second];
    if (link.url != url) continue;
    link.traits.merge(found.traits);
    if (found.shown.empty()) return;
    const bool other = shows_other(link, found.shown);
    if (link.shown.empty() || (other && !link.traits.has(LinkTrait::shown_differs)))
      link.shown = found.shown;
    if (other) link.traits.set(LinkTrait::shown_differs);
    return;
  }
  if (links_.size() >= limit_) {
    cut_ = true;
    return;
  }
  index_.emplace(key, links_.size());
  Link& link = links_.emplace_back();
  link.url = url;
  link.shown = found.shown;
  link.origin = found.origin;
  link.traits = found.traits;
  if (found.host != nullptr) {
    link.host = found.host->name;
    set_host_traits(*found.host, link.traits);
    if (found.host->literal) {
      link.domain = link.icann_domain = link.host;
    } else {
      const Domains& domains = domains_.of(link.host);
      link.domain = domains.domain;
      link.icann_domain = domains.icann;
      if (link.domain != link.icann_domain) link.traits.set(LinkTrait::hosted);
    }
    if (is_shortener(link.domain)) link.traits.set(LinkTrait::shortener);
    if (found.path + 1 < found.url.size()) {
      link.redirects_to =
          find_redirects(link.host, link.domain, found.url.substr(found.path), domains_);
      if (!link.redirects_to.empty()) link.traits.set(LinkTrait::redirect);
    } else if (link.host.ends_with(".translate.goog")) {
      link.redirects_to = find_redirects(link.host, link.domain, {}, domains_);
      if (!link.redirects_to.empty()) link.traits.set(LinkTrait::redirect);
    }
  }
  if (!link.shown.empty() && shows_other(link, link.shown))
    link.traits.set(LinkTrait::shown_differs);
}

// Whether the text shown is itself a URL or host, and of another domain than the link and all it
// leads on to.
bool LinkCollector::shows_other(const Link& link, std::string_view shown) {
  shown = utf8_prefix(shown, kMaxShown);
  if (link.traits.has(LinkTrait::contact) || shown.find_first_of(".\xE3\xEF") == std::string::npos)
    return false;
  LinkScanner scanner(shown, domains_);
  const auto first = scanner.next();
  if (!first || !first->host) return false;
  const auto is_edge = [](char c) {
    return is_space(c) ||
           std::string_view("<>()[]{}\"'.,;:!?*_-|").find(c) != std::string_view::npos;
  };
  const std::string_view before = shown.substr(0, first->begin);
  std::string_view after = shown.substr(first->end);
  if (after.starts_with('/')) after.remove_prefix(1);
  if (!std::all_of(before.begin(), before.end(), is_edge) ||
      !std::all_of(after.begin(), after.end(), is_edge))
    return false;
  const std::string& domain =
      first->host->literal ? first->host->name : domains_.of(first->host->name).domain;
  if (domain.empty() || domain == link.domain) return false;
  return std::none_of(link.redirects_to.begin(), link.redirects_to.end(),
                      [&](const LinkTarget& target) { return target.domain == domain; });
}

void LinkCollector::add_text(std::string_view text, LinkOrigin origin) {
  LinkScanner scanner(text, domains_);
  while (!cut_) {
    const auto found = scanner.next();
    if (!found) return;
    add({found->url(text),
         found->host ? &*found->host : nullptr,
         found->path,
         {},
         origin,
         found->traits});
  }
}

void LinkCollector::add_target(std::string_view utf8, LinkOrigin origin) {
  if (cut_) return;
  std::string storage;
  const std::string_view target = cleaned(utf8, storage);
  if (!target.empty()) add_target(target, {}, origin);
}

void LinkCollector::add_target(std::string_view target, std::string_view shown, LinkOrigin origin) {
  std::size_t begin = 0;
  std::string_view scheme;
  LinkTraits traits;
  const std::size_t colon = target.find_first_of(":/?#\\");
  if (target.starts_with("//") || target.starts_with("\\\\") || target.starts_with("/\\") ||
      target.starts_with("\\/")) {
    begin = count_slashes(target, 0);
    if (!target.starts_with("//") || begin != 2) traits.set(LinkTrait::disguised);
  } else if (istarts_with(target, "www.")) {
    traits.set(LinkTrait::no_scheme);
  } else if (colon != std::string_view::npos && target[colon] == ':' && colon > 0 &&
             target.find('.') > colon) {
    scheme = target.substr(0, colon);
    switch (scheme_kind(scheme)) {
      case Scheme::inner: return;
      case Scheme::data:
        return add({target, nullptr, 0, shown, origin, LinkTraits(LinkTrait::data)});
      case Scheme::script:
        return add({target, nullptr, 0, shown, origin, LinkTraits(LinkTrait::script)});
      case Scheme::contact:
        return add({target, nullptr, 0, shown, origin, LinkTraits(LinkTrait::contact)});
      case Scheme::none: return add({target, nullptr, 0, shown, origin, traits});
      case Scheme::disguised: traits.set(LinkTrait::disguised); break;
      case Scheme::web: break;
    }
    const std::size_t slashes = count_slashes(target, colon + 1);
    begin = colon + 1 + slashes;  // browsers take any number of them
    if (slashes != 2 || target.substr(colon + 1, 2) != "//") traits.set(LinkTrait::disguised);
  } else {
    // Relative for a browser; mail programs make a link of it if it is nothing but a host.
    LinkScanner scanner(target, domains_);
    const auto found = scanner.next();
    if (found && found->begin == 0 && found->host && found->end == target.size())
      add({target, &*found->host, found->path, shown, origin, found->traits});
    return;
  }
  const Authority authority = split_authority(target, begin);
  if (authority.has_userinfo) traits.set(LinkTrait::userinfo);
  if (is_odd_port(scheme, authority.port)) traits.set(LinkTrait::odd_port);
  const auto host = canonical_host(authority.host);
  add({target, host ? &*host : nullptr, authority.end, shown, origin, traits});
}

void LinkCollector::add_html(const std::vector<text::HtmlLink>& links) {
  std::string storage;
  for (const text::HtmlLink& link : links) {
    if (cut_) return;
    const std::string_view target = cleaned(link.target, storage);
    if (!target.empty()) add_target(target, link.shown, LinkOrigin::html);
  }
}

void LinkCollector::add_header(std::string_view name, std::string_view value) {
  if (cut_ || !is_link_field(name)) return;
  bool angles = false;
  std::string storage;
  for (std::size_t at = 0; at < value.size() && !cut_;) {
    const std::size_t open = value.find('<', at);
    if (open == std::string_view::npos) break;
    const std::size_t close = value.find('>', open);
    if (close == std::string_view::npos) break;
    // Folded lines leave blanks in long URLs.
    storage = value.substr(open + 1, close - open - 1);
    std::erase_if(storage, [](char c) { return is_space(c); });
    if (!storage.empty() && (storage.find(':') != std::string::npos || storage.starts_with("www.")))
      add_target(storage, {}, LinkOrigin::header);
    angles = true;
    at = close + 1;
  }
  if (!angles) add_text(value, LinkOrigin::header);
}

}  // namespace weir::mail
