#include "mail/parameters.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "mail/message.h"
#include "text/charset.h"

namespace weir::mail {
namespace {

struct Piece {
  std::string name;
  std::string value;
  int section = -1;  // -1: not divided
  bool encoded = false;
};

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}
  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  [[nodiscard]] char peek() const { return text_[at_]; }
  void skip() { ++at_; }
  void back(std::size_t octets) { at_ -= octets; }

  // Blanks, line ends and comments; comments nest, a counter follows them.
  void skip_blanks() {
    std::size_t depth = 0;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '(')
        ++depth;
      else if (depth > 0 && c == ')')
        --depth;
      else if (depth > 0 && c == '\\')
        ++at_;
      else if (depth == 0 && !is_space(c))
        break;
    }
    at_ = std::min(at_, text_.size());
  }

  [[nodiscard]] std::string_view until(std::string_view stops) {
    const std::size_t end = std::min(text_.find_first_of(stops, at_), text_.size());
    const auto found = text_.substr(at_, end - at_);
    at_ = end;
    return found;
  }

  // The octets between the quotes; a missing closing quote ends with the value. Line ends inside
  // are folding and go.
  [[nodiscard]] std::string quoted() {
    std::string out;
    ++at_;
    while (at_ < text_.size()) {
      const std::size_t stop = std::min(text_.find_first_of("\"\\\r\n", at_), text_.size());
      out.append(text_.substr(at_, stop - at_));
      at_ = stop;
      if (at_ >= text_.size()) break;
      const char c = text_[at_++];
      if (c == '"') break;
      if (c != '\\' || at_ >= text_.size()) continue;
      // Only what needs a backslash loses it: "C:\dir\name.doc" is written without a second one.
      if (text_[at_] != '"' && text_[at_] != '\\') out.push_back(c);
      out.push_back(text_[at_++]);
    }
    return out;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

// "name*3*" -> name, section 3, encoded.
void read_name(std::string_view written, Piece& piece) {
  if (written.ends_with('*')) {
    piece.encoded = true;
    written.remove_suffix(1);
  }
  const std::size_t star = written.rfind('*');
  if (star != std::string_view::npos && star + 1 < written.size() && written.size() - star <= 4 &&
      std::all_of(written.begin() + static_cast<std::ptrdiff_t>(star) + 1, written.end(),
                  is_digit)) {
    piece.section = 0;
    for (const char c : written.substr(star + 1)) piece.section = piece.section * 10 + (c - '0');
    written = written.substr(0, star);
  }
  piece.name = lower(written);
}

// "charset'language'text": only the first section of an encoded parameter carries them.
std::string_view take_charset(std::string_view value, std::string& charset) {
  const std::size_t first = value.find('\'');
  if (first == std::string_view::npos) return value;
  const std::size_t second = value.find('\'', first + 1);
  if (second == std::string_view::npos) return value;
  charset = lower(value.substr(0, first));
  return value.substr(second + 1);
}

void join(std::vector<Piece>& pieces, std::vector<Parameter>& out) {
  // Stable: pieces of one name come together in the order of their numbers, names in the order of
  // first appearance.
  std::vector<std::string_view> names;
  for (const Piece& p : pieces)
    if (std::find(names.begin(), names.end(), p.name) == names.end()) names.push_back(p.name);
  for (const std::string_view name : names) {
    std::vector<const Piece*> sections;
    const Piece* whole = nullptr;
    for (const Piece& p : pieces) {
      if (p.name != name) continue;
      if (p.section >= 0)
        sections.push_back(&p);
      else if (whole == nullptr || (p.encoded && !whole->encoded))
        whole = &p;
    }
    Parameter parameter{std::string(name), {}, {}, false};
    if (whole != nullptr && (whole->encoded || sections.empty())) {
      parameter.extended = whole->encoded;
      parameter.value = whole->encoded
                            ? percent_decoded(take_charset(whole->value, parameter.charset))
                            : whole->value;
    } else {
      // Of two with one number the first written comes first: both point into one vector.
      std::sort(sections.begin(), sections.end(), [](const Piece* a, const Piece* b) {
        return a->section != b->section ? a->section < b->section : a < b;
      });
      for (std::size_t i = 0; i < sections.size(); ++i) {
        std::string_view value = sections[i]->value;
        if (!sections[i]->encoded) {
          parameter.value.append(value);
          continue;
        }
        parameter.extended = true;
        if (i == 0) value = take_charset(value, parameter.charset);
        parameter.value.append(percent_decoded(value));
      }
    }
    out.push_back(std::move(parameter));
  }
}

// Parameters that may follow without a semicolon.
constexpr std::array<std::string_view, 9> kKnownNames = {
    "charset", "boundary", "name", "filename", "format", "delsp", "type", "protocol", "micalg"};

// Unquoted values with blanks inside ("name=my file.doc") are common; a comment or another
// parameter behind a blank ends the value all the same.
std::size_t end_of_unquoted(std::string_view value) {
  for (std::size_t at = value.find_first_of(" \t"); at < value.size();
       at = value.find_first_of(" \t", at + 1)) {
    const std::string_view rest = value.substr(at + 1);
    if (rest.starts_with('(')) return at;
    for (const std::string_view name : kKnownNames)
      if (istarts_with(rest, name) && rest.size() > name.size() &&
          (rest[name.size()] == '=' || rest[name.size()] == '*'))
        return at;
  }
  return value.size();
}

bool is_token(char c) {
  return c > 32 && !is_8bit(c) && c != 127 &&
         std::string_view("()<>@,;:\\\"/[]?=").find(c) == std::string_view::npos;
}

// "text/html", lower case. "text / html" and a quoted head are seen in the wild, and so is a
// parameter without a semicolon before it.
std::string read_head(Scanner& in) {
  const std::string_view written = in.until(";");
  std::size_t at = 0;
  const auto skip = [&] {
    while (at < written.size() && (is_space(written[at]) || written[at] == '"')) ++at;
  };
  const auto token = [&] {
    const std::size_t begin = at;
    while (at < written.size() && is_token(written[at])) ++at;
    return written.substr(begin, at - begin);
  };
  skip();
  std::string head = lower(token());
  const std::size_t behind = at;
  skip();
  if (at < written.size() && written[at] == '/') {
    ++at;
    skip();
    head += '/' + lower(token());
  } else {
    at = behind;
  }
  in.back(written.size() - at);
  return head;
}

}  // namespace

