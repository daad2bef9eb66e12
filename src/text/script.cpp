#include "text/script.h"

#include <algorithm>
#include <map>

#include <unicode/uscript.h>

#include "base/error.h"
#include "text/script_table.h"

namespace weir::text {
namespace {

// Planes 4 to 13 are unassigned and planes 15 and 16 are for private use: no script.
constexpr char32_t kAssignedEnd = 0x40000;
constexpr char32_t kTagsBegin = 0xE0000;
constexpr char32_t kTagsEnd = 0xE1000;

ScriptNumber read_script(char32_t c) {
  // The prolonged sound marks belong to both kana by Unicode; for what follows here they are
  // Japanese.
  if (c == 0x30FC || c == 0xFF70) return USCRIPT_KATAKANA;
  if (c >= kAssignedEnd && (c < kTagsBegin || c >= kTagsEnd)) return 0;
  UErrorCode status = U_ZERO_ERROR;
  const int code = uscript_getScript(static_cast<UChar32>(c), &status);
  if (U_FAILURE(status) != 0 || code <= USCRIPT_INHERITED || code == USCRIPT_UNKNOWN) return 0;
  WEIR_ASSERT(code < 256);
  return static_cast<ScriptNumber>(code);
}

Script named_script(int code) {
  switch (code) {
    case 0: return Script::none;
    case USCRIPT_LATIN: return Script::latin;
    case USCRIPT_CYRILLIC: return Script::cyrillic;
    case USCRIPT_GREEK: return Script::greek;
    case USCRIPT_ARABIC: return Script::arabic;
    case USCRIPT_HEBREW: return Script::hebrew;
    case USCRIPT_THAI: return Script::thai;
    case USCRIPT_DEVANAGARI: return Script::devanagari;
    case USCRIPT_HAN: return Script::han;
    case USCRIPT_HIRAGANA: return Script::hiragana;
    case USCRIPT_KATAKANA: return Script::katakana;
    case USCRIPT_HANGUL: return Script::hangul;
    default: return Script::other;
  }
}

bool is_ascii_letter(char c) { return static_cast<unsigned char>((c | 0x20) - 'a') < 26; }

// Counts the letters of one text, and watches the word that it is in.
class Counter {
 public:
  explicit Counter(std::string_view text) : text_(text) {}

  void run() {
    const ScriptTable& table = ScriptTable::get();
    for (std::size_t at = 0; at < text_.size();) {
      if (static_cast<unsigned char>(text_[at]) < 0x80) {
        at = ascii(at);
        continue;
      }
      const std::size_t begin = at;
      if (han_run(at)) continue;
      const char32_t c = next_letter(text_, at);
      const ScriptNumber number = table[c];
      ++letters_[number];
      const Script script = table.named(number);
      if (script <= Script::greek)
        alphabetic(script, c, begin);
      else
        leave_word();
    }
    leave_word();
  }

  [[nodiscard]] ScriptsOfText take() {
    ScriptsOfText result;
    letters_[0] = 0;
    std::size_t scripts = 0;
    for (const std::size_t n : letters_) {
      result.letters += n;
      scripts += n > 0 ? 1 : 0;
    }
    result.shares.reserve(scripts);
    for (std::size_t i = 1; i < letters_.size() && result.shares.size() < scripts; ++i) {
      if (letters_[i] == 0) continue;
      ScriptShare& share = result.shares.emplace_back();
      std::ranges::copy(script_code(static_cast<ScriptNumber>(i)).substr(0, 4), share.code.begin());
      share.share = static_cast<double>(letters_[i]) / static_cast<double>(result.letters);
    }
    std::ranges::sort(result.shares, [](const ScriptShare& a, const ScriptShare& b) {
      return a.share != b.share ? a.share > b.share : a.code < b.code;
    });
    result.mixed_words = mixed_words_;
    return result;
  }

