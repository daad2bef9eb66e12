#include "text/html_style.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "text/html_tokenizer.h"
#include "text/html_values.h"

namespace weir::text {
namespace {

constexpr double kOffPagePx = 500;
constexpr double kOffPageParts = 2;  // of the page's width
constexpr double kNothingPx = 1;

enum class Name : std::uint8_t {
  background,
  background_clip,
  background_color,
  background_image,
  bottom,
  clip,
  clip_path,
  color,
  content,
  content_visibility,
  css_float,
  direction,
  display,
  filter,
  font,
  font_size,
  height,
  left,
  line_height,
  list_style,
  list_style_image,
  margin,
  margin_left,
  margin_top,
  max_height,
  max_width,
  opacity,
  overflow,
  overflow_x,
  overflow_y,
  position,
  right,
  text_indent,
  text_shadow,
  top,
  transform,
  unicode_bidi,
  visibility,
  webkit_background_clip,
  webkit_text_fill_color,
  white_space,
  width,
  count
};
constexpr std::array<std::string_view, static_cast<std::size_t>(Name::count)> kNames = {
    "background",
    "background-clip",
    "background-color",
    "background-image",
    "bottom",
    "clip",
    "clip-path",
    "color",
    "content",
    "content-visibility",
    "float",
    "direction",
    "display",
    "filter",
    "font",
    "font-size",
    "height",
    "left",
    "line-height",
    "list-style",
    "list-style-image",
    "margin",
    "margin-left",
    "margin-top",
    "max-height",
    "max-width",
    "opacity",
    "overflow",
    "overflow-x",
    "overflow-y",
    "position",
    "right",
    "text-indent",
    "text-shadow",
    "top",
    "transform",
    "unicode-bidi",
    "visibility",
    "-webkit-background-clip",
    "-webkit-text-fill-color",
    "white-space",
    "width"};
constexpr NameTable kNameTable(kNames);

template <std::size_t kSize>
bool is_one_of(std::string_view text, const std::string_view (&lower_case)[kSize]) {
  return std::ranges::any_of(lower_case,
                             [&](std::string_view one) { return equals_ignoring_case(text, one); });
}

bool is_global(std::string_view value) {  // what every property takes; close to "not declared"
  static constexpr std::string_view kKeywords[] = {"inherit", "initial", "unset", "revert",
                                                   "revert-layer"};
  return is_one_of(value, kKeywords);
}

// One declaration's way into a style.
class Writer {
 public:
  Writer(Style& style, bool important) : style_(style), important_(important) {}
  void flag(Property p, bool on) {
    if (!take(p)) return;
    style_.on = on ? style_.on | Style::bit(p) : style_.on & ~Style::bit(p);
  }
  template <class Value>
  void value(Property p, Value Style::* member, const Value& value) {
    if (take(p)) style_.*member = value;
  }

