#include "text/decoder_step.h"

#include "base/utf8.h"

namespace weir::text {
namespace {

constexpr Sequence kReplaced{kReplacement, 0};

unsigned char octet(std::string_view octets, std::size_t at) {
  return at < octets.size() ? static_cast<unsigned char>(octets[at]) : 0;
}

Step damage(std::string_view octets, std::size_t at) {
  const unsigned char lead = octet(octets, at);
  const bool is_lead = lead > 0x80 && lead < 0xFF;
  const unsigned char trail = octet(octets, at + 1);
  return {kReplaced, is_lead && trail >= 0x80 && trail < 0xFF ? 2U : 1U, false};
}

bool is_digit(unsigned char c) { return c >= '0' && c <= '9'; }

// Four octets: first and third 0x81 to 0xFE, second and fourth digits.
Step gb_four_step(std::string_view octets, std::size_t at) {
  const unsigned a = octet(octets, at), b = octet(octets, at + 1), c = octet(octets, at + 2),
                 d = octet(octets, at + 3);
  const bool shaped = a >= 0x81 && a <= 0xFE && b >= '0' && b <= '9' && c >= 0x81 && c <= 0xFE &&
                      d >= '0' && d <= '9';
  if (!shaped) return damage(octets, at);
  const std::size_t number = (((a - 0x81) * 10 + (b - '0')) * 126 + (c - 0x81)) * 10 + (d - '0');
  if (number < kGbFour) {
    const Unit unit = gb_four()[number];
    return unit != 0 ? Step{{unit, 0}, 4, true} : Step{kReplaced, 4, false};
  }
  constexpr std::size_t kSupplementary = 189'000;  // 90 30 81 30
  if (number >= kSupplementary && number - kSupplementary < 0x100000)
    return {{static_cast<char32_t>(0x10000 + number - kSupplementary), 0}, 4, true};
  return {kReplaced, 4, false};
}

Step three_octets(const PairTable& table, std::string_view octets, std::size_t at) {
  const Unit unit = table.units[pair_index(octet(octets, at + 1), octet(octets, at + 2))];
  if (octet(octets, at + 1) >= 0xA1 && octet(octets, at + 2) >= 0xA1 && unit != 0)
    return {table.at(unit), 3, true};
  return damage(octets, at);
}

Step cns_step(std::string_view octets, std::size_t at) {
  const unsigned char plane = octet(octets, at + 1), lead = octet(octets, at + 2),
                      trail = octet(octets, at + 3);
  if (plane >= 0xA1 && plane <= 0xB0 && lead >= 0xA1 && trail >= 0xA1) {
    const Sequence s = cns_11643(plane - 0xA0U, lead, trail);
    if (s.first != 0) return {s, 4, true};
    return {kReplaced, 4, false};
  }
  return damage(octets, at);
}

bool is_continuation(unsigned char c) { return (c & 0xC0) == 0x80; }

}  // namespace

Family family_of(const Charset& charset) {
  if (charset.name == "gb18030") return Family::gb18030;
  if (charset.name == "euc-jp") return Family::euc_jp;
  if (charset.name == "euc-jisx0213") return Family::euc_jisx0213;
  if (charset.name == "euc-tw") return Family::euc_tw;
  return Family::pairs_only;
}

Step rare_step(const PairTable& table, Family family, std::string_view octets, std::size_t at) {
  const unsigned char lead = octet(octets, at);
  if (const Unit alone = table.units[pair_index(lead, 0)]; alone != 0)
    return {table.at(alone), 1, true};
  switch (family) {
    case Family::gb18030:
      if (is_digit(octet(octets, at + 1))) return gb_four_step(octets, at);
      break;
    case Family::euc_jp:
      if (lead == 0x8F) return three_octets(jis_x_0212(), octets, at);
      break;
    case Family::euc_jisx0213:
      if (lead == 0x8F) return three_octets(jis_x_0213_plane_2(), octets, at);
      break;
    case Family::euc_tw:
      if (lead == 0x8E) return cns_step(octets, at);
      break;
    case Family::pairs_only: break;
  }
  return damage(octets, at);
}

Step utf8_step(std::string_view octets, std::size_t at) {
  std::size_t next = at;
  const char32_t c = next_code_point(octets, next);
  if (c != kReplacement) return {{c, 0}, next - at, true};
  const bool genuine = next - at == 3 && octet(octets, at + 1) == 0xBF;
  if (genuine && octet(octets, at) == 0xEF) return {{c, 0}, 3, true};
  if (octet(octets, at) == 0xED && octet(octets, at + 3) == 0xED) {
    const unsigned a = octet(octets, at + 1), b = octet(octets, at + 2), d = octet(octets, at + 4),
                   e = octet(octets, at + 5);
    if (a >= 0xA0 && a <= 0xAF && is_continuation(static_cast<unsigned char>(b)) && d >= 0xB0 &&
        d <= 0xBF && is_continuation(static_cast<unsigned char>(e))) {
      const char32_t high = (a & 0x0FU) << 6 | (b & 0x3FU);
      const char32_t low = (d & 0x0FU) << 6 | (e & 0x3FU);
      return {{0x10000 + (high << 10 | low), 0}, 6, true};
    }
  }
  return {kReplaced, next - at, false};
}

Step utf16_step(std::string_view octets, std::size_t at, bool big_endian) {
  if (at + 2 > octets.size()) return {kReplaced, octets.size() - at, false};
  const auto unit_at = [&](std::size_t i) -> char32_t {
    const char32_t a = octet(octets, i), b = octet(octets, i + 1);
    return big_endian ? a << 8 | b : b << 8 | a;
  };
  const char32_t unit = unit_at(at);
  if (unit < 0xD800 || unit >= 0xE000) return {{unit, 0}, 2, true};
  if (unit < 0xDC00 && at + 4 <= octets.size()) {
    const char32_t low = unit_at(at + 2);
    if (low >= 0xDC00 && low < 0xE000)
      return {{0x10000 + ((unit - 0xD800) << 10 | (low - 0xDC00)), 0}, 4, true};
  }
  return {kReplaced, 2, false};
}

Step utf32_step(std::string_view octets, std::size_t at, bool big_endian) {
  if (at + 4 > octets.size()) return {kReplaced, octets.size() - at, false};
  char32_t c = 0;
  for (std::size_t i = 0; i < 4; ++i) c = c << 8 | octet(octets, at + (big_endian ? i : 3 - i));
  const bool good = c < 0x110000 && (c < 0xD800 || c >= 0xE000);
  return good ? Step{{c, 0}, 4, true} : Step{kReplaced, 4, false};
}

}  // namespace weir::text
