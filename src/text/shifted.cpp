// The three 7-bit codes that mail uses for Japanese, Korean and Chinese are 94 x 94 sets behind a
// shift: with the high bit set they are the EUC codes of the same sets. Undoing the shift here, and
// not in iconv, allows what senders do: extensions in rows that the standards leave empty, a line
// end inside a shifted run, half-width katakana.
#include "text/decoder.h"

namespace weir::text {
namespace {

constexpr char kUndecodable = '\xFF';

bool is_graphic(char c) { return c >= 0x21 && c <= 0x7E; }
char high(char c) { return static_cast<char>(static_cast<unsigned char>(c) | 0x80U); }

// One character of a 94 x 94 set at octets[at]; moves `at`.
void append_pair(std::string& out, std::string_view octets, std::size_t& at) {
  if (!is_graphic(octets[at])) {
    out.push_back(static_cast<unsigned char>(octets[at]) < 0x80 ? octets[at] : kUndecodable);
    ++at;
    return;
  }
  if (at + 1 >= octets.size() || !is_graphic(octets[at + 1])) {
    out.push_back(kUndecodable);
    ++at;
    return;
  }
  out.push_back(high(octets[at]));
  out.push_back(high(octets[at + 1]));
  at += 2;
}

void append_ascii(std::string& out, std::string_view octets, std::size_t& at) {
  const char c = octets[at++];
  out.push_back(static_cast<unsigned char>(c) < 0x80 ? c : kUndecodable);
}

enum class Shift { ascii, katakana, pair, pair_0212 };

struct Escape {
  std::string_view sequence;
  Shift shift;
};
constexpr Escape kJapanese[] = {
    {"\x1B(B", Shift::ascii},    {"\x1B(J", Shift::ascii},     {"\x1B(H", Shift::ascii},
    {"\x1B(I", Shift::katakana}, {"\x1B$@", Shift::pair},      {"\x1B$B", Shift::pair},
    {"\x1B$(B", Shift::pair},    {"\x1B$(@", Shift::pair},     {"\x1B$(O", Shift::pair},
    {"\x1B$(Q", Shift::pair},    {"\x1B$(D", Shift::pair_0212}};

}  // namespace

std::string iso_2022_jp_to_euc(std::string_view octets) {
  std::string out;
  out.reserve(octets.size());
  Shift shift = Shift::ascii;
  for (std::size_t at = 0; at < octets.size();) {
    const char c = octets[at];
    if (c == '\x1B') {
      bool known = false;
      for (const Escape& escape : kJapanese) {
        if (!octets.substr(at).starts_with(escape.sequence)) continue;
        shift = escape.shift;
        at += escape.sequence.size();
        known = true;
        break;
      }
      if (!known) {
        out.push_back(kUndecodable);
        ++at;
      }
      continue;
    }
    if (c == '\r' || c == '\n') shift = Shift::ascii;
    switch (shift) {
      case Shift::ascii: append_ascii(out, octets, at); break;
      case Shift::katakana:
        if (c >= 0x21 && c <= 0x5F) {
          out.push_back('\x8E');
          out.push_back(high(c));
          ++at;
        } else {
          append_ascii(out, octets, at);
        }
        break;
      case Shift::pair_0212:
        if (is_graphic(c) && at + 1 < octets.size() && is_graphic(octets[at + 1]))
          out.push_back('\x8F');
        append_pair(out, octets, at);
        break;
      case Shift::pair: append_pair(out, octets, at); break;
    }
  }
  return out;
}

std::string iso_2022_kr_to_euc(std::string_view octets) {
  constexpr std::string_view kDesignation = "\x1B$)C";
  std::string out;
  out.reserve(octets.size());
  bool shifted = false;
  for (std::size_t at = 0; at < octets.size();) {
    const char c = octets[at];
    if (octets.substr(at).starts_with(kDesignation)) {
      at += kDesignation.size();
    } else if (c == '\x0E' || c == '\x0F') {
      shifted = c == '\x0E';
      ++at;
    } else {
      if (c == '\r' || c == '\n') shifted = false;
      if (shifted)
        append_pair(out, octets, at);
      else
        append_ascii(out, octets, at);
    }
  }
  return out;
}

std::string hz_to_euc(std::string_view octets) {
  std::string out;
  out.reserve(octets.size());
  bool shifted = false;
  for (std::size_t at = 0; at < octets.size();) {
    const char c = octets[at];
    const char next = at + 1 < octets.size() ? octets[at + 1] : '\0';
    if (c == '~' && (next == '{' || next == '}')) {
      shifted = next == '{';
      at += 2;
    } else if (c == '~' && !shifted && next == '~') {
      out.push_back('~');
      at += 2;
    } else if (c == '~' && !shifted && next == '\n') {
      at += 2;  // RFC 1843: a line that goes on
    } else {
      if (c == '\r' || c == '\n') shifted = false;
      if (shifted)
        append_pair(out, octets, at);
      else
        append_ascii(out, octets, at);
    }
  }
  return out;
}

}  // namespace weir::text
