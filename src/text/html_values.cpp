#include "text/html_values.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "text/html_tokenizer.h"

namespace weir::text {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

struct UnitRow {
  std::string_view name;
  double px;
};
constexpr UnitRow kUnits[] = {
    {"px", 1},          {"pt", 96.0 / 72}, {"pc", 16},  {"in", 96}, {"cm", 96 / 2.54},
    {"mm", 9.6 / 2.54}, {"q", 2.4 / 2.54}, {"rem", 16}, {"vw", 10}, {"vh", 8},
    {"vmin", 8},        {"vmax", 10},      {"svh", 8},  {"dvh", 8}, {"svw", 10}};

// What quotes and brackets do to the end of a declaration.
constexpr auto kMarks = [] {
  std::array<bool, 256> marks{};
  for (const char c : {'"', '\'', '(', ')', '{', '}', '[', ']'})
    marks[static_cast<unsigned char>(c)] = true;
  return marks;
}();

}  // namespace

std::optional<double> take_number(std::string_view& text) {
  std::size_t at = 0;
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) at = 1;
  double value = 0;
  bool any = false;
  for (; at < text.size() && is_digit(text[at]); ++at) {
    value = std::min(value * 10 + (text[at] - '0'), 1e9);
    any = true;
  }
  if (at + 1 < text.size() && text[at] == '.' && is_digit(text[at + 1])) {
    double unit = 0.1;
    for (++at; at < text.size() && is_digit(text[at]); ++at, unit /= 10)
      value += unit * (text[at] - '0');
    any = true;
  }
  if (!any) return std::nullopt;
  if (at + 1 < text.size() && ascii_lower(text[at]) == 'e') {
    std::size_t digits = at + 1;
    const bool small = text[digits] == '-';
    if (small || text[digits] == '+') ++digits;
    if (digits < text.size() && is_digit(text[digits])) {
      int exponent = 0;
      for (at = digits; at < text.size() && is_digit(text[at]); ++at)
        exponent = std::min(exponent * 10 + (text[at] - '0'), 40);
      value *= std::pow(10.0, small ? -exponent : exponent);
    }
  }
  text.remove_prefix(at);
  return negative ? -value : value;
}

std::optional<Length> parse_length(std::string_view text) {
  text = without_blanks(text);
  const std::optional<double> number = take_number(text);
  if (!number) return std::nullopt;
  if (text.empty()) return Length{*number, *number == 0 ? Unit::px : Unit::none};
  if (text == "%") return Length{*number / 100, Unit::percent};
  if (equals_ignoring_case(text, "em")) return Length{*number, Unit::em};
  if (equals_ignoring_case(text, "ex") || equals_ignoring_case(text, "ch"))
    return Length{*number / 2, Unit::em};
  for (const UnitRow& unit : kUnits)
    if (equals_ignoring_case(text, unit.name)) return Length{*number * unit.px, Unit::px};
  return std::nullopt;
}

bool is_computed(std::string_view text) {
  return text.ends_with(')') && text.find('(') != std::string_view::npos;
}

std::string_view take_until(std::string_view& left, char end) {
  const char* const all = left.data();
  const std::size_t size = left.size();
  int open = 0;
  std::size_t at = 0;
  for (; at < size; ++at) {
    const char c = all[at];
    if (c == end && open == 0) break;
    if (!kMarks[static_cast<unsigned char>(c)]) continue;
    if (c == '"' || c == '\'') {
      // A string ends at its quote, or at a line end at the latest.
      for (++at; at < size && all[at] != c && all[at] != '\n'; ++at) {
      }
    } else if (c == '(' || c == '{' || c == '[') {
      ++open;
    } else {
      open = std::max(0, open - 1);
    }
  }
  at = std::min(at, size);
  const std::string_view part = left.substr(0, at);
  left.remove_prefix(std::min(at + 1, size));
  return part;
}

std::string_view take_word(std::string_view& left) {
  while (!left.empty() && is_html_blank(left.front())) left.remove_prefix(1);
  int open = 0;
  std::size_t at = 0;
  for (; at < left.size() && (open > 0 || !is_html_blank(left[at])); ++at)
    open += left[at] == '(' ? 1 : left[at] == ')' ? -1 : 0;
  const std::string_view word = left.substr(0, at);
  left.remove_prefix(at);
  return word;
}

}  // namespace weir::text
