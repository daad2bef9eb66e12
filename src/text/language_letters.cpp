// A naive Bayes classifier: the score of a language is the sum over letter triples of the log of
// their frequency in it, above a floor that stands for "never seen", so an unknown triple adds
// nothing to anyone. A word that the language is known for adds to it once more. Scores are in
// quarters of a nat.
//
// What it does not do is choose the best of bad ones: the score per triple must be what texts of
// that language have, otherwise the letters are names, codes or a language without a profile.
#include "text/language_letters.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <string>

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>
#include <unicode/uchar.h>

#include "base/error.h"
#include "base/utf8.h"
#include "text/language_profiles.h"

namespace weir::text {
namespace {

constexpr char32_t kFoldEnd = 0x2000;
constexpr char16_t kNoLetter = 0xFFFF;
constexpr std::size_t kWindowLetters = 64;
constexpr std::size_t kLanesMax = 48;

// Octets and sums of eight languages.
using Row = std::uint8_t __attribute__((vector_size(8)));
using Sum = std::uint16_t __attribute__((vector_size(16)));
using Sums = std::array<Sum, kLanesMax / 8>;

std::uint64_t mix(std::uint64_t key) {
  key *= 0x9E3779B97F4A7C15U;
  return key ^ (key >> 32);
}

// Letters have 13 bits; the row of the triple stands below its key.
constexpr unsigned kLetterBits = 13;
constexpr unsigned kRowBits = 64 - 3 * kLetterBits;
constexpr std::uint64_t kLetterMask = (1U << kLetterBits) - 1;
constexpr std::uint64_t kRowMask = (std::uint64_t{1} << kRowBits) - 1;

std::uint64_t triple(char16_t a, char16_t b, char16_t c) {
  return (a & kLetterMask) << (2 * kLetterBits) | (b & kLetterMask) << kLetterBits |
         (c & kLetterMask);
}

std::uint64_t hash_word(std::u16string_view word) {
  std::uint64_t hash = word.size() + 1;
  for (const char16_t c : word) hash = (hash ^ c) * 0x100000001B3U;
  return mix(hash) | 1;
}

// What a word that a language is known for adds: short ones are words of many languages.
unsigned word_score(std::size_t letters) {
  constexpr std::array<unsigned, 5> kScores = {0, 4, 8, 13, 18};
  return kScores[std::min<std::size_t>(letters, 4)];
}

// Before a letter is read, some languages are more probable than others in mail.
struct Prior {
  std::string_view tag;
  int score;
};
constexpr Prior kPriors[] = {
    {"en", 12}, {"de", 6},  {"fr", 6},   {"es", 6},  {"pt", 4},   {"it", 4},  {"nl", 4},
    {"ru", 8},  {"uk", 2},  {"ar", 4},   {"hi", 6},  {"af", -12}, {"az", -8}, {"ca", -4},
    {"cy", -8}, {"eu", -8}, {"gl", -14}, {"is", -4}, {"ms", -4},  {"sl", -4}, {"so", -14},
    {"sq", -8}, {"sw", -8}, {"tl", -4},  {"mk", -8}, {"kk", -4},  {"mn", -4}, {"be", -4},
};
// Vietnamese without its marks has few letter triples of its own, and many of everyone's.
constexpr int kUnmarkedPrior = -12;

bool is_romanised(std::string_view tag) { return tag.ends_with("-Latn"); }

class Profiles {
 public:
  explicit Profiles(Script script) : latin_(script == Script::latin) {
    std::vector<Level> levels;
    std::vector<std::pair<std::uint64_t, std::size_t>> words;  // hash, lane
    for (std::size_t i = 0; i < kLanguageProfileCount; ++i) {
      const LanguageProfile& profile = kLanguageProfiles[i];
      if (profile.script != script) continue;
      read_triples(profile, tags_.size(), levels);
      read_words(profile.words, tags_.size(), words);
      for (std::size_t k = 0; k < kLanguageWordsCount; ++k)
        if (kLanguageWords[k].tag == profile.tag)
          read_words(kLanguageWords[k].words, tags_.size(), words);
      tags_.push_back(profile.tag);
    }
    WEIR_ASSERT(tags_.size() <= kLanesMax);
    blocks_ = (tags_.size() + 7) / 8;
    build_rows(levels);
    build_words(words);
    priors_.assign(tags_.size(), 0);
    for (std::size_t lane = 0; lane < tags_.size(); ++lane) {
      for (const Prior& prior : kPriors)
        if (tags_[lane] == prior.tag) priors_[lane] = prior.score;
      const bool again = lane > 0 && tags_[lane] == tags_[lane - 1];
      if (again) priors_[lane - 1] = kUnmarkedPrior;
      numbers_.push_back(again ? lane - 1 : lane);
    }
  }

