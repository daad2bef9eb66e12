// Writing decides first, because it is certain where a detector guesses: Hangul is Korean, kana is
// Japanese and makes the Han beside it Japanese too, and most of the world's other scripts have one
// language. Han alone is weighed (language_han.h), line by line, because mails are written in
// several languages one below the other. Latin, Cyrillic, Arabic and Devanagari letters go to the
// profiles (language_letters.h).
//
// Shares are of letters. A Han character, a kana or a syllable says about as much as two letters of
// an alphabet, so it counts twice: a Chinese text with a web address in it stays Chinese.
#include "text/language.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include <unicode/unorm2.h>
#include <unicode/uscript.h>

#include "base/error.h"
#include "base/utf8.h"
#include "text/language_han.h"
#include "text/language_letters.h"
#include "text/script_table.h"

namespace weir::text {
namespace {

constexpr std::size_t kOctetsMax = 16'384;
constexpr double kDenseWeight = 2;
// Letters are sampled in stretches of this many, and so many stretches of a script at most.
constexpr std::size_t kStretch = 64;
constexpr std::size_t kStretches = 4;
// No word is longer; what is longer is a code.
constexpr std::size_t kWordMax = 40;
// A line with fewer dense characters than this is read together with the next one.
constexpr std::size_t kLineMin = 12;
// Fewer letters than this beside another language say nothing: a brand, a name, a code.
constexpr std::size_t kFewLetters = 16;

// Scripts of one language, or of one that nearly all mail in them is in.
struct ScriptLanguage {
  UScriptCode script;
  std::string_view tag;
};
constexpr ScriptLanguage kScriptLanguages[] = {
    {USCRIPT_GREEK, "el"},
    {USCRIPT_HEBREW, "he"},
    {USCRIPT_THAI, "th"},
    {USCRIPT_LAO, "lo"},
    {USCRIPT_KHMER, "km"},
    {USCRIPT_MYANMAR, "my"},
    {USCRIPT_GEORGIAN, "ka"},
    {USCRIPT_ARMENIAN, "hy"},
    {USCRIPT_TAMIL, "ta"},
    {USCRIPT_TELUGU, "te"},
    {USCRIPT_KANNADA, "kn"},
    {USCRIPT_MALAYALAM, "ml"},
    {USCRIPT_BENGALI, "bn"},
    {USCRIPT_GUJARATI, "gu"},
    {USCRIPT_GURMUKHI, "pa"},
    {USCRIPT_ORIYA, "or"},
    {USCRIPT_SINHALA, "si"},
    {USCRIPT_ETHIOPIC, "am"},
    {USCRIPT_TIBETAN, "bo"},
    {USCRIPT_THAANA, "dv"},
    {USCRIPT_MONGOLIAN, "mn"},
    {USCRIPT_CHEROKEE, "chr"},
    {USCRIPT_SYRIAC, "syr"},
    {USCRIPT_YI, "ii"},
    {USCRIPT_OL_CHIKI, "sat"},
    {USCRIPT_NKO, "nqo"},
    {USCRIPT_VAI, "vai"},
    {USCRIPT_JAVANESE, "jv"},
    {USCRIPT_BALINESE, "ban"},
    {USCRIPT_SUNDANESE, "su"},
    {USCRIPT_CANADIAN_ABORIGINAL, "iu"},
    {USCRIPT_TIFINAGH, "zgh"},
    {USCRIPT_MEITEI_MAYEK, "mni"},
    {USCRIPT_ADLAM, "ff"},
    {USCRIPT_BOPOMOFO, "zh-Hant"},
};

enum OctetClass : std::uint8_t { kLetter = 1, kDigit = 2, kDot = 4, kSign = 8 };
constexpr std::array<std::uint8_t, 256> kOctets = [] {
  std::array<std::uint8_t, 256> table{};
  for (std::size_t c = 0; c < 26; ++c) table['a' + c] = table['A' + c] = kLetter;
  for (std::size_t c = '0'; c <= '9'; ++c) table[c] = kDigit;
  table['.'] = kDot;
  for (const char c : {'@', ':', '/', '_', '\\', '=', '&'})
    table[static_cast<unsigned char>(c)] = kSign;
  return table;
}();

bool is_ascii_graphic(char c) { return c > ' ' && c < 0x7F; }
std::uint8_t octet_class(char c) { return kOctets[static_cast<unsigned char>(c)]; }

// A web or mail address, the name of a host or a file, a code: letters in no language. Only asked
// about words that have a dot, a sign or a digit.
bool is_code(std::string_view word, std::uint8_t classes) {
  if ((classes & kDigit) != 0 && (classes & kLetter) != 0) return true;
  for (std::size_t i = 1; i + 1 < word.size(); ++i) {
    if (word[i] == '@' || word[i] == '_' || word[i] == '=' || word[i] == '\\') return true;
    if (word[i] == ':' && word[i + 1] == '/') return true;
    // Not behind a bracket or a quote: that is the next word.
    if (word[i] == '.' && octet_class(word[i - 1]) == kLetter &&
        octet_class(word[i + 1]) == kLetter)
      return true;
  }
  return false;
}

// "Re:" and its sisters stand before subjects in every language.
bool is_reply_prefix(std::string_view word) {
  if (word.size() < 2 || word.size() > 5 || word.back() != ':') return false;
  std::array<char, 4> folded{};
  for (std::size_t i = 0; i + 1 < word.size(); ++i) folded[i] = static_cast<char>(word[i] | 0x20);
  const std::string_view prefix(folded.data(), word.size() - 1);
  constexpr std::string_view kPrefixes[] = {"re", "fw",  "fwd", "aw",  "wg",   "sv",  "vs",
                                            "tr", "rv",  "vb",  "rif", "antw", "odp", "ynt",
                                            "pd", "enc", "res", "r",   "i"};
  return std::ranges::find(kPrefixes, prefix) != std::end(kPrefixes);
}

constexpr std::size_t kBlock = 64;

// Octets that are looked at together where no letters are sampled: most of a long mail.
struct Block {
  std::size_t letters = 0;
  bool plain = false;  // ASCII without addresses and codes
  bool newline = false;
};

using Octets = std::uint8_t __attribute__((vector_size(16)));

Octets load(const char* from) {
  Octets octets;
  std::memcpy(&octets, from, sizeof octets);
  return octets;
}
// All ones where it is so.
Octets are_below(Octets octets, std::uint8_t first, std::uint8_t count) {
  return reinterpret_cast<Octets>(octets - first < count);
}
Octets are_letters(Octets octets) { return are_below(octets | 0x20, 'a', 26); }
Octets are_digits(Octets octets) { return are_below(octets, '0', 10); }
Octets are(Octets octets, char c) {
  return reinterpret_cast<Octets>(octets == static_cast<std::uint8_t>(c));
}
bool any(Octets octets) {
  std::array<std::uint64_t, 2> halves{};
  std::memcpy(halves.data(), &octets, sizeof octets);
  return (halves[0] | halves[1]) != 0;
}

// octets: kBlock of them and one more.
Block read_block(const char* octets) {
  Octets letters{}, odd{}, newlines{};
  for (std::size_t i = 0; i < kBlock; i += sizeof(Octets)) {
    const Octets here = load(octets + i), next = load(octets + i + 1);
    const Octets letter = are_letters(here), next_letter = are_letters(next);
    letters -= letter;  // a mask is -1
    newlines |= are(here, '\n');
    odd |= (here & 0x80) | are(here, '@') | are(here, '_') | are(here, '=') | are(here, '\\') |
           are(here, '/') | (are(here, '.') & next_letter) | (letter & are_digits(next)) |
           (are_digits(here) & next_letter);
  }
  std::size_t count = 0;
  for (std::size_t i = 0; i < sizeof(Octets); ++i) count += letters[i];
  return {count, !any(odd), any(newlines)};
}

struct Answers {
  void add(std::string_view tag, double weight, std::size_t letters) {
    if (weight <= 0) return;
    const auto same = std::ranges::find(languages, tag, &Answer::tag);
    if (same == languages.end()) {
      languages.push_back({tag, weight, letters});
      return;
    }
    same->weight += weight;
    same->letters += letters;
  }
  struct Answer {
    std::string_view tag;
    double weight = 0;
    std::size_t letters = 0;
  };
  std::vector<Answer> languages;
};

// One script of those with profiles: how many letters, and the words that are looked at.
struct Sample {
  std::size_t letters = 0;
  std::u16string words;
  std::size_t claimed = 0;  // size of the words that `claims` are of
  std::vector<Claim> claims;
};

constexpr std::array<Script, 4> kSampled = {Script::latin, Script::cyrillic, Script::arabic,
                                            Script::devanagari};

}  // namespace

struct LanguageSums::Counts {
  std::array<Sample, 4> samples;
  std::array<std::uint32_t, 256> others{};  // by number of the script
  std::size_t others_in_all = 0;
  std::size_t korean = 0, unsure = 0;
  std::array<std::size_t, 4> by_language{};
  HanScores han;

