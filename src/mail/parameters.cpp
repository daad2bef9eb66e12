#include "mail/parameters.h"

#include <algorithm>

#include "mail/ascii.h"
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
      if (c == '\\' && at_ < text_.size()) out.push_back(text_[at_++]);
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

std::string percent_decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
        hex_value(text[i + 2]) >= 0) {
      out.push_back(static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2])));
      i += 2;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
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
                            ? percent_decode(take_charset(whole->value, parameter.charset))
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
        parameter.value.append(percent_decode(value));
      }
    }
    out.push_back(std::move(parameter));
  }
}

}  // namespace

const Parameter* ParameterizedValue::find(std::string_view name) const {
  for (const Parameter& p : parameters)
    if (p.name == name) return &p;
  return nullptr;
}

ParameterizedValue parse_parameterized(std::string_view raw_value) {
  ParameterizedValue out;
  Scanner in(raw_value);
  in.skip_blanks();
  out.head = lower(trim(in.until(";(")));
  // "text / html" and a quoted head are seen in the wild.
  std::erase_if(out.head, [](char c) { return is_space(c) || c == '"'; });
  std::vector<Piece> pieces;
  while (pieces.size() < kMaxParameters) {
    in.skip_blanks();
    if (in.at_end()) break;
    if (in.peek() == ';') {
      in.skip();
      continue;
    }
    Piece piece;
    const auto written = trim(in.until("=;"));
    if (in.at_end() || in.peek() == ';') continue;  // a word without value
    in.skip();
    in.skip_blanks();
    read_name(written, piece);
    if (!in.at_end() && in.peek() == '"') {
      piece.value = in.quoted();
      (void)in.until(";");  // nothing sensible stands behind a closing quote
    } else {
      // Unquoted values with blanks inside ("name=my file.doc") are common; a line end cannot be
      // part of one.
      auto value = in.until(";\r\n");
      if (const auto comment = value.find(" ("); comment != std::string_view::npos)
        value = value.substr(0, comment);
      piece.value = std::string(trim(value));
    }
    if (!piece.name.empty()) pieces.push_back(std::move(piece));
  }
  join(pieces, out.parameters);
  return out;
}

std::string decode_parameter(const Parameter& parameter) {
  if (parameter.extended) return text::to_utf8(parameter.value, parameter.charset).text;
  return decode_header(parameter.value);
}

}  // namespace weir::mail