  [[nodiscard]] bool latin() const { return latin_; }
  [[nodiscard]] std::size_t languages() const { return tags_.size(); }
  [[nodiscard]] std::string_view tag(std::size_t lane) const { return tags_[lane]; }
  // The same number for lanes with the same tag.
  [[nodiscard]] std::size_t language(std::size_t lane) const { return numbers_[lane]; }
  [[nodiscard]] int prior(std::size_t lane) const { return priors_[lane]; }

  // Adds what the words say, one blank behind each. Returns how many of them are known words.
  std::size_t add(std::u16string_view words, Sums& sums) const {
    switch (blocks_) {
      case 1: add_triples<1>(words, sums); break;
      case 2: add_triples<2>(words, sums); break;
      default: add_triples<kLanesMax / 8>(words, sums);
    }
    std::size_t known = 0;
    for (std::size_t at = 0; at < words.size();) {
      const std::size_t end = std::min(words.find(u' ', at), words.size());
      std::uint64_t lanes = lanes_of(hash_word(words.substr(at, end - at)));
      const auto score = static_cast<std::uint16_t>(word_score(end - at));
      known += lanes != 0 ? 1 : 0;
      for (; lanes != 0; lanes &= lanes - 1) {
        const auto lane = static_cast<std::size_t>(std::countr_zero(lanes));
        sums[lane / 8][lane % 8] = static_cast<std::uint16_t>(sums[lane / 8][lane % 8] + score);
      }
      at = end + 1;
    }
    return known;
  }

 private:
  struct Level {
    std::uint64_t key;
    std::uint32_t lane;
    std::uint32_t level;
  };
  struct Word {
    std::uint64_t hash = 0;
    std::uint64_t lanes = 0;
  };

  static void read_triples(const LanguageProfile& profile, std::size_t lane,
                           std::vector<Level>& levels) {
    unsigned level = profile.first_level;
    std::array<char16_t, 3> letters{};
    std::size_t count = 0;
    for (std::size_t at = 0; at < profile.triples.size();) {
      const char32_t c = next_code_point(profile.triples, at);
      if (c == U'|') {
        --level;
        continue;
      }
      letters[count++] = c == U'_' ? u' ' : static_cast<char16_t>(c);
      if (count < 3) continue;
      count = 0;
      levels.push_back(
          {triple(letters[0], letters[1], letters[2]), static_cast<std::uint32_t>(lane), level});
    }
  }

  static void read_words(std::string_view words, std::size_t lane,
                         std::vector<std::pair<std::uint64_t, std::size_t>>& into) {
    std::u16string word;
    for (std::size_t at = 0; at <= words.size();) {
      const char32_t c = at < words.size() ? next_code_point(words, at) : (++at, U' ');
      if (fold_letter(c) != kNoLetter && c != U' ' && c != U'\'') {
        word.push_back(static_cast<char16_t>(c));
        continue;
      }
      if (!word.empty()) into.emplace_back(hash_word(word), lane);
      word.clear();
    }
  }

