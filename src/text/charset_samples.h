// text/charset_samples.h - sentences of everyday mail in many languages, for the tests of the
// choice of a charset. Test code only; all sentences are our own.
#pragma once

#include <span>
#include <string_view>

namespace weir::text {

struct Sample {
  std::string_view language;
  std::string_view text;               // UTF-8, several sentences
  std::span<const char* const> codes;  // the converter's names of charsets that mail in it uses
};

[[nodiscard]] std::span<const Sample> charset_samples();

}  // namespace weir::text