 private:
  // Steps over Han characters U+4E00 to U+9FFF, most of a Chinese text, without the table.
  bool han_run(std::size_t& at) {
    const std::size_t begin = at;
    while (text_.size() - at >= 3) {
      const auto octet = [&](std::size_t i) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(text_[at + i]));
      };
      const std::uint32_t second = octet(1) ^ 0x80, third = octet(2) ^ 0x80;
      const std::uint32_t c = (octet(0) ^ 0xE0) << 12 | second << 6 | third;
      if (c < 0x4E00 || c > 0x9FFF || (second | third) > 0x3F) break;
      at += 3;
    }
    if (at == begin) return false;
    letters_[USCRIPT_HAN] += (at - begin) / 3;
    leave_word();
    return true;
  }

  // The ASCII characters from `at` on; returns where they end. Only at their edges can a word go on
  // in letters beyond ASCII.
  std::size_t ascii(std::size_t at) {
    const std::size_t begin = at;
    std::size_t letters = 0;
    for (; at < text_.size() && static_cast<signed char>(text_[at]) >= 0; ++at)
      letters += is_ascii_letter(text_[at]) ? 1 : 0;
    letters_[USCRIPT_LATIN] += letters;
    if (word_letters_ > 0) {
      std::size_t end = begin;
      while (end < at && end - begin < 3 && is_ascii_letter(text_[end])) ++end;
      latin_ = latin_ || end > begin;
      word_letters_ += end - begin;
      if (end < at) leave_word();
    }
    return at;
  }

  void alphabetic(Script script, char32_t c, std::size_t begin) {
    if (script == Script::none) {
      if (c < 0x300 || c > 0x36F) leave_word();  // combining marks go on
      return;
    }
    if (word_letters_ == 0) {
      std::size_t before = begin;
      while (before > 0 && begin - before < 3 && is_ascii_letter(text_[before - 1])) --before;
      latin_ = before < begin;
      word_letters_ = begin - before;
    }
    ++word_letters_;
    (script == Script::latin ? latin_ : other_) = true;
  }

  void leave_word() {
    if (latin_ && other_ && word_letters_ >= 3) ++mixed_words_;
    latin_ = other_ = false;
    word_letters_ = 0;
  }

  std::string_view text_;
  std::array<std::size_t, 256> letters_{};
  std::size_t mixed_words_ = 0;
  std::size_t word_letters_ = 0;  // 0: in no word that has letters beyond ASCII
  bool latin_ = false, other_ = false;
};

}  // namespace

ScriptTable::ScriptTable() {
  std::map<std::array<ScriptNumber, kBlock>, std::uint16_t> known;
  for (char32_t first = 0; first < 0x110000; first += kBlock) {
    std::array<ScriptNumber, kBlock> block{};
    for (char32_t i = 0; i < kBlock; ++i) block[i] = read_script(first + i);
    const auto [entry, added] =
        known.try_emplace(block, static_cast<std::uint16_t>(blocks_.size()));
    if (added) blocks_.push_back(block);
    block_of_[first >> kBits] = entry->second;
  }
  for (std::size_t i = 0; i < named_.size(); ++i) named_[i] = named_script(static_cast<int>(i));
}

const ScriptTable& ScriptTable::get() {
  static const ScriptTable table;
  return table;
}

ScriptNumber script_number(char32_t code_point) { return ScriptTable::get()[code_point]; }

std::string_view script_code(ScriptNumber number) {
  const char* code = uscript_getShortName(static_cast<UScriptCode>(number));
  return number == 0 || code == nullptr || std::string_view(code).size() != 4 ? "Zyyy" : code;
}

Script script_of(char32_t code_point) { return ScriptTable::get().script(code_point); }

bool is_dense(Script script) {
  return script == Script::han || script == Script::hiragana || script == Script::katakana ||
         script == Script::hangul;
}

ScriptsOfText scripts_of(std::string_view utf8) {
  Counter counter(utf8);
  counter.run();
  return counter.take();
}

std::vector<ScriptShare> script_shares(std::string_view utf8) { return scripts_of(utf8).shares; }

}  // namespace weir::text
