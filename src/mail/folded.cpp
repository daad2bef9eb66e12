#include "mail/folded.h"

#include <array>

#include "base/utf8.h"

namespace weir::mail {
namespace {

// Runs of characters that stand for consecutive ASCII ones.
struct Run {
  char32_t first;
  std::uint8_t count;
  char c;
};
constexpr std::array kRuns = {
    Run{0x0660, 10, '0'},  // Arabic-Indic digits
    Run{0x06F0, 10, '0'},  Run{0x0966, 10, '0'},  Run{0x0E50, 10, '0'},
    Run{0x2074, 6, '4'},   Run{0x2080, 10, '0'},  // superscript, subscript
    Run{0x2460, 9, '1'},   Run{0x2474, 9, '1'},   // circled, in parentheses
    Run{0x2488, 9, '1'},   Run{0x249C, 26, 'a'},  // with a full stop; letters in parentheses
    Run{0x24B6, 26, 'A'},  Run{0x24D0, 26, 'a'},  Run{0x24EA, 1, '0'},
    Run{0x24F5, 9, '1'},   Run{0x24FF, 1, '0'},   Run{0x2776, 9, '1'},
    Run{0x2780, 9, '1'},   Run{0x278A, 9, '1'},   Run{0xFF01, 94, '!'},  // full-width forms
    Run{0x1F130, 26, 'A'}, Run{0x1F150, 26, 'A'}, Run{0x1F170, 26, 'A'},
    Run{0x1F1E6, 26, 'A'}, Run{0x1FBF0, 10, '0'}};

char in_runs(char32_t c) {
  for (const Run& run : kRuns)
    if (c >= run.first && c - run.first < run.count)
      return static_cast<char>(run.c + static_cast<char>(c - run.first));
  return '\0';
}

char fold(char32_t c) {
  // Most text that is not ASCII is Han, kana, Hangul or another alphabet.
  if (c >= 0x3001 && c < 0xFE00) return '\0';
  if (c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000)
    return ' ';
  if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFE63 || c == 0xFE58) return '-';
  if (c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
      (c >= 0x2060 && c <= 0x2064) || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF || c == 0x20E3)
    return kInvisible;
  if (c < 0x660) {
    if (c == 0xB2 || c == 0xB3) return c == 0xB2 ? '2' : '3';
    if (c == 0xB9) return '1';
    return '\0';
  }
  if (c == 0x2070) return '0';
  if (c == 0xFE52) return '.';
  if (c == 0xFE55) return ':';
  if (c == 0xFE6B) return '@';
  if (c >= 0x1D400 && c <= 0x1D6A3) {
    const auto n = static_cast<unsigned>(c - 0x1D400) % 52;
    return static_cast<char>(n < 26 ? 'A' + n : 'a' + n - 26);
  }
  if (c >= 0x1D7CE && c <= 0x1D7FF)
    return static_cast<char>('0' + static_cast<unsigned>(c - 0x1D7CE) % 10);
  return in_runs(c);
}

}  // namespace

Folded fold_beyond_ascii(std::string_view text, std::size_t at) {
  std::size_t end = at;
  const char32_t c = next_code_point(text, end);
  return {c == kReplacement ? '\0' : fold(c), static_cast<std::uint8_t>(end - at)};
}

Folded numeral_at(std::string_view text, std::size_t at) {
  struct Numeral {
    char32_t written;
    char digit;
  };
  static constexpr std::array kNumerals = {
      Numeral{0x3007, '0'}, Numeral{0x4E00, '1'}, Numeral{0x4E03, '7'}, Numeral{0x4E09, '3'},
      Numeral{0x4E5D, '9'}, Numeral{0x4E8C, '2'}, Numeral{0x4E94, '5'}, Numeral{0x4F0D, '5'},
      Numeral{0x516B, '8'}, Numeral{0x516D, '6'}, Numeral{0x53C1, '3'}, Numeral{0x53C4, '3'},
      Numeral{0x56DB, '4'}, Numeral{0x58F9, '1'}, Numeral{0x5E7A, '1'}, Numeral{0x634C, '8'},
      Numeral{0x67D2, '7'}, Numeral{0x7396, '9'}, Numeral{0x8086, '4'}, Numeral{0x8CB3, '2'},
      Numeral{0x8D30, '2'}, Numeral{0x9646, '6'}, Numeral{0x9678, '6'}, Numeral{0x96F6, '0'}};
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0xE3 || lead > 0xE9) return {};
  std::size_t end = at;
  const char32_t c = next_code_point(text, end);
  for (const Numeral& n : kNumerals)
    if (n.written == c) return {n.digit, static_cast<std::uint8_t>(end - at)};
  return {'\0', static_cast<std::uint8_t>(end - at)};
}

}  // namespace weir::mail
