// text/script.h - what kind of writing a code point belongs to; a table look-up, O(1), pure.
#pragma once

namespace weir::text {

enum class Script {
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

}  // namespace weir::text