  void build_rows(std::vector<Level>& levels) {
    std::ranges::sort(levels, {}, &Level::key);
    std::size_t distinct = 0;
    for (std::size_t i = 0; i < levels.size(); ++i)
      distinct += i == 0 || levels[i].key != levels[i - 1].key ? 1 : 0;
    slots_.resize(std::bit_ceil(distinct * 2 + 1));
    rows_.resize((distinct + 1) * blocks_);  // the first is for unknown triples: nothing
    WEIR_ASSERT(distinct + 1 < std::size_t{1} << kRowBits);
    std::size_t row = 0;
    for (std::size_t i = 0; i < levels.size(); ++i) {
      if (i == 0 || levels[i].key != levels[i - 1].key) {
        std::size_t at = mix(levels[i].key) & (slots_.size() - 1);
        while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
        slots_[at] = levels[i].key << kRowBits | ++row;
      }
      rows_[row * blocks_ + levels[i].lane / 8][levels[i].lane % 8] =
          static_cast<std::uint8_t>(levels[i].level);
    }
  }

  void build_words(const std::vector<std::pair<std::uint64_t, std::size_t>>& words) {
    words_.resize(std::bit_ceil(words.size() * 3 / 2 + 1));
    for (const auto& [hash, lane] : words) {
      std::size_t at = hash >> 8 & (words_.size() - 1);
      while (words_[at].hash != 0 && words_[at].hash != hash) at = (at + 1) & (words_.size() - 1);
      words_[at].hash = hash;
      words_[at].lanes |= std::uint64_t{1} << lane;
    }
  }

  template <std::size_t Blocks>
  void add_triples(std::u16string_view words, Sums& into) const {
    Sums sums = into;
    char16_t before = u' ', here = words.empty() ? u' ' : words.front();
    for (std::size_t i = 0; i < words.size(); ++i) {
      const char16_t after = i + 1 < words.size() ? words[i + 1] : u' ';
      if (here != u' ') {
        const Row* row = find(triple(before, here, after));
        for (std::size_t block = 0; block < Blocks; ++block)
          sums[block] += __builtin_convertvector(row[block], Sum);
      }
      before = here;
      here = after;
    }
    into = sums;
  }

  [[nodiscard]] const Row* find(std::uint64_t key) const {
    std::size_t at = mix(key) & (slots_.size() - 1);
    while (true) {
      const std::uint64_t slot = slots_[at];
      if (slot >> kRowBits == key) return &rows_[(slot & kRowMask) * blocks_];
      if (slot == 0) return rows_.data();
      at = (at + 1) & (slots_.size() - 1);
    }
  }

  [[nodiscard]] std::uint64_t lanes_of(std::uint64_t hash) const {
    std::size_t at = hash >> 8 & (words_.size() - 1);
    while (words_[at].hash != hash) {
      if (words_[at].hash == 0) return 0;
      at = (at + 1) & (words_.size() - 1);
    }
    return words_[at].lanes;
  }

