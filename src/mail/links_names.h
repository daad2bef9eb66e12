// mail/links_names.h - host names as people write them into text, plainly or disguised. For
// links_scan and links only.
//
// Bounds: a name is followed for at most kMaxHostText octets; every function is O(that). Pure but
// for the cache.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "mail/host.h"

namespace weir::mail {

// A name has 253 octets, escaped or full-width thrice that.
inline constexpr std::size_t kMaxHostText = 768;

// The dots that a name may be written with.
enum class Dot { none, plain, foreign, bracketed, spaced, worded };
struct DotToken {
  Dot kind = Dot::none;
  std::size_t octets = 0;
};
// The dot at text[at]: ".", U+3002 and its kin, "[.]" "(dot)" and their kin with or without a blank
// around. Of " . " and " dot " (or U+70B9) only those that `kind` allows.
[[nodiscard]] DotToken dot_at(std::string_view text, std::size_t at, Dot kind);

// A name that starts at text[begin].
struct NameText {
  std::size_t end = 0;       // of the name, in the text
  std::string plain;         // the same with plain dots and ASCII where letters stand for ASCII;
                             // empty if the text itself is plain
  Dot dots = Dot::plain;     // the oddest dot in it
  bool odd_letters = false;  // full-width or circled ones
  std::size_t labels = 0;
};
// In running text behind "://" or from "www": letters of any writing belong to it, up to where what
// stands before is a whole domain name and the sentence goes on.
[[nodiscard]] NameText name_after_scheme(std::string_view text, std::size_t begin,
                                         DomainCache& cache);
// A name without scheme: letters of writings that are written without blanks end it.
[[nodiscard]] NameText bare_name(std::string_view text, std::size_t begin, Dot kind);
// Where such a name starts whose first dot is at text[dot]; not before `floor`. == dot: nowhere.
[[nodiscard]] std::size_t bare_name_begin(std::string_view text, std::size_t dot,
                                          std::size_t floor);

// Where the letters and dots end that text[at] stands among, however many.
[[nodiscard]] std::size_t end_of_run(std::string_view text, std::size_t at);

// Whether the code point is a letter or digit of a writing with blanks between words.
[[nodiscard]] bool is_spaced_letter(char32_t c);

}  // namespace weir::mail
