// document/ascii.h - what readers of documents add to base/ascii.h. For document/ only.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/ascii.h"

namespace weir::document {

[[nodiscard]] constexpr unsigned octet(char c) { return static_cast<unsigned char>(c); }
// "http:", "mailto:": whether a URL scheme stands at the front (RFC 3986 3.1), two letters at
// least, so that no drive letter is one.
[[nodiscard]] constexpr bool has_scheme(std::string_view text) {
  if (text.empty() || !is_alpha(text.front())) return false;
  std::size_t i = 1;
  while (i < text.size() &&
         (is_alnum(text[i]) || text[i] == '+' || text[i] == '-' || text[i] == '.'))
    ++i;
  return i > 1 && i < text.size() && text[i] == ':';
}

}  // namespace weir::document
