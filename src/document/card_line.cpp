#include "document/card_line.h"

#include "document/ascii.h"

namespace weir::document {
namespace {

constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }

bool is_quoted_printable(std::string_view line) {
  const auto parsed = parse_content_line(line);
  return parsed && (iequals(parameter(*parsed, "encoding"), "quoted-printable") ||
                    !parameter(*parsed, "quoted-printable").empty());
}

// Calls use(piece) for the pieces between separators that do not stand in quotation marks, until it
// returns true.
template <class Use>
bool any_piece(std::string_view text, char separator, Use use) {
  bool quoted = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] == '"') quoted = !quoted;
    if (i < text.size() && (quoted || text[i] != separator)) continue;
    if (use(text.substr(begin, i - begin))) return true;
    begin = i + 1;
  }
  return false;
}

}  // namespace

std::string_view ContentLines::take_raw() {
  const std::size_t end = rest_.find_first_of("\r\n");
  const std::string_view line = rest_.substr(0, end);
  if (end == std::string_view::npos) {
    rest_ = {};
    return line;
  }
  const bool crlf = rest_[end] == '\r' && end + 1 < rest_.size() && rest_[end + 1] == '\n';
  rest_.remove_prefix(end + (crlf ? 2 : 1));
  return line;
}

bool ContentLines::next(std::string_view& line) {
  line = {};
  while (!rest_.empty() && line.empty()) line = take_raw();
  if (line.empty()) return false;
  // Whether an '=' at the end continues the line is asked once, when the first one is seen.
  std::optional<bool> soft;
  bool copied = false;
  const auto copy = [&] {
    if (!copied) unfolded_ = line;
    copied = true;
  };
  while (!rest_.empty()) {
    const char last = copied ? (unfolded_.empty() ? '\0' : unfolded_.back()) : line.back();
    if (last == '=') {
      if (!soft) soft = is_quoted_printable(copied ? std::string_view(unfolded_) : line);
      if (*soft) {
        copy();
        unfolded_.pop_back();
        unfolded_.append(take_raw());
        continue;
      }
    }
    if (!is_blank(rest_.front())) break;
    copy();
    unfolded_.append(take_raw().substr(keep_fold_blank_ ? 0 : 1));
  }
  if (copied) line = unfolded_;
  return true;
}

std::optional<ContentLine> parse_content_line(std::string_view line) {
  bool quoted = false;
  std::size_t colon = std::string_view::npos, semicolon = std::string_view::npos;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == ';' && semicolon == std::string_view::npos) semicolon = i;
    if (c != ':') continue;
    colon = i;
    break;
  }
  // A quotation mark that is never closed hides no value.
  if (colon == std::string_view::npos) {
    colon = line.find(':');
    semicolon = line.find(';');
  }
  if (colon == std::string_view::npos) return std::nullopt;
  ContentLine parsed;
  parsed.value = line.substr(colon + 1);
  if (semicolon < colon) {
    parsed.parameters = line.substr(semicolon + 1, colon - semicolon - 1);
    parsed.name = line.substr(0, semicolon);
  } else {
    parsed.name = line.substr(0, colon);
  }
  parsed.name = trim(parsed.name);
  if (const std::size_t dot = parsed.name.rfind('.'); dot != std::string_view::npos)
    parsed.name.remove_prefix(dot + 1);
  if (parsed.name.empty()) return std::nullopt;
  return parsed;
}

std::string_view parameter(const ContentLine& line, std::string_view name) {
  std::string_view found;
  any_piece(line.parameters, ';', [&](std::string_view piece) {
    const std::size_t equals = piece.find('=');
    if (!iequals(trim(piece.substr(0, equals)), name)) return false;
    found = trim(equals == std::string_view::npos ? piece : piece.substr(equals + 1));
    if (found.size() >= 2 && found.front() == '"' && found.back() == '"')
      found = found.substr(1, found.size() - 2);
    return true;
  });
  return found;
}

std::string unescape_value(std::string_view value) {
  std::string out;
  out.reserve(value.size());
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] != '\\' || i + 1 == value.size()) {
      out.push_back(value[i]);
      continue;
    }
    const char c = value[i + 1];
    if (c == 'n' || c == 'N')
      out.push_back('\n');
    else if (c == ',' || c == ';' || c == ':' || c == '\\' || c == '"')
      out.push_back(c);
    else
      continue;  // the backslash is lost, what it stands before is not
    ++i;
  }
  return out;
}

std::string join_components(std::string_view value, std::string_view separator) {
  std::string out;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= value.size(); ++i) {
    if (i < value.size() && value[i] == '\\') {
      ++i;
      continue;
    }
    if (i < value.size() && value[i] != ';') continue;
    const std::string component =
        unescape_value(trim(value.substr(begin, std::min(i, value.size()) - begin)));
    begin = i + 1;
    if (component.empty()) continue;
    if (!out.empty()) out.append(separator);
    out.append(component);
  }
  // A backslash at the very end steps over the end.
  if (begin < value.size() && value.back() == '\\') {
    const std::string component = unescape_value(trim(value.substr(begin)));
    if (!out.empty() && !component.empty()) out.append(separator);
    out.append(component);
  }
  return out;
}

}  // namespace weir::document
