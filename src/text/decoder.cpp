#include "text/decoder.h"

#include <unicode/unorm2.h>

#include <array>
#include <bit>
#include <cstring>

#include "base/utf8.h"
#include "text/decoder_step.h"
#include "text/decoder_tables.h"

namespace weir::text {
namespace {

constexpr std::uint64_t kHighBits = 0x8080'8080'8080'8080;

std::uint64_t word_at(std::string_view octets, std::size_t at) {
  std::uint64_t word = 0;
  std::memcpy(&word, octets.data() + at, sizeof word);
  return word;
}

// A run of ASCII is copied at once; short ones in passing, as most are blanks between words.
char* copy_ascii(char* to, std::string_view octets, std::size_t& at) {
  while (at + 8 <= octets.size()) {
    const std::uint64_t word = word_at(octets, at);
    std::memcpy(to, &word, sizeof word);  // there is room: `to` never runs behind `at`
    const std::uint64_t high = word & kHighBits;
    if (high != 0) {
      const auto ascii = static_cast<std::size_t>(std::countr_zero(high)) / 8;
      at += ascii;
      return to + ascii;
    }
    at += 8;
    to += 8;
  }
  while (at < octets.size() && static_cast<unsigned char>(octets[at]) < 0x80) *to++ = octets[at++];
  return to;
}

char* write(char* to, const Sequence& s) {
  to = write_utf8(to, s.first);
  return s.second != 0 ? write_utf8(to, s.second) : to;
}

std::size_t decode_pairs(char*& to, std::string_view octets, const Charset& charset) {
  const PairTable& table = pair_table(charset);
  const Family family = family_of(charset);
  std::size_t replaced = 0;
  for (std::size_t at = 0; at < octets.size();) {
    const auto lead = static_cast<unsigned char>(octets[at]);
    if (lead < 0x80) {
      to = copy_ascii(to, octets, at);
      continue;
    }
    if (at + 1 < octets.size()) {
      const auto trail = static_cast<unsigned char>(octets[at + 1]);
      const Unit unit = table.units[pair_index(lead, trail)];
      if (trail != 0 && unit >= 0x800 && (unit < 0xD800 || unit >= 0xE000)) [[likely]] {
        to[0] = static_cast<char>(0xE0 | (unit >> 12));
        to[1] = static_cast<char>(0x80 | ((unit >> 6) & 0x3F));
        to[2] = static_cast<char>(0x80 | (unit & 0x3F));
        to += 3;
        at += 2;
        continue;
      }
      if (trail != 0 && unit != 0) {
        to = write(to, table.at(unit));
        at += 2;
        continue;
      }
    }
    const Step step = rare_step(table, family, octets, at);
    to = write(to, step.characters);
    replaced += step.good ? 0 : 1;
    at += step.length;
  }
  return replaced;
}

std::size_t decode_single(char*& to, std::string_view octets, const Charset& charset) {
  const SingleTable& table = single_table(charset);
  std::size_t replaced = 0;
  for (std::size_t at = 0; at < octets.size();) {
    if (static_cast<unsigned char>(octets[at]) < 0x80) {
      to = copy_ascii(to, octets, at);
      continue;
    }
    const Unit unit = table[static_cast<unsigned char>(octets[at])];
    replaced += unit == 0 ? 1 : 0;
    to = write_utf8(to, unit == 0 ? kReplacement : char32_t{unit});
    ++at;
  }
  return replaced;
}

std::size_t decode_utf8(char*& to, std::string_view octets) {
  std::size_t replaced = 0;
  for (std::size_t at = 0; at < octets.size();) {
    if (static_cast<unsigned char>(octets[at]) < 0x80) {
      to = copy_ascii(to, octets, at);
      continue;
    }
    const Step step = utf8_step(octets, at);
    to = write(to, step.characters);
    replaced += step.good ? 0 : 1;
    at += step.length;
  }
  return replaced;
}

template <class Next>
std::size_t decode_units(char*& to, std::string_view octets, Next next) {
  std::size_t replaced = 0;
  for (std::size_t at = 0; at < octets.size();) {
    const Step step = next(at);
    to = write(to, step.characters);
    replaced += step.good ? 0 : 1;
    at += step.length;
  }
  return replaced;
}

std::size_t decode_wide(char*& to, std::string_view octets, const Charset& charset) {
  const bool big_endian = charset.name.ends_with("be");
  if (charset.coding == Coding::pairs)
    return decode_units(to, octets,
                        [&](std::size_t at) { return utf16_step(octets, at, big_endian); });
  return decode_units(to, octets,
                      [&](std::size_t at) { return utf32_step(octets, at, big_endian); });
}

// The letter with the mark, or 0. A mark that stands below goes before one above (Unicode's
// canonical order), so that it may have to go between a letter and the mark that it has.
char32_t with_mark(const UNormalizer2* nfc, char32_t letter, char32_t mark) {
  const auto l = static_cast<UChar32>(letter), m = static_cast<UChar32>(mark);
  if (const UChar32 both = unorm2_composePair(nfc, l, m); both > 0)
    return static_cast<char32_t>(both);
  std::array<UChar, 4> parts{};
  UErrorCode error = U_ZERO_ERROR;
  if (unorm2_getRawDecomposition(nfc, l, parts.data(), 4, &error) != 2 || U_FAILURE(error))
    return 0;
  const UChar32 below = unorm2_composePair(nfc, parts[0], m);
  const UChar32 both = below > 0 ? unorm2_composePair(nfc, below, parts[1]) : -1;
  return both > 0 ? static_cast<char32_t>(both) : 0;
}

// The charsets for Vietnamese write marks behind the letter that the rest of the world writes into
// it.
void compose(std::string& text, std::size_t from) {
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* nfc = unorm2_getNFCInstance(&error);
  if (U_FAILURE(error)) return;
  // What is composed is no longer than its parts, so it is written over what has been read.
  std::size_t letter_at = from, end = from;
  char32_t letter = 0;
  for (std::size_t at = from; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (c >= 0x300 && c < 0x370 && letter != 0) {
      if (const char32_t composed = with_mark(nfc, letter, c); composed != 0) {
        letter = composed;
        end = static_cast<std::size_t>(write_utf8(text.data() + letter_at, letter) - text.data());
        continue;
      }
    }
    letter = c;
    letter_at = end;
    end = static_cast<std::size_t>(write_utf8(text.data() + end, c) - text.data());
  }
  text.resize(end);
}

// Room for what `octets` become: every octet beyond ASCII grows to at most three, and eight more
// for copy_ascii().
template <class Fill>
std::size_t append_decoded(std::string& to, std::size_t most, Fill fill) {
  std::size_t replaced = 0;
  const std::size_t before = to.size();
  to.resize_and_overwrite(before + most + 8, [&](char* buffer, std::size_t) {
    char* end = buffer + before;
    replaced = fill(end);
    return static_cast<std::size_t>(end - buffer);
  });
  return replaced;
}

}  // namespace

std::size_t find_high(std::string_view octets, std::size_t from) {
  std::size_t at = from;
  for (; at + 8 <= octets.size(); at += 8) {
    const std::uint64_t high = word_at(octets, at) & kHighBits;
    if (high != 0) return at + static_cast<std::size_t>(std::countr_zero(high)) / 8;
  }
  while (at < octets.size() && static_cast<unsigned char>(octets[at]) < 0x80) ++at;
  return at;
}

std::size_t count_high(std::string_view octets) {
  std::size_t count = 0;
  std::size_t at = 0;
  for (; at + 8 <= octets.size(); at += 8)
    count += ((word_at(octets, at) & kHighBits) >> 7) * 0x0101'0101'0101'0101 >> 56;
  for (; at < octets.size(); ++at) count += static_cast<unsigned char>(octets[at]) >> 7;
  return count;
}

std::size_t decode_onto(std::string& to, std::string_view octets, const Charset& charset) {
  switch (charset.coding) {
    case Coding::iso_2022_jp: return decode_iso_2022_jp(to, octets);
    case Coding::iso_2022_kr: return decode_iso_2022_kr(to, octets);
    case Coding::iso_2022_cn: return decode_iso_2022_cn(to, octets);
    case Coding::hz: return decode_hz(to, octets);
    case Coding::utf7:
      return decode_utf7(to, octets, charset.name == "utf-7" ? Utf7::mail : Utf7::imap);
    case Coding::pairs:
    case Coding::quads:
      return append_decoded(to, octets.size() / 2 * 3 + 3,
                            [&](char*& end) { return decode_wide(end, octets, charset); });
    case Coding::utf8:
    case Coding::single:
    case Coding::multi: break;
  }
  const std::size_t high = count_high(octets);
  if (high == 0) {
    to.append(octets);
    return 0;
  }
  if (charset.coding == Coding::utf8 && is_utf8(octets)) {
    to.append(octets);
    return 0;
  }
  const std::size_t before = to.size();
  const std::size_t growth = charset.coding == Coding::multi ? pair_table(charset).growth : 2;
  const std::size_t replaced =
      append_decoded(to, octets.size() + growth * high, [&](char*& end) -> std::size_t {
        if (charset.coding == Coding::utf8) return decode_utf8(end, octets);
        if (charset.coding == Coding::single) return decode_single(end, octets, charset);
        return decode_pairs(end, octets, charset);
      });
  if (charset.name == "windows-1258" || charset.name == "tcvn") compose(to, before);
  return replaced;
}

Conversion decode(std::string_view octets, const Charset& charset) {
  Conversion result;
  result.replaced = decode_onto(result.text, octets, charset);
  return result;
}

}  // namespace weir::text
