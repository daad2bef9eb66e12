// text/normal_word.h - one word as it is meant: of one alphabet, with letters instead of the
// figures that stand for them. For text/ only.
//
// A word here is a run of letters and digits of the normal form, with the signs between them that
// may stand for letters (is_bridge). The rules and their examples: docs/reading/normal-form.md.
// O(size); a word that folding does not change comes back as it was, and folding a word twice is
// folding it once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace weir::text {

struct WordChanges {
  std::uint32_t lookalikes = 0;
  std::uint32_t leet = 0;
  std::uint32_t separators = 0;
};

// Words longer than this have only their alphabets looked at.
inline constexpr std::size_t kLeetUnitsMax = 32;

// Whether a sign between two letters may belong to the word: @ $ | ! and the euro sign, and what
// else a mail address has, once an @ has been seen.
[[nodiscard]] bool is_bridge(char32_t c, bool behind_at);
// Whether a word may begin with the sign.
[[nodiscard]] bool is_prefix(char32_t c);

enum class WordPlace : std::uint8_t { text, address };  // of a URL: only the alphabets are folded

class WordFolder {
 public:
  // True if the word changes, and then into result().
  [[nodiscard]] bool fold(std::string_view word, WordPlace place, WordChanges& changes);
  [[nodiscard]] const std::string& result() const { return out_; }

 private:
  [[nodiscard]] bool fold_alphabets(WordChanges& changes);
  [[nodiscard]] bool is_address() const;
  [[nodiscard]] bool drop_separators(WordChanges& changes);
  [[nodiscard]] bool fold_number(WordChanges& changes);
  [[nodiscard]] bool fold_leet(WordChanges& changes);
  [[nodiscard]] char32_t meant(std::size_t at, bool cyrillic) const;

  std::u32string units_;
  std::string out_;
};

}  // namespace weir::text
