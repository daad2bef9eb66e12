// The octets are a text, well-formed or not.
#include <cstdint>
#include <string_view>

#include "base/error.h"
#include "text/language.h"
#include "text/script.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  double languages = 0, last = 1;
  for (const weir::text::Language& language : weir::text::detect_languages(text)) {
    WEIR_ASSERT(!language.tag.empty() && language.tag.size() <= 8);
    WEIR_ASSERT(!language.tag.ends_with("-Latn"));
    WEIR_ASSERT(language.share > 0 && language.share <= last + 1e-9);
    last = language.share;
    languages += language.share;
  }
  WEIR_ASSERT(languages <= 1.000001);
  const weir::text::ScriptsOfText scripts = weir::text::scripts_of(text);
  WEIR_ASSERT(scripts.letters <= size && scripts.mixed_words <= size / 3);
  double shares = 0;
  for (const weir::text::ScriptShare& share : scripts.shares) shares += share.share;
  WEIR_ASSERT(scripts.letters == 0 ? shares == 0 : shares > 0.999999 && shares < 1.000001);
  return 0;
}
