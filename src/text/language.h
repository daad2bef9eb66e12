// text/language.h - which languages a text is in: by script, then by what its words look like.
//
// Output:  BCP 47 tags, the largest share first: zh-Hans, zh-Hant, ja, ko, en, de, ru, ...; "und"
//          is never returned: no letters, no entry, and letters that are in no language that can be
//          told (names, codes, another writing in Latin letters) are not claimed. Shares are of
//          letters and sum to at most 1; a letter of a dense script counts twice, letters of web
//          and mail addresses and of words with digits not at all.
// How:     Hangul -> ko; kana -> ja; Han alone -> zh or ja by characters and words that only one of
//          them uses; scripts of one language by that; other letters by letter triples and words
//          (language_profiles.h), and in doubt by CLD2. Cantonese is zh-Hant: what it is written
//          in. Nothing here needs spaces between words.
// Cost:    O(octets) over at most the first 16 KB; letters are sampled, at most about 1,000.
// Threads: safe.
#pragma once

#include <memory>
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

// The languages of several texts, each of them and all together, and none of them read twice.
class LanguageSums {
 public:
  LanguageSums();                                // of nothing
  explicit LanguageSums(std::string_view utf8);  // of at most its first 16 KB
  LanguageSums(LanguageSums&&) noexcept;
  LanguageSums& operator=(LanguageSums&&) noexcept;
  ~LanguageSums();
  // Letters are added up; the words looked at are those of the first texts. Begin with the longest.
  void add(const LanguageSums& other);
  [[nodiscard]] std::vector<Language> languages();  // as detect_languages()

  struct Counts;

 private:
  std::unique_ptr<Counts> counts_;
};

}  // namespace weir::text
