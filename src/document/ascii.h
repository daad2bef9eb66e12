// document/ascii.h - the few ASCII operations that readers of documents share; no locale. For
// document/ only.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace weir::document {

[[nodiscard]] constexpr bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v';
}
[[nodiscard]] constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool is_alpha(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
[[nodiscard]] constexpr bool is_8bit(char c) { return (static_cast<unsigned char>(c) & 0x80) != 0; }
[[nodiscard]] constexpr unsigned octet(char c) { return static_cast<unsigned char>(c); }
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
// "http:", "mailto:": whether a URL scheme stands at the front (RFC 3986 3.1), two letters at
// least, so that no drive letter is one.
[[nodiscard]] constexpr bool has_scheme(std::string_view text) {
  if (text.empty() || !is_alpha(text.front())) return false;
  std::size_t i = 1;
  while (i < text.size() && (is_alpha(text[i]) || is_digit(text[i]) || text[i] == '+' ||
                             text[i] == '-' || text[i] == '.'))
    ++i;
  return i > 1 && i < text.size() && text[i] == ':';
}

}  // namespace weir::document
