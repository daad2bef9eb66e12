// text/language.h - which languages a text is in, by script first, then by a detector.
//
// Output:  BCP 47 tags, the largest share first: zh-Hans, zh-Hant, ja, ko, en, de, ru, ...; "und"
// is
//          never returned: no letters, no entry. Shares are of letters and sum to at most 1; a
//          letter of a dense script counts twice, letters of web and mail addresses not at all.
// How:     Hangul -> ko; kana beside Han -> ja; Han alone -> zh, simplified and traditional told
//          apart by characters that only one of them uses; other scripts by CLD2. Nothing here
//          needs spaces between words.
// Cost:    O(octets) over at most the first 16 KB.
// Threads: safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace weir::text {

struct Language {
  std::string tag;
  double share = 0;  // (0,1]
  friend bool operator==(const Language&, const Language&) = default;
};

[[nodiscard]] std::vector<Language> detect_languages(std::string_view utf8);

}  // namespace weir::text
