// text/script.h - what kind of writing a code point belongs to, and a text is written in.
//
// By the Script property of Unicode (ICU's version of it), for all of its scripts; a table look-up,
// O(1). Digits, punctuation, symbols, emoji and marks that many scripts use belong to none; the
// prolonged sound marks of kana count as katakana.
// Threads: safe; the table is built at first use (68 KB).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace weir::text {

enum class Script : std::uint8_t {
  none,
  latin,
  cyrillic,
  greek,
  arabic,
  hebrew,
  thai,
  devanagari,
  han,
  hiragana,
  katakana,
  hangul,
  other
};

[[nodiscard]] Script script_of(char32_t code_point);
// Scripts written without blanks between words, where one character says as much as a word
// elsewhere.
[[nodiscard]] bool is_dense(Script script);  // han, hiragana, katakana, hangul

// A script of Unicode as a number of ICU's (UScriptCode); 0 for code points that belong to none.
using ScriptNumber = std::uint8_t;
[[nodiscard]] ScriptNumber script_number(char32_t code_point);
// ISO 15924: "Latn", "Hani", "Hang", ...; "Zyyy" for 0.
[[nodiscard]] std::string_view script_code(ScriptNumber number);

struct ScriptShare {
  std::array<char, 4> code{};  // ISO 15924
  double share = 0;            // (0,1]
  [[nodiscard]] std::string_view name() const { return {code.data(), code.size()}; }
  friend bool operator==(const ScriptShare&, const ScriptShare&) = default;
};

struct ScriptsOfText {
  std::vector<ScriptShare> shares;  // of letters, the largest first; they sum to 1
  std::size_t letters = 0;          // code points that belong to a script
  // Words of three or more letters in which Latin letters stand beside Cyrillic or Greek ones.
  std::size_t mixed_words = 0;
};

// One pass, O(octets). Ill-formed octets belong to no script.
[[nodiscard]] ScriptsOfText scripts_of(std::string_view utf8);
[[nodiscard]] std::vector<ScriptShare> script_shares(std::string_view utf8);

}  // namespace weir::text
