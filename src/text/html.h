// text/html.h - what a person sees of an HTML part.
//
// Input:   UTF-8 (see charset.h), any content. Tolerant in the way browsers are: WHATWG
//          tokenization and the rules for tags that are not closed; no tree is built.
// Output:  valid UTF-8. Visible text with line ends where blocks end; text hidden by style, size,
//          attribute or colour kept apart, with the octets hidden by each cause; links with the
//          text shown for them. What is neither seen nor meant to be (script, style, comments) is
//          in none of them; the title is kept by itself. A doubt never hides text.
//          Invisible characters in words stay where they are: see normal.h.
// Bounds:  O(octets) time; text + hidden <= 6/5 of the input (the reference "&nGt;" stands for six
//          octets); nesting is a counter, never recursion.
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
  std::string element;  // "a", "img", "form", ...; "style" for url() in a style
};

struct HiddenBy {
  std::string_view cause;  // "display", "visibility", "opacity", "font_size", "color", "off_page",
                           // "no_size", "clip", "input" (type=hidden), "zero_width"
  std::size_t octets = 0;  // of hidden text
};

// How many of each are in the document, seen or not. Signals.
struct HtmlCounts {
  std::size_t forms = 0;
  std::size_t inputs = 0;           // fields of forms: input but hidden ones, select, textarea
  std::size_t password_inputs = 0;  //
  std::size_t scripts = 0;
  std::size_t images = 0;
  std::size_t tiny_images = 0;  // declared at most one pixel wide or high
  std::size_t frames = 0;       // iframe, frame, object, embed
  std::size_t comments = 0;
  std::size_t comment_octets = 0;
  std::size_t overrides = 0;  // texts written backwards to be seen forwards
  friend bool operator==(const HtmlCounts&, const HtmlCounts&) = default;
};

struct HtmlText {
  std::string text;
  std::string hidden;
  std::string title;                // at most 256 octets
  std::vector<HtmlLink> links;      // in order
  bool links_cut = false;           // more links than the limit
  std::vector<HiddenBy> hidden_by;  // the causes that hide something
  HtmlCounts counts;
};

struct HtmlLimits {
  std::size_t links = 10'000;
};

[[nodiscard]] HtmlText html_to_text(std::string_view html, const HtmlLimits& limits = {});

// The charset named by <meta charset=...> or <meta http-equiv=content-type ...> in the first 1,024
// octets of undecoded HTML, or empty.
[[nodiscard]] std::string_view meta_charset(std::string_view octets);

}  // namespace weir::text
