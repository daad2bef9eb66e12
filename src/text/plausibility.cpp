// The costs are negative log-probabilities in tenths of a nat, from round figures: in a running
// text the most frequent letter of an alphabet has about a tenth of all letters and each next one
// about a tenth less; the most frequent Han character or Hangul syllable has about 4 %, the rest
// follow Zipf's law; of what is outside the frequent few hundred, the standards' first levels hold
// a fifth and the second levels a fiftieth. Finer figures would not change which charset wins.
#include "text/plausibility.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>
#include <memory>

#include "base/utf8.h"
#include "text/charset_table.h"
#include "text/han.h"

namespace weir::text {
namespace {

constexpr std::uint8_t kImprobable = 160;  // assigned, but in no one's everyday text
constexpr double kUnassignedNats = 22;
constexpr double kControlNats = 20;  // C1 controls
constexpr char32_t kNoBreakSpace = 0xA0;
constexpr char32_t kFullWidthComma = 0xFF0C;  // everyday Chinese; Japanese and Korean write others

using Costs = std::array<std::uint8_t, 0x10000>;

struct Model {
  Costs general{};     // Writing::any, and all but Han for the others
  Costs simplified{};  // Han only
  Costs traditional{};
  Costs kanji{};
};

std::uint8_t units_of(double nats) {
  return static_cast<std::uint8_t>(std::clamp(nats * kUnitsPerNat, 0.0, 255.0));
}

template <class Visit>
void for_each_code_point(std::string_view utf8, Visit visit) {
  std::size_t rank = 0;
  for (std::size_t at = 0; at < utf8.size(); ++rank) visit(next_code_point(utf8, at), rank);
}

// Letters in order of frequency: first_nats for the first, step_nats more for each next one.
void put_alphabet(Costs& costs, std::string_view letters, double first_nats, double step_nats) {
  for_each_code_point(letters, [&](char32_t c, std::size_t rank) {
    const double nats = first_nats + step_nats * static_cast<double>(rank);
    costs[c] = units_of(nats);
    const auto upper = static_cast<char32_t>(u_toupper(static_cast<UChar32>(c)));
    if (upper != c && upper >= 0x80 && upper < costs.size()) costs[upper] = units_of(nats + 1.8);
  });
}

void put_frequent(Costs& costs, std::string_view characters) {
  for_each_code_point(characters, [&](char32_t c, std::size_t rank) {
    costs[c] = std::min(costs[c], units_of(3.2 + 0.74 * std::log(1.0 + static_cast<double>(rank))));
  });
}

void put_range(Costs& costs, char32_t first, char32_t last, double nats) {
  for (char32_t c = first; c <= last; ++c) costs[c] = units_of(nats);
}

void put_han(Costs& costs, HanUse level1, HanUse level2, double level1_nats) {
  put_range(costs, 0x3400, 0x9FFF, 16);
  for (char32_t c = 0x4E00; c <= 0x9FFF; ++c) {
    const std::uint8_t use = han_use(c);
    if ((use & level1) != 0)
      costs[c] = units_of(level1_nats);
    else if ((use & level2) != 0)
      costs[c] = units_of(12.5);
    else if (use != 0)
      costs[c] = units_of(14);
  }
}

void put_alphabets(Costs& costs) {
  put_alphabet(costs, "éäöüáíóñçàãèßêúåłąžščěřůężśćğışőűńźâõôîæëïûòùýťďňđțășţėųīāēūņķļģœøìÿðþ", 4.0,
               0.045);
  put_alphabet(costs, "оеаинтсрвлкмдпуяызбгьчйхжшюцщэфіїєґъёўџћђљњјѓќѕ", 2.2, 0.11);
  put_alphabet(costs, "αοιετσνηυρπκμςλωίόδγάέήθφχύβώξζψ", 2.3, 0.1);
  put_alphabet(costs, "יוהלארתבשמנדםעחקפטכגןצזסךףץ", 2.2, 0.11);
  put_alphabet(costs, "اليمونرتبعةدسفهأكقحجىشصطإضخذزثغئءظؤآ", 2.0, 0.11);
  put_alphabet(costs, "านรกเองมย่ลวดัทสต้ีปะคบิแหจไขพุำใชโูื์็ณถธศซผภญษึฟฉฐๆฮฝฎฏ", 2.6, 0.075);
  put_range(costs, 0x3041, 0x3093, 5.6);
  put_range(costs, 0x30A1, 0x30F6, 6.6);
  put_alphabet(costs,
               "のいしたてにとはをでがなますかるれらこりもさっきくんどだあうけよせえそわみめちつ",
               3.2, 0.06);
  put_alphabet(costs, "ンースイトルラリクアドシタレジフプバロマテコグサメダデチカパビニオムナブ",
               5.0, 0.04);
}

void put_symbols(Costs& costs) {
  put_range(costs, 0xA1, 0xBF, 8);
  for (const auto c : {0xA3U, 0xA9U, 0xABU, 0xAEU, 0xB0U, 0xB7U, 0xBBU, 0x20ACU, 0x2122U})
    costs[c] = units_of(5.5);
  for (const auto c : {0x2013U, 0x2014U, 0x2018U, 0x2019U, 0x201CU, 0x201DU, 0x2026U, 0x2022U})
    costs[c] = units_of(5.0);
  costs[kNoBreakSpace] = units_of(4.2);
  put_range(costs, 0x2500, 0x25FF, 8.5);  // boxes, blocks, shapes
  for (const auto c :
       {0x25A0U, 0x25A1U, 0x25B2U, 0x25B3U, 0x25BCU, 0x25C6U, 0x25C7U, 0x25CBU, 0x25CEU, 0x25CFU,
        0x2605U, 0x2606U, 0x203BU, 0x2192U, 0x00D7U, 0x2460U, 0x2461U, 0x2462U, 0x2463U, 0x2464U})
    costs[c] = units_of(8);
  put_range(costs, 0x3001, 0x3002, 3.8);
  costs[0x3000] = units_of(4.5);
  put_range(costs, 0x3008, 0x3011, 5.5);
  put_range(costs, 0xFF01, 0xFF5E, 7.5);
  for (const auto c : {0xFF01U, 0xFF08U, 0xFF09U, 0xFF0CU, 0xFF1AU, 0xFF1BU, 0xFF1FU})
    costs[c] = units_of(4.6);
  costs[0xFF0C] = units_of(3.6);
  put_range(costs, 0xFF61, 0xFF9F, 8);   // half-width katakana
  put_range(costs, 0xE000, 0xF8FF, 18);  // private use
}

std::unique_ptr<const Model> make_model() {
  auto model = std::make_unique<Model>();
  Costs& general = model->general;
  general.fill(kImprobable);
  put_range(general, 0x00, 0x1F, 6);
  put_range(general, 0x20, 0x7E, 4.8);
  put_range(general, 'a', 'z', 3.2);
  put_range(general, '0', '9', 3.8);
  general[' '] = units_of(1.9);
  general['\n'] = general['\r'] = units_of(3);
  put_range(general, 0xC0, 0x24F, 8);
  put_range(general, 0x300, 0x323, 5);  // marks of Vietnamese
  put_range(general, 0x386, 0x3CE, 8);
  put_range(general, 0x400, 0x45F, 9);
  put_range(general, 0x5B0, 0x5F4, 8);
  put_range(general, 0x60C, 0x652, 8);
  put_range(general, 0xE01, 0xE5B, 8);
  put_range(general, 0x900, 0x109F, 9);
  put_range(general, 0xE01, 0xE5B, 8);
  put_range(general, 0x1E00, 0x1EFF, 7);
  for (char32_t c = 0xAC00; c <= 0xD7A3; ++c)
    general[c] = units_of(is_everyday_hangul(c) ? 9.2 : 15);
  put_alphabets(general);
  put_symbols(general);
  put_frequent(general, kFrequentHangul);
  put_han(model->simplified, kGbLevel1, kGbLevel2, 9.6);
  put_han(model->traditional, kBig5Level1, kBig5Level2, 9.8);
  put_han(model->kanji, kJisLevel1, kJisLevel2, 9.4);
  put_frequent(model->simplified, kFrequentSimplified);
  put_frequent(model->traditional, kFrequentTraditional);
  put_frequent(model->kanji, kFrequentKanji);
  for (char32_t c = 0x3400; c <= 0x9FFF; ++c)
    general[c] = std::min({model->simplified[c], model->traditional[c], model->kanji[c]});
  return model;
}

const Model& model() {
  static const std::unique_ptr<const Model> instance = make_model();
  return *instance;
}

bool is_han(char32_t c) { return c >= 0x3400 && c <= 0x9FFF; }
bool is_kana(char32_t c) { return c >= 0x3041 && c <= 0x30FE; }
bool is_hangul(char32_t c) { return c >= 0xAC00 && c <= 0xD7A3; }

double nats_of(char32_t c, Writing writing) {
  const Model& m = model();
  if (c == kReplacement) return kDamageUnits / kUnitsPerNat;
  if (c >= 0x80 && c < 0xA0) return kControlNats;
  if (c >= 0x10000) return u_isdefined(static_cast<UChar32>(c)) ? 15 : kUnassignedNats;
  const double general = m.general[c] / kUnitsPerNat;
  switch (writing) {
    case Writing::any:
      if (c >= 0x2500 && c < 0x2600) return general + 3;  // the frames of koi8
      break;
    case Writing::simplified:
      if (is_han(c)) return m.simplified[c] / kUnitsPerNat;
      if (is_kana(c)) return general + 3;
      if (is_hangul(c)) return general + 8;
      break;
    case Writing::traditional:
      if (is_han(c)) return m.traditional[c] / kUnitsPerNat;
      if (is_kana(c)) return general + 4;
      break;
    case Writing::japanese:
      if (is_han(c)) return m.kanji[c] / kUnitsPerNat;
      if (c == kFullWidthComma) return general + 4;
      break;
    case Writing::korean:
      if (is_han(c)) return std::max(11.0, general + 4);  // Hanja are rare in Korean mail
      if (is_kana(c) || c == kFullWidthComma) return general + 4;
      break;
  }
  // Letters of small alphabets are in every CJK charset, two octets each, and in hardly any text.
  if (writing != Writing::any && c >= 0x370 && c < 0x600) return general + 6;
  return general;
}

bool is_own(char32_t c, Writing writing) {
  if (writing == Writing::japanese) return is_kana(c);
  if (writing == Writing::korean) return is_hangul(c);
  return true;
}

enum class Shape : std::uint8_t { other, lower, upper, mark };

Shape shape_by_type(char32_t c) {
  if (c < 0x80) {
    if (c >= 'a' && c <= 'z') return Shape::lower;
    return c >= 'A' && c <= 'Z' ? Shape::upper : Shape::other;
  }
  if (c >= 0x600 && !(c >= 0xE31 && c <= 0xE4E)) return Shape::other;
  switch (u_charType(static_cast<UChar32>(c))) {
    case U_LOWERCASE_LETTER: return Shape::lower;
    case U_UPPERCASE_LETTER: return Shape::upper;
    case U_NON_SPACING_MARK: return Shape::mark;
    default: return Shape::other;
  }
}

// Kinds of character, as far as the next one depends on them. The last one is for all that stands
// alone.
enum Kind : std::uint8_t {
  kPlain,  // digits, blanks, ASCII's signs, and all that has no say
  kAsciiLower,
  kAsciiUpper,
  kLatinLower,
  kLatinUpper,
  kGreekLower,
  kGreekUpper,
  kCyrillicLower,
  kCyrillicUpper,
  kHebrew,
  kArabic,
  kThai,
  kThaiMark,
  kSign,         // of U+00A1 to U+00BF
  kOpeningSign,  // those of them that stand before a word
  kLower,        // Vietnamese letters
};

Kind with_case(Shape shape, Kind lower, Kind upper) {
  return shape == Shape::upper ? upper : shape == Shape::lower ? lower : kPlain;
}

Kind kind_by_type(char32_t c) {
  const Shape shape = shape_by_type(c);
  if (c < 0x80) return with_case(shape, kAsciiLower, kAsciiUpper);
  if (c == 0xAB || c == 0xBF || c == 0xA1) return kOpeningSign;
  if (c > 0xA1 && c < 0xC0) return kSign;
  if (c == 0xD7 || c == 0xF7) return kPlain;
  if (c >= 0xC0 && c < 0x250) return with_case(shape, kLatinLower, kLatinUpper);
  if (c >= 0x386 && c < 0x400) return with_case(shape, kGreekLower, kGreekUpper);
  if (c >= 0x400 && c < 0x530) return with_case(shape, kCyrillicLower, kCyrillicUpper);
  if (c >= 0x5D0 && c < 0x5F3) return kHebrew;
  if (c >= 0x620 && c < 0x6D4) return kArabic;
  if (c >= 0xE01 && c < 0xE4F) return shape == Shape::mark ? kThaiMark : kThai;
  return kPlain;
}

constexpr char32_t kKinds = 0xE4F;  // behind the last character that is looked up

Kind kind_of(char32_t c) {
  static const std::array<Kind, kKinds> kinds = [] {
    std::array<Kind, kKinds> out{};
    for (char32_t at = 0; at < kKinds; ++at) out[at] = kind_by_type(at);
    return out;
  }();
  if (c < kKinds) return kinds[c];
  return c >= 0x1E00 && c < 0x1F00 ? kLower : kPlain;
}

bool is_lower(Kind k) {
  return k == kAsciiLower || k == kLatinLower || k == kGreekLower || k == kCyrillicLower ||
         k == kLower;
}
bool is_upper(Kind k) {
  return k == kAsciiUpper || k == kLatinUpper || k == kGreekUpper || k == kCyrillicUpper;
}
bool is_latin(Kind k) { return k == kLatinLower || k == kLatinUpper; }

// Whose letter it is, 0 if no letter of an alphabet that an 8-bit charset has: one word is not of
// two.
int alphabet_of(Kind k) {
  switch (k) {
    case kAsciiLower:
    case kAsciiUpper:
    case kLatinLower:
    case kLatinUpper: return 1;
    case kGreekLower:
    case kGreekUpper: return 2;
    case kCyrillicLower:
    case kCyrillicUpper: return 3;
    case kHebrew: return 4;
    case kArabic: return 5;
    case kThai:
    case kThaiMark: return 6;
    case kPlain:
    case kSign:
    case kOpeningSign:
    case kLower: break;
  }
  return 0;
}

// What is improbable about a character because of what stands before it.
double context_nats(Kind before, Kind kind) {
  double nats = 0;
  if (is_lower(before) && is_upper(kind)) nats += 4;
  if (is_latin(before) && is_latin(kind)) nats += 3;
  const int alphabet = alphabet_of(kind), alphabet_before = alphabet_of(before);
  if (alphabet != 0 && alphabet_before != 0 && alphabet != alphabet_before) nats += 5;
  const auto has_case = [](Kind k) { return is_lower(k) || is_upper(k); };
  // A sign that is no punctuation, inside a word.
  if ((kind == kSign || kind == kOpeningSign) && has_case(before)) nats += 3;
  if (before == kSign && has_case(kind)) nats += 3;
  if (kind == kThaiMark && before != kThai && before != kThaiMark) nats += 6;
  return nats;
}

Cost compute_cost(char32_t c, Writing writing) {
  const auto units = std::max<std::uint8_t>(1, units_of(nats_of(c, writing)));
  return {units, kind_of(c), (c >= 0x2000 || c == kNoBreakSpace) && c != kReplacement,
          is_own(c, writing), c >= 0x80};
}

}  // namespace

Writing writing_of(const Charset& charset) {
  const std::string_view name = charset.name;
  if (name == "gb18030" || name == "hz-gb-2312") return Writing::simplified;
  if (name == "big5-hkscs" || name == "euc-tw") return Writing::traditional;
  if (name == "cp932" || name == "shift_jisx0213" || name == "euc-jp" || name == "euc-jisx0213" ||
      name == "iso-2022-jp")
    return Writing::japanese;
  if (name == "cp949" || name == "johab" || name == "iso-2022-kr") return Writing::korean;
  return Writing::any;
}

Cost cost_of(char32_t c, Writing writing) {
  // Texts that are decoded before they are judged are of no particular writing, and long.
  static const auto any = [] {
    auto table = std::make_unique<std::array<Cost, 0x10000>>();
    for (char32_t at = 0; at < table->size(); ++at) (*table)[at] = compute_cost(at, Writing::any);
    return table;
  }();
  return writing == Writing::any && c < any->size() ? (*any)[c] : compute_cost(c, writing);
}

Cost cost_of_damage() { return {kDamageUnits, kPlain, false, false, true}; }

const std::array<std::uint8_t, 256>& context_units() {
  static const std::array<std::uint8_t, 256> table = [] {
    std::array<std::uint8_t, 256> out{};
    for (std::size_t before = 0; before < 16; ++before)
      for (std::size_t kind = 0; kind < 16; ++kind)
        out[before * 16 + kind] =
            units_of(context_nats(static_cast<Kind>(before), static_cast<Kind>(kind)));
    return out;
  }();
  return table;
}

}  // namespace weir::text
