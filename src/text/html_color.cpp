#include "text/html_color.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "base/utf8.h"
#include "text/html_tokenizer.h"
#include "text/html_values.h"

namespace weir::text {
namespace {

struct NamedColor {
  std::string_view name;
  std::uint32_t rgb;
};
// CSS Color 4, 6.1.
constexpr NamedColor kNames[] = {{"aliceblue", 0xF0F8FF},
                                 {"antiquewhite", 0xFAEBD7},
                                 {"aqua", 0x00FFFF},
                                 {"aquamarine", 0x7FFFD4},
                                 {"azure", 0xF0FFFF},
                                 {"beige", 0xF5F5DC},
                                 {"bisque", 0xFFE4C4},
                                 {"black", 0x000000},
                                 {"blanchedalmond", 0xFFEBCD},
                                 {"blue", 0x0000FF},
                                 {"blueviolet", 0x8A2BE2},
                                 {"brown", 0xA52A2A},
                                 {"burlywood", 0xDEB887},
                                 {"cadetblue", 0x5F9EA0},
                                 {"chartreuse", 0x7FFF00},
                                 {"chocolate", 0xD2691E},
                                 {"coral", 0xFF7F50},
                                 {"cornflowerblue", 0x6495ED},
                                 {"cornsilk", 0xFFF8DC},
                                 {"crimson", 0xDC143C},
                                 {"cyan", 0x00FFFF},
                                 {"darkblue", 0x00008B},
                                 {"darkcyan", 0x008B8B},
                                 {"darkgoldenrod", 0xB8860B},
                                 {"darkgray", 0xA9A9A9},
                                 {"darkgreen", 0x006400},
                                 {"darkgrey", 0xA9A9A9},
                                 {"darkkhaki", 0xBDB76B},
                                 {"darkmagenta", 0x8B008B},
                                 {"darkolivegreen", 0x556B2F},
                                 {"darkorange", 0xFF8C00},
                                 {"darkorchid", 0x9932CC},
                                 {"darkred", 0x8B0000},
                                 {"darksalmon", 0xE9967A},
                                 {"darkseagreen", 0x8FBC8F},
                                 {"darkslateblue", 0x483D8B},
                                 {"darkslategray", 0x2F4F4F},
                                 {"darkslategrey", 0x2F4F4F},
                                 {"darkturquoise", 0x00CED1},
                                 {"darkviolet", 0x9400D3},
                                 {"deeppink", 0xFF1493},
                                 {"deepskyblue", 0x00BFFF},
                                 {"dimgray", 0x696969},
                                 {"dimgrey", 0x696969},
                                 {"dodgerblue", 0x1E90FF},
                                 {"firebrick", 0xB22222},
                                 {"floralwhite", 0xFFFAF0},
                                 {"forestgreen", 0x228B22},
                                 {"fuchsia", 0xFF00FF},
                                 {"gainsboro", 0xDCDCDC},
                                 {"ghostwhite", 0xF8F8FF},
                                 {"gold", 0xFFD700},
                                 {"goldenrod", 0xDAA520},
                                 {"gray", 0x808080},
                                 {"green", 0x008000},
                                 {"greenyellow", 0xADFF2F},
                                 {"grey", 0x808080},
                                 {"honeydew", 0xF0FFF0},
                                 {"hotpink", 0xFF69B4},
                                 {"indianred", 0xCD5C5C},
                                 {"indigo", 0x4B0082},
                                 {"ivory", 0xFFFFF0},
                                 {"khaki", 0xF0E68C},
                                 {"lavender", 0xE6E6FA},
                                 {"lavenderblush", 0xFFF0F5},
                                 {"lawngreen", 0x7CFC00},
                                 {"lemonchiffon", 0xFFFACD},
                                 {"lightblue", 0xADD8E6},
                                 {"lightcoral", 0xF08080},
                                 {"lightcyan", 0xE0FFFF},
                                 {"lightgoldenrodyellow", 0xFAFAD2},
                                 {"lightgray", 0xD3D3D3},
                                 {"lightgreen", 0x90EE90},
                                 {"lightgrey", 0xD3D3D3},
                                 {"lightpink", 0xFFB6C1},
                                 {"lightsalmon", 0xFFA07A},
                                 {"lightseagreen", 0x20B2AA},
                                 {"lightskyblue", 0x87CEFA},
                                 {"lightslategray", 0x778899},
                                 {"lightslategrey", 0x778899},
                                 {"lightsteelblue", 0xB0C4DE},
                                 {"lightyellow", 0xFFFFE0},
                                 {"lime", 0x00FF00},
                                 {"limegreen", 0x32CD32},
                                 {"linen", 0xFAF0E6},
                                 {"magenta", 0xFF00FF},
                                 {"maroon", 0x800000},
                                 {"mediumaquamarine", 0x66CDAA},
                                 {"mediumblue", 0x0000CD},
                                 {"mediumorchid", 0xBA55D3},
                                 {"mediumpurple", 0x9370DB},
                                 {"mediumseagreen", 0x3CB371},
                                 {"mediumslateblue", 0x7B68EE},
                                 {"mediumspringgreen", 0x00FA9A},
                                 {"mediumturquoise", 0x48D1CC},
                                 {"mediumvioletred", 0xC71585},
                                 {"midnightblue", 0x191970},
                                 {"mintcream", 0xF5FFFA},
                                 {"mistyrose", 0xFFE4E1},
                                 {"moccasin", 0xFFE4B5},
                                 {"navajowhite", 0xFFDEAD},
                                 {"navy", 0x000080},
                                 {"oldlace", 0xFDF5E6},
                                 {"olive", 0x808000},
                                 {"olivedrab", 0x6B8E23},
                                 {"orange", 0xFFA500},
                                 {"orangered", 0xFF4500},
                                 {"orchid", 0xDA70D6},
                                 {"palegoldenrod", 0xEEE8AA},
                                 {"palegreen", 0x98FB98},
                                 {"paleturquoise", 0xAFEEEE},
                                 {"palevioletred", 0xDB7093},
                                 {"papayawhip", 0xFFEFD5},
                                 {"peachpuff", 0xFFDAB9},
                                 {"peru", 0xCD853F},
                                 {"pink", 0xFFC0CB},
                                 {"plum", 0xDDA0DD},
                                 {"powderblue", 0xB0E0E6},
                                 {"purple", 0x800080},
                                 {"rebeccapurple", 0x663399},
                                 {"red", 0xFF0000},
                                 {"rosybrown", 0xBC8F8F},
                                 {"royalblue", 0x4169E1},
                                 {"saddlebrown", 0x8B4513},
                                 {"salmon", 0xFA8072},
                                 {"sandybrown", 0xF4A460},
                                 {"seagreen", 0x2E8B57},
                                 {"seashell", 0xFFF5EE},
                                 {"sienna", 0xA0522D},
                                 {"silver", 0xC0C0C0},
                                 {"skyblue", 0x87CEEB},
                                 {"slateblue", 0x6A5ACD},
                                 {"slategray", 0x708090},
                                 {"slategrey", 0x708090},
                                 {"snow", 0xFFFAFA},
                                 {"springgreen", 0x00FF7F},
                                 {"steelblue", 0x4682B4},
                                 {"tan", 0xD2B48C},
                                 {"teal", 0x008080},
                                 {"thistle", 0xD8BFD8},
                                 {"tomato", 0xFF6347},
                                 {"turquoise", 0x40E0D0},
                                 {"violet", 0xEE82EE},
                                 {"wheat", 0xF5DEB3},
                                 {"white", 0xFFFFFF},
                                 {"whitesmoke", 0xF5F5F5},
                                 {"yellow", 0xFFFF00},
                                 {"yellowgreen", 0x9ACD32}};
constexpr NameTable kNameTable([] {
  std::array<std::string_view, std::size(kNames)> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = kNames[i].name;
  return names;
}());

Color from_rgb(std::uint32_t rgb) {
  return {.red = static_cast<std::uint8_t>(rgb >> 16),
          .green = static_cast<std::uint8_t>(rgb >> 8),
          .blue = static_cast<std::uint8_t>(rgb)};
}

const NamedColor* find_name(std::string_view text) {
  const int index = kNameTable.find(text);
  return index < 0 ? nullptr : &kNames[static_cast<std::size_t>(index)];
}

int hex_digit(char c) {
  c = ascii_lower(c);
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

std::optional<Color> from_digits(std::string_view digits) {
  if (digits.size() != 3 && digits.size() != 4 && digits.size() != 6 && digits.size() != 8)
    return std::nullopt;
  std::array<int, 8> values{};
  for (std::size_t i = 0; i < digits.size(); ++i) {
    values[i] = hex_digit(digits[i]);
    if (values[i] < 0) return std::nullopt;
  }
  const bool brief = digits.size() <= 4;
  const auto channel = [&](std::size_t n) {
    return static_cast<std::uint8_t>(brief ? values[n] * 17
                                           : values[2 * n] * 16 + values[2 * n + 1]);
  };
  const bool has_alpha = digits.size() % 4 == 0;
  return Color{.red = channel(0),
               .green = channel(1),
               .blue = channel(2),
               .alpha = has_alpha ? static_cast<float>(channel(3)) / 255 : 1};
}

std::uint8_t octet_of(double value) {
  return static_cast<std::uint8_t>(std::clamp(value, 0.0, 255.0) + 0.5);
}

struct Arguments {
  std::array<double, 4> values{0, 0, 0, 1};
  std::array<bool, 4> percent{};
  std::size_t count = 0;
};

// "1, 2, 3", "1 2 3 / 50%", "120deg 100% 50%"; nothing if it holds anything else.
std::optional<Arguments> take_arguments(std::string_view text) {
  Arguments arguments;
  while (true) {
    const std::size_t next = text.find_first_not_of(" \t\r\n,/");
    if (next == std::string_view::npos) break;
    text.remove_prefix(next);
    if (arguments.count == arguments.values.size()) return std::nullopt;
    double& value = arguments.values[arguments.count];
    if (equals_ignoring_case(text.substr(0, 4), "none")) {
      value = 0;
      text.remove_prefix(4);
    } else if (const std::optional<double> number = take_number(text)) {
      value = *number;
    } else {
      return std::nullopt;
    }
    const std::string_view unit = text.substr(0, text.find_first_of(" \t\r\n,/"));
    if (unit == "%")
      arguments.percent[arguments.count] = true;
    else if (equals_ignoring_case(unit, "turn"))
      value *= 360;
    else if (equals_ignoring_case(unit, "rad"))
      value *= 180 / 3.14159265358979;
    else if (equals_ignoring_case(unit, "grad"))
      value *= 0.9;
    else if (!unit.empty() && !equals_ignoring_case(unit, "deg"))
      return std::nullopt;
    text.remove_prefix(unit.size());
    ++arguments.count;
  }
  if (arguments.count < 3) return std::nullopt;
  if (arguments.percent[3]) arguments.values[3] /= 100;
  arguments.values[3] = std::clamp(arguments.values[3], 0.0, 1.0);
  return arguments;
}

Color from_hue(const Arguments& a, bool white_and_black) {
  const double hue = std::fmod(std::fmod(a.values[0], 360) + 360, 360);
  double saturation = std::clamp(a.values[1] / 100, 0.0, 1.0);
  double lightness = std::clamp(a.values[2] / 100, 0.0, 1.0);
  const double white = saturation;
  const double black = lightness;
  if (white_and_black) {
    saturation = 1;
    lightness = 0.5;
  }
  const auto channel = [&](double n) {
    const double k = std::fmod(n + hue / 30, 12);
    double value = lightness - saturation * std::min(lightness, 1 - lightness) *
                                   std::max(-1.0, std::min({k - 3, 9 - k, 1.0}));
    if (white_and_black)
      value = white + black >= 1 ? white / (white + black) : value * (1 - white - black) + white;
    return octet_of(value * 255);
  };
  return {.red = channel(0),
          .green = channel(8),
          .blue = channel(4),
          .alpha = static_cast<float>(a.values[3])};
}

std::optional<Color> from_function(std::string_view name, std::string_view inside) {
  const bool rgb = equals_ignoring_case(name, "rgb") || equals_ignoring_case(name, "rgba");
  const bool hsl = equals_ignoring_case(name, "hsl") || equals_ignoring_case(name, "hsla");
  const bool hwb = equals_ignoring_case(name, "hwb");
  if (!rgb && !hsl && !hwb) return kUnknownColor;
  const std::optional<Arguments> a = take_arguments(inside);
  if (!a)
    return inside.find_first_of("(abcfghijklmpqsvwxyz") == std::string_view::npos
               ? std::nullopt
               : std::optional(kUnknownColor);  // calc(), var(), "from"
  if (!rgb) return from_hue(*a, hwb);
  const auto channel = [&](std::size_t n) {
    return octet_of(a->percent[n] ? a->values[n] * 2.55 : a->values[n]);
  };
  return Color{.red = channel(0),
               .green = channel(1),
               .blue = channel(2),
               .alpha = static_cast<float>(a->values[3])};
}

}  // namespace

std::optional<Color> parse_color(std::string_view text) {
  text = without_blanks(text);
  if (text.starts_with('#')) return from_digits(text.substr(1));
  if (text.ends_with(')')) {
    const std::size_t open = text.find('(');
    if (open == std::string_view::npos) return std::nullopt;
    return from_function(text.substr(0, open), text.substr(open + 1, text.size() - open - 2));
  }
  if (const NamedColor* named = find_name(text)) return from_rgb(named->rgb);
  if (equals_ignoring_case(text, "transparent")) return Color{.alpha = 0};
  if (equals_ignoring_case(text, "inherit") || equals_ignoring_case(text, "unset") ||
      equals_ignoring_case(text, "currentcolor"))
    return Color{.kind = ColorKind::inherit};
  if ((text.size() == 6 || text.size() == 3) && from_digits(text)) return kUnknownColor;
  static constexpr std::string_view kDrawnByTheSystem[] = {
      "initial",    "revert",    "windowtext", "window",     "canvas",
      "canvastext", "linktext",  "buttonface", "buttontext", "graytext",
      "field",      "fieldtext", "highlight",  "infotext",   "infobackground",
      "menu",       "menutext",  "threedface", "background", "-webkit-link"};
  for (const std::string_view name : kDrawnByTheSystem)
    if (equals_ignoring_case(text, name)) return kUnknownColor;
  return std::nullopt;
}

std::optional<Color> parse_legacy_color(std::string_view text) {
  constexpr std::size_t kDigitsMax = 128;
  text = without_blanks(text);
  if (text.empty() || equals_ignoring_case(text, "transparent")) return std::nullopt;
  if (const NamedColor* named = find_name(text)) return from_rgb(named->rgb);
  if (text.size() == 4 && text.starts_with('#'))
    if (const std::optional<Color> color = from_digits(text.substr(1))) return color;
  std::array<int, kDigitsMax + 2> digits{};
  std::size_t count = 0;
  if (text.starts_with('#')) text.remove_prefix(1);
  for (std::size_t at = 0; at < text.size() && count < kDigitsMax;) {
    const char32_t c = next_code_point(text, at);
    const int value = c < 0x80 ? hex_digit(static_cast<char>(c)) : -1;
    digits[count++] = std::max(value, 0);
    if (c > 0xFFFF && count < kDigitsMax) digits[count++] = 0;
  }
  while (count == 0 || count % 3 != 0) digits[count++] = 0;
  std::size_t length = count / 3;
  std::size_t skip = length > 8 ? length - 8 : 0;
  while (length - skip > 2 && digits[skip] == 0 && digits[length + skip] == 0 &&
         digits[2 * length + skip] == 0)
    ++skip;
  const auto channel = [&](std::size_t n) {
    const std::size_t at = n * length + skip;
    return static_cast<std::uint8_t>(length == 1 ? digits[at] : digits[at] * 16 + digits[at + 1]);
  };
  return Color{.red = channel(0), .green = channel(1), .blue = channel(2)};
}

Color blend(const Color& color, const Color& below) {
  if (!color.known() || color.alpha >= 1) return color;
  if (!below.known()) return kUnknownColor;
  const auto channel = [&](std::uint8_t above, std::uint8_t under) {
    return octet_of(color.alpha * above + (1 - color.alpha) * under);
  };
  return {.red = channel(color.red, below.red),
          .green = channel(color.green, below.green),
          .blue = channel(color.blue, below.blue)};
}

bool is_unreadable(const Color& text, const Color& background) {
  if (!text.known()) return false;
  if (text.alpha < 0.04F) return true;
  if (!background.known()) return false;
  // Of 765: a hundred steps of grey can be told apart on a good screen, three cannot.
  constexpr int kNear = 24;
  const Color drawn = blend(text, background);
  return std::abs(drawn.red - background.red) + std::abs(drawn.green - background.green) +
             std::abs(drawn.blue - background.blue) <=
         kNear;
}

}  // namespace weir::text
