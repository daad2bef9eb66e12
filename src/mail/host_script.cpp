#include "mail/host_script.h"

#include <unicode/uidna.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "base/utf8.h"
#include "mail/host_uts46.h"

namespace weir::mail {
namespace {

// Letters that most typefaces draw like an ASCII letter (a choice from Unicode's confusables.txt,
// those that UTS 46 lets stand in a name). Sorted.
constexpr std::array kPictures = {
    U'\u0131', U'\u0251', U'\u0261', U'\u0269', U'\u0280', U'\u03B1', U'\u03B9', U'\u03BA',
    U'\u03BD', U'\u03BF', U'\u03C1', U'\u03C3', U'\u03C5', U'\u03C7', U'\u0430', U'\u0433',
    U'\u0435', U'\u043A', U'\u043E', U'\u043F', U'\u0440', U'\u0441', U'\u0443', U'\u0445',
    U'\u044C', U'\u0455', U'\u0456', U'\u0458', U'\u0475', U'\u04AF', U'\u04BB', U'\u04CF',
    U'\u0501', U'\u050D', U'\u051B', U'\u051D', U'\u0566', U'\u0570', U'\u0578', U'\u057D',
    U'\u0581', U'\u0585', U'\u1D04', U'\u1D0F', U'\u1D1C', U'\u1D20', U'\u1D21', U'\u1D22',
    U'\u1E05', U'\u1E0D', U'\u1E25', U'\u1E33', U'\u1E37', U'\u1E43', U'\u1E47', U'\u1E5B',
    U'\u1E63', U'\u1E6D', U'\u1EA1', U'\u1EB9', U'\u1ECB', U'\u1ECD', U'\u1EE5', U'\u1EF5'};
static_assert(std::is_sorted(kPictures.begin(), kPictures.end()));

// Kinds of writing that may stand together are one kind.
enum Kind : unsigned { latin = 1, cjk = 2, hangul = 4, kana = 8, bopomofo = 16, other = 32 };

struct Label {
  unsigned kinds = 0;
  UScriptCode other_script = USCRIPT_INVALID_CODE;
  bool two_others = false;
  bool foreign = false;
  bool all_pictures = true;

  void add(char32_t c) {
    if (c < 0x80) {
      if ((c | 0x20) >= U'a' && (c | 0x20) <= U'z') kinds |= latin;
      return;
    }
    foreign = true;
    if (!std::binary_search(kPictures.begin(), kPictures.end(), c)) all_pictures = false;
    UErrorCode error = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(static_cast<UChar32>(c), &error);
    switch (script) {
      case USCRIPT_COMMON:
      case USCRIPT_INHERITED:
      case USCRIPT_UNKNOWN:
      case USCRIPT_INVALID_CODE: return;
      case USCRIPT_LATIN: kinds |= latin; return;
      case USCRIPT_HAN: kinds |= cjk; return;
      case USCRIPT_HANGUL: kinds |= hangul; return;
      case USCRIPT_HIRAGANA:
      case USCRIPT_KATAKANA: kinds |= kana; return;
      case USCRIPT_BOPOMOFO: kinds |= bopomofo; return;
      default:
        kinds |= other;
        if (other_script != USCRIPT_INVALID_CODE && other_script != script) two_others = true;
        other_script = script;
    }
  }
  [[nodiscard]] bool mixed() const {
    if (two_others || ((kinds & other) != 0 && (kinds & ~unsigned{other}) != 0)) return true;
    const unsigned east = kinds & (hangul | kana | bopomofo);
    return (east & (east - 1)) != 0;  // more than one of the three
  }
};

}  // namespace

HostScript host_script(const std::string& canonical_name) {
  HostScript out;
  const std::string name = to_unicode_name(canonical_name);
  if (name.empty()) return out;
  const bool ascii_top =
      !std::string_view(canonical_name).substr(canonical_name.rfind('.') + 1).starts_with("xn--");
  Label label;
  for (std::size_t at = 0; at <= name.size();) {
    const char32_t c = at < name.size() ? next_code_point(name, at) : (++at, U'.');
    if (c != U'.') {
      label.add(c);
      continue;
    }
    out.mixed_script |= label.mixed();
    out.lookalike |= ascii_top && label.foreign && label.all_pictures;
    label = {};
  }
  return out;
}

}  // namespace weir::mail
