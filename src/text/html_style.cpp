#include "text/html_style.h"

#include <charconv>
#include <string>

#include "text/html_tokenizer.h"

namespace weir::text {
namespace {

using namespace literals;

constexpr std::size_t kRulesMax = 2'000;
constexpr std::size_t kClassesMax = 16;  // of one element
constexpr double kOffPagePx = 500;

std::string without_comments(std::string_view css) {
  std::string out;
  out.reserve(css.size());
  while (!css.empty()) {
    const std::size_t begin = std::min(css.find("/*"), css.size());
    out.append(css.substr(0, begin));
    css.remove_prefix(begin);
    if (css.empty()) break;
    const std::size_t end = css.find("*/", 2);
    css.remove_prefix(end == std::string_view::npos ? css.size() : end + 2);
  }
  return out;
}

// Takes the part of `left` before the next `end` that is in no parentheses and no quotes.
std::string_view take_until(std::string_view& left, char end) {
  int open = 0;
  char quote = '\0';
  std::size_t at = 0;
  for (; at < left.size(); ++at) {
    const char c = left[at];
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '(') {
      ++open;
    } else if (c == ')') {
      open = std::max(0, open - 1);
    } else if (c == end && open == 0) {
      break;
    }
  }
  const std::string_view part = left.substr(0, at);
  left.remove_prefix(std::min(at + 1, left.size()));
  return part;
}

struct Length {
  double value = 0;
  std::string_view unit;
};

std::optional<Length> parse_length(std::string_view text) {
  text = without_blanks(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  Length length;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), length.value);
  if (error != std::errc{}) return std::nullopt;
  length.unit = text.substr(static_cast<std::size_t>(end - text.data()));
  return length;
}

double px_per(std::string_view unit) {
  if (equals_ignoring_case(unit, "pt")) return 96.0 / 72;
  if (equals_ignoring_case(unit, "pc")) return 16;
  if (equals_ignoring_case(unit, "in")) return 96;
  if (equals_ignoring_case(unit, "cm")) return 96 / 2.54;
  if (equals_ignoring_case(unit, "mm")) return 9.6 / 2.54;
  if (equals_ignoring_case(unit, "em") || equals_ignoring_case(unit, "rem")) return 16;
  return 1;
}

std::optional<FontSize> parse_font_size(std::string_view text) {
  const std::optional<Length> length = parse_length(text);
  if (!length) {
    static constexpr std::string_view kKeywords[] = {"xx-small", "x-small", "small",   "medium",
                                                     "large",    "x-large", "xx-large"};
    for (const std::string_view keyword : kKeywords)
      if (equals_ignoring_case(without_blanks(text), keyword))
        return FontSize{};  // readable, all of them
    return std::nullopt;
  }
  if (length->unit == "%") return FontSize{length->value / 100, FontUnit::parent};
  if (equals_ignoring_case(length->unit, "em")) return FontSize{length->value, FontUnit::parent};
  return FontSize{length->value * px_per(length->unit), FontUnit::px};
}

bool is_nothing(std::string_view text) {  // a length of at most one pixel
  const std::optional<Length> length = parse_length(text);
  return length && length->unit != "%" && length->value * px_per(length->unit) <= 1 &&
         length->value >= 0;
}

bool is_far_off(std::string_view text) {
  const std::optional<Length> length = parse_length(text);
  return length && length->unit != "%" && length->value * px_per(length->unit) <= -kOffPagePx;
}

bool is_zero(std::string_view text) {
  const std::optional<Length> length = parse_length(text);
  return length && length->value <= 0.02;
}

// "italic bold 12px/14px Arial": the first part that is a length.
std::optional<FontSize> size_of_font(std::string_view shorthand) {
  while (!shorthand.empty()) {
    const std::string_view part = take_until(shorthand, ' ');
    const std::optional<Length> length = parse_length(part);
    if (!length) continue;
    const std::string_view size = part.substr(0, part.find('/'));
    const std::optional<Length> alone = parse_length(size);
    if (alone && alone->unit.empty() && alone->value >= 100) continue;  // a weight
    return parse_font_size(size);
  }
  return std::nullopt;
}

// The colour named in a background shorthand; an image makes it unknown.
std::optional<Color> color_of_background(std::string_view shorthand) {
  if (shorthand.find("url(") != std::string_view::npos ||
      shorthand.find("gradient") != std::string_view::npos)
    return kUnknownColor;
  std::optional<Color> color;
  while (!shorthand.empty()) {
    const std::string_view part = take_until(shorthand, ' ');
    if (equals_ignoring_case(part, "none") || equals_ignoring_case(part, "inherit")) continue;
    const Color parsed = parse_color(part);
    if (parsed.known)
      color = parsed;
    else if (!color && !part.empty() && part.find_first_of("%0123456789") == std::string_view::npos)
      color = kUnknownColor;
  }
  return color;
}

template <class T>
void set(std::optional<T>& slot, std::optional<T> value) {
  if (value) slot = value;
}