const Parameter* ParameterizedValue::find(std::string_view name) const {
  for (const Parameter& p : parameters)
    if (p.name == name) return &p;
  return nullptr;
}

ParameterizedValue parse_parameterized(std::string_view raw_value, std::size_t max_parameters) {
  ParameterizedValue out;
  Scanner in(raw_value);
  in.skip_blanks();
  out.head = read_head(in);
  std::vector<Piece> pieces;
  bool starred = false;
  while (true) {
    in.skip_blanks();
    if (in.at_end()) break;
    if (in.peek() == ';' || in.peek() == ',' || in.peek() == '"') {
      in.skip();
      continue;
    }
    const auto written = trim(in.until("=;"));
    if (in.at_end() || in.peek() == ';') continue;  // a word without value
    in.skip();
    in.skip_blanks();
    if (pieces.size() >= max_parameters) {
      out.cut = true;
      break;
    }
    Piece piece;
    // Words before the name have lost their own '='.
    const std::size_t word = written.find_last_of(" \t\r\n\"");
    read_name(word == std::string_view::npos ? written : written.substr(word + 1), piece);
    if (!in.at_end() && in.peek() == '"') {
      piece.value = in.quoted();
    } else {
      // A line end cannot be part of an unquoted value.
      auto value = in.until(";\r\n");
      const std::size_t end = end_of_unquoted(value);
      in.back(value.size() - end);
      piece.value = std::string(trim(value.substr(0, end)));
    }
    if (piece.name.empty()) continue;
    starred = starred || piece.encoded || piece.section >= 0;
    pieces.push_back(std::move(piece));
  }
  if (starred) {
    join(pieces, out.parameters);
    return out;
  }
  out.parameters.reserve(pieces.size());
  for (Piece& p : pieces)
    out.parameters.push_back(Parameter{std::move(p.name), std::move(p.value), {}, false});
  return out;
}

std::string decode_parameter(const Parameter& parameter) {
  // Some write an encoded word where the percent signs belong.
  if (!parameter.extended || parameter.value.find("=?") != std::string::npos)
    return decode_header(parameter.value);
  return text::to_utf8(parameter.value, parameter.charset).text;
}

}  // namespace weir::mail
