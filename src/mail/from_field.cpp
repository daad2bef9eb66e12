#include "mail/from_field.h"

#include "base/ascii.h"
#include "mail/reading.h"

namespace weir::mail {

std::string domain_of_from(std::string_view raw) {
  std::size_t depth = 0;
  bool quoted = false;
  std::size_t begin = std::string_view::npos;  // behind the last '@'
  std::size_t end = 0;
  std::size_t bracket_begin = std::string_view::npos;  // the same inside <...>, which wins
  std::size_t bracket_end = 0;
  bool bracket = false;
  bool in_domain = false;
  for (std::size_t i = 0; i <= raw.size(); ++i) {
    const char c = i < raw.size() ? raw[i] : ',';
    if (c == '\\' && (quoted || depth > 0)) {
      ++i;
      continue;
    }
    if (quoted) {
      quoted = c != '"';
      continue;
    }
    const bool ends =
        is_space(c) || c == '>' || c == ',' || c == ';' || c == '(' || c == '"' || c == '<';
    if (in_domain && ends && !(is_space(c) && i == begin)) {
      end = i;
      in_domain = false;
      if (bracket) {
        bracket_begin = begin;
        bracket_end = end;
      }
    }
    if (c == '(')
      ++depth;
    else if (c == ')' && depth > 0)
      --depth;
    else if (depth > 0)
      continue;
    else if (c == '"')
      quoted = true;
    else if (c == '<')
      bracket = true;
    else if (c == '>')
      bracket = false;
    else if (c == '@') {
      begin = i + 1;
      in_domain = true;
    }
  }
  if (bracket_begin != std::string_view::npos) {
    begin = bracket_begin;
    end = bracket_end;
  }
  if (begin == std::string_view::npos || end <= begin) return {};
  return registrable_domain(trim(raw.substr(begin, end - begin)));
}

}  // namespace weir::mail
