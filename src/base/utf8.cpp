#include "base/utf8.h"

#include <cstdint>
#include <cstring>

namespace weir {
namespace {

// Length of the sequence that starts with `lead` and the range its second octet must lie in
// (Unicode table 3-7).
struct Lead {
  int length;
  unsigned char low, high;
};

Lead classify(unsigned char lead) {
  if (lead < 0xC2) return {0, 0, 0};
  if (lead < 0xE0) return {2, 0x80, 0xBF};
  if (lead == 0xE0) return {3, 0xA0, 0xBF};
  if (lead == 0xED) return {3, 0x80, 0x9F};
  if (lead < 0xF0) return {3, 0x80, 0xBF};
  if (lead == 0xF0) return {4, 0x90, 0xBF};
  if (lead < 0xF4) return {4, 0x80, 0xBF};
  if (lead == 0xF4) return {4, 0x80, 0x8F};
  return {0, 0, 0};
}

// True and the code point if text[at] starts a well-formed sequence; else false. Moves `at` either
// way.
bool decode(std::string_view text, std::size_t& at, char32_t& code_point) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  if (lead < 0x80) {
    code_point = lead;
    return true;
  }
  const auto [length, low, high] = classify(lead);
  if (length == 0) return false;
  code_point = lead & (0xFFU >> (length + 1));
  unsigned char from = low, to = high;
  for (int i = 1; i < length; ++i) {
    if (at >= text.size()) return false;
    const auto next = static_cast<unsigned char>(text[at]);
    if (next < from || next > to) return false;
    code_point = (code_point << 6) | (next & 0x3F);
    ++at;
    from = 0x80;
    to = 0xBF;
  }
  return true;
}

}  // namespace

char32_t next_code_point(std::string_view text, std::size_t& at) {
  char32_t code_point = 0;
  return decode(text, at, code_point) ? code_point : kReplacement;
}

void append_utf8(std::string& out, char32_t c) {
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = kReplacement;
  if (c < 0x80) {
    out.push_back(static_cast<char>(c));
  } else if (c < 0x800) {
    out.push_back(static_cast<char>(0xC0 | (c >> 6)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  } else if (c < 0x10000) {
    out.push_back(static_cast<char>(0xE0 | (c >> 12)));
    out.push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  } else {
    out.push_back(static_cast<char>(0xF0 | (c >> 18)));
    out.push_back(static_cast<char>(0x80 | ((c >> 12) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | ((c >> 6) & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  }
}

bool is_utf8(std::string_view text) {
  char32_t ignored = 0;
  for (std::size_t at = 0; at < text.size();) {
    // Eight octets of ASCII at once, and three-octet sequences without asking what they mean: these
    // two are nearly all of the world's text.
    if (at + 8 <= text.size()) {
      std::uint64_t word = 0;
      std::memcpy(&word, text.data() + at, sizeof word);
      if ((word & 0x8080'8080'8080'8080U) == 0) {
        at += 8;
        continue;
      }
    }
    const auto octet = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    while (at + 3 <= text.size() && octet(0) >= 0xE1 && octet(0) <= 0xEF && octet(0) != 0xED &&
           (octet(1) & 0xC0) == 0x80 && (octet(2) & 0xC0) == 0x80)
      at += 3;
    if (at < text.size() && !decode(text, at, ignored)) return false;
  }
  return true;
}

std::string to_valid_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) append_utf8(out, next_code_point(text, at));
  return out;
}

std::string_view utf8_prefix(std::string_view text, std::size_t max_octets) {
  if (text.size() <= max_octets) return text;
  std::size_t end = max_octets;
  // At most three continuation octets belong to one code point.
  for (int i = 0; i < 3 && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80; ++i)
    --end;
  return text.substr(0, end);
}

}  // namespace weir