  bool latin_;
  std::vector<std::string_view> tags_;
  std::vector<int> priors_;
  std::vector<std::size_t> numbers_;
  std::size_t blocks_ = 0;
  std::vector<std::uint64_t> slots_;
  std::vector<Row> rows_;
  std::vector<Word> words_;
};

const Profiles& profiles(Script script) {
  switch (script) {
    case Script::cyrillic: {
      static const Profiles cyrillic(Script::cyrillic);
      return cyrillic;
    }
    case Script::arabic: {
      static const Profiles arabic(Script::arabic);
      return arabic;
    }
    case Script::devanagari: {
      static const Profiles devanagari(Script::devanagari);
      return devanagari;
    }
    default: {
      static const Profiles latin(Script::latin);
      return latin;
    }
  }
}

struct Scores {
  std::array<int, kLanesMax> of{};
  std::size_t letters = 0;
  std::size_t known_words = 0;
  std::size_t marked = 0;  // letters beyond ASCII
};

struct Ranking {
  std::size_t best = 0;
  int margin = 0;  // to the next one with another tag
};

Ranking rank(const Scores& scores, const Profiles& table) {
  Ranking result;
  for (std::size_t lane = 1; lane < table.languages(); ++lane)
    if (scores.of[lane] > scores.of[result.best]) result.best = lane;
  int next = 0;
  for (std::size_t lane = 0; lane < table.languages(); ++lane)
    if (table.language(lane) != table.language(result.best)) next = std::max(next, scores.of[lane]);
  result.margin = scores.of[result.best] - next;
  return result;
}

// The detector knows some languages by older tags.
std::string_view modern_tag(std::string_view code) {
  if (code == "iw") return "he";
  if (code == "jw") return "jv";
  if (code == "zh") return "zh-Hans";
  return code;
}

std::string to_utf8(std::u16string_view words) {
  std::string text;
  text.reserve(words.size() * 2);
  for (const char16_t c : words) append_utf8(text, c == kNoLetter ? U' ' : c);
  return text;
}

bool is_one_of(const Profiles& table, std::string_view tag) {
  for (std::size_t lane = 0; lane < table.languages(); ++lane)
    if (table.tag(lane) == tag) return true;
  return false;
}

// What texts of a language score per letter, less what few of them do not reach. The fewer letters
// there are and the fewer words are known, the more they have to say.
bool fits(const Scores& scores, const Ranking& ranking, const Profiles& table) {
  const int score = scores.of[ranking.best];
  const int letters = static_cast<int>(scores.letters);
  // Brands, codes and other writings come in Latin letters, and seldom in those with marks.
  if (!table.latin()) return score >= letters * 6 && (ranking.margin >= 4 || letters >= 8);
  if (scores.marked > 0) return score >= letters * 8 && (ranking.margin >= 4 || letters >= 8);
  if (scores.known_words == 0) return score >= letters * 12 + 48;
  if (scores.known_words == 1) return score >= letters * 11 + 24;
  return score * 2 >= letters * 19;
}

// Two languages closer than this are asked about.
constexpr int kClose = 16;
// Fewer letters are not worth asking about when no profile fits.
constexpr std::size_t kAskLetters = 24;

std::string_view decide(const Scores& total, const Profiles& table, std::u16string_view words) {
  const Ranking ranking = rank(total, table);
  const std::string_view best = table.tag(ranking.best);
  const bool fit = fits(total, ranking, table);
  if (fit && ranking.margin >= kClose) return is_romanised(best) ? std::string_view() : best;
  if (!fit && total.letters < (table.latin() ? kAskLetters : 4)) return {};
  const Detected detected = ask_detector(to_utf8(words));
  if (detected.claims.empty()) return fit && !is_romanised(best) ? best : std::string_view();
  const std::string_view tag = detected.claims.front().tag;
  if (!fit && !table.latin()) return tag;
  if (!fit) return detected.reliable && !is_one_of(table, tag) ? tag : std::string_view();
  for (std::size_t lane = 0; lane < table.languages(); ++lane)
    if (table.tag(lane) == tag && total.of[lane] + kClose >= total.of[ranking.best] &&
        table.prior(lane) >= std::min(0, table.prior(ranking.best)))
      return tag;
  return is_romanised(best) ? std::string_view() : best;
}

// A window is in another language than the whole if it says so by itself.
constexpr int kClear = 48;

std::vector<Claim> share_out(std::string_view whole, const std::vector<Scores>& windows,
                             const Scores& total, const Profiles& table) {
  std::vector<Claim> claims;
  for (const Scores& window : windows) {
    std::string_view tag = whole;
    if (windows.size() > 1) {
      const Ranking ranking = rank(window, table);
      const std::string_view its = table.tag(ranking.best);
      if (its != whole && ranking.margin >= kClear && fits(window, ranking, table))
        tag = is_romanised(its) ? std::string_view() : its;
    }
    if (tag.empty()) continue;
    const double share = static_cast<double>(window.letters) / static_cast<double>(total.letters);
    const auto same = std::ranges::find(claims, tag, &Claim::tag);
    if (same == claims.end())
      claims.push_back({tag, share});
    else
      same->share += share;
  }
  return claims;
}

}  // namespace

bool has_profiles(Script script) {
  return script == Script::latin || script == Script::cyrillic || script == Script::arabic ||
         script == Script::devanagari;
}

char16_t fold_letter(char32_t c) {
  static const std::array<char16_t, kFoldEnd> folded = [] {
    std::array<char16_t, kFoldEnd> table{};
    for (char32_t i = 0; i < kFoldEnd; ++i) {
      const auto lower = static_cast<char32_t>(u_tolower(static_cast<UChar32>(i)));
      table[i] = lower < kFoldEnd ? static_cast<char16_t>(lower) : kNoLetter;
    }
    table[U'İ'] = u'i';
    return table;
  }();
  if (c < kFoldEnd) return folded[c];
  const auto latin = [](char32_t n) { return static_cast<char16_t>(u'a' + n % 26); };
  if (c >= 0xFF21 && c <= 0xFF3A) return latin(c - 0xFF21);
  if (c >= 0xFF41 && c <= 0xFF5A) return latin(c - 0xFF41);
  if (c >= 0x24B6 && c <= 0x24E9) return latin(c - 0x24B6);
  if (c >= 0x1D400 && c < 0x1D6A4) return latin(c - 0x1D400);
  if (c >= 0x1F130 && c <= 0x1F149) return latin(c - 0x1F130);
  if (c >= 0x1F150 && c <= 0x1F169) return latin(c - 0x1F150);
  if (c >= 0x1F170 && c <= 0x1F189) return latin(c - 0x1F170);
  return kNoLetter;
}

Detected ask_detector(std::string_view utf8) {
  std::array<CLD2::Language, 3> languages{};
  std::array<int, 3> percents{};
  std::array<double, 3> scores{};
  int text_octets = 0;
  bool reliable = false;
  const CLD2::CLDHints hints{.content_language_hint = nullptr,
                             .tld_hint = nullptr,
                             .encoding_hint = CLD2::UTF8,
                             .language_hint = CLD2::UNKNOWN_LANGUAGE};
  (void)CLD2::ExtDetectLanguageSummary(utf8.data(), static_cast<int>(utf8.size()), true, &hints,
                                       CLD2::kCLDFlagBestEffort, languages.data(), percents.data(),
                                       scores.data(), nullptr, &text_octets, &reliable);
  Detected detected;
  detected.reliable = reliable;
  for (std::size_t i = 0; i < languages.size(); ++i) {
    if (languages[i] == CLD2::UNKNOWN_LANGUAGE || percents[i] <= 0) continue;
    const std::string_view tag = modern_tag(CLD2::LanguageCode(languages[i]));
    if (tag.starts_with("xx") || tag == "un") continue;  // a writing, not a language
    detected.claims.push_back({tag, percents[i] / 100.0});
  }
  return detected;
}

std::vector<Claim> claim_languages(Script script, std::u16string_view words) {
  const Profiles& table = profiles(script);
  Scores total;
  std::vector<Scores> windows;
  for (std::size_t at = 0; at < words.size();) {
    Scores& window = windows.emplace_back();
    const std::size_t begin = at;
    while (at < words.size() && window.letters < kWindowLetters) {
      const std::size_t end = std::min(words.find(u' ', at), words.size());
      window.letters += end - at;
      at = end + 1;
    }
    const std::u16string_view part = words.substr(begin, std::min(at, words.size()) - begin);
    for (const char16_t c : part) window.marked += c >= 0x80 && c != kNoLetter ? 1 : 0;
    Sums sums{};
    window.known_words = table.add(part, sums);
    for (std::size_t lane = 0; lane < table.languages(); ++lane) {
      window.of[lane] = sums[lane / 8][lane % 8];
      total.of[lane] += window.of[lane];
    }
    total.letters += window.letters;
    total.marked += window.marked;
    total.known_words += window.known_words;
  }
  if (total.letters == 0) return {};
  for (std::size_t lane = 0; lane < table.languages(); ++lane) total.of[lane] += table.prior(lane);
  const std::string_view whole = decide(total, table, words);
  return share_out(whole, windows, total, table);
}

}  // namespace weir::text
