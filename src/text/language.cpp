// Writing decides first, because it is certain where a detector guesses: Hangul is Korean, kana is
// Japanese and makes the Han beside it Japanese too, Han alone is Chinese. Whether Chinese is
// simplified or traditional is said by the characters that only one of the national standards has;
// the same for Japanese without kana (han.h). Only the other writings go to the detector.
//
// Shares are of letters. A Han character, a kana or a syllable says about as much as two letters of
// an alphabet, so it counts twice: a Chinese text with a web address in it stays Chinese.
#include "text/language.h"

#include <algorithm>
#include <array>
#include <string>

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>

#include "base/utf8.h"
#include "text/han.h"
#include "text/script.h"

namespace weir::text {
namespace {

constexpr std::size_t kOctetsMax = 16'384;
constexpr double kDenseWeight = 2;
// Beside this share of kana among kana and Han, Han is Japanese; below it, kana is a sprinkle in a
// Chinese text (a decoration, a brand, the possessive mark in a shop's name).
constexpr double kJapaneseKanaShare = 0.05;

struct Counts {
  std::size_t hangul = 0, kana = 0, han = 0;
  std::size_t simplified_only = 0, traditional_only = 0, japanese_only = 0;
  std::size_t not_japanese = 0;  // Han that JIS X 0208 does not have
  std::size_t others = 0;        // letters of all other writings
  std::string other_text;        // with what stands between them
};

void count_han(char32_t c, Counts& counts) {
  ++counts.han;
  const std::uint8_t use = han_use(c);
  if (use == 0) return;
  const bool gb = (use & (kGbLevel1 | kGbLevel2)) != 0;
  const bool big5 = (use & (kBig5Level1 | kBig5Level2)) != 0;
  const bool jis = (use & (kJisLevel1 | kJisLevel2)) != 0;
  if (gb && !big5) ++counts.simplified_only;
  if (big5 && !gb) ++counts.traditional_only;
  if (jis && !gb && !big5) ++counts.japanese_only;
  if (!jis) ++counts.not_japanese;
}

bool is_ascii_graphic(char c) { return c > ' ' && c < 0x7F; }

// The length of a web or mail address at the start of text, 0 if there is none: its letters are in
// no language.
std::size_t address_size(std::string_view text) {
  const auto size =
      static_cast<std::size_t>(std::ranges::find_if_not(text, is_ascii_graphic) - text.begin());
  const std::string_view word = text.substr(0, size);
  const bool address = word.find("://") != std::string_view::npos ||
                       word.find('@') != std::string_view::npos || word.starts_with("www.");
  return address ? size : 0;
}

Counts count(std::string_view text) {
  Counts counts;
  bool after_other = false;
  for (std::size_t at = 0; at < text.size();) {
    if (is_ascii_graphic(text[at]) && (at == 0 || !is_ascii_graphic(text[at - 1]))) {
      at += address_size(text.substr(at));
      if (at >= text.size()) break;
    }
    const std::size_t begin = at;
    const char32_t c = next_code_point(text, at);
    const Script script = script_of(c);
    switch (script) {
      case Script::hangul: ++counts.hangul; break;
      case Script::hiragana:
      case Script::katakana: ++counts.kana; break;
      case Script::han: count_han(c, counts); break;
      case Script::none:
        if (c < 0x80 || after_other) append_utf8(counts.other_text, c);
        continue;
      default:
        ++counts.others;
        counts.other_text.append(text.substr(begin, at - begin));
        after_other = true;
        continue;
    }
    if (after_other) counts.other_text.push_back(' ');
    after_other = false;
  }
  return counts;
}

class Shares {
 public:
  void add(std::string_view tag, double weight) {
    if (weight <= 0) return;
    total_ += weight;
    const auto same = std::ranges::find(languages_, tag, &Language::tag);
    if (same != languages_.end())
      same->share += weight;
    else
      languages_.push_back({std::string(tag), weight});
  }
  [[nodiscard]] bool empty() const { return languages_.empty(); }
  void add_unknown(double weight) { total_ += weight; }
  [[nodiscard]] std::vector<Language> take() {
    for (Language& language : languages_) language.share /= total_;
    std::ranges::sort(languages_, [](const Language& a, const Language& b) {
      return a.share != b.share ? a.share > b.share : a.tag < b.tag;
    });
    return std::move(languages_);
  }

