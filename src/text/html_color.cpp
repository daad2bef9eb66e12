#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>

#include "text/html_style.h"
#include "text/html_tokenizer.h"

namespace weir::text {
namespace {

struct NamedColor {
  std::string_view name;
  std::uint32_t rgb;
};
// The sixteen of HTML, and those near black or white, where text disappears.
constexpr NamedColor kNames[] = {
    {"black", 0x000000},        {"silver", 0xC0C0C0},        {"gray", 0x808080},
    {"grey", 0x808080},         {"white", 0xFFFFFF},         {"maroon", 0x800000},
    {"red", 0xFF0000},          {"purple", 0x800080},        {"fuchsia", 0xFF00FF},
    {"magenta", 0xFF00FF},      {"green", 0x008000},         {"lime", 0x00FF00},
    {"olive", 0x808000},        {"yellow", 0xFFFF00},        {"navy", 0x000080},
    {"blue", 0x0000FF},         {"teal", 0x008080},          {"aqua", 0x00FFFF},
    {"cyan", 0x00FFFF},         {"orange", 0xFFA500},        {"snow", 0xFFFAFA},
    {"ivory", 0xFFFFF0},        {"floralwhite", 0xFFFAF0},   {"ghostwhite", 0xF8F8FF},
    {"whitesmoke", 0xF5F5F5},   {"mintcream", 0xF5FFFA},     {"azure", 0xF0FFFF},
    {"seashell", 0xFFF5EE},     {"lightyellow", 0xFFFFE0},   {"honeydew", 0xF0FFF0},
    {"aliceblue", 0xF0F8FF},    {"lavenderblush", 0xFFF0F5}, {"oldlace", 0xFDF5E6},
    {"linen", 0xFAF0E6},        {"cornsilk", 0xFFF8DC},      {"beige", 0xF5F5DC},
    {"gainsboro", 0xDCDCDC},    {"lightgray", 0xD3D3D3},     {"lightgrey", 0xD3D3D3},
    {"darkgray", 0xA9A9A9},     {"darkgrey", 0xA9A9A9},      {"dimgray", 0x696969},
    {"darkblue", 0x00008B},     {"darkred", 0x8B0000},       {"darkgreen", 0x006400},
    {"midnightblue", 0x191970}, {"pink", 0xFFC0CB},          {"brown", 0xA52A2A},
    {"gold", 0xFFD700}};

int hex_digit(char c) {
  c = ascii_lower(c);
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

Color from_digits(std::string_view digits) {
  if (digits.size() != 3 && digits.size() != 4 && digits.size() != 6 && digits.size() != 8)
    return kUnknownColor;
  std::array<int, 8> values{};
  for (std::size_t i = 0; i < digits.size(); ++i) {
    values[i] = hex_digit(digits[i]);
    if (values[i] < 0) return kUnknownColor;
  }
  const bool brief = digits.size() <= 4;
  const auto channel = [&](std::size_t n) {
    return brief ? values[n] * 17 : values[2 * n] * 16 + values[2 * n + 1];
  };
  const bool has_alpha = digits.size() % 4 == 0;
  return {.red = channel(0),
          .green = channel(1),
          .blue = channel(2),
          .alpha = has_alpha ? channel(3) / 255.0 : 1};
}

// rgb(1, 2, 3), rgba(1 2 3 / 0), percentages.
Color from_function(std::string_view arguments) {
  std::array<double, 4> values{0, 0, 0, 1};
  std::size_t count = 0;
  const char* at = arguments.data();
  const char* end = at + arguments.size();
  while (at < end && count < values.size()) {
    double value = 0;
    const auto [next, error] = std::from_chars(at, end, value);
    if (error != std::errc{}) {
      ++at;
      continue;
    }
    at = next;
    if (at < end && *at == '%') value *= count < 3 ? 2.55 : 0.01;
    values[count++] = value;
  }
  if (count < 3) return kUnknownColor;
  const auto channel = [](double v) { return static_cast<int>(std::clamp(v, 0.0, 255.0) + 0.5); };
  return {.red = channel(values[0]),
          .green = channel(values[1]),
          .blue = channel(values[2]),
          .alpha = values[3]};
}

}  // namespace

Color parse_color(std::string_view text) {
  text = without_blanks(text);
  if (text.starts_with('#')) return from_digits(text.substr(1));
  const std::size_t open = text.find('(');
  if (open != std::string_view::npos) {
    const std::string_view name = text.substr(0, open);
    if (equals_ignoring_case(name, "rgb") || equals_ignoring_case(name, "rgba"))
      return from_function(text.substr(open + 1, 64));
    return kUnknownColor;
  }
  if (equals_ignoring_case(text, "transparent")) return {.alpha = 0};
  for (const NamedColor& named : kNames)
    if (equals_ignoring_case(text, named.name))
      return {.red = static_cast<int>(named.rgb >> 16),
              .green = static_cast<int>(named.rgb >> 8 & 0xFF),
              .blue = static_cast<int>(named.rgb & 0xFF)};
  return text.size() == 6 ? from_digits(text) : kUnknownColor;
}

bool is_unreadable(const Color& text, const Color& background) {
  if (!text.known) return false;
  if (text.alpha < 0.04) return true;
  if (!background.known) return false;
  constexpr int kNear =
      24;  // of 765: a hundred steps of grey can be told apart on a good screen, three cannot
  return std::abs(text.red - background.red) + std::abs(text.green - background.green) +
             std::abs(text.blue - background.blue) <=
         kNear;
}

}  // namespace weir::text
