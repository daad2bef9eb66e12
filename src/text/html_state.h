// text/html_state.h - whether a text is seen, from what the elements around it declare. For text/
// only.
#pragma once

#include <cstdint>
#include <string_view>

#include "text/html_style.h"
#include "text/html_tags.h"

namespace weir::text {

enum class Cause : std::uint8_t {
  none,
  display,
  visibility,
  opacity,
  font_size,
  color,
  off_page,
  no_size,
  clip,
  input,
  zero_width,
  count
};
inline constexpr std::size_t kCauses = static_cast<std::size_t>(Cause::count);
[[nodiscard]] std::string_view name_of(Cause cause);

// What an element hands down to the text in it.
struct State {
  enum class Markup : std::uint8_t { html, svg, math };
  enum class Sink : std::uint8_t { text, style, nothing };
  Markup markup = Markup::html;
  Sink sink = Sink::text;
  Cause gone = Cause::none;   // no text inside is seen, whatever it declares
  Cause cause = Cause::none;  // why a text here is not seen
  bool invisible = false;
  bool keep_blanks = false;
  bool reversed = false;
  bool lit = false;
  bool filled = false;
  float font_px = 16;
  float opacity = 1;
  Color color{};
  Color fill{};
  Color background = kWhite;
};

struct Page {
  bool quirks = true;  // no doctype of our century: tables do not inherit font size and colour
  Color text_color{};  // of body
};

// The state in an element that stands in `around`.
[[nodiscard]] State state_in(const State& around, Tag tag, const Style& own, const Page& page);

}  // namespace weir::text
