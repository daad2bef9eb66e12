// text/html.h - what a person sees of an HTML part.
//
// Input:   UTF-8 (see charset.h), any content. Tolerant in the way browsers are: WHATWG
//          tokenization, no tree is built.
// Output:  valid UTF-8. Visible text with line ends where blocks end; text hidden by style, size,
//          attribute or colour kept apart; links with the text shown for them. What is neither seen
//          nor meant to be (script, style, title, comments) is in none of them.
// Bounds:  O(octets) time, text + hidden <= input; nesting is a counter, never recursion.
// Threads: pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace weir::text {

struct HtmlLink {
  std::string target;   // href/src/action as written, character references decoded, blanks left out
                        // that browsers leave out; a relative one is resolved when a <base href>
                        // stands before it; at most 8,192 octets
  std::string shown;    // the text inside the element, blanks folded; at most 256 octets
  std::string element;  // "a", "img", "form", ...
};

struct HtmlText {
  std::string text;
  std::string hidden;
  std::vector<HtmlLink> links;  // in order
  bool links_cut = false;       // more links than the limit
};

struct HtmlLimits {
  std::size_t links = 10'000;
};

[[nodiscard]] HtmlText html_to_text(std::string_view html, const HtmlLimits& limits = {});

// The charset named by <meta charset=...> or <meta http-equiv=content-type ...> in the first 1,024
// octets of undecoded HTML, or empty.
[[nodiscard]] std::string_view meta_charset(std::string_view octets);

}  // namespace weir::text
