// base/ascii.h - the few ASCII operations that every parser of mail needs; no locale, no allocation
// unless a string is returned.
#pragma once

#include <string>
#include <string_view>

namespace weir {

[[nodiscard]] constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }
[[nodiscard]] constexpr bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v';
}
[[nodiscard]] constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool is_alpha(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
[[nodiscard]] constexpr bool is_alnum(char c) { return is_digit(c) || is_alpha(c); }
[[nodiscard]] constexpr bool is_8bit(char c) { return (static_cast<unsigned char>(c) & 0x80) != 0; }
[[nodiscard]] constexpr char to_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
// 0..15, or -1.
[[nodiscard]] constexpr int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  const char l = to_lower(c);
  return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

[[nodiscard]] constexpr bool iequals(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (to_lower(a[i]) != to_lower(b[i])) return false;
  return true;
}
[[nodiscard]] constexpr bool istarts_with(std::string_view text, std::string_view head) {
  return text.size() >= head.size() && iequals(text.substr(0, head.size()), head);
}
[[nodiscard]] constexpr bool iends_with(std::string_view text, std::string_view tail) {
  return text.size() >= tail.size() && iequals(text.substr(text.size() - tail.size()), tail);
}
[[nodiscard]] constexpr std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}
[[nodiscard]] inline std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = to_lower(c);
  return out;
}
// "%41" is "A"; a '%' that two hexadecimal digits do not follow stays (RFC 3986 2.1).
[[nodiscard]] std::string percent_decoded(std::string_view text);
// Eight octets at a time: most header values and URLs are ASCII.
[[nodiscard]] bool has_8bit(std::string_view text);

}  // namespace weir
