// text/html_style.h - as much of CSS as decides whether a text can be seen. For text/ only.
//
// Declarations (display, visibility, opacity, font size, colours, boxes without extent, places off
// the page) and style sheets of simple selectors (element, .class, #id, element.class). Where a
// rule cannot be matched without a tree but may set a background, that background counts as
// unknown: a doubt never hides text. Bounds: O(octets); at most kRulesMax selectors are kept.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>

namespace weir::text {

struct Color {
  int red = 0, green = 0, blue = 0;
  double alpha = 1;
  bool known = true;  // false: something is drawn there, nobody knows in which colour
  friend bool operator==(const Color&, const Color&) = default;
};

inline constexpr Color kUnknownColor{.known = false};
inline constexpr Color kWhite{.red = 255, .green = 255, .blue = 255};

// #rgb, #rrggbb, with alpha, rgb(), rgba(), the common names, and the bare digits of old
// attributes; unknown for the rest.
[[nodiscard]] Color parse_color(std::string_view text);
// Too near each other to be read.
[[nodiscard]] bool is_unreadable(const Color& text, const Color& background);

enum class FontUnit : std::uint8_t { px, parent };
struct FontSize {
  double value = 16;
  FontUnit unit = FontUnit::px;  // parent: times the size around it
};

// What one element declares for itself.
struct Style {
  std::optional<bool> display_none;
  std::optional<bool> invisible;    // visibility: hidden or collapse
  std::optional<bool> transparent;  // opacity 0
  std::optional<bool> off_page;
  std::optional<bool> overflow_hidden;
  std::optional<bool> no_height;
  std::optional<bool> no_width;
  std::optional<FontSize> font;
  std::optional<Color> color;
  std::optional<Color> background;

  [[nodiscard]] bool draws_nothing() const {
    return display_none.value_or(false) || transparent.value_or(false) ||
           off_page.value_or(false) ||
           (overflow_hidden.value_or(false) &&
            (no_height.value_or(false) || no_width.value_or(false)));
  }
};

// "a: b; c: d"; later declarations win over earlier ones and over what style held. References must
// be decoded before.
void apply_declarations(std::string_view css, Style& style);
// What `over` declares replaces what `style` holds.
void apply_style(const Style& over, Style& style);

class StyleSheet {
 public:
  void add(std::string_view css);
  [[nodiscard]] bool empty() const { return rules_.empty(); }
  void apply(std::string_view element, std::string_view classes, std::string_view id,
             Style& style) const;

 private:
  void add_rule(std::string_view selectors, std::string_view declarations);
  void apply_key(std::uint64_t key, Style& style) const;
  std::unordered_map<std::uint64_t, Style> rules_;  // by name_id() of the selector
};

}  // namespace weir::text
