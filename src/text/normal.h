// text/normal.h - the normal form in which texts are compared.
//
// NFKC with case folding (Unicode NFKC_Casefold: full-width, circled, compatibility forms),
// default-ignorable code points (zero width, soft hyphen, variation selectors, tags) removed, runs
// of blanks folded to one U+0020, ends trimmed. Idempotent: normal_form(normal_form(x)) ==
// normal_form(x). Input: UTF-8 (ill-formed becomes U+FFFD). O(octets).
#pragma once

#include <string>
#include <string_view>

namespace weir::text {

[[nodiscard]] std::string normal_form(std::string_view utf8);

}  // namespace weir::text
