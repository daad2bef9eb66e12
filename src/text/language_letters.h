// text/language_letters.h - the language of words in a writing that many languages share.
// For text/ only.
//
// Letter triples and words are scored against the profiles (language_profiles.h), 64 letters at a
// time; a detector with more languages (CLD2) is asked only where that leaves a doubt, because it
// costs more than everything else together.
// Cost: O(letters).
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "text/script.h"

namespace weir::text {

struct Claim {
  std::string_view tag;  // static
  double share = 0;      // of the letters given; they sum to at most 1
};

// latin, cyrillic, arabic and devanagari have profiles.
[[nodiscard]] bool has_profiles(Script script);
// words: folded letters (fold_letter) of one script with one blank between words.
[[nodiscard]] std::vector<Claim> claim_languages(Script script, std::u16string_view words);

// What CLD2 says about any text, its best guess first.
struct Detected {
  std::vector<Claim> claims;
  bool reliable = false;  // by its own opinion
};
[[nodiscard]] Detected ask_detector(std::string_view utf8);

// A letter in lower case, as the profiles have it: full-width, circled and mathematical Latin
// letters are plain ones. 0xFFFF for letters that no profile has.
[[nodiscard]] char16_t fold_letter(char32_t c);

}  // namespace weir::text
