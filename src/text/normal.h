// text/normal.h - the normal form in which texts are compared.
//
// Two texts that a person would read as the same have the same normal form: letters in other dress
// (full width, circled, mathematical, emoji), letters of another alphabet that look the same,
// simplified and traditional characters, accents, invisible characters, signs put between letters
// (代.开.发.票, V-I-A-G-R-A), figures for letters. It is for comparing, not for showing, and not
// for telling languages apart. The rules and a table of examples: docs/reading/normal-form.md.
//
// Input:   UTF-8, any octets (ill-formed ones become U+FFFD); what is beyond 256 MiB is left out.
// Output:  UTF-8, at most 11 times the input (U+FDFA alone is that long; text hardly grows).
// Laws:    normal_form(normal_form(x)) == normal_form(x), for any octets. The tables are our own:
//          the same text has the same form on every node.
// Cost:    O(octets). Threads: safe. The tables are built at the first use, in milliseconds.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace weir::text {

// How many places were changed, by what was undone. Differences of case, accents and of the
// punctuation that keyboards choose are not counted: they are ordinary.
struct Undone {
  std::uint32_t ignorables = 0;     // invisible characters taken out
  std::uint32_t compatibility = 0;  // full-width, circled, squared, mathematical, emoji letters
  std::uint32_t lookalikes = 0;     // letters of another alphabet
  std::uint32_t marks = 0;          // combining marks that no writing needs where they stood
  std::uint32_t separators = 0;     // signs and blanks between the letters of a word
  std::uint32_t leet = 0;           // figures for letters and letters for figures
  std::uint32_t han_variants = 0;   // traditional and Japanese forms: ordinary where they are used
  std::uint32_t repeats = 0;        // of the same sign
  friend bool operator==(const Undone&, const Undone&) = default;
};

struct Normalised {
  std::string text;
  Undone undone;
};

[[nodiscard]] Normalised normalise(std::string_view utf8);
[[nodiscard]] std::string normal_form(std::string_view utf8);

}  // namespace weir::text