  void add(const Counts& other) {
    for (std::size_t slot = 0; slot < samples.size(); ++slot) {
      Sample& to = samples[slot];
      const Sample& from = other.samples[slot];
      if (to.letters == 0) {
        to = from;
        continue;
      }
      to.letters += from.letters;
      // The words of two stretches say enough.
      if (to.words.size() < 2 * kStretch) to.words += from.words;
    }
    if (other.others_in_all > 0)
      for (std::size_t number = 0; number < others.size(); ++number)
        others[number] += other.others[number];
    others_in_all += other.others_in_all;
    korean += other.korean;
    unsure += other.unsure;
    for (std::size_t i = 0; i < by_language.size(); ++i) by_language[i] += other.by_language[i];
    han.add(other.han);
  }

  [[nodiscard]] std::vector<Language> take() {
    Answers answers;
    double total = dense(answers);
    total += letters(answers);
    std::ranges::sort(answers.languages, [](const auto& a, const auto& b) {
      return a.weight != b.weight ? a.weight > b.weight : a.tag < b.tag;
    });
    std::vector<Language> result;
    result.reserve(answers.languages.size());
    for (const Answers::Answer& answer : answers.languages) {
      // A product name or a code in a text of another language is no second language.
      const auto few = std::max(kFewLetters, static_cast<std::size_t>(total / 10));
      if (!result.empty() && answer.letters < few) continue;
      result.push_back({std::string(answer.tag), answer.weight / total});
    }
    return result;
  }

