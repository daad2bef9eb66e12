#include "base/toml_dots.h"

#include <algorithm>
#include <string>

namespace weir {
namespace {

// Where the string that begins at `at` ends (TOML 1.0: the four kinds of strings), or the end of
// the line or text if it is not closed, where parsing will stop anyway.
std::size_t end_of_string(std::string_view toml, std::size_t at) {
  const char quote = toml[at];
  const bool has_escapes = quote == '"';
  const std::string triple(3, quote);
  const bool is_multi_line = toml.substr(at, 3) == triple;
  at += is_multi_line ? 3 : 1;
  while (at < toml.size()) {
    if (toml[at] == '\\' && has_escapes) {
      at += 2;
    } else if (is_multi_line && toml.substr(at, 3) == triple) {
      at += 3;
      while (at < toml.size() && toml[at] == quote) ++at;  // up to two quotes may end the content
      return at;
    } else if (!is_multi_line && toml[at] == quote) {
      return at + 1;
    } else if (!is_multi_line && toml[at] == '\n') {
      return at;
    } else {
      ++at;
    }
  }
  return toml.size();
}

}  // namespace

std::size_t count_toml_dots(std::string_view toml) {
  std::size_t dots = 0;
  for (std::size_t at = 0; at < toml.size();) {
    const char c = toml[at];
    if (c == '"' || c == '\'') {
      at = end_of_string(toml, at);
      continue;
    }
    if (c == '#') {
      at = std::min(toml.find('\n', at), toml.size());
      continue;
    }
    if (c == '.') ++dots;
    ++at;
  }
  return dots;
}

}  // namespace weir
