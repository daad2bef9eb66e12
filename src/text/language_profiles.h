// text/language_profiles.h - what languages that share a writing look like. For text/ only.
//
// language_profiles.cpp is written by tools/make_language_profiles, which names the sources of the
// counts; language_words.cpp is written by hand: words that letters begin with, ask with and sell
// with.
#pragma once

#include <cstddef>
#include <string_view>

#include "text/script.h"

namespace weir::text {

struct LanguageProfile {
  // BCP 47. A tag may stand in two rows (a language and the same without its marks); xx-Latn is
  // another writing in Latin letters, which is to be recognised and not to be claimed.
  std::string_view tag;
  Script script = Script::none;
  // Letter triples by falling frequency: levels are quarters of a nat above 1 in 100,000, the first
  // triple is at first_level, each '|' is one level down. '_' is the edge of a word. Of Han
  // characters there are pairs.
  unsigned first_level = 0;
  std::string_view triples;
  std::string_view words;  // in lower case, with blanks between them
};
extern const LanguageProfile kLanguageProfiles[];
extern const std::size_t kLanguageProfileCount;

struct LanguageWords {
  std::string_view tag;
  std::string_view words;
};
extern const LanguageWords kLanguageWords[];
extern const std::size_t kLanguageWordsCount;

}  // namespace weir::text
