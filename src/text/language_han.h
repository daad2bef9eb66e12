// text/language_han.h - Chinese in simplified or traditional characters, or Japanese: what a line
// of Han characters and kana is. For text/ only.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/utf8.h"

namespace weir::text {

enum class HanLanguage { unknown, simplified, traditional, japanese };

// BCP 47; empty for unknown.
[[nodiscard]] std::string_view han_tag(HanLanguage language);

// The evidence of one line, or of many added up. Higher is better; in nats, roughly.
struct HanScores {
  int simplified = 0, traditional = 0, japanese = 0;
  std::size_t han = 0, kana = 0;
  void add(const HanScores& other);
};

class HanReader {
 public:
  // Reads the Han characters U+4E00 to U+9FFF at `at` and returns where they end.
  std::size_t run(std::string_view text, std::size_t at);
  // One of the others: iteration marks, rare characters.
  void han(char32_t c);
  void kana() {
    ++scores_.kana;
    last_ = 0;
  }
  // Something that is neither Han nor kana: words do not go on behind it.
  void gap() { last_ = 0; }
  [[nodiscard]] const HanScores& scores() const { return scores_; }
  void clear() {
    scores_ = {};
    last_ = 0;
  }

 private:
  HanScores scores_;
  std::size_t pairs_ = 0;  // looked up
  char32_t last_ = 0;      // the Han character just before
};

struct HanChoice {
  HanLanguage language = HanLanguage::unknown;
  bool sure = false;  // not only the more frequent one of two that fit alike
};

[[nodiscard]] HanChoice choose(const HanScores& scores);

}  // namespace weir::text
