#include "text/html.h"

#include "base/utf8.h"
#include "text/html_counted.h"
#include "text/html_style.h"

namespace weir::text {
namespace {

using namespace std::string_literals;

bool is_blank(char c) { return c == ' ' || c == '\t'; }
std::string seen(std::string_view html) { return html_to_text(html).text; }
std::string unseen(std::string_view html) { return html_to_text(html).hidden; }

TEST(HtmlToText, BlocksEndLinesAndBlanksFold) {
  EXPECT_EQ(seen("<p>one\n  two</p><p>three<br>four<div>five</div>six"),
            "one two\nthree\nfour\nfive\nsix");
  EXPECT_EQ(seen("<ul><li>a<li>b</ul>"), "a\nb");
  EXPECT_EQ(seen("<table><tr><td>a<td>b<tr><td>c</table>d"), "a b\nc\nd");
  EXPECT_EQ(seen("a<br><br><br><br>b"), "a\n\nb");
  EXPECT_EQ(seen("<pre>a  b\n c</pre>"), "a  b\n c");
  EXPECT_EQ(seen("V<b>ia</b>gra"), "Viagra");
  EXPECT_EQ(seen("代<i>开</i>发票"), "代开发票");
  EXPECT_EQ(seen(""), "");
}

TEST(HtmlToText, CommentsAndRawElementsShowNothing) {
  EXPECT_EQ(seen("V<!-- x -->i<!-->a<!--->g<!-- a -- b --!>r<!x>a<?y>s</ z>!"), "Viagras!");
  EXPECT_EQ(seen("a<![CDATA[b]]>c<!doctype html>d<!-- never closed"), "acd");
  EXPECT_EQ(seen("<title>t</title><style>p{}</style><script>if(a<b)'</p>'</scripty></script>x"),
            "x");
  EXPECT_EQ(seen("<textarea>a <b> &lt;c</textarea>d"), "a <b> <c\nd");
  EXPECT_EQ(seen("<noscript>seen</noscript>"), "seen");
  EXPECT_EQ(unseen("<title>t</title><style>p{}</style><!-- c -->"), "");
}

TEST(HtmlToText, WhatIsNoTagIsText) {
  EXPECT_EQ(seen("1 < 2 <3 <> a<"), "1 < 2 <3 <> a<");
  EXPECT_EQ(seen("a </ b> c"), "a c");
  EXPECT_EQ(seen("a <b"), "a");
  EXPECT_EQ(seen("x<a href='never closed>y"), "x");
}

TEST(HtmlToText, CharacterReferencesDecode) {
  EXPECT_EQ(seen("&lt;&amp;&#65;&#x4e2d;&#20013&eacute;&euro;&hellip;"), "<&A中中é€…");
  EXPECT_EQ(seen("&#147;q&#148; &#x80; &#0; &#xD800; &#99999999999;"),
            "“q” € \uFFFD \uFFFD \uFFFD");
  EXPECT_EQ(seen("&copy 1 &notit; &nosuch; &; &#; &#x; & a&b AT&T"),
            "© 1 ¬it; &nosuch; &; &#; &#x; & a&b AT&T");
  EXPECT_EQ(seen("&alpha;&Omega;&rarr;&nbsp;&thetasym;&CounterClockwiseContourIntegral;"),
            "αΩ→\u00A0ϑ∳");
  const HtmlText text = html_to_text("<a href='?a=1&copy=2&amp;b&lt'>x</a>");
  ASSERT_EQ(text.links.size(), 1U);
  EXPECT_EQ(text.links[0].target, "?a=1&copy=2&b<");
}

struct HiddenRow {
  const char* html;
  const char* text;
  const char* hidden;
};

TEST(HtmlToText, TextThatNobodySeesIsKeptApart) {
  constexpr HiddenRow kRows[] = {
      {"a<span style='display:none'>b<p>c</p></span>d", "ad", "b\nc"},
      {"a<span style='DISPLAY : None !important'>b</span>d", "ad", "b"},
      {"a<span style='display/**/:/* */none'>b</span>d", "ad", "b"},
      {"a<span style='dis/**/play:none'>b</span>d", "abd", ""},
      {"a<span style='display&#58;none'>b</span>d", "ad", "b"},
      {"a<span hidden>b</span>d", "ad", "b"},
      {"<div style='visibility:hidden'>a<i style='visibility:visible'>b</i></div>", "b", "a"},
      {"<font style='font-size:0'>a</font>b", "b", "a"},
      {"<font style='font-size:1px'>a</font>b", "b", "a"},
      {"<font style='font-size:0.2em'>a<b style='font-size:.2em'>c</b></font>b", "ab", "c"},
      {"<div style='font-size:0'>a<p style='font-size:12px'>b</p></div>", "b", "a"},
      {"<div style='font:0/0 a'>a</div><div style='font: italic bold 12px/30px Georgia, "
       "serif'>b</div>",
       "b", "a"},
      {"<div style='font: 400 1px Arial'>a</div>b", "b", "a"},
      {"<p style='opacity:0'>a</p>b", "b", "a"},
      {"<font color=white>a</font>b", "b", "a"},
      {"<font color='#FEFEFE'>a</font>b", "b", "a"},
      {"<font color=ffffff>a</font>b", "b", "a"},
      {"<table bgcolor=#000080><tr><td><font color=white>a</font><font color=navy>b</font></table>",
       "a", "b"},
      {"<table><td bgcolor=black><div style='color:rgb(10, 0,0)'>a</div><p "
       "style='color:#fff'>b</td>",
       "b", "a"},
      {"<body bgcolor=black text=white>a<font color=black>b</font></body>", "a", "b"},
      {"<div style='background:url(x;y.png) #fff'><font color=white>a</font></div>", "a", ""},
      {"<div style='background-color:#fff'><div style='color:rgba(0,0,0,0)'>a</div></div>", "",
       "a"},
      {"<table><td background=x.gif><font color=white>a</font></td>", "a", ""},
      {"<div style='background:green;color:transparent'>a</div>", "", "a"},
      {"<div style='max-height:0;overflow:hidden'>a</div>b", "b", "a"},
      {"<div style='height:0;'>a</div>b", "a\nb", ""},
      {"<div style='position:absolute;left:-9999px'>a</div>b", "b", "a"},
      {"<div style='text-indent:-9000px'>a</div>b", "b", "a"},
      {"<template>a</template>b", "b", "a"},
      {"<p style='font-size:1px'>&nbsp;</p>b", "b", ""},
      {"<p>x&#8203;</p><span>&zwnj;&nbsp;&zwj;</span>", "x\u200B", "\u200C\u00A0\u200D"},
      {"<style>.p, b.q {display:none} #i{color:#fff}</style><i class='o p'>a</i><b class=q>b</b><u "
       "class=q>c</u><s id=i>d</s>",
       "c", "ab d"},
      {"<style>@media print {.p{display:none}} .x .p{display:none}</style><i class=p>a</i>", "a",
       ""},
      {"<style>.c td.h{background:#00f}</style><table><td class=h><font color=#fff>a</font></td>",
       "", "a"},
      {"<style>.c td.h{background:#00f}</style><div class=c><table><td class=h><font "
       "color=#fff>a</font></td>",
       "a", ""},
      {"<style><!-- body{background:#000;color:#fff} --></style><body>a<font color=#000>b</font>",
       "a", "b"},
      {"<style>.p{display:none}</style><i class=p style='display:inline'>a</i>", "a", ""},
      {"<font color=white><a href=x>a</a></font>", "a", ""},
      {"<p style='display:none'>a<p>b", "b", "a"},
      {"<div><font color=white></div>a<div>b</font>c</div>", "c", "a\nb"},
      {"<table><tr><td><font color=white>a</td><td>b</td></table>", "b", "a"},
      {"<div style='display:none'><table><tr><td></div>a</table>b</div>c", "c", "a\nb"},
      {"<p hidden>a</p><img hidden alt=b><img alt='c &amp; d'>", "c & d", "a\nb"},
  };
  for (const HiddenRow& row : kRows) {
    const HtmlText text = html_to_text(row.html);
    EXPECT_EQ(text.text, row.text) << row.html;
    EXPECT_EQ(text.hidden, row.hidden) << row.html;
  }
}

TEST(HtmlToText, LinksCarryWhatIsShownForThem) {
  const HtmlText text = html_to_text(
      "<a href=' http://a.example/\n x '>http://bank.example<b> log  in</b><i hidden>no</i></a>"
      "<img src=i.png alt='An image'><form action=/go><input type=submit value=Send></form>"
      "<a href=b>one<a href=c>two</a><area href=d alt=map>"
      "<meta http-equiv=Refresh content=\"0; URL='http://e.example/'\"><a name=f>no link</a>");
  ASSERT_EQ(text.links.size(), 7U);
  const std::array<std::array<std::string_view, 3>, 7> expected = {
      {{"a", "http://a.example/ x", "http://bank.example log in"},
       {"img", "i.png", "An image"},
       {"form", "/go", "Send"},
       {"a", "b", "one"},
       {"a", "c", "two"},
       {"area", "d", "map"},
       {"meta", "http://e.example/", ""}}};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(text.links[i].element, expected[i][0]);
    EXPECT_EQ(text.links[i].target, expected[i][1]);
    EXPECT_EQ(text.links[i].shown, expected[i][2]);
  }
}

TEST(HtmlToText, RelativeLinksAreResolvedBehindABase) {
  const HtmlText text = html_to_text(
      "<a href=before>x</a><base href='https://h.example/d/e?q'><a href=f>1</a><a href=/g>2</a><a "
      "href=//i.example>3</a>"
      "<a href=mailto:j@k.example>4</a><a href=#l>5</a><a href=?m>6</a>");
  std::vector<std::string> targets;
  for (const HtmlLink& link : text.links) targets.push_back(link.target);
  EXPECT_EQ(targets,
            (std::vector<std::string>{"before", "https://h.example/d/e?q", "https://h.example/d/f",
                                      "https://h.example/g", "https://i.example",
                                      "mailto:j@k.example", "#l", "https://h.example/d/e?m"}));
  EXPECT_EQ(html_to_text("<base href=http://h.example><a href=x>y</a>").links[1].target,
            "http://h.example/x");
}

TEST(HtmlToText, LinksAreCountedAndShownTextIsShort) {
  std::string html;
  for (int i = 0; i < 20; ++i) html += "<a href=x>y</a>";
  const HtmlText cut = html_to_text(html, {.links = 5});
  EXPECT_EQ(cut.links.size(), 5U);
  EXPECT_TRUE(cut.links_cut);
  EXPECT_FALSE(html_to_text(html).links_cut);
  std::string text;
  for (int i = 0; i < 1'000; ++i) text += "中";
  const HtmlText deep = html_to_text("<a href=x>" + text + "</a>");
  EXPECT_EQ(deep.links[0].shown.size(), 255U);
  EXPECT_EQ(deep.text.size(), 3'000U);
}

TEST(HtmlToText, WordsInAttributesAreSeen) {
  EXPECT_EQ(seen("<img alt='a &amp; b'> <img title=c> <img alt='' title=d>"), "a & b c");
  EXPECT_EQ(seen("<input value=a> <input placeholder=b> <input type=submit value=c>"), "a b c");
  EXPECT_EQ(seen("<input type=password value=a placeholder=b><input type=checkbox value=c>"), "b");
  EXPECT_EQ(seen("<textarea placeholder=a></textarea><button value=x>b</button>"), "a\nb");
  EXPECT_EQ(seen("<area alt=a><input type=image alt=b>"), "ab");
  EXPECT_EQ(html_to_text("<title> A &lt;b&gt; </title>x").title, "A <b>");
}

TEST(HtmlToText, InlineMarkupStaysInItsWord) {
  EXPECT_EQ(seen("V<wbr>ia<!-- x -->g<font></font>ra"), "Viagra");
  EXPECT_EQ(seen("V&shy;i&#8203;a"), "V\u00ADi\u200Ba");
  EXPECT_EQ(seen("&#86;&#x69;&#x0061;"), "Via");
  EXPECT_EQ(seen("a<q>b</q>c"), "a\"b\"c");
  EXPECT_EQ(seen("a\0b"s), "ab");
  EXPECT_EQ(seen("<b\0 x>a"s), "a");
  EXPECT_EQ(seen("<pre>\n a\n\tb </pre>c"), " a\n\tb \nc");
  EXPECT_EQ(seen("<p style='white-space:pre'>a  b<i style='white-space:normal'>c  d</i>"),
            "a  bc d");
  EXPECT_EQ(seen("<details><summary>a</summary>b</details>"), "a\nb");
}

TEST(HtmlToText, TextWrittenBackwardsIsReadAsItIsSeen) {
  EXPECT_EQ(seen("<bdo dir=rtl>argaiV</bdo>!"), "Viagra!");
  EXPECT_EQ(seen("<bdo dir=rtl>ar<b>ga</b>iV</bdo>"), "Viagra");
  EXPECT_EQ(seen("a <span style='unicode-bidi:bidi-override;direction:rtl'>(cb)</span>"), "a (bc)");
  EXPECT_EQ(seen("<bdo dir=rtl>ba<bdo dir=ltr>12</bdo></bdo>"), "12ab");
  EXPECT_EQ(seen("<bdo dir=rtl>票发</bdo>"), "发票");
  EXPECT_EQ(seen("<bdo dir=rtl>ba<br>dc</bdo>"), "ab\ncd");
  EXPECT_EQ(seen("x \u202EargaiV\u202C y"), "x Viagra y");
  EXPECT_EQ(seen("<p>&#8238;ba</p>c"), "ab\nc");
  EXPECT_EQ(seen("<bdo dir=rtl>\u05D0\u05D1</bdo>"), "\u05D0\u05D1");
  EXPECT_EQ(seen("<p dir=rtl>ab</p><bdo dir=ltr>cd</bdo>"), "ab\ncd");
  EXPECT_EQ(seen("<bdo dir=rtl>e\u0301x</bdo>"), "xe\u0301");
  const HtmlText text = html_to_text("<a href=x>to <bdo dir=rtl>knab</bdo></a>");
  EXPECT_EQ(text.links[0].shown, "to bank");
  EXPECT_EQ(text.counts.overrides, 1U);
}

TEST(HtmlToText, ThingsAreCounted) {
  const HtmlText text = html_to_text(
      "<form><input><input type=PASSWORD><input "
      "type=hidden><select></select></form><script></script>"
      "<img src=a width=1 height=1><img src=b width=20><iframe></iframe><!--abc--><bdo "
      "dir=rtl>x</bdo>");
  const HtmlCounts expected{.forms = 1,
                            .inputs = 3,
                            .password_inputs = 1,
                            .scripts = 1,
                            .images = 2,
                            .tiny_images = 1,
                            .frames = 1,
                            .comments = 1,
                            .comment_octets = 10,
                            .overrides = 1};
  EXPECT_EQ(text.counts, expected);
}

TEST(HtmlToText, EveryKindOfTargetIsALink) {
  const HtmlText text = html_to_text(
      "<body background=b1><a href=a1 ping=a2>A</a><img src=i1 srcset='i2 1x, i3,i4 2x'>"
      "<video src=v1 poster=v2></video><object data=o1></object><embed src=e1>"
      "<button formaction=f1>Go</button><input type=submit formaction=f2 value=S>"
      "<p style=\"background:url( 'u1' )\"><style>p{background-image:url(u2)}</style>"
      "<svg><a xlink:href=s1>T</a><image href=s2 /></svg><link href=l1><iframe src=r1></iframe>"
      "<a href=javascript:x()>J</a><a href='data:text/html,x'>D</a><td background=t1>"
      "<meta http-equiv=refresh content='5;url=m1'>");
  std::string all;
  for (const HtmlLink& link : text.links)
    all += link.element + " " + link.target + " " + link.shown + "\n";
  EXPECT_EQ(
      all,
      "body b1 \na a2 \na a1 A\nimg i1 \nimg i2 \nimg i3,i4 \nvideo v1 \nvideo v2 \n"
      "object o1 \nembed e1 \nbutton f1 Go\ninput f2 S\nstyle u1 \na s1 T\nimage s2 \n"
      "link l1 \niframe r1 \na javascript:x() J\na data:text/html,x D\nmeta m1 \nstyle u2 \n");
}

RC_GTEST_PROP(HtmlToText, EscapedTextComesBack, (const std::vector<std::uint16_t>& picks)) {
  static constexpr std::string_view kPieces[] = {
      "a", "<", ">", "&",      "\"",   "'", ";", "#", "x41", "lt", "中", "é", "\xF0\x9F\x98\x80",
      "-", "!", "/", "script", "copy", "=", "]]"};
  std::string text, html, attribute;
  for (const std::uint16_t pick : picks) {
    const std::string_view piece = kPieces[pick % std::size(kPieces)];
    text += piece;
    for (const char c : piece) {
      const bool markup = c == '<' || c == '&' || c == '"';
      html += markup ? fmt::format("&#{};", static_cast<int>(c)) : std::string(1, c);
    }
    if (pick % 3 == 0) {
      text += ' ';
      html += pick % 2 == 0 ? " " : "\r\n\t";
    }
  }
  while (text.ends_with(' ')) text.pop_back();
  RC_ASSERT(seen(html) == text);
  RC_ASSERT(seen("<img alt=\"" + html + "\">") == text);
  RC_ASSERT(unseen("<p hidden>" + html + "</p>") == text);
  // Blocks stand below each other, inline elements beside.
  if (text.empty()) return;
  RC_ASSERT(seen("<div>" + html + "</div><div>" + html + "</div>") == text + "\n" + text);
  RC_ASSERT(seen("<b>" + html + "</b><i>x</i>") ==
            text + (html.size() > 1 && is_blank(html.back()) ? " x" : "x"));
}

TEST(HtmlToText, CostIsLinearOnWhatIsMadeToBeSlow) {
  const std::string_view pieces[] = {"<",
                                     "&",
                                     "<a ",
                                     "<!--",
                                     "<![CDATA[",
                                     "</",
                                     "<div>",
                                     "</div>",
                                     "<p>",
                                     "<font color=red>",
                                     "<td>",
                                     "<table><td>",
                                     "</table>",
                                     "<li>",
                                     "<ul><li>",
                                     "<li></li>",
                                     "&#1",
                                     "&aaaaaaaaaaaa",
                                     "<a href=x>",
                                     "<b></i>",
                                     "<style>",
                                     "<script></scrip",
                                     "<title></",
                                     "<a b=\"",
                                     "<a style='a:(",
                                     "<template>",
                                     "</template>",
                                     "<div style='font-size:0'>x",
                                     "<p class='a b c d e f g h'>",
                                     "<option>",
                                     "--",
                                     "<textarea>",
                                     "&#x1F600;",
                                     "<img alt=x>",
                                     "<base href=x/y>"};
  constexpr std::size_t kOctets = 16'000;
  for (const std::string_view head :
       {std::string_view(), std::string_view("<style>.a{color:red}</style><li><ul><div>")}) {
    std::string spans;
    if (!head.empty())
      for (int i = 0; i < 400; ++i) spans += "<span>";
    for (const std::string_view piece : pieces) {
      std::string html(head);
      html += spans;
      while (html.size() < kOctets) html += piece;
      std::size_t steps = 0;
      const HtmlText text = html_to_text_counted(html, {}, steps);
      EXPECT_LE(steps, 40 * html.size()) << piece;
      EXPECT_LE(text.text.size() + text.hidden.size(), html.size()) << piece;
    }
  }
}

TEST(HtmlToText, DepthIsCountedNotRecursedInto) {
  std::string html;
  for (int i = 0; i < 100'000; ++i) html += "<div>";
  html += "<span hidden>a</span>b";
  for (int i = 0; i < 100'000; ++i) html += "</div>";
  html += "<p style='display:none'>c</p>d";
  const HtmlText text = html_to_text(html);
  EXPECT_EQ(text.hidden, "c");
  EXPECT_TRUE(text.text.ends_with("d"));
}

RC_GTEST_PROP(HtmlToText, AnyOctetsGiveValidUtf8NoLongerThanTheInput,
              (const std::vector<std::uint8_t>& picks)) {
  static constexpr std::string_view kPieces[] = {
      "<",          ">",        "a",        " ",
      "\"",         "'",        "=",        "/",
      "&",          "&lt;",     "&#x4e2d",  "\xE4\xB8\xAD",
      "<p",         "<a href=", "style=",   "display:none",
      "<td>",       "<table>",  "</table>", "<font color=white>",
      "</font>",    "<!--",     "-->",      "<b>",
      "</b>",       "<div>",    "</div>",   ";",
      "<template>", "<style>",  "</style>", ".a{color:#fff}",
      " class=a",   "\xF0\x9F", "\n",       "<li>",
      "<ul>",       "</ul>",    "</p>",     "</td>",
      "<tr>",       "</a>"};
  std::string html;
  for (const std::uint8_t pick : picks) html += kPieces[pick % std::size(kPieces)];
  const std::string repaired = to_valid_utf8(html);
  std::size_t steps = 0;
  const HtmlText text = html_to_text_counted(html, {}, steps);
  RC_ASSERT(is_utf8(text.text) && is_utf8(text.hidden));
  RC_ASSERT(text.text.size() + text.hidden.size() <= repaired.size());
  RC_ASSERT(steps <= 64 * (repaired.size() + 16));
  for (const HtmlLink& link : text.links) RC_ASSERT(is_utf8(link.target) && is_utf8(link.shown));
}

TEST(MetaCharset, IsReadFromBothForms) {
  EXPECT_EQ(meta_charset("<html><head><meta charset=gb2312>"), "gb2312");
  EXPECT_EQ(meta_charset("<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=\"Big5\"'>"),
            "Big5");
  EXPECT_EQ(meta_charset("<meta content='text/html; charset = euc-kr; x' http-equiv=content-type>"),
            "euc-kr");
  EXPECT_EQ(meta_charset("<meta name=x content='charset=no'><!-- <meta charset=no> --><title><meta "
                         "charset=no></title>"),
            "");
  EXPECT_EQ(meta_charset(std::string(1'100, ' ') + "<meta charset=late>"), "");
  EXPECT_EQ(meta_charset("\xC4\xE3<meta charset='gbk'>"), "gbk");
}

TEST(ParseColor, KnowsTheFormsOfStyleSheets) {
  for (const char* white :
       {"#fff", " White ", "#FFFF", "#ffffffff", "rgb(100%, 255, 255)", "rgba(255 255 255 / 1)",
        "hsl(0, 0%, 100%)", "hsl(0deg 0% 100% / 100%)", "hwb(90 100% 0%)", "RGB(300,255,255)"})
    EXPECT_EQ(parse_color(white), kWhite) << white;
  EXPECT_EQ(parse_color("#0000"), (Color{.alpha = 0}));
  EXPECT_EQ(parse_color("transparent"), (Color{.alpha = 0}));
  EXPECT_EQ(parse_color("hsl(120, 100%, 25%)"), parse_color("#008000"));
  EXPECT_EQ(parse_color("rebeccapurple"), parse_color("#663399"));
  EXPECT_EQ(parse_color("currentcolor")->kind, ColorKind::inherit);
  for (const char* doubt : {"ffffff", "fff", "var(--x)", "color-mix(in srgb, red, blue)",
                            "rgb(calc(1), 2, 3)", "canvas", "initial"})
    EXPECT_EQ(parse_color(doubt), kUnknownColor) << doubt;
  for (const char* none : {"", "#", "#12", "#ggg", "whit", "rgb(1,2)", "white;", "none"})
    EXPECT_EQ(parse_color(none), std::nullopt) << none;
  EXPECT_FALSE(is_unreadable(kWhite, *parse_color("#ddd")));
  EXPECT_TRUE(is_unreadable(kWhite, *parse_color("#f8f8f8")));
  EXPECT_TRUE(is_unreadable(Color{.alpha = 0.03F}, kWhite));
  EXPECT_FALSE(is_unreadable(Color{.alpha = 0.5F}, kWhite));
}

TEST(ParseColor, ReadsOldAttributesAsBrowsersDo) {
  const auto rgb = [](int red, int green, int blue) {
    return Color{.red = static_cast<std::uint8_t>(red),
                 .green = static_cast<std::uint8_t>(green),
                 .blue = static_cast<std::uint8_t>(blue)};
  };
  EXPECT_EQ(parse_legacy_color("chucknorris"), rgb(0xC0, 0, 0));
  EXPECT_EQ(parse_legacy_color("ffffff"), kWhite);
  EXPECT_EQ(parse_legacy_color("#FFFFF"), rgb(0xFF, 0xFF, 0xF0));
  EXPECT_EQ(parse_legacy_color("#fff"), kWhite);
  EXPECT_EQ(parse_legacy_color("#ffffffffffff"), kWhite);
  EXPECT_EQ(parse_legacy_color("#000000000000000000000000fff"), rgb(0, 0, 0xFF));
  EXPECT_EQ(parse_legacy_color("0"), rgb(0, 0, 0));
  EXPECT_EQ(parse_legacy_color(" "), std::nullopt);
  EXPECT_EQ(parse_legacy_color("transparent"), std::nullopt);
}

}  // namespace
}  // namespace weir::text