 private:
  bool take(Property p) {
    const std::uint32_t bit = Style::bit(p);
    if ((style_.important & bit) != 0 && !important_) return false;
    style_.set |= bit;
    if (important_) style_.important |= bit;
    return true;
  }
  Style& style_;
  bool important_;
};

void write_display(std::string_view value, Writer& to) {
  if (equals_ignoring_case(value, "none")) {
    to.flag(Property::display_none, true);
    return;
  }
  static constexpr std::string_view kBoxes[] = {
      "block",       "inline-block", "flex",        "inline-flex",
      "grid",        "inline-grid",  "flow-root",   "list-item",
      "-webkit-box", "-webkit-flex", "-ms-flexbox", "-webkit-inline-box"};
  static constexpr std::string_view kOthers[] = {"inline",
                                                 "table",
                                                 "inline-table",
                                                 "table-row",
                                                 "table-cell",
                                                 "table-caption",
                                                 "table-row-group",
                                                 "table-header-group",
                                                 "table-footer-group",
                                                 "table-column",
                                                 "table-column-group",
                                                 "contents",
                                                 "run-in",
                                                 "ruby",
                                                 "ruby-base",
                                                 "ruby-text",
                                                 "math"};
  const bool box = is_one_of(value, kBoxes);
  if (!box && !is_one_of(value, kOthers) && !is_global(value) &&
      value.find(' ') == std::string_view::npos && !is_computed(value))
    return;
  to.flag(Property::display_none, false);
  if (!is_global(value)) to.flag(Property::boxed, box);
}

void write_font(const std::optional<Length>& length, Writer& to) {
  if (!length) return;
  const auto size = static_cast<float>(length->value);
  if (size < 0) return;
  if (length->unit == Unit::em || length->unit == Unit::percent)
    to.value(Property::font, &Style::font, FontSize{size, FontUnit::parent});
  else if (length->unit == Unit::px || size > 4)  // a small one without unit: who knows
    to.value(Property::font, &Style::font, FontSize{size, FontUnit::px});
}

void write_font_size(std::string_view value, Writer& to) {
  static constexpr std::string_view kReadable[] = {"xx-small", "x-small", "small",    "medium",
                                                   "large",    "x-large", "xx-large", "xxx-large",
                                                   "initial",  "revert",  "math"};
  if (is_one_of(value, kReadable) || is_computed(value))
    to.value(Property::font, &Style::font, FontSize{});
  else if (equals_ignoring_case(value, "larger") || equals_ignoring_case(value, "inherit") ||
           equals_ignoring_case(value, "unset"))
    to.value(Property::font, &Style::font, FontSize{1, FontUnit::parent});
  else if (equals_ignoring_case(value, "smaller"))
    to.value(Property::font, &Style::font, FontSize{0.83F, FontUnit::parent});
  else
    write_font(parse_length(value), to);
}

// "italic bold 12px/14px Arial": the first part that is a length; a weight has no unit.
void write_font_shorthand(std::string_view value, Writer& to) {
  while (!value.empty()) {
    const std::string_view word = take_word(value);
    const std::string_view size = word.substr(0, word.find('/'));
    const std::optional<Length> length = parse_length(size);
    if (!length || length->unit == Unit::none) continue;
    if (!without_blanks(value).empty()) write_font(length, to);  // no font without a family
    return;
  }
}

// A length that is at most a pixel: the box has no inside. auto and the like have one.
void write_extent(Property p, std::string_view value, Writer& to) {
  const std::optional<Length> length = parse_length(value);
  if (!length) {
    static constexpr std::string_view kWords[] = {"auto", "none", "fit-content", "max-content",
                                                  "min-content"};
    if (is_one_of(value, kWords) || is_global(value) || is_computed(value)) to.flag(p, false);
    return;
  }
  if (length->value < 0) return;
  const bool small = length->value <= kNothingPx;
  if (length->unit == Unit::none && small) return;
  to.flag(p,
          length->unit == Unit::percent || length->unit == Unit::em ? length->value == 0 : small);
}

bool is_far(const Length& length, double sign) {
  switch (length.unit) {
    case Unit::px: return sign * length.value <= -kOffPagePx;
    case Unit::em: return sign * length.value * 16 <= -kOffPagePx;
    case Unit::percent: return sign * length.value <= -kOffPageParts;
    case Unit::none: return false;
  }
  return false;
}

void write_offset(Property p, std::string_view value, Writer& to) {
  const std::optional<Length> length = parse_length(value);
  if (length)
    to.flag(p, is_far(*length, 1));
  else if (equals_ignoring_case(value, "auto") || is_global(value) || is_computed(value))
    to.flag(p, false);
}

void write_color(Property p, Color Style::* member, std::string_view value, Writer& to) {
  if (const std::optional<Color> color = parse_color(value)) to.value(p, member, *color);
}

bool is_of_background(std::string_view word) {
  static constexpr std::string_view kWords[] = {
      "none",  "repeat",     "repeat-x",    "repeat-y",    "no-repeat", "space",
      "round", "scroll",     "fixed",       "local",       "center",    "top",
      "left",  "right",      "bottom",      "cover",       "contain",   "auto",
      "/",     "border-box", "padding-box", "content-box", "initial"};
  return is_one_of(word, kWords) || parse_length(word).has_value();
}

// The colour named in a background shorthand; a picture makes it unknown.
void write_background(std::string_view value, Writer& to) {
  Color color{.alpha = 0};
  while (!value.empty()) {
    const std::string_view word = take_word(value);
    if (word.empty()) continue;
    if (const std::optional<Color> parsed = parse_color(word)) {
      color = *parsed;
      if (color.known()) continue;
    }
    if (word.find('(') == std::string_view::npos && !color.known()) continue;
    if (is_of_background(word)) continue;
    if (word.find_first_of("(,/") == std::string_view::npos) return;  // no background
    color = kUnknownColor;
    break;
  }
  to.value(Property::background, &Style::background, color);
}

void write_opacity(std::string_view value, Writer& to) {
  std::string_view rest = value;
  const std::optional<double> number = take_number(rest);
  if (number && (rest.empty() || rest == "%"))
    to.value(Property::opacity, &Style::opacity,
             static_cast<float>(std::clamp(rest == "%" ? *number / 100 : *number, 0.0, 1.0)));
  else if (is_global(value) || is_computed(value))
    to.value(Property::opacity, &Style::opacity, 1.0F);
}

void write_position(std::string_view value, Writer& to) {
  static constexpr std::string_view kOut[] = {"absolute", "fixed"};
  static constexpr std::string_view kIn[] = {"relative", "sticky", "-webkit-sticky"};
  const bool out = is_one_of(value, kOut);
  const bool in = is_one_of(value, kIn);
  if (!out && !in && !equals_ignoring_case(value, "static") && !is_global(value)) return;
  to.flag(Property::positioned, out || equals_ignoring_case(value, "relative"));
  to.flag(Property::out_of_flow, out);
}

std::string_view inside_of(std::string_view value, std::string_view function) {
  if (!equals_ignoring_case(value.substr(0, function.size()), function) || !value.ends_with(')'))
    return {};
  return value.substr(function.size(), value.size() - function.size() - 1);
}

// clip: rect(0 0 0 0): a rectangle of at most a pixel in one direction.
void write_clip(std::string_view value, Writer& to) {
  std::string_view left = inside_of(value, "rect(");
  std::array<double, 4> edges{};
  std::size_t count = 0;
  bool known = !left.empty();
  while (known && count < 4) {
    left.remove_prefix(std::min(left.find_first_not_of(" \t\r\n,"), left.size()));
    const std::string_view edge = left.substr(0, left.find_first_of(" \t\r\n,"));
    const std::optional<Length> length = parse_length(edge);
    known = length && length->unit == Unit::px;
    if (known) edges[count++] = length->value;
    left.remove_prefix(edge.size());
  }
  to.flag(Property::clipped,
          known && (edges[2] - edges[0] <= kNothingPx || edges[1] - edges[3] <= kNothingPx));
}

// clip-path: inset(50%) and more, circle(0), polygon(0 0, 0 0).
void write_clip_path(std::string_view value, Writer& to) {
  bool nothing = false;
  if (std::string_view left = inside_of(value, "inset("); !left.empty()) {
    const std::optional<Length> first = parse_length(take_word(left));
    nothing = first && first->unit == Unit::percent && first->value >= 0.5 &&
              without_blanks(left).empty();
  } else if (std::string_view radius = inside_of(value, "circle("); !radius.empty()) {
    const std::optional<Length> length = parse_length(take_word(radius));
    nothing = length && length->unit != Unit::none && length->value == 0;
  } else if (const std::string_view points = inside_of(value, "polygon("); !points.empty()) {
    nothing = points.find_first_of("123456789(") == std::string_view::npos;
  }
  to.flag(Property::clipped_path, nothing);
}

// transform: scale(0), translateX(-9999px), and the like, if it is the only one.
void write_transform(std::string_view value, Writer& to) {
  bool away = false;
  for (const std::string_view name : {"scale(", "scalex(", "scaley(", "scale3d("}) {
    std::string_view inside = inside_of(value, name);
    if (inside.empty()) continue;
    const std::optional<double> first = take_number(inside);
    away = away || (first && *first > -0.02 && *first < 0.02);
  }
  for (const std::string_view name : {"translate(", "translatex(", "translatey("}) {
    const std::string_view inside = inside_of(value, name);
    if (inside.empty()) continue;
    const std::optional<Length> first = parse_length(inside.substr(0, inside.find(',')));
    away = away || (first && first->unit == Unit::px && is_far(*first, 1));
  }
  to.flag(Property::scaled_away, away);
}

void write_overflow(std::string_view value, Writer& to) {
  static constexpr std::string_view kCuts[] = {"hidden", "clip"};
  static constexpr std::string_view kShows[] = {"visible", "auto", "scroll", "overlay"};
  const std::string_view first = value.substr(0, value.find(' '));
  if (is_one_of(first, kCuts))
    to.flag(Property::overflow_hidden, true);
  else if (is_one_of(first, kShows) || is_global(first))
    to.flag(Property::overflow_hidden, false);
}

void write_line_height(std::string_view value, Writer& to) {
  const std::optional<Length> length = parse_length(value);
  if (length && length->value >= 0)
    to.flag(Property::flat_line,
            length->unit == Unit::px ? length->value <= kNothingPx : length->value <= 0.02);
  else if (is_global(value) || is_computed(value) || equals_ignoring_case(value, "normal"))
    to.flag(Property::flat_line, false);
}

void write_margin(std::string_view shorthand, Writer& to) {
  std::array<std::string_view, 4> words{};
  std::size_t count = 0;
  while (!shorthand.empty() && count < words.size()) {
    const std::string_view word = take_word(shorthand);
    if (!word.empty()) words[count++] = word;
  }
  if (count == 0) return;
  const std::optional<Length> top = parse_length(words[0]);
  const std::optional<Length> left = parse_length(words[count == 4 ? 3 : count == 1 ? 0 : 1]);
  to.flag(Property::off_margin, (top && is_far(*top, 1)) || (left && is_far(*left, 1)));
}

// filter: opacity(0)
void write_filter(std::string_view value, Writer& to) {
  if (const std::string_view inside = inside_of(value, "opacity("); !inside.empty())
    write_opacity(inside, to);
}

void write(Name name, std::string_view value, Writer& to) {
  switch (name) {
    case Name::display: write_display(value, to); break;
    case Name::visibility: {
      static constexpr std::string_view kHides[] = {"hidden", "collapse"};
      if (is_one_of(value, kHides))
        to.flag(Property::invisible, true);
      else if (equals_ignoring_case(value, "visible") || equals_ignoring_case(value, "initial"))
        to.flag(Property::invisible, false);
      break;
    }
    case Name::content_visibility:
      to.flag(Property::skipped, equals_ignoring_case(value, "hidden"));
      break;
    case Name::opacity: write_opacity(value, to); break;
    case Name::filter: write_filter(value, to); break;
    case Name::font_size: write_font_size(value, to); break;
    case Name::font: write_font_shorthand(value, to); break;
    case Name::color: write_color(Property::color, &Style::color, value, to); break;
    case Name::webkit_text_fill_color: write_color(Property::fill, &Style::fill, value, to); break;
    case Name::background_color:
      write_color(Property::background, &Style::background, value, to);
      break;
    case Name::background_image:
      if (!equals_ignoring_case(value, "none") && !is_global(value))
        to.value(Property::background, &Style::background, kUnknownColor);
      break;
    case Name::background: write_background(value, to); break;
    case Name::background_clip:
    case Name::webkit_background_clip:
      to.flag(Property::lit, equals_ignoring_case(value, "text"));
      break;
    case Name::text_shadow: to.flag(Property::lit, !equals_ignoring_case(value, "none")); break;
    case Name::overflow:
    case Name::overflow_x:
    case Name::overflow_y: write_overflow(value, to); break;
    case Name::height: write_extent(Property::no_height, value, to); break;
    case Name::max_height: write_extent(Property::no_max_height, value, to); break;
    case Name::width: write_extent(Property::no_width, value, to); break;
    case Name::max_width: write_extent(Property::no_max_width, value, to); break;
    case Name::line_height: write_line_height(value, to); break;
    case Name::text_indent: write_offset(Property::off_indent, value, to); break;
    case Name::margin: write_margin(value, to); break;
    case Name::margin_left: write_offset(Property::off_margin, value, to); break;
    case Name::margin_top: write_offset(Property::off_margin_top, value, to); break;
    case Name::left: write_offset(Property::off_left, value, to); break;
    case Name::top: write_offset(Property::off_top, value, to); break;
    case Name::right: write_offset(Property::off_right, value, to); break;
    case Name::bottom: write_offset(Property::off_bottom, value, to); break;
    case Name::position: write_position(value, to); break;
    case Name::css_float:
      to.flag(Property::floating,
              equals_ignoring_case(value, "left") || equals_ignoring_case(value, "right"));
      break;
    case Name::clip: write_clip(value, to); break;
    case Name::clip_path: write_clip_path(value, to); break;
    case Name::transform: write_transform(value, to); break;
    case Name::white_space: {
      static constexpr std::string_view kKeep[] = {"pre", "pre-wrap", "pre-line", "break-spaces"};
      static constexpr std::string_view kFold[] = {"normal", "nowrap", "initial"};
      if (is_one_of(value, kKeep))
        to.flag(Property::keeps_blanks, true);
      else if (is_one_of(value, kFold))
        to.flag(Property::keeps_blanks, false);
      break;
    }
    case Name::direction:
      if (equals_ignoring_case(value, "rtl") || equals_ignoring_case(value, "ltr"))
        to.flag(Property::right_to_left, equals_ignoring_case(value, "rtl"));
      break;
    case Name::unicode_bidi: {
      static constexpr std::string_view kOverrides[] = {"bidi-override", "isolate-override"};
      to.flag(Property::overrides_order, is_one_of(value, kOverrides));
      break;
    }
    case Name::list_style:
    case Name::list_style_image:
    case Name::content:
    case Name::count: break;
  }
}

bool may_hold_url(Name name) {
  return name == Name::background || name == Name::background_image || name == Name::list_style ||
         name == Name::list_style_image || name == Name::content;
}

void add_urls(std::string_view value, std::vector<std::string>& urls) {
  std::size_t added = 0;
  for (std::size_t at = value.find('('); at != std::string_view::npos && added < kStyleUrlsMax;
       at = value.find('(', at + 1)) {
    if (at < 3 || !equals_ignoring_case(value.substr(at - 3, 3), "url")) continue;
    std::string_view left = value.substr(at + 1);
    while (!left.empty() && is_html_blank(left.front())) left.remove_prefix(1);
    std::string_view url;
    if (left.starts_with('"') || left.starts_with('\''))
      url = left.substr(1, std::min(left.find(left.front(), 1), left.size()) - 1);
    else
      url = without_blanks(left.substr(0, left.find(')')));
    if (url.empty()) continue;
    urls.emplace_back(url);
    ++added;
  }
}

void apply_clean_declarations(std::string_view left, Style& style, std::vector<std::string>& urls) {
  while (true) {
    while (!left.empty() && (is_html_blank(left.front()) || left.front() == ';'))
      left.remove_prefix(1);
    if (left.empty()) return;
    std::string_view value = take_until(left, ';');
    const std::size_t colon = value.find(':');
    if (colon == std::string_view::npos) continue;
    const int index = kNameTable.find(without_blanks(value.substr(0, colon)));
    if (index < 0) continue;
    const Name name = static_cast<Name>(index);
    value = value.substr(colon + 1);
    bool important = false;
    if (const std::size_t mark = value.rfind('!'); mark != std::string_view::npos) {
      important = equals_ignoring_case(without_blanks(value.substr(mark + 1)), "important");
      if (!important) continue;  // browsers take no such declaration
      value = value.substr(0, mark);
    }
    value = without_blanks(value);
    if (value.empty()) continue;
    Writer to(style, important);
    write(name, value, to);
    if (may_hold_url(name) && value.find('(') != std::string_view::npos) add_urls(value, urls);
  }
}

}  // namespace

std::string without_css_comments(std::string_view css) {
  std::string out;
  out.reserve(css.size());
  while (!css.empty()) {
    const std::size_t begin = std::min(css.find("/*"), css.size());
    out.append(css.substr(0, begin));
    css.remove_prefix(begin);
    if (css.empty()) break;
    out.push_back(' ');
    const std::size_t end = css.find("*/", 2);
    css.remove_prefix(end == std::string_view::npos ? css.size() : end + 2);
  }
  return out;
}

std::string without_css_escapes(std::string_view css) {
  std::string out;
  out.reserve(css.size());
  while (!css.empty()) {
    const std::size_t plain = std::min(css.find('\\'), css.size());
    out.append(css.substr(0, plain));
    css.remove_prefix(std::min(plain + 1, css.size()));
    char32_t code_point = 0;
    std::size_t digits = 0;
    for (; digits < 6 && digits < css.size(); ++digits) {
      const char c = ascii_lower(css[digits]);
      const int value = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
      if (value < 0) break;
      code_point = code_point * 16 + static_cast<char32_t>(value);
    }
    if (digits == 0) {  // what follows stands for itself
      if (!css.empty() &&
          std::string_view(";:{}()[]\"'!,/*#.\\").find(css.front()) != std::string_view::npos) {
        out.push_back('_');
        css.remove_prefix(1);
      }
      continue;
    }
    css.remove_prefix(digits);
    if (!css.empty() && is_html_blank(css.front())) css.remove_prefix(1);
    // What would mean something to the grammar means nothing when it is escaped.
    const bool plain_letter =
        code_point >= 0x80 || code_point == '-' || (code_point >= '0' && code_point <= '9') ||
        (code_point >= 'a' && code_point <= 'z') || (code_point >= 'A' && code_point <= 'Z');
    append_utf8(out, plain_letter ? code_point : U'_');
  }
  return out;
}

void apply_declarations(std::string_view css, Style& style, std::vector<std::string>& urls) {
  const bool comments = css.find("/*") != std::string_view::npos;
  const bool escapes = css.find('\\') != std::string_view::npos;
  if (!comments && !escapes) {
    apply_clean_declarations(css, style, urls);
    return;
  }
  const std::string uncommented = comments ? without_css_comments(css) : std::string(css);
  apply_clean_declarations(escapes ? without_css_escapes(uncommented) : uncommented, style, urls);
}

void apply_style(const Style& over, Style& style) {
  const std::uint32_t taken = over.set & ~(style.important & ~over.important);
  if (taken == 0) return;
  style.on = (style.on & ~taken) | (over.on & taken);
  style.set |= taken;
  style.important |= over.important & taken;
  if (taken & Style::bit(Property::opacity)) style.opacity = over.opacity;
  if (taken & Style::bit(Property::font)) style.font = over.font;
  if (taken & Style::bit(Property::color)) style.color = over.color;
  if (taken & Style::bit(Property::fill)) style.fill = over.fill;
  if (taken & Style::bit(Property::background)) style.background = over.background;
}

Style in_doubt(const Style& style) {
  Style shows = style;
  shows.set &= ~style.on | Style::bit(Property::lit);
  const auto drop_if = [&](Property p, bool hides) {
    if (hides) shows.set &= ~Style::bit(p);
  };
  drop_if(Property::opacity, style.opacity < 0.5F);
  drop_if(Property::font, style.font.value < (style.font.unit == FontUnit::px ? 6.0F : 1.0F));
  shows.important &= shows.set;
  shows.on &= shows.set;
  shows.color = shows.fill = shows.background = kUnknownColor;
  return shows;
}

}  // namespace weir::text
