#include "text/script.h"

#include <unicode/uscript.h>

namespace weir::text {

Script script_of(char32_t code_point) {
  // The prolonged sound marks belong to both kana by Unicode; for what follows here they are
  // Japanese.
  if (code_point == 0x30FC || code_point == 0xFF70) return Script::katakana;
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(static_cast<UChar32>(code_point), &status)) {
    case USCRIPT_COMMON:
    case USCRIPT_INHERITED:
    case USCRIPT_UNKNOWN:
    case USCRIPT_INVALID_CODE: return Script::none;
    case USCRIPT_LATIN: return Script::latin;
    case USCRIPT_CYRILLIC: return Script::cyrillic;
    case USCRIPT_GREEK: return Script::greek;
    case USCRIPT_ARABIC: return Script::arabic;
    case USCRIPT_HEBREW: return Script::hebrew;
    case USCRIPT_THAI: return Script::thai;
    case USCRIPT_DEVANAGARI: return Script::devanagari;
    case USCRIPT_HAN: return Script::han;
    case USCRIPT_HIRAGANA: return Script::hiragana;
    case USCRIPT_KATAKANA: return Script::katakana;
    case USCRIPT_HANGUL: return Script::hangul;
    default: return Script::other;
  }
}

bool is_dense(Script script) {
  return script == Script::han || script == Script::hiragana || script == Script::katakana ||
         script == Script::hangul;
}

}  // namespace weir::text