 private:
  double dense(Answers& answers) const {
    const auto add = [&](std::string_view tag, std::size_t n) {
      answers.add(tag, kDenseWeight * static_cast<double>(n), 2 * n);
    };
    add("ko", korean);
    std::size_t n = korean;
    const HanLanguage usual = choose(han).language;
    for (const HanLanguage language :
         {HanLanguage::simplified, HanLanguage::traditional, HanLanguage::japanese}) {
      const std::size_t letters =
          by_language[static_cast<std::size_t>(language)] + (language == usual ? unsure : 0);
      add(han_tag(language), letters);
      n += letters;
    }
    return kDenseWeight * static_cast<double>(n);
  }

  // Returns how many letters there are, claimed or not.
  double letters(Answers& answers) {
    auto total = static_cast<double>(others_in_all);
    if (others_in_all > 0)
      for (const ScriptLanguage& row : kScriptLanguages) {
        const std::size_t n = others[static_cast<std::size_t>(row.script)];
        answers.add(row.tag, static_cast<double>(n), n);
      }
    const bool beside = !answers.languages.empty();
    for (std::size_t slot = 0; slot < samples.size(); ++slot) {
      Sample& sample = samples[slot];
      if (sample.letters == 0) continue;
      total += static_cast<double>(sample.letters);
      if (beside && sample.letters < kFewLetters) continue;
      if (sample.claimed != sample.words.size()) {
        sample.claims = claim_languages(kSampled[slot], sample.words);
        sample.claimed = sample.words.size();
      }
      for (const Claim& claim : sample.claims) {
        const double weight = claim.share * static_cast<double>(sample.letters);
        answers.add(claim.tag, weight, static_cast<std::size_t>(weight));
      }
    }
    return total;
  }
};

namespace {

using Counts = LanguageSums::Counts;

// Reads one text.
class Reader {
 public:
  Reader(std::string_view text, Counts& counts)
      : counts_(counts),
        text_(text),
        period_(kStretch * std::max<std::size_t>(1, text.size() / (kStretch * kStretches))) {}

