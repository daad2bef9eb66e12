// text/html_color.h - colours as style sheets and old attributes write them. For text/ only.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace weir::text {

enum class ColorKind : std::uint8_t {
  known,
  unknown,  // something is drawn there, nobody knows in which colour
  inherit,  // that of the element around, or of the text itself (currentcolor)
};

struct Color {
  std::uint8_t red = 0, green = 0, blue = 0;
  ColorKind kind = ColorKind::known;
  float alpha = 1;
  [[nodiscard]] bool known() const { return kind == ColorKind::known; }
  friend bool operator==(const Color&, const Color&) = default;
};

inline constexpr Color kUnknownColor{.kind = ColorKind::unknown};
inline constexpr Color kWhite{.red = 255, .green = 255, .blue = 255};

// A CSS colour: #rgb, #rrggbb, with alpha, rgb(), hsl(), hwb() in both notations, the names of CSS.
// Unknown for the functions and names that nobody can tell here, and for digits without '#', which
// some browsers take. Nothing for what is no colour.
[[nodiscard]] std::optional<Color> parse_color(std::string_view text);
// The value of bgcolor, color, text (WHATWG HTML 2.3.6, "legacy colour"): nearly everything is one.
[[nodiscard]] std::optional<Color> parse_legacy_color(std::string_view text);

// What is seen of `color` upon `below`.
[[nodiscard]] Color blend(const Color& color, const Color& below);
// Too near each other to be read.
[[nodiscard]] bool is_unreadable(const Color& text, const Color& background);

}  // namespace weir::text
