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
  std::size_t not_simplified = 0;   // Han that GB 2312 does not have
  std::size_t not_traditional = 0;  // Han that Big5 does not have

  void add(const HanScores& other);
};

class HanReader {
 public:
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
  char32_t last_ = 0;  // the Han character just before
};

struct HanChoice {
  HanLanguage language = HanLanguage::unknown;
  bool sure = false;  // not only the more frequent one of two that fit alike
};

[[nodiscard]] HanChoice choose(const HanScores& scores);

}  // namespace weir::text
