// text/normal_table.h - what the normal form makes of each code point. For text/ only.
//
// The facts are in normal_data.cpp, which tools/make_normal_data writes; they are spread out into
// two-stage tables at the first use (about 600 KB, a few milliseconds).
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace weir::text {

// What a code point of the normal form is. The order is that of tools/make_normal_data.
enum class Kind : std::uint8_t {
  other,  // private, unassigned: nothing is known of it
  blank,  // U+0020 alone
  symbol,
  digit,  // 0 to 9 alone
  latin,
  cyrillic,
  greek,
  letter,  // of any other writing with blanks between words
  han,
  hiragana,
  katakana,
  hangul,
  jamo_lead,
  jamo_vowel,
  jamo_tail,
  unspaced,           // a letter of Thai, Lao, Tibetan, ...
  mark,               // one that its writing needs
  voicing,            // U+3099 and U+309A
  letter_like_latin,  // of another alphabet, with a Latin look-alike
};

[[nodiscard]] constexpr std::uint32_t bit(Kind kind) {
  return std::uint32_t{1} << static_cast<unsigned>(kind);
}

// What a mapping undoes.
enum class Cause : std::uint8_t { none, ignorable, compatibility, lookalike, mark, han };

// The entry of one code point.
class Folding {
 public:
  enum class Form : std::uint8_t { same, one, several, nothing };
  constexpr Folding() = default;
  constexpr Folding(Form form, Cause cause, Kind kind, std::uint32_t value)
      : bits_(value | static_cast<std::uint32_t>(kind) << 21 |
              static_cast<std::uint32_t>(form) << 26 | static_cast<std::uint32_t>(cause) << 28) {}
  [[nodiscard]] Form form() const { return static_cast<Form>(bits_ >> 26 & 3); }
  [[nodiscard]] Cause cause() const { return static_cast<Cause>(bits_ >> 28); }
  // Of the target, if it is one code point.
  [[nodiscard]] Kind kind() const { return static_cast<Kind>(bits_ >> 21 & 31); }
  // The target, or where in the pool the targets are.
  [[nodiscard]] std::uint32_t value() const { return bits_ & 0x1FFFFF; }

 private:
  std::uint32_t bits_ = 0;
};

class NormalTable {
 public:
  [[nodiscard]] static const NormalTable& get();

  [[nodiscard]] Folding of(char32_t c) const {
    return entries_[(std::size_t{blocks_[c >> kShift]} << kShift) + (c & kMask)];
  }
  // The targets of an entry of form `several`.
  [[nodiscard]] std::u32string_view several(Folding folding) const {
    const std::size_t at = folding.value();
    return std::u32string_view(pool_).substr(at + 1, pool_[at]);
  }
  // What c is; of() must say `same`.
  [[nodiscard]] Kind kind(char32_t c) const { return of(c).kind(); }
  // The Latin letter that a letter of another alphabet looks like, or 0.
  [[nodiscard]] char look_alike(char32_t c) const;
  // The letter of that alphabet that looks like a Latin one, or 0.
  [[nodiscard]] char32_t cyrillic_like(char latin) const { return cyrillic_like_[index(latin)]; }
  [[nodiscard]] char32_t greek_like(char latin) const { return greek_like_[index(latin)]; }
  [[nodiscard]] std::uint8_t combining_class(char32_t mark) const;
  // Kana with its sound mark, or 0.
  [[nodiscard]] char32_t voiced(char32_t kana, char32_t mark) const;

 private:
  struct Pair {
    char32_t from;
    char32_t to;
  };
  static constexpr unsigned kShift = 7;
  static constexpr char32_t kMask = (1U << kShift) - 1;

  NormalTable();
  [[nodiscard]] static std::size_t index(char latin) {
    return latin >= 'a' && latin <= 'z' ? static_cast<std::size_t>(latin - 'a') : 26;
  }
  void set(char32_t c, Folding folding);
  void set_all(char32_t first, char32_t last, Folding folding);
  void read_kinds();
  void read_mappings();
  void read_pairs();
  [[nodiscard]] static char32_t find(const std::vector<Pair>& pairs, char32_t from);

  std::vector<std::uint16_t> blocks_;
  std::vector<Folding> entries_;
  std::u32string pool_;
  std::vector<Pair> look_alikes_, combining_classes_, voiced_;
  std::array<char32_t, 27> cyrillic_like_{}, greek_like_{};
};

// normal_data.cpp; the forms are described there.
extern const std::string_view kNormalMappings;
extern const std::string_view kNormalKinds;
extern const std::string_view kLookAlikes;
extern const std::string_view kCombiningClasses;
extern const std::string_view kVoicedKana;

}  // namespace weir::text
