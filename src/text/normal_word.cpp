#include "text/normal_word.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "text/normal_table.h"

namespace weir::text {
namespace {

constexpr char32_t kEuro = 0x20AC;
constexpr std::size_t kGroupMax = 3;  // signs in a row that stand for letters

bool is_latin_letter(char32_t c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
bool is_vowel(char32_t c) { return c == 'a' || c == 'e' || c == 'o' || c == 'u'; }

bool is_letter(char32_t c) {
  if (c < 0x80) return is_latin_letter(c);
  const Kind kind = NormalTable::get().kind(c);
  return kind == Kind::latin || kind == Kind::cyrillic;
}

// Whether the sign may stand for a letter: the letter, 'i' where it may be an l as well.
char32_t leet_latin(char32_t c) {
  switch (c) {
    case '0': return 'o';
    case '1':
    case '|':
    case '!': return 'i';
    case '3':
    case kEuro: return 'e';
    case '4':
    case '@': return 'a';
    case '5':
    case '$': return 's';
    case '7': return 't';
    default: return 0;
  }
}

char32_t leet_cyrillic(char32_t c) {
  switch (c) {
    case '0': return U'о';
    case '3': return U'з';
    case '4': return U'ч';
    case '6': return U'б';
    case '@': return U'а';
    default: return 0;
  }
}

char32_t leet(char32_t c, bool cyrillic) { return cyrillic ? leet_cyrillic(c) : leet_latin(c); }

// Most Greek and Cyrillic words: letters of that alphabet only, and some that cannot be mistaken.
bool is_of_one_alphabet(std::string_view word) {
  constexpr char32_t kFirst = 0x370, kEnd = 0x500;
  enum : std::uint8_t { kGreek = 1, kCyrillic = 2, kPlain = 4, kOther = 8 };
  static const auto kLetters = [] {
    std::array<std::uint8_t, kEnd - kFirst> letters{};
    const NormalTable& table = NormalTable::get();
    for (char32_t c = kFirst; c < kEnd; ++c) {
      const Folding folding = table.of(c);
      std::uint8_t& letter = letters[c - kFirst];
      letter = kOther;
      if (folding.form() != Folding::Form::same) continue;
      if (folding.kind() == Kind::greek) letter = kGreek;
      if (folding.kind() == Kind::cyrillic) letter = kCyrillic;
      if (letter != kOther && table.look_alike(c) == 0) letter |= kPlain;
    }
    return letters;
  }();
  if (word.size() % 2 != 0) return false;
  std::uint8_t seen = 0;
  for (std::size_t i = 0; i < word.size(); i += 2) {
    const auto lead = static_cast<unsigned char>(word[i]);
    const auto trail = static_cast<unsigned char>(word[i + 1]);
    const char32_t c = (lead & 0x1FU) << 6 | (trail & 0x3FU);
    if ((lead & 0xE0) != 0xC0 || c < kFirst || c >= kEnd) return false;
    seen |= kLetters[c - kFirst];
  }
  return seen == (kGreek | kPlain) || seen == (kCyrillic | kPlain);
}

}  // namespace

bool is_bridge(char32_t c, bool behind_at) {
  if (c == '@' || c == '$' || c == '|' || c == '!' || c == kEuro) return true;
  return behind_at && (c == '.' || c == '-' || c == '_' || c == '+');
}

bool is_prefix(char32_t c) { return c == '$' || c == kEuro; }

bool WordFolder::fold(std::string_view word, WordPlace place, WordChanges& changes) {
  if (is_of_one_alphabet(word)) return false;
  units_.clear();
  for (std::size_t at = 0; at < word.size();) units_.push_back(next_code_point(word, at));
  bool changed = fold_alphabets(changes);
  if (place == WordPlace::text && units_.size() <= kLeetUnitsMax && !is_address()) {
    if (drop_separators(changes)) changed = true;
    if (fold_number(changes) || fold_leet(changes)) changed = true;
  }
  if (!changed) return false;
  out_.clear();
  for (const char32_t c : units_) append_utf8(out_, c);
  return true;
}

// A word is of the alphabet that its unmistakable letters belong to; its other letters are taken
// for the ones of that alphabet that look so. Latin, if none are unmistakable or they disagree.
bool WordFolder::fold_alphabets(WordChanges& changes) {
  const NormalTable& table = NormalTable::get();
  bool others = false, latin = false;
  bool only_cyrillic = false, only_greek = false, only_other = false;
  bool all_cyrillic = true, all_greek = true;
  for (const char32_t c : units_) {
    if (c < 0x80) {
      if (!is_latin_letter(c)) continue;
      latin = true;
      all_cyrillic = all_cyrillic && table.cyrillic_like(static_cast<char>(c)) != 0;
      all_greek = all_greek && table.greek_like(static_cast<char>(c)) != 0;
      continue;
    }
    const Kind kind = table.kind(c);
    if (kind == Kind::symbol || kind == Kind::mark) continue;
    const char look = table.look_alike(c);
    others = others || look != 0 || kind == Kind::cyrillic || kind == Kind::greek;
    only_cyrillic = only_cyrillic || (kind == Kind::cyrillic && look == 0);
    only_greek = only_greek || (kind == Kind::greek && look == 0);
    only_other = only_other || (kind != Kind::cyrillic && kind != Kind::greek &&
                                kind != Kind::latin && look == 0);
    latin = latin || kind == Kind::latin;
    all_cyrillic =
        all_cyrillic && (kind == Kind::cyrillic || (look != 0 && table.cyrillic_like(look) != 0));
    all_greek = all_greek && (kind == Kind::greek || (look != 0 && table.greek_like(look) != 0));
  }
  if (!others || (only_other && !latin)) return false;
  const bool to_cyrillic = only_cyrillic && all_cyrillic;
  const bool to_greek = !to_cyrillic && only_greek && all_greek;
  bool changed = false;
  for (char32_t& c : units_) {
    char32_t to = c;
    const Kind kind = c < 0x80 ? Kind::latin : table.kind(c);
    const char look =
        c < 0x80 ? (is_latin_letter(c) ? static_cast<char>(c) : '\0') : table.look_alike(c);
    if (look == 0) continue;
    if (to_cyrillic)
      to = kind == Kind::cyrillic ? c : table.cyrillic_like(look);
    else if (to_greek)
      to = kind == Kind::greek ? c : table.greek_like(look);
    else
      to = static_cast<char32_t>(look);
    if (to == c) continue;
    c = to;
    changed = true;
    ++changes.lookalikes;
  }
  return changed;
}

// "name@host.example" is left as it is.
bool WordFolder::is_address() const {
  const std::size_t at = units_.find(U'@');
  return at != std::u32string::npos && units_.find_first_of(U".-_+", at) != std::u32string::npos;
}

// "v|i|a|g|r|a": one and the same sign between all letters, three or more of them.
bool WordFolder::drop_separators(WordChanges& changes) {
  if (units_.size() < 5 || units_.size() % 2 == 0) return false;
  const char32_t sign = units_[1];
  if (is_letter(sign) || is_digit(sign) || !is_bridge(sign, false)) return false;
  for (std::size_t i = 0; i < units_.size(); ++i)
    if (i % 2 == 0 ? !is_letter(units_[i]) : units_[i] != sign) return false;
  changes.separators += static_cast<std::uint32_t>(units_.size() / 2);
  std::erase(units_, sign);
  return true;
}

// "l38OO": letters that are drawn as 0 and 1 among digits. One letter before or behind a number is
// a part of its name (i386, 350i).
bool WordFolder::fold_number(WordChanges& changes) {
  std::size_t digits = 0;
  bool between_digits = false;
  for (std::size_t i = 0; i < units_.size(); ++i) {
    const char32_t c = units_[i];
    if (is_digit(c)) {
      ++digits;
    } else if (c == 'o' || c == 'l' || c == 'i') {
      between_digits = between_digits || (i > 0 && i + 1 < units_.size() &&
                                          is_digit(units_[i - 1]) && is_digit(units_[i + 1]));
    } else {
      return false;
    }
  }
  const std::size_t letters = units_.size() - digits;
  if (letters == 0 || digits < 2) return false;
  if (!(digits >= 3 && between_digits) && !(letters >= 2 && units_.size() >= 5)) return false;
  for (char32_t& c : units_) {
    if (is_digit(c)) continue;
    c = c == 'o' ? U'0' : U'1';
    ++changes.leet;
  }
  return true;
}

// What the sign at `at` stands for. 1 and | are l behind most vowels, before i, and before a vowel
// at the beginning; i elsewhere.
char32_t WordFolder::meant(std::size_t at, bool cyrillic) const {
  const char32_t c = units_[at];
  const char32_t letter = leet(c, cyrillic);
  if (cyrillic || (c != '1' && c != '|')) return letter;
  const char32_t next = at + 1 < units_.size() ? units_[at + 1] : U' ';
  if (at > 0 ? is_vowel(units_[at - 1]) || next == 'i' : is_vowel(next)) return 'l';
  return letter;
}

// Signs are taken for letters if the word shows that they are: a short group of them between two
// letters, money in front, a zero in front, or "33" or "00" at the end. Then all are.
bool WordFolder::fold_leet(WordChanges& changes) {
  const auto is_cyrillic = [](char32_t c) {
    return c >= 0x80 && NormalTable::get().kind(c) == Kind::cyrillic;
  };
  const bool cyrillic = std::ranges::any_of(units_, is_cyrillic);
  if (cyrillic &&
      !std::ranges::all_of(units_, [&](char32_t c) { return !is_letter(c) || is_cyrillic(c); }))
    return false;
  // "|2" is an R.
  const bool split_r = !cyrillic && units_.find(U"|2") != std::u32string::npos;
  std::size_t letters = 0, signs = 0;
  for (std::size_t i = 0; i < units_.size(); ++i) {
    const char32_t c = units_[i];
    if (is_letter(c))
      ++letters;
    else if (leet(c, cyrillic) != 0 || (c == '2' && split_r && i > 0 && units_[i - 1] == '|'))
      ++signs;
    else
      return false;
  }
  if (signs == 0 || letters < 2 || letters < signs) return false;

  const auto letter_at = [&](std::size_t i) { return i < units_.size() && is_letter(units_[i]); };
  bool shown = false;
  for (std::size_t i = 0; i < units_.size() && !shown;) {
    if (letter_at(i)) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < units_.size() && !letter_at(end)) ++end;
    const std::u32string_view group = std::u32string_view(units_).substr(i, end - i);
    const bool three_follow = letter_at(end) && letter_at(end + 1) && letter_at(end + 2);
    if (group.size() <= kGroupMax) {
      if (i > 0 && end < units_.size())
        shown = true;
      else if (i == 0)
        shown =
            three_follow && (is_prefix(group[0]) || group == U"0" || (cyrillic && group == U"3"));
      else
        shown = !cyrillic && (group == U"33" || group == U"00");
    }
    i = end;
  }
  if (!shown) return false;
  std::u32string folded;
  for (std::size_t i = 0; i < units_.size(); ++i) {
    if (letter_at(i)) {
      folded.push_back(units_[i]);
    } else if (units_[i] == '|' && i + 1 < units_.size() && units_[i + 1] == '2') {
      folded.push_back('r');
      ++i;
      ++changes.leet;
    } else {
      folded.push_back(meant(i, cyrillic));
      units_[i] = folded.back();  // meant() looks at what stands before
      ++changes.leet;
    }
  }
  units_ = std::move(folded);
  return true;
}

}  // namespace weir::text
