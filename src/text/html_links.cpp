#include "text/html_links.h"

#include <algorithm>

#include "base/utf8.h"
#include "text/html_tokenizer.h"

namespace weir::text {
namespace {

using namespace literals;

constexpr std::string_view kHref[] = {"href"};
constexpr std::string_view kSource[] = {"src"};
constexpr std::string_view kAction[] = {"action"};
constexpr std::string_view kInput[] = {"src", "formaction"};
constexpr std::string_view kButton[] = {"formaction"};
constexpr std::string_view kVideo[] = {"src", "poster"};
constexpr std::string_view kData[] = {"data"};
constexpr std::string_view kBackground[] = {"background"};

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

std::span<const std::string_view> link_attributes(std::uint64_t element_id) {
  switch (element_id) {
    case "a"_id:
    case "area"_id:
    case "link"_id:
    case "base"_id: return kHref;
    case "img"_id:
    case "image"_id:
    case "iframe"_id:
    case "frame"_id:
    case "embed"_id:
    case "script"_id:
    case "source"_id:
    case "audio"_id: return kSource;
    case "form"_id: return kAction;
    case "input"_id: return kInput;
    case "button"_id: return kButton;
    case "video"_id: return kVideo;
    case "object"_id: return kData;
    case "body"_id:
    case "table"_id:
    case "td"_id:
    case "th"_id: return kBackground;
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
