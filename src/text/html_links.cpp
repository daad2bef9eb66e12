#include "text/html_links.h"

#include <algorithm>

#include "base/utf8.h"
#include "text/html_tokenizer.h"

namespace weir::text {
namespace {

constexpr Attr kAnchor[] = {Attr::ping};
constexpr Attr kArea[] = {Attr::href, Attr::ping};
constexpr Attr kHref[] = {Attr::href};
constexpr Attr kSource[] = {Attr::src};
constexpr Attr kAction[] = {Attr::action};
constexpr Attr kInput[] = {Attr::src, Attr::formaction};
constexpr Attr kVideo[] = {Attr::src, Attr::poster};
constexpr Attr kData[] = {Attr::data};
constexpr Attr kBackground[] = {Attr::background};
constexpr Attr kImage[] = {Attr::src, Attr::href, Attr::xlink_href};  // of html and of svg

// The length of "scheme:" at the start, 0 if there is none.
std::size_t scheme_size(std::string_view target) {
  for (std::size_t i = 0; i < target.size(); ++i) {
    const char c = ascii_lower(target[i]);
    if (c == ':') return i == 0 ? 0 : i + 1;
    const bool letter = c >= 'a' && c <= 'z';
    const bool other = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
    if (!letter && (i == 0 || !other)) return 0;
  }
  return 0;
}

}  // namespace

std::span<const Attr> link_attributes(Tag tag) {
  switch (tag) {
    case Tag::a: return kAnchor;
    case Tag::area: return kArea;
    case Tag::link:
    case Tag::base: return kHref;
    case Tag::image: return kImage;
    case Tag::img:
    case Tag::iframe:
    case Tag::frame:
    case Tag::embed:
    case Tag::script:
    case Tag::source:
    case Tag::track:
    case Tag::bgsound:
    case Tag::audio: return kSource;
    case Tag::form: return kAction;
    case Tag::input: return kInput;
    case Tag::video: return kVideo;
    case Tag::object: return kData;
    case Tag::body:
    case Tag::table:
    case Tag::tbody:
    case Tag::thead:
    case Tag::tfoot:
    case Tag::tr:
    case Tag::td:
    case Tag::th: return kBackground;
    default: return {};
  }
}

std::string clean_target(std::string_view target) {
  const auto is_edge = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
  while (!target.empty() && is_edge(target.front())) target.remove_prefix(1);
  while (!target.empty() && is_edge(target.back())) target.remove_suffix(1);
  target = utf8_prefix(target, kTargetOctetsMax);
  std::string out(target);
  std::erase_if(out, [](char c) { return c == '\t' || c == '\n' || c == '\r'; });
  return out;
}

std::string resolve(std::string_view base, std::string_view target) {
  if (base.empty() || target.empty() || target.starts_with('#') || scheme_size(target) > 0)
    return std::string(target);
  const std::size_t scheme = scheme_size(base);
  if (target.starts_with("//")) return std::string(base.substr(0, scheme)) + std::string(target);
  const std::size_t authority = base.substr(scheme).starts_with("//") ? scheme + 2 : scheme;
  const std::size_t path = std::min(base.find_first_of("/?#", authority), base.size());
  if (target.starts_with('/')) return std::string(base.substr(0, path)) + std::string(target);
  std::string_view folder = base.substr(0, base.find_first_of("?#", path));
  if (!target.starts_with('?')) folder = folder.substr(0, std::max(folder.rfind('/') + 1, path));
  std::string joined(folder);
  if (joined.size() == path && !target.starts_with('?')) joined += '/';
  return joined + std::string(target);
}

std::string_view refresh_target(std::string_view content) {
  for (std::size_t at = 0; at + 3 < content.size(); ++at) {
    if (!equals_ignoring_case(content.substr(at, 3), "url")) continue;
    std::string_view rest = without_blanks(content.substr(at + 3));
    if (!rest.starts_with('=')) continue;
    rest = without_blanks(rest.substr(1));
    if (rest.starts_with('\'') || rest.starts_with('"')) {
      const std::size_t end = rest.find(rest.front(), 1);
      rest = rest.substr(1, end == std::string_view::npos ? end : end - 1);
    }
    return rest;
  }
  return {};
}

}  // namespace weir::text
