// text/han.h - which writing a Han character is at home in. For text/ only.
//
// The facts come from the national standards: GB 2312 (simplified), Big5 (traditional), JIS X 0208
// (Japanese) each put the characters of everyday use into a first level and the rest into a second.
// Read once from the conversion tables, 32 KB.
#pragma once

#include <cstdint>
#include <string_view>

namespace weir::text {

enum HanUse : std::uint8_t {
  kGbLevel1 = 1,
  kGbLevel2 = 2,
  kBig5Level1 = 4,
  kBig5Level2 = 8,
  kJisLevel1 = 16,
  kJisLevel2 = 32,
};

// A set of HanUse; 0 for everything that is in none of the three standards.
[[nodiscard]] std::uint8_t han_use(char32_t code_point);

// Whether KS X 1001 has this Hangul syllable: 2,350 of the 11,172, and nearly all that are written.
[[nodiscard]] bool is_everyday_hangul(char32_t code_point);

// Characters by falling frequency in present-day texts, some hundreds each.
extern const std::string_view kFrequentSimplified;
extern const std::string_view kFrequentTraditional;
extern const std::string_view kFrequentKanji;
extern const std::string_view kFrequentHangul;

}  // namespace weir::text
