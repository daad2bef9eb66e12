// text/plausibility.h - how probable a text is, whatever language it may be in. For text/ only.
//
// The charset of octets is taken to be the one under which they are most probable. The costs here
// are negative log-likelihoods under one coarse model of writing: letters and characters by rank of
// frequency, capitals inside words, marks without a base, U+FFFD. The texts of two charsets stand
// for the same octets, so their sums can be compared though the texts differ in length.
//
// A cost depends on the character and on what kind of character stands before it, so that octets
// can be judged without being decoded: charset_score.h has the cost and kind of each octet or pair
// in a table.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace weir::text {

struct Charset;

// What a charset was made for; the rest of Unicode may be in its tables and is improbable in it.
enum class Writing : std::uint8_t { any, simplified, traditional, japanese, korean };

[[nodiscard]] Writing writing_of(const Charset& charset);

inline constexpr double kUnitsPerNat = 10;

inline constexpr std::uint8_t kDamageUnits = 250;  // U+FFFD; no character costs as much

// Cost and kind of a character in 16 bits.
class Cost {
 public:
  constexpr Cost() = default;
  constexpr Cost(std::uint8_t units, std::uint8_t kind, bool repeats, bool own, bool beyond_ascii)
      : bits_(static_cast<std::uint16_t>(units | (kind & 15U) << 8 | (repeats ? 0x1000U : 0U) |
                                         (own ? 0x2000U : 0U) | (beyond_ascii ? 0x4000U : 0U))) {}
  [[nodiscard]] constexpr std::uint32_t units() const { return bits_ & 0xFFU; }
  [[nodiscard]] constexpr std::uint32_t kind() const { return bits_ >> 8 & 15U; }
  // The same character again costs little: rules, frames, "!!!!" in full width.
  [[nodiscard]] constexpr bool repeats() const { return (bits_ & 0x1000U) != 0; }
  // Of the script without which a text is not in the writing: kana, Hangul.
  [[nodiscard]] constexpr bool own() const { return (bits_ & 0x2000U) != 0; }
  [[nodiscard]] constexpr bool beyond_ascii() const { return (bits_ & 0x4000U) != 0; }
  [[nodiscard]] constexpr bool is_damage() const { return units() == kDamageUnits; }
  [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }

 private:
  std::uint16_t bits_ = 0;  // 0 for no cost at all: every character has one
};

[[nodiscard]] Cost cost_of(char32_t c, Writing writing);
[[nodiscard]] Cost cost_of_damage();
inline constexpr std::uint32_t kRepeatUnits = 15;
inline constexpr std::uint32_t kForeignUnits = 60;  // Japanese without kana, Korean without Hangul

// What is improbable about a character because of the one before it: by kind before * 16 + kind.
[[nodiscard]] const std::array<std::uint8_t, 256>& context_units();

}  // namespace weir::text
