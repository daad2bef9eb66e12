#include "auth/tag_list.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.h"

namespace weir::auth {
namespace {

bool is_tag_name(std::string_view name) {
  if (name.empty() || !is_alpha(name.front())) return false;
  return std::ranges::all_of(name, [](char c) { return is_alnum(c) || c == '_'; });
}

bool is_value_octet(char c) { return is_space(c) || (c >= 0x21 && c != 0x7f) || is_8bit(c); }

}  // namespace

Result<TagList> TagList::parse(std::string_view text) {
  TagList list;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find(';', at), text.size());
    const auto spec = text.substr(at, end - at);
    const auto next = end + 1;
    if (trim(spec).empty()) {
      // Only behind the last semicolon.
      if (trim(text.substr(end)).empty() && !list.tags_.empty()) break;
      return fail(Errc::invalid, "an empty tag", at);
    }
    const auto equals = spec.find('=');
    if (equals == std::string_view::npos)
      return fail(Errc::invalid, fmt::format("a tag without \"=\" at octet {}", at), at);
    Tag tag;
    tag.name = trim(spec.substr(0, equals));
    tag.begin = at + equals + 1;
    tag.end = end;
    tag.value = trim(spec.substr(equals + 1));
    if (!is_tag_name(tag.name))
      return fail(Errc::invalid, fmt::format("a tag without a proper name at octet {}", at), at);
    if (list.find(tag.name) != nullptr)
      return fail(Errc::invalid, fmt::format("the tag {}= twice", tag.name), at);
    if (!std::ranges::all_of(tag.value, is_value_octet))
      return fail(Errc::invalid, fmt::format("a control character in {}=", tag.name), at);
    if (list.tags_.size() == kMaxTags) return fail(Errc::invalid, "too many tags", at);
    list.tags_.push_back(tag);
    at = next;
  }
  return list;
}

const Tag* TagList::find(std::string_view name) const {
  const auto found = std::ranges::find(tags_, name, &Tag::name);
  return found == tags_.end() ? nullptr : &*found;
}

std::optional<std::string_view> TagList::value(std::string_view name) const {
  const auto* tag = find(name);
  return tag == nullptr ? std::nullopt : std::optional(tag->value);
}

std::string without_blanks(std::string_view value) {
  std::string out;
  out.reserve(value.size());
  for (const char c : value)
    if (!is_space(c)) out += c;
  return out;
}

std::optional<std::uint64_t> parse_number(std::string_view digits) {
  if (digits.empty() || digits.size() > 12) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : digits) {
    if (!is_digit(c)) return std::nullopt;
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return value;
}

std::vector<std::string> split_colons(std::string_view value) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at <= value.size();) {
    const auto end = std::min(value.find(':', at), value.size());
    out.push_back(lower(trim(value.substr(at, end - at))));
    at = end + 1;
  }
  return out;
}

}  // namespace weir::auth
