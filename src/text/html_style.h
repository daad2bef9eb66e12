// text/html_style.h - as much of CSS as decides whether a text can be seen. For text/ only.
//
// A Style holds what one element or one rule declares. A value that is no value of its property
// counts as not written, as in browsers; one that is known only when drawn (calc(), var()) counts
// as one that shows: a doubt never hides text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "text/html_color.h"

namespace weir::text {

// A thing that can be declared. For the first group, that it is `on` may hide; the words say when.
enum class Property : std::uint8_t {
  display_none,
  invisible,     // visibility: hidden or collapse
  clipped,       // clip: no area
  clipped_path,  // clip-path: no area
  scaled_away,   // transform: to nothing, or far off
  skipped,       // content-visibility: hidden
  overflow_hidden,
  no_height,  // height at most a pixel
  no_max_height,
  no_width,
  no_max_width,
  flat_line,   // line-height at most a pixel
  off_indent,  // text-indent far to the left
  off_margin,  // margin-left
  off_margin_top,
  off_left,
  off_top,
  off_right,
  off_bottom,
  boxed,  // display: of a kind that has a height and a width
  floating,
  positioned,   // position: not static
  out_of_flow,  // position: absolute or fixed
  // What is `on` here hides nothing.
  keeps_blanks,     // white-space: pre and the like
  right_to_left,    // direction
  overrides_order,  // unicode-bidi: bidi-override and the like
  lit,              // a shadow or a picture gives the text colours that nobody can tell
  // With a value.
  opacity,
  font,
  color,
  fill,  // -webkit-text-fill-color
  background,
  count
};

enum class FontUnit : std::uint8_t { px, parent };
struct FontSize {
  float value = 16;
  FontUnit unit = FontUnit::px;  // parent: times the size around it
};

struct Style {
  std::uint32_t set = 0;        // bit n: Property n is declared
  std::uint32_t important = 0;  // ... with !important
  std::uint32_t on = 0;         // ... and so
  float opacity = 1;
  FontSize font;
  Color color;
  Color fill;
  Color background;

  static constexpr std::uint32_t bit(Property p) { return 1U << static_cast<unsigned>(p); }
  static_assert(static_cast<unsigned>(Property::count) <= 32);
  [[nodiscard]] bool has(Property p) const { return (set & bit(p)) != 0; }
  [[nodiscard]] bool is(Property p) const { return (set & on & bit(p)) != 0; }
  [[nodiscard]] bool empty() const { return set == 0; }
};

// "a: b; c: d"; later declarations win over earlier ones and over what style held, but not over
// important ones. References must be decoded before. Targets of url() in backgrounds and the like
// are added to urls, at most kStyleUrlsMax of a call.
inline constexpr std::size_t kStyleUrlsMax = 16;
void apply_declarations(std::string_view css, Style& style, std::vector<std::string>& urls);
// What `over` declares replaces what `style` holds, unless that is important and `over` is not.
void apply_style(const Style& over, Style& style);
// What of a style stays when nobody can tell whether it applies: what shows.
[[nodiscard]] Style in_doubt(const Style& style);

// The text with comments turned into blanks.
[[nodiscard]] std::string without_css_comments(std::string_view css);
// The text with "\69" and "\i" turned into the characters they stand for.
[[nodiscard]] std::string without_css_escapes(std::string_view css);

}  // namespace weir::text
