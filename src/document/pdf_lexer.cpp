#include "document/pdf_lexer.h"

#include <algorithm>

#include "document/ascii.h"

namespace weir::document {
namespace {

constexpr std::size_t kNumberOctetsMax = 64;

bool is_delimiter(char c) {
  switch (c) {
    case '(':
    case ')':
    case '<':
    case '>':
    case '[':
    case ']':
    case '{':
    case '}':
    case '/':
    case '%': return true;
    default: return false;
  }
}
bool is_regular(char c) { return !is_pdf_blank(c) && !is_delimiter(c); }

bool looks_like_number(std::string_view raw) {
  if (raw.empty() || raw.size() > kNumberOctetsMax) return false;
  bool digit = false;
  for (const char c : raw) {
    if (is_digit(c))
      digit = true;
    else if (c != '+' && c != '-' && c != '.')
      return false;
  }
  return digit;
}

// Signs may be doubled and points repeated, as some writers do; what is behind them is left out.
double number_of(std::string_view raw) {
  double value = 0, scale = 1;
  bool negative = false, fraction = false, digits = false;
  for (const char c : raw) {
    if (c == '-') {
      if (digits) break;
      negative = true;
    } else if (c == '.') {
      if (fraction) break;
      fraction = true;
    } else if (is_digit(c)) {
      digits = true;
      if (fraction) {
        scale /= 10;
        value += (c - '0') * scale;
      } else {
        value = value * 10 + (c - '0');
      }
    }
  }
  return negative ? -value : value;
}

}  // namespace

bool is_pdf_blank(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

void PdfLexer::skip_blanks() {
  while (at_ < octets_.size()) {
    if (is_pdf_blank(octets_[at_])) {
      ++at_;
    } else if (octets_[at_] == '%') {
      const std::size_t end = octets_.find_first_of("\r\n", at_);
      at_ = std::min(end, octets_.size());
    } else {
      return;
    }
  }
}

PdfToken PdfLexer::next() {
  const std::size_t before = at_;
  if (work_->exhausted) return {};
  PdfToken token = read();
  if (!work_->take_octets(at_ - before + 1)) return {};
  return token;
}

PdfToken PdfLexer::read() {
  skip_blanks();
  if (at_ >= octets_.size()) return {};
  const char c = octets_[at_];
  const char second = at_ + 1 < octets_.size() ? octets_[at_ + 1] : '\0';
  switch (c) {
    case '(': return read_string();
    case '<': {
      if (second == '<') {
        at_ += 2;
        return {.kind = PdfToken::Kind::dictionary_begin, .raw = {}};
      }
      const std::size_t end = std::min(octets_.find('>', at_), octets_.size());
      const std::string_view raw = octets_.substr(at_ + 1, end - at_ - 1);
      at_ = std::min(end + 1, octets_.size());
      return {.kind = PdfToken::Kind::hex_string, .raw = raw};
    }
    case '>':
      at_ += second == '>' ? 2 : 1;
      if (second == '>') return {.kind = PdfToken::Kind::dictionary_end, .raw = {}};
      return {.kind = PdfToken::Kind::keyword, .raw = octets_.substr(at_ - 1, 1)};
    case '[': ++at_; return {.kind = PdfToken::Kind::array_begin, .raw = {}};
    case ']': ++at_; return {.kind = PdfToken::Kind::array_end, .raw = {}};
    case '{':
    case '}':
    case ')': ++at_; return {.kind = PdfToken::Kind::keyword, .raw = octets_.substr(at_ - 1, 1)};
    default: break;
  }
  std::size_t begin = at_;
  if (c == '/') begin = ++at_;
  while (at_ < octets_.size() && is_regular(octets_[at_])) ++at_;
  const std::string_view raw = octets_.substr(begin, at_ - begin);
  if (c == '/') return {.kind = PdfToken::Kind::name, .raw = raw};
  if (looks_like_number(raw))
    return {.kind = PdfToken::Kind::number, .raw = raw, .number = number_of(raw)};
  return {.kind = PdfToken::Kind::keyword, .raw = raw};
}

PdfToken PdfLexer::read_string() {
  const std::size_t begin = ++at_;
  std::size_t depth = 1;
  for (; at_ < octets_.size(); ++at_) {
    const char c = octets_[at_];
    if (c == '\\') {
      ++at_;
    } else if (c == '(') {
      ++depth;
    } else if (c == ')' && --depth == 0) {
      ++at_;
      return {.kind = PdfToken::Kind::string, .raw = octets_.substr(begin, at_ - 1 - begin)};
    }
  }
  at_ = octets_.size();
  return {.kind = PdfToken::Kind::string, .raw = octets_.substr(begin)};
}

std::string unescape_pdf_string(std::string_view raw) {
  std::string out;
  out.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] != '\\' || i + 1 >= raw.size()) {
      out.push_back(raw[i]);
      continue;
    }
    const char c = raw[++i];
    switch (c) {
      case 'n': out.push_back('\n'); break;
      case 'r': out.push_back('\r'); break;
      case 't': out.push_back('\t'); break;
      case 'b': out.push_back('\b'); break;
      case 'f': out.push_back('\f'); break;
      case '\r':
        if (i + 1 < raw.size() && raw[i + 1] == '\n') ++i;
        break;
      case '\n': break;
      default:
        if (c >= '0' && c <= '7') {
          unsigned value = 0;
          std::size_t digits = 0;
          while (digits < 3 && i < raw.size() && raw[i] >= '0' && raw[i] <= '7') {
            value = value * 8 + static_cast<unsigned>(raw[i] - '0');
            ++i;
            ++digits;
          }
          --i;
          out.push_back(static_cast<char>(value & 0xFF));
        } else {
          out.push_back(c);
        }
    }
  }
  return out;
}

std::string unhex_pdf_string(std::string_view raw) {
  std::string out;
  out.reserve(raw.size() / 2 + 1);
  int high = -1;
  for (const char c : raw) {
    const int value = hex_value(c);
    if (value < 0) continue;
    if (high < 0) {
      high = value;
    } else {
      out.push_back(static_cast<char>(high * 16 + value));
      high = -1;
    }
  }
  if (high >= 0) out.push_back(static_cast<char>(high * 16));
  return out;
}

std::string pdf_string(const PdfToken& token) {
  return token.kind == PdfToken::Kind::hex_string ? unhex_pdf_string(token.raw)
                                                  : unescape_pdf_string(token.raw);
}

std::string unescape_pdf_name(std::string_view raw) {
  std::string out;
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == '#' && i + 2 < raw.size() && hex_value(raw[i + 1]) >= 0 &&
        hex_value(raw[i + 2]) >= 0) {
      out.push_back(static_cast<char>(hex_value(raw[i + 1]) * 16 + hex_value(raw[i + 2])));
      i += 2;
    } else {
      out.push_back(raw[i]);
    }
  }
  return out;
}

}  // namespace weir::document
