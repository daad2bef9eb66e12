#include "mail/received_words.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/utf8.h"

namespace weir::mail {
namespace {

constexpr std::size_t kMaxWord = 255;  // a domain name's octets; longer words are cut

// Four numbers with dots of which one is above 255: no address, but meant to look like one.
bool is_impossible_quad(std::string_view word) {
  std::size_t dots = 0, digits = 0;
  int value = 0;
  bool above = false;
  for (const char c : word) {
    if (c == '.') {
      if (digits == 0 || ++dots > 3) return false;
      digits = 0;
      value = 0;
    } else if (is_digit(c)) {
      if (++digits > 4) return false;
      value = value * 10 + (c - '0');
      above = above || value > 255;
    } else {
      return false;
    }
  }
  return dots == 3 && digits > 0 && above;
}

// "192.0.2.1", the form of almost all; others go to Address::parse.
std::optional<Address> parse_address(std::string_view word) {
  if (word.size() <= 15 && word.find(':') == std::string_view::npos) {
    std::uint32_t number = 0, part = 0;
    std::size_t dots = 0, digits = 0;
    for (const char c : word) {
      if (c == '.') {
        if (digits == 0 || ++dots > 3) return std::nullopt;
        number = (number << 8) | part;
        part = 0;
        digits = 0;
      } else if (is_digit(c)) {
        if (digits > 0 && part == 0) return std::nullopt;  // 010: octal or decimal?
        part = part * 10 + static_cast<std::uint32_t>(c - '0');
        if (++digits > 3 || part > 255) return std::nullopt;
      } else {
        return std::nullopt;
      }
    }
    if (dots != 3 || digits == 0) return std::nullopt;
    return Address::v4((number << 8) | part);
  }
  for (const char c : word)
    if (hex_value(c) < 0 && c != ':' && c != '.') return std::nullopt;
  const auto address = Address::parse(word);
  return address ? std::optional(*address) : std::nullopt;
}

}  // namespace

bool Scanner::next(Token& token) {
  while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  if (at_ >= text_.size()) return false;
  const std::size_t begin = at_;
  if (text_[at_] != '(') {
    while (at_ < text_.size() && text_[at_] != '(' && (text_[at_] > ' ' || !is_space(text_[at_])))
      ++at_;
    token = {text_.substr(begin, at_ - begin), false};
    return true;
  }
  const std::size_t end = flat_ ? std::string_view::npos : end_of_comment(begin);
  if (end == std::string_view::npos) {
    // Somebody's name holds a parenthesis: from here on a comment ends at the first closing one,
    // so that what the server wrote behind it is still seen.
    flat_ = true;
    const std::size_t close = std::min(text_.find(')', begin), text_.size());
    const std::size_t open = text_.substr(0, close).rfind('(');  // begin at the latest
    token = {text_.substr(open + 1, close - open - 1), true};
    at_ = std::min(close + 1, text_.size());
    return true;
  }
  token = {text_.substr(begin + 1, end - begin - 1), true};
  at_ = end + 1;
  return true;
}

std::size_t Scanner::end_of_comment(std::size_t at) const {
  std::size_t depth = 0;
  for (; at < text_.size(); ++at) {
    if (text_[at] == '(') ++depth;
    if (text_[at] == ')' && --depth == 0) return at;
  }
  return std::string_view::npos;
}

std::optional<Address> as_address(std::string_view word, bool& impossible) {
  // Most words are names: no digit at the front, and no mark of an address.
  if (word.empty()) return std::nullopt;
  if (!is_digit(word[0]) && std::none_of(word.begin(), word.end(),
                                         [](char c) { return c == '[' || c == ':' || c == '@'; }))
    return std::nullopt;
  while (!word.empty() && (word.back() == ',' || word.back() == ';' || word.back() == '.'))
    word.remove_suffix(1);
  if (const auto open = word.rfind('['); open != std::string_view::npos) {
    const auto close = word.find(']', open);
    word =
        word.substr(open + 1, (close == std::string_view::npos ? word.size() : close) - open - 1);
    word = trim(word);
  } else if (const auto at = word.rfind('@'); at != std::string_view::npos) {
    const auto colon = word.find(':');
    word =
        colon != std::string_view::npos && colon < at ? word.substr(0, colon) : word.substr(at + 1);
  }
  if (istarts_with(word, "IPv6:")) word.remove_prefix(5);
  word = word.substr(0, word.find_first_of("%/"));
  if (word.size() < 2 || word.size() > 60) return std::nullopt;
  if (!is_digit(word[0]) && word.find(':') == std::string_view::npos) return std::nullopt;
  if (const auto address = parse_address(word)) return address;
  // A port behind IPv4.
  const auto colon = word.find(':');
  const auto host = word.substr(0, colon);
  if (colon != std::string_view::npos && word.find('.') < colon)
    if (const auto address = parse_address(host)) return address;
  if (is_impossible_quad(host)) impossible = true;
  return std::nullopt;
}

std::string_view as_rdns(std::string_view word) {
  if (const auto at = word.rfind('@'); at != std::string_view::npos) word.remove_prefix(at + 1);
  while (!word.empty() && (word.back() == '.' || word.back() == ',')) word.remove_suffix(1);
  bool ignored = false;
  if (word.empty() || iequals(word, "unknown") || iequals(word, "unverified") || word[0] == '[' ||
      as_address(word, ignored))
    return {};
  const bool name = std::all_of(word.begin(), word.end(), [](char c) {
    return is_alnum(c) || c == '.' || c == '-' || c == '_' || is_8bit(c);
  });
  return name ? word : std::string_view{};
}

void assign_clean(std::string& out, std::string_view word) {
  word = word.substr(0, kMaxWord);
  if (has_8bit(word))
    out = to_valid_utf8(word);
  else
    out.assign(word);
}

std::string_view bare_path(std::string_view word) {
  if (const auto open = word.find('<'); open != std::string_view::npos) {
    const auto close = word.find('>', open);
    const auto path =
        word.substr(open + 1, (close == std::string_view::npos ? word.size() : close) - open - 1);
    return path.empty() ? std::string_view("<>") : path;
  }
  while (!word.empty() && (word.back() == ',' || word.back() == ';' || word.back() == ')'))
    word.remove_suffix(1);
  return word;
}

}  // namespace weir::mail