  void run() {
    for (std::size_t at = 0; at < text_.size();) {
      const auto octet = static_cast<unsigned char>(text_[at]);
      if (octet > ' ' && octet < 0x7F) {
        if (skip_block(at)) continue;
        at = ascii_word(at);
      } else if (octet < 0x80) {
        leave_word();
        han_.gap();
        if (octet == '\n') leave_line();
        ++at;
      } else {
        if (octet >= 0xE4 && octet <= 0xE9 && han_run(at)) continue;
        const char32_t c = next_letter(text_, at);
        const ScriptNumber number = scripts_[c];
        beyond_ascii(c, number);
      }
    }
    leave_word();
    take_line();
  }

 private:
  static std::size_t slot_of(Script script) {
    switch (script) {
      case Script::latin: return 0;
      case Script::cyrillic: return 1;
      case Script::arabic: return 2;
      case Script::devanagari: return 3;
      default: return 4;
    }
  }

  bool han_run(std::size_t& at) {
    const std::size_t end = han_.run(text_, at);
    if (end == at) return false;
    at = end;
    leave_word();
    last_han_ = true;
    return true;
  }

  // Counts the letters of a block that is not sampled; false if it has to be read word by word.
  bool skip_block(std::size_t& at) {
    Sample& sample = counts_.samples[0];
    const std::size_t phase = sample.letters % period_;
    if (phase < kStretch || phase + kBlock > period_ || size_ > 0 || at < words_until_ ||
        text_.size() - at <= kBlock)
      return false;
    const Block block = read_block(text_.data() + at);
    if (!block.plain) {
      words_until_ = at + kBlock;
      return false;
    }
    sample.letters += block.letters;
    at += kBlock;
    han_.gap();
    if (block.newline) leave_line();
    return true;
  }

  std::size_t ascii_word(std::size_t begin) {
    std::uint8_t classes = 0;
    std::size_t letters = 0, at = begin;
    for (; at < text_.size() && is_ascii_graphic(text_[at]); ++at) {
      const std::uint8_t c = octet_class(text_[at]);
      classes |= c;
      letters += c & kLetter;
    }
    han_.gap();
    const std::string_view word = text_.substr(begin, at - begin);
    if (letters == 0 ||
        ((classes & ~kLetter) != 0 && (is_code(word, classes) || is_reply_prefix(word)))) {
      leave_word();
      return at;
    }
    Sample& sample = counts_.samples[0];
    const bool alone =
        size_ == 0 && (at == text_.size() || static_cast<unsigned char>(text_[at]) < 0x80);
    if (alone && sample.letters % period_ >= kStretch) {
      sample.letters += letters;
      return at;
    }
    for (const char c : word) {
      if (octet_class(c) == kLetter)
        letter(0, static_cast<char16_t>(c | 0x20));
      else
        leave_word();
    }
    return at;
  }

  void beyond_ascii(char32_t c, ScriptNumber number) {
    const Script script = scripts_.named(number);
    switch (script) {
      case Script::latin:
      case Script::cyrillic:
      case Script::arabic:
      case Script::devanagari: letter(slot_of(script), fold_letter(c)); return;
      case Script::han: han_.han(c); break;
      case Script::hiragana:
      case Script::katakana: han_.kana(); break;
      case Script::hangul:
        ++hangul_;
        if (last_han_) ++hangul_behind_han_;
        han_.gap();
        break;
      case Script::none:
        no_script(c);
        last_han_ = false;
        return;
      default:
        ++counts_.others[number];
        ++counts_.others_in_all;
        han_.gap();
    }
    leave_word();
    last_han_ = script == Script::han;
  }

