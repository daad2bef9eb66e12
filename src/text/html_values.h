// text/html_values.h - numbers and lengths of style sheets. For text/ only.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace weir::text {

// Takes a number ("-1.5e2", ".5") from the start of text.
[[nodiscard]] std::optional<double> take_number(std::string_view& text);

enum class Unit : std::uint8_t { px, em, percent, none };

struct Length {
  double value = 0;
  Unit unit = Unit::px;  // every absolute unit is turned into px
};

// Nothing for what is no length, and for calc() and its like. A number other than 0 without a unit
// has Unit::none: browsers take it only in documents of the old kind.
[[nodiscard]] std::optional<Length> parse_length(std::string_view text);
// calc(), clamp(), var() ...: a value that is known only when drawn.
[[nodiscard]] bool is_computed(std::string_view text);

// Takes the part of `left` before the next `end` that is in no brackets and no quotes.
[[nodiscard]] std::string_view take_until(std::string_view& left, char end);
// The same with a blank of any kind as the end; blanks before it are passed over.
[[nodiscard]] std::string_view take_word(std::string_view& left);

}  // namespace weir::text
