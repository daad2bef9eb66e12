// html_to_text() against Gumbo, a parser that builds the whole tree as the standard says. Compared
// are the characters that are seen and those that are hidden, without their order: text that stands
// in a table but in no cell is moved by a tree builder, and not by us. Not compared, because we
// differ on purpose or Gumbo is wrong: title and desc of svg are not drawn; Gumbo takes the end tag
// of one unknown element for that of another; it gives text before <body> what that tag declares,
// while we do not go back.
#include <gumbo.h>

#include <algorithm>
#include <memory>

#include "base/utf8.h"
#include "text/html.h"

namespace weir::text {
namespace {

struct Texts {
  std::string seen, hidden;
};

const char* attribute(const GumboElement& element, const char* name) {
  const GumboAttribute* found = gumbo_get_attribute(&element.attributes, name);
  return found == nullptr ? nullptr : found->value;
}

bool shows_nothing(GumboTag tag) {
  return tag == GUMBO_TAG_SCRIPT || tag == GUMBO_TAG_STYLE || tag == GUMBO_TAG_TITLE ||
         tag == GUMBO_TAG_IFRAME || tag == GUMBO_TAG_NOEMBED || tag == GUMBO_TAG_NOFRAMES;
}

bool hides(const GumboElement& element) {
  if (attribute(element, "hidden") != nullptr || element.tag == GUMBO_TAG_TEMPLATE) return true;
  const char* style = attribute(element, "style");
  return style != nullptr && std::string_view(style) == "display:none";
}

// The tree by a stack of our own: it may be deep.
Texts texts_of(const GumboNode& root) {
  Texts texts;
  struct Open {
    const GumboNode* node;
    bool hidden;
  };
  std::vector<Open> open = {{&root, false}};
  while (!open.empty()) {
    const auto [node, around] = open.back();
    open.pop_back();
    bool hidden = around;
    std::string& out = hidden ? texts.hidden : texts.seen;
    const GumboVector* children = nullptr;
    if (node->type == GUMBO_NODE_DOCUMENT) {
      children = &node->v.document.children;
    } else if (node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE) {
      const GumboElement& element = node->v.element;
      if (shows_nothing(element.tag)) continue;
      hidden = hidden || hides(element);
      if (element.tag == GUMBO_TAG_IMG)
        if (const char* alt = attribute(element, "alt"))
          (hidden ? texts.hidden : texts.seen) += alt;
      children = &element.children;
    } else if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA) {
      out += node->v.text.text;
    }
    if (children != nullptr)
      for (unsigned i = 0; i < children->length; ++i)
        open.push_back({static_cast<const GumboNode*>(children->data[i]), hidden});
  }
  return texts;
}

std::string sorted(std::string text) {
  std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) <= ' '; });
  std::ranges::sort(text);
  return text;
}

Texts gumbo_texts(const std::string& html) {
  GumboOutput* output = gumbo_parse_with_options(&kGumboDefaultOptions, html.data(), html.size());
  Texts texts = texts_of(*output->document);
  gumbo_destroy_output(&kGumboDefaultOptions, output);
  return {sorted(texts.seen), sorted(texts.hidden)};
}