void apply_declaration(std::uint64_t property, std::string_view value, Style& style) {
  switch (property) {
    case "display"_id: style.display_none = equals_ignoring_case(value, "none"); break;
    case "visibility"_id:
      style.invisible =
          equals_ignoring_case(value, "hidden") || equals_ignoring_case(value, "collapse");
      break;
    case "opacity"_id: style.transparent = is_zero(value); break;
    case "font-size"_id: set(style.font, parse_font_size(value)); break;
    case "font"_id: set(style.font, size_of_font(value)); break;
    case "color"_id:
      if (!equals_ignoring_case(value, "inherit")) style.color = parse_color(value);
      break;
    case "background-color"_id:
      if (!equals_ignoring_case(value, "inherit") &&
          !(style.background && !style.background->known))
        style.background = parse_color(value);
      break;
    case "background-image"_id:
      if (!equals_ignoring_case(value, "none")) style.background = kUnknownColor;
      break;
    case "background"_id: set(style.background, color_of_background(value)); break;
    case "overflow"_id: style.overflow_hidden = equals_ignoring_case(value, "hidden"); break;
    case "height"_id:
    case "max-height"_id:
      style.no_height = style.no_height.value_or(false) || is_nothing(value);
      break;
    case "width"_id:
    case "max-width"_id:
      style.no_width = style.no_width.value_or(false) || is_nothing(value);
      break;
    case "text-indent"_id:
    case "left"_id:
    case "top"_id:
    case "margin-left"_id:
      style.off_page = style.off_page.value_or(false) || is_far_off(value);
      break;
    default: break;
  }
}

bool is_name(std::string_view text) {
  for (const char c : text) {
    const char lower = ascii_lower(c);
    const bool ok = (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
                    c == '_' || static_cast<unsigned char>(c) >= 0x80;
    if (!ok) return false;
  }
  return !text.empty();
}

// element, .class, #id, element.class
bool is_simple(std::string_view selector) {
  const std::size_t mark = selector.find_first_of(".#");
  if (mark == std::string_view::npos) return is_name(selector);
  return (mark == 0 || is_name(selector.substr(0, mark))) && is_name(selector.substr(mark + 1));
}

// The last element that a selector speaks of, without its state: ".card td.head:hover" ->
// "td.head".
std::string_view subject_of(std::string_view selector) {
  const std::size_t begin = selector.find_last_of(" >+~\t\r\n");
  if (begin != std::string_view::npos) selector.remove_prefix(begin + 1);
  return selector.substr(0, selector.find_first_of(":["));
}

}  // namespace

void apply_declarations(std::string_view css, Style& style) {
  const std::string clean = without_comments(css);
  std::string_view left = clean;
  while (!left.empty()) {
    std::string_view value = take_until(left, ';');
    const std::size_t colon = value.find(':');
    if (colon == std::string_view::npos) continue;
    const std::uint64_t property = name_id(without_blanks(value.substr(0, colon)));
    value = without_blanks(value.substr(colon + 1));
    value = without_blanks(value.substr(0, value.find('!')));  // !important
    apply_declaration(property, value, style);
  }
}

void apply_style(const Style& over, Style& style) {
  set(style.display_none, over.display_none);
  set(style.invisible, over.invisible);
  set(style.transparent, over.transparent);
  set(style.off_page, over.off_page);
  set(style.overflow_hidden, over.overflow_hidden);
  set(style.no_height, over.no_height);
  set(style.no_width, over.no_width);
  set(style.font, over.font);
  set(style.color, over.color);
  set(style.background, over.background);
}

void StyleSheet::add(std::string_view css) {
  const std::string clean = without_comments(css);
  std::string_view left = clean;
  while (!left.empty()) {
    const std::size_t open = left.find_first_of("{;}");
    if (open == std::string_view::npos) return;
    const std::string_view before = without_blanks(left.substr(0, open));
    const char what = left[open];
    left.remove_prefix(open + 1);
    if (what != '{') continue;  // @import and the like, or a stray brace
    if (before.starts_with('@')) {
      // Rules for some screens only: passed over to the closing brace.
      int depth = 1;
      std::size_t at = 0;
      for (; at < left.size() && depth > 0; ++at)
        depth += left[at] == '{' ? 1 : left[at] == '}' ? -1 : 0;
      left.remove_prefix(at);
      continue;
    }
    const std::size_t close = std::min(left.find('}'), left.size());
    add_rule(before, left.substr(0, close));
    left.remove_prefix(std::min(close + 1, left.size()));
  }
}

void StyleSheet::add_rule(std::string_view selectors, std::string_view declarations) {
  if (selectors.starts_with("<!--")) selectors.remove_prefix(4);
  Style style;
  apply_declarations(declarations, style);
  Style doubt;
  if (style.background) doubt.background = kUnknownColor;
  while (!selectors.empty()) {
    const std::string_view selector = without_blanks(take_until(selectors, ','));
    const bool simple = is_simple(selector);
    if (!simple && !doubt.background) continue;
    const std::string_view subject = simple ? selector : subject_of(selector);
    if (!simple && !is_simple(subject)) continue;
    const std::uint64_t key = name_id(subject);
    if (rules_.size() >= kRulesMax && !rules_.contains(key)) return;
    apply_style(simple ? style : doubt, rules_[key]);
  }
}

void StyleSheet::apply_key(std::uint64_t key, Style& style) const {
  const auto rule = rules_.find(key);
  if (rule != rules_.end()) apply_style(rule->second, style);
}

void StyleSheet::apply(std::string_view element, std::string_view classes, std::string_view id,
                       Style& style) const {
  if (rules_.empty()) return;
  apply_key(name_id(element), style);
  const std::string prefix = std::string(element.substr(0, 64)) + '.';
  for (std::size_t n = 0; n < kClassesMax; ++n) {
    classes = without_blanks(classes);
    if (classes.empty()) break;
    std::size_t end = 0;
    while (end < classes.size() && !is_html_blank(classes[end])) ++end;
    const std::string_view name = classes.substr(0, std::min<std::size_t>(end, 128));
    apply_key(name_id('.' + std::string(name)), style);
    apply_key(name_id(prefix + std::string(name)), style);
    classes.remove_prefix(end);
  }
  if (!id.empty()) apply_key(name_id('#' + std::string(id.substr(0, 128))), style);
}

}  // namespace weir::text