 private:
  std::vector<Language> languages_;
  double total_ = 0;
};

void add_dense(const Counts& counts, Shares& shares) {
  const auto weight = [](std::size_t n) { return kDenseWeight * static_cast<double>(n); };
  shares.add("ko", weight(counts.hangul));
  if (counts.han + counts.kana == 0) return;
  const double kana_share =
      static_cast<double>(counts.kana) / static_cast<double>(counts.han + counts.kana);
  // Without kana, Han is Japanese if Japan has it all, and China and Taiwan have only a part of it
  // each.
  const bool japanese_shapes =
      counts.japanese_only > 0 || (counts.simplified_only > 0 && counts.traditional_only > 0);
  const bool all_in_jis = counts.not_japanese == 0;
  const bool much_not_in_jis = counts.not_japanese * 6 > counts.han && kana_share < 0.3;
  if ((kana_share >= kJapaneseKanaShare && !much_not_in_jis) ||
      (all_in_jis && (counts.kana > 0 || japanese_shapes))) {
    shares.add("ja", weight(counts.kana + counts.han));
    return;
  }
  if (counts.han == 0) return;
  if (counts.hangul > counts.han && counts.simplified_only == 0) {  // Hanja in a Korean text
    shares.add("ko", weight(counts.han));
    return;
  }
  // Characters that say nothing are as in most of today's texts: simplified.
  const bool traditional = counts.traditional_only > counts.simplified_only;
  shares.add(traditional ? "zh-Hant" : "zh-Hans", weight(counts.han + counts.kana));
}

// Fewer letters than this beside another language say nothing.
constexpr double kFewLetters = 16;

// The detector knows some languages by older tags.
std::string_view modern_tag(std::string_view code) {
  if (code == "iw") return "he";
  if (code == "jw") return "jv";
  if (code == "zh") return "zh-Hans";
  return code;
}

void add_detected(const Counts& counts, Shares& shares) {
  if (counts.others == 0) return;
  std::array<CLD2::Language, 3> languages{};
  std::array<int, 3> percents{};
  std::array<double, 3> scores{};
  int text_octets = 0;
  bool reliable = false;
  const CLD2::CLDHints hints{.content_language_hint = nullptr,
                             .tld_hint = nullptr,
                             .encoding_hint = CLD2::UTF8,
                             .language_hint = CLD2::UNKNOWN_LANGUAGE};
  (void)CLD2::ExtDetectLanguageSummary(counts.other_text.data(),
                                       static_cast<int>(counts.other_text.size()), true, &hints,
                                       CLD2::kCLDFlagBestEffort, languages.data(), percents.data(),
                                       scores.data(), nullptr, &text_octets, &reliable);
  const auto letters = static_cast<double>(counts.others);
  double known = 0;
  for (std::size_t i = 0; i < languages.size(); ++i) {
    if (languages[i] == CLD2::UNKNOWN_LANGUAGE || percents[i] <= 0) continue;
    const std::string_view tag = modern_tag(CLD2::LanguageCode(languages[i]));
    if (tag.starts_with("xx") || tag == "un") continue;  // a writing, not a language
    const double share = letters * percents[i] / 100;
    // A product name or a code in a text of another language is no second language.
    if (!shares.empty() && share < std::max(kFewLetters, letters / 10)) continue;
    known += share;
    shares.add(tag, share);
  }
  shares.add_unknown(std::max(0.0, letters - known));
}

}  // namespace

std::vector<Language> detect_languages(std::string_view utf8) {
  const Counts counts = count(utf8_prefix(utf8, kOctetsMax));
  Shares shares;
  add_dense(counts, shares);
  add_detected(counts, shares);
  return shares.take();
}

}  // namespace weir::text