  void no_script(char32_t c) {
    if (size_ > 0 && size_ <= kWordMax && c >= 0x300 && c <= 0x36F) {
      compose(c);
      return;
    }
    const bool arabic_mark = (c >= 0x64B && c <= 0x65F) || c == 0x670 || c == 0x640;
    if (arabic_mark || c == 0xAD) return;  // vowel marks, stretched letters, soft hyphens
    const char16_t folded = c >= 0x24B6 ? fold_letter(c) : char16_t{0xFFFF};
    if (folded != 0xFFFF) {
      letter(0, folded);
      return;
    }
    leave_word();
    // Quotes and stops in a line of Han are no end of it.
    if (c < 0x3000 || c > 0x303F) han_.gap();
  }

  // A letter and its mark, written one behind the other.
  void compose(char32_t mark) {
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2* nfc = unorm2_getNFCInstance(&status);
    if (U_FAILURE(status) != 0) return;
    const UChar32 composed = unorm2_composePair(nfc, word_[size_ - 1], static_cast<UChar32>(mark));
    if (composed > 0 && composed < 0x2000) word_[size_ - 1] = static_cast<char16_t>(composed);
  }

  void letter(std::size_t slot, char16_t folded) {
    if (slot != word_slot_) leave_word();
    word_slot_ = slot;
    ++counts_.samples[slot].letters;
    if (size_ < kWordMax) word_[size_] = folded;
    ++size_;
  }

  void leave_word() {
    if (size_ == 0) return;
    Sample& sample = counts_.samples[word_slot_];
    if ((sample.letters - size_) % period_ < kStretch && size_ <= kWordMax &&
        sample.words.size() < kStretch * kStretches * 3) {
      sample.words.append(word_.data(), size_);
      sample.words += u' ';
    }
    size_ = 0;
  }

  void leave_line() {
    if (han_.scores().han + han_.scores().kana + hangul_ >= kLineMin) take_line();
    han_.gap();
    last_han_ = false;
  }

  void take_line() {
    const HanScores& line = han_.scores();
    counts_.korean += hangul_;
    if (line.han + line.kana > 0) {
      // Hanja in a Korean text: syllables stand right behind it, or most are syllables.
      const bool simplified = line.simplified > line.traditional;
      if (line.kana == 0 && hangul_ > 0 && !simplified &&
          (hangul_ > line.han || hangul_behind_han_ * 4 >= line.han)) {
        counts_.korean += line.han;
      } else {
        const HanChoice choice = choose(line);
        const std::size_t letters = line.han + line.kana;
        (choice.sure ? counts_.by_language[static_cast<std::size_t>(choice.language)]
                     : counts_.unsure) += letters;
        counts_.han.add(line);
      }
    }
    han_.clear();
    hangul_ = hangul_behind_han_ = 0;
  }

  Counts& counts_;
  const ScriptTable& scripts_ = ScriptTable::get();
  std::string_view text_;
  std::size_t period_;
  std::size_t words_until_ = 0;  // up to here no block is plain
  std::array<char16_t, kWordMax> word_{};
  std::size_t size_ = 0;  // of the word, which may be longer than what is kept of it
  std::size_t word_slot_ = 0;
  HanReader han_;
  std::size_t hangul_ = 0, hangul_behind_han_ = 0;  // of the line
  bool last_han_ = false;
};

}  // namespace

LanguageSums::LanguageSums() : counts_(std::make_unique<Counts>()) {}
LanguageSums::LanguageSums(std::string_view utf8) : LanguageSums() {
  Reader(utf8_prefix(utf8, kOctetsMax), *counts_).run();
}
LanguageSums::LanguageSums(LanguageSums&&) noexcept = default;
LanguageSums& LanguageSums::operator=(LanguageSums&&) noexcept = default;
LanguageSums::~LanguageSums() = default;

void LanguageSums::add(const LanguageSums& other) { counts_->add(*other.counts_); }
std::vector<Language> LanguageSums::languages() { return counts_->take(); }

std::vector<Language> detect_languages(std::string_view utf8) {
  return LanguageSums(utf8).languages();
}

}  // namespace weir::text