TEST(HtmlAgainstGumbo, TheSameIsSeenOfWhatMailGetsWrong) {
  constexpr const char* kRows[] = {
      "<p>a<p style='display:none'>b<div>c</div>d</p>e",
      "<div style='display:none'><b>a</div>b</b>c",
      "<b style='display:none'><div>a</b>b</div>c",
      "<b style='display:none'><i><div>a</b>b</i>c</div>d",
      "<span style='display:none'><div>a</span>b</div>c",
      "<font style='display:none'>a<table><tr><td>b</font>c</table>d</font>e",
      "<table style='display:none'>a<tr>b<td>c</td>d</tr></table>e",
      "<table><tr style='display:none'><td>a<tr><td>b</table>c",
      "<table><div style='display:none'>a</div><td>b</table>c",
      "<ul><li style='display:none'>a<ul><li>b</ul>c<li>d</ul>e",
      "<dl><dt style='display:none'>a<dd>b<dt>c</dl>d",
      "<a href=x style='display:none'>a<a href=y>b</a>c",
      "<h1 style='display:none'>a</h2>b<h3>c",
      "<button style='display:none'>a<button>b</button>c",
      "<template>a<table><td>b</table></template>c",
      "<tr><td>a</td></tr></table>b",
      "<svg><text>c</text></svg>d",
      "<svg style='display:none'><g>a<p>b</p>c</svg>d",
      "<math><mi>a</mi><annotation-xml>b</annotation-xml></math>c",
      "<svg><![CDATA[a<b>]]></svg>c<![CDATA[d]]>e",
      "<svg/>a<svg style='display:none'/>b<math/>c",
      "<form style='display:none'><div>a</form>b</div>c",
      "<form style='display:none'><p>a</form>b",
      "<div><form style='display:none'><i>a</form>b</i>c</div>d",
      "<p style='display:none'><button>a<p>b</button>c</p>d",
      "<object style='display:none'><p>a</div></object>b</p>c",
      "<label style='display:none'><span>a</label>b</span>c",
      "<x style='display:none'>a</x>b</y>c",
      "<xmp>a<b></xmp>c<plaintext>d</plaintext>e",
      "<script><!--<script>a</script>b--></script>c",
      "<script><!--a</script>b--></script>c",
      "<textarea>\n\na</textarea>b<pre>\nc</pre>",
      "<iframe>a<b></iframe>c<noembed>d</noembed>e<noscript>f</noscript>g",
      "<body style='display:none'>a",
      "<html hidden>a</html>b",
      "<head>a</head>b</body>c</html>d",
      "<!DOCTYPE html><p>a<table><td>b</table>c</p>d",
      "<nobr style='display:none'>a<nobr>b</nobr>c",
      "<select><option style='display:none'>a<option>b</select>c",
      "<caption>a</caption><table><caption style='display:none'>b<td>c</table>d",
      "a<br/>b</br>c</p>d",
      "&amp;&ampx;&notit;&notin;&#0;&#x80;&#xD800;&#x110000;&#13;&nGt;&fjlig;&bogus;&#;&#x;&",
      "<a b=1 style='display:none' b=2 style=x>a</a>b",
      "<p style=display:none/>a</p>b<i/>c",
      "<b><b><b><b><b><p style='display:none'>a</b></b></b></b></b>b</p>c",
  };
  for (const char* html : kRows) {
    const HtmlText ours = html_to_text(html);
    const Texts theirs = gumbo_texts(html);
    EXPECT_EQ(sorted(ours.text), theirs.seen) << html;
    EXPECT_EQ(sorted(ours.hidden), theirs.hidden) << html;
  }
}

// Every row of four tags with a letter behind each.
TEST(HtmlAgainstGumbo, WhatIsSeenIsSeenOfAllShortDocuments) {
  constexpr std::string_view kPieces[] = {"<b>",
                                          "<i style='display:none'>",
                                          "</b>",
                                          "</i>",
                                          "<div>",
                                          "<p style='display:none'>",
                                          "</p>",
                                          "</div>",
                                          "<span style='display:none'>",
                                          "</span>",
                                          "<li style='display:none'>"};
  constexpr std::size_t kLength = 4;
  std::array<std::size_t, kLength> picks{};
  while (true) {
    std::string html;
    char letter = 'a';
    for (const std::size_t pick : picks) {
      html += kPieces[pick];
      html.push_back(letter++);
    }
    const HtmlText ours = html_to_text(html);
    const Texts theirs = gumbo_texts(html);
    // Where blocks are moved out of what hides them, all that was written in them counts as seen.
    ASSERT_TRUE(std::ranges::includes(sorted(ours.text), theirs.seen)) << html << " " << ours.text;
    ASSERT_EQ(sorted(ours.text + ours.hidden), sorted(theirs.seen + theirs.hidden)) << html;
    std::size_t digit = 0;
    while (digit < kLength && ++picks[digit] == std::size(kPieces)) picks[digit++] = 0;
    if (digit == kLength) return;
  }
}

}  // namespace
}  // namespace weir::text
