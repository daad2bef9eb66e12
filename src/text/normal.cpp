// NFKC_Casefold comes from ICU. Around it stand two rules that keep it linear and idempotent:
//
// A normalizer sorts the combining marks behind a character, and a run of n marks in the wrong
// order costs it n*n steps. So at most kMarksPerRun characters that may join the one before them
// are kept in a row (Unicode Standard Annex 15 calls such text stream-safe; no language needs more
// than a handful). Default-ignorable code points are taken out first, because the normalizer looks
// through them.
//
// The limit is applied again behind the normalizer, which can turn one mark into several: what
// comes out is within the limit, so that a second run changes nothing.
#include "text/normal.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <algorithm>

#include "base/error.h"
#include "base/utf8.h"

namespace weir::text {
namespace {

constexpr int kMarksPerRun = 30;
constexpr std::size_t kOctetsMax = std::size_t{1}
                                   << 28;  // ICU counts in 32 bits, output may be 11 times longer

bool is_blank(char32_t c) {
  if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r');
  // U+2800 is a Braille pattern without dots: drawn as a blank and used as one.
  return c == 0x2800 || u_isUWhiteSpace(static_cast<UChar32>(c));
}

bool is_ignorable(char32_t c) {
  return c >= 0x80 &&
         u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

// Hands each code point to keep() unless it is more than the limit of joining characters in a row.
class RunLimit {
 public:
  explicit RunLimit(const icu::Normalizer2& normalizer) : normalizer_(normalizer) {}
  bool keep(char32_t c) {
    if (c < 0x300 || normalizer_.hasBoundaryBefore(static_cast<UChar32>(c))) {
      joined_ = 0;
      return true;
    }
    return ++joined_ <= kMarksPerRun;
  }

 private:
  const icu::Normalizer2& normalizer_;
  int joined_ = 0;
};

std::string fold_ascii(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (is_blank(static_cast<unsigned char>(c))) {
      if (!out.empty() && out.back() != ' ') out.push_back(' ');
    } else {
      out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string without_ignorables(std::string_view text, const icu::Normalizer2& normalizer) {
  std::string out;
  out.reserve(text.size());
  RunLimit limit(normalizer);
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (!is_ignorable(c) && limit.keep(c)) append_utf8(out, c);
  }
  return out;
}

std::string with_blanks_folded(std::string_view text, const icu::Normalizer2& normalizer) {
  std::string out;
  out.reserve(text.size());
  RunLimit limit(normalizer);
  bool pending = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (is_blank(c)) {
      pending = !out.empty();
      (void)limit.keep(U' ');
      continue;
    }
    if (!limit.keep(c)) continue;
    if (pending) out.push_back(' ');
    pending = false;
    append_utf8(out, c);
  }
  return out;
}

}  // namespace

std::string normal_form(std::string_view utf8) {
  utf8 = utf8_prefix(utf8, kOctetsMax);
  if (std::all_of(utf8.begin(), utf8.end(),
                  [](char c) { return static_cast<signed char>(c) >= 0; }))
    return fold_ascii(utf8);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFKCCasefoldInstance(status);
  WEIR_ASSERT(U_SUCCESS(status) && normalizer != nullptr);  // the data is part of the library
  const std::string prepared = without_ignorables(utf8, *normalizer);
  std::string folded;
  folded.reserve(prepared.size());
  icu::StringByteSink<std::string> sink(&folded);
  normalizer->normalizeUTF8(
      0, icu::StringPiece(prepared.data(), static_cast<std::int32_t>(prepared.size())), sink,
      nullptr, status);
  WEIR_ASSERT(U_SUCCESS(status));  // the input is well-formed and below the limit
  return with_blanks_folded(folded, *normalizer);
}

}  // namespace weir::text
