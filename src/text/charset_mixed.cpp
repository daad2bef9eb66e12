#include "text/charset_mixed.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/utf8.h"
#include "text/charset_choice.h"
#include "text/charset_score.h"
#include "text/decoder.h"

namespace weir::text {
namespace {

constexpr auto kAll = std::numeric_limits<std::size_t>::max();
// A line changes its charset only for so much probability, and the whole must gain more.
constexpr double kLineNats = 10;
constexpr double kTextNats = 20;
constexpr std::size_t kForeignOctets = 16'384;

const Charset& utf8() {
  static const Charset& charset = *find_charset("utf-8");
  return charset;
}

// The line at the front, its end included; a '\n' is part of no character in the 8-bit charsets.
std::string_view next_line(std::string_view octets) {
  const std::size_t end = octets.find('\n');
  return octets.substr(0, end == std::string_view::npos ? end : end + 1);
}

bool has_high(std::string_view octets) { return find_high(octets) < octets.size(); }

bool is_utf8_line(std::string_view line) { return has_high(line) && is_utf8(line); }

struct Judgement {
  double nats = 0;
  std::size_t damaged = 0;
  bool reads_well = false;
};

Judgement judge(std::string_view line, const Charset& charset) {
  Scorer scorer(charset, line);
  scorer.advance(kAll);
  return {scorer.nats(), scorer.damaged(), scorer.damaged() == 0 && scorer.convincing()};
}

// The lines that do not fit the charset, joined; at most kForeignOctets. Empty if no line fits:
// then there are no two charsets to be told apart.
std::string misfits(std::string_view octets, const Charset& used) {
  std::string out;
  bool any_fits = false;
  while (!octets.empty() && out.size() < kForeignOctets) {
    const std::string_view line = next_line(octets);
    octets.remove_prefix(line.size());
    if (!has_high(line)) continue;
    const bool fits = used.coding == Coding::utf8
                          ? is_utf8(line)
                          : !is_utf8(line) && judge(line, used).damaged == 0;
    any_fits = any_fits || fits;
    if (!fits) out += line.substr(0, kForeignOctets - out.size());
  }
  return any_fits ? out : std::string();
}

const Charset& second_charset(std::string_view foreign, const Charset& used) {
  // Lines of UTF-8 among the foreign ones speak for it at once: other charsets hardly ever look
  // like it.
  if (used.coding != Coding::utf8) {
    std::size_t valid = 0, lines = 0;
    for (std::string_view rest = foreign; !rest.empty();) {
      const std::string_view line = next_line(rest);
      rest.remove_prefix(line.size());
      ++lines;
      valid += is_utf8_line(line) ? 1 : 0;
    }
    if (valid * 2 >= lines) return utf8();
  }
  return most_probable(foreign, nullptr);
}

}  // namespace

bool has_utf8_line(std::string_view octets) {
  for (std::size_t at = find_high(octets); at < octets.size(); at = find_high(octets, at)) {
    // From the first octet beyond ASCII on: what is before it in the line is UTF-8 anyhow.
    const std::string_view line = next_line(octets.substr(at));
    if (is_utf8(line)) return true;
    at += line.size();
  }
  return false;
}

std::string lines_not_utf8(std::string_view octets) {
  std::string out;
  while (!octets.empty() && out.size() < kForeignOctets) {
    const std::string_view line = next_line(octets);
    octets.remove_prefix(line.size());
    if (!is_utf8(line)) out += line.substr(0, kForeignOctets - out.size());
  }
  return out;
}

bool may_be_mixed(std::string_view octets, const Charset& used, std::size_t replaced) {
  if (!is_ascii_compatible(used)) return false;
  if (replaced > 0) return octets.find('\n') != std::string_view::npos;
  if (used.coding == Coding::utf8) return false;
  return has_utf8_line(octets);
}

std::optional<Mixed> decode_by_lines(std::string_view octets, const Charset& used,
                                     std::size_t replaced) {
  const std::string foreign = misfits(octets, used);
  if (foreign.empty()) return std::nullopt;
  const Charset& second = second_charset(foreign, used);
  if (&second == &used || !is_ascii_compatible(second)) return std::nullopt;

  Mixed mixed{.text = {}, .replaced = 0, .also_used = second.name};
  double gain = 0;
  std::size_t run = 0;  // where the lines of one charset begin
  const Charset* current = &used;
  const auto flush = [&](std::size_t end) {
    mixed.replaced += decode_onto(mixed.text, octets.substr(run, end - run), *current);
    run = end;
  };
  for (std::size_t at = 0; at < octets.size();) {
    const std::string_view line = next_line(octets.substr(at));
    if (has_high(line)) {
      const Judgement first = judge(line, used), other = judge(line, second);
      // Damage alone makes no line one of another charset: it must read well there.
      const bool changes = other.reads_well && other.nats + kLineNats < first.nats;
      const Charset* chosen = changes ? &second : &used;
      gain += changes ? first.nats - other.nats : 0;
      if (chosen != current) {
        flush(at);
        current = chosen;
      }
    }
    at += line.size();
  }
  flush(octets.size());
  const bool better = mixed.replaced < replaced || (mixed.replaced == replaced && gain > kTextNats);
  if (!better || gain == 0) return std::nullopt;
  return mixed;
}

bool is_encoded_twice(std::string_view text) {
  constexpr std::size_t kLook = 16'384, kCharacters = 3;
  const std::size_t first = find_high(text);
  // U+0080 to U+00FF: the lead octets of UTF-8 that were taken for characters.
  if (first == text.size() || (text[first] != '\xC2' && text[first] != '\xC3')) return false;
  static const SingleTable& table = single_table(*find_charset("windows-1252"));
  text = utf8_prefix(text.substr(first), kLook);
  std::size_t characters = 0;
  std::size_t missing = 0;  // octets of the character that has begun
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    char32_t octet = c;
    if (c >= 0x100) {
      const auto found =
          std::find(table.begin() + 0x80, table.begin() + 0xA0, static_cast<Unit>(c));
      if (c > 0xFFFF || found == table.begin() + 0xA0) return false;
      octet = static_cast<char32_t>(found - table.begin());
    }
    const bool continues = octet >= 0x80 && octet < 0xC0;
    if (continues != (missing > 0)) return false;
    if (continues) {
      characters += --missing == 0 ? 1U : 0U;
    } else if (octet >= 0x80) {
      if (octet < 0xC2 || octet > 0xF4) return false;
      missing = octet < 0xE0 ? 1 : octet < 0xF0 ? 2 : 3;
    }
  }
  return characters >= kCharacters;
}

}  // namespace weir::text
