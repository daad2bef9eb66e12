// What hides a text and what does not, one row each.
#include "text/html.h"

namespace weir::text {
namespace {

struct Row {
  const char* html;
  const char* seen;
  const char* hidden;
  const char* cause;
};

void expect_rows(std::span<const Row> rows) {
  for (const Row& row : rows) {
    const HtmlText text = html_to_text(row.html);
    EXPECT_EQ(text.text, row.seen) << row.html;
    EXPECT_EQ(text.hidden, row.hidden) << row.html;
    ASSERT_EQ(text.hidden_by.size(), *row.hidden == '\0' ? 0U : 1U) << row.html;
    if (!text.hidden_by.empty()) {
      EXPECT_EQ(text.hidden_by[0].cause, row.cause) << row.html;
      EXPECT_EQ(text.hidden_by[0].octets, text.hidden.size()) << row.html;
    }
  }
}

TEST(HiddenText, EachCauseIsNamed) {
  constexpr Row kRows[] = {
      {"<p style='display:none'>a</p>b", "b", "a", "display"},
      {"<p style='content-visibility:hidden'>a</p>b", "b", "a", "display"},
      {"<dialog>a</dialog>b", "a\nb", "", ""},
      {"<ruby>\xE6\xBC\xA2<rp>(</rp><rt>kan</rt></ruby>", "\xE6\xBC\xA2kan", "(", "display"},
      {"<p style='visibility:collapse'>a</p>b", "b", "a", "visibility"},
      {"<p style='opacity:.01'>a</p>b", "b", "a", "opacity"},
      {"<p style='opacity:0%'>a</p>b", "b", "a", "opacity"},
      {"<p style='opacity:.2'><b style='opacity:.2'>a</b></p>b", "b", "a", "opacity"},
      {"<p style='filter:opacity(0)'>a</p>b", "b", "a", "opacity"},
      {"<p style='font-size:1pt'>a</p>b", "b", "a", "font_size"},
      {"<p style='font-size:0%'>a</p>b", "b", "a", "font_size"},
      {"<p style='font:0px a'>a</p>b", "b", "a", "font_size"},
      {"<p style='color:hsl(0 0% 99%)'>a</p>b", "b", "a", "color"},
      {"<p style='color:rgba(0,0,0,.02)'>a</p>b", "b", "a", "color"},
      {"<p style='-webkit-text-fill-color:#fff'>a</p>b", "b", "a", "color"},
      {"<p style='position:absolute;left:-999em'>a</p>b", "b", "a", "off_page"},
      {"<p style='position:fixed;top:-1000px;left:0'>a</p>b", "b", "a", "off_page"},
      {"<p style='margin:0 0 0 -2000px'>a</p>b", "b", "a", "off_page"},
      {"<p style='margin-left:-2000px'>a</p>b", "b", "a", "off_page"},
      {"<p style='transform:scale(0)'>a</p>b", "b", "a", "off_page"},
      {"<p style='text-indent:-2000%'>a</p>b", "b", "a", "off_page"},
      {"<p style='height:0;overflow:hidden'>a</p>b", "b", "a", "no_size"},
      {"<p style='max-width:1px;overflow-x:hidden'>a</p>b", "b", "a", "no_size"},
      {"<p style='line-height:0;overflow:hidden'>a</p>b", "b", "a", "no_size"},
      {"<i style='display:inline-block;width:0;overflow:hidden'>a</i>b", "b", "a", "no_size"},
      {"<p style='position:absolute;clip:rect(0 0 0 0)'>a</p>b", "b", "a", "clip"},
      {"<p style='position:absolute;clip:rect(1px,1px,1px,1px)'>a</p>b", "b", "a", "clip"},
      {"<p style='clip-path:inset(50%)'>a</p>b", "b", "a", "clip"},
      {"<p style='clip-path:circle(0)'>a</p>b", "b", "a", "clip"},
      {"<input type=hidden value=a>b", "b", "a", "input"},
      {"<i>&#8203;</i>b", "b", "\xE2\x80\x8B", "zero_width"},
  };
  expect_rows(kRows);
}

TEST(HiddenText, ADoubtHidesNothing) {
  constexpr const char* kShown[] = {
      "<p style='display:none;display:block'>a</p>",
      "<p style='display:none !ie'>a</p>",
      "<p style='display:none x'>a</p>",
      "<p style='x:\"display:none'>a</p>",
      "<p style='x:(;display:none'>a</p>",
      "<p style='x:\\3b display:none'>a</p>",
      "<p style='dis/**/play:none'>a</p>",
      "<p style='display:no/**/ne'>a</p>",
      "<p style='opacity:.3'>a</p>",
      "<p style='font-size:0;font-size:calc(1em + 1vw)'>a</p>",
      "<p style='font-size:1'>a</p>",
      "<p style='font-size:-1px'>a</p>",
      "<p style='font:0/0'>a</p>",
      "<p style='color:white;text-shadow:0 0 1px #000'>a</p>",
      "<p style='color:ffffff'>a</p>",
      "<p style='color:var(--c)'>a</p>",
      "<p style='color:#fff;background:var(--c)'>a</p>",
      "<p style='color:#fff;background:url(x)'>a</p>",
      "<p style='color:#fff;background-image:linear-gradient(red,red)'>a</p>",
      "<p style='color:#fff;position:absolute'>a</p>",
      "<div style='background:#000'><p style='color:#fff'>a</p></div>",
      "<div style='background:rgba(0,0,0,.5)'><p style='color:#fff'>a</p></div>",
      "<p style='background:linear-gradient(red,red);color:transparent;background-clip:text'>a</p>",
      "<p style='left:-9999px'>a</p>",
      "<a style='text-indent:-9999px'>a</a>",
      "<p style='max-height:0'>a</p>",
      "<i style='max-height:0;overflow:hidden'>a</i>",
      "<table><td style='height:0;overflow:hidden'>a</table>",
      "<p style='height:auto;overflow:hidden'>a</p>",
      "<p style='line-height:0'>a</p>",
      "<p style='clip:rect(0 0 0 0)'>a</p>",
      "<p style='clip-path:inset(10%)'>a</p>",
      "<p style='mso-hide:all'>a</p>",
      "<p aria-hidden=true>a</p>",
      "<details>a</details>",
      "<style>p{display:none}</style><p style='display:block'>a</p>",
      "<style>p{display:none}.x{display:block}</style><p class=x>a</p>",
      "<style>.x{display:block}p{display:none}</style><p class=x>a</p>",
      "<style>p{display:none}#i{display:block}.x{display:none}</style><p class=x id=i>a</p>",
      "<style>p:hover{display:none}</style><p>a</p>",
      "<style>p::before{display:none}</style><p>a</p>",
      "<style>p:nth-child(2){display:none}</style><p>a</p>",
      "<style>b + p{display:none}</style><p>a</p>",
      "<style>p[x]{display:none}</style><p>a</p>",
      "<style>div p{display:none}</style><p>a</p>",
      "<style>div > p{display:none}</style><div><i><p>a</i></div>",
      "<style>.P{display:none}</style><p class=p>a</p>",
      "<style>@media print{p{display:none}}</style><p>a</p>",
      "<style>@media (max-width:600px){p{display:none}}</style><p>a</p>",
      "<style>p{display:none}@media (max-width:600px){p{display:block}}</style><p>a</p>",
      "<style>@media (prefers-color-scheme:dark){p{color:#fff}}</style><p>a</p>",
      "<style media=print>p{display:none}</style><p>a</p>",
      "<style>@font-face{x:y}@keyframes k{from{top:0}}; p{display:none}</style><p>a</p>",
      "<template><style>p{display:none}</style></template><p>a</p>",
      "<!-- <style>p{display:none}</style> --><p>a</p>",
      "<font color=white><table><td>a</table></font>",
      "<font color=white><button>a</button></font>",
      "<svg fill=white><text style='color:white'>a</text></svg>",
  };
  for (const char* html : kShown) {
    EXPECT_EQ(html_to_text(html).text, "a") << html;
    EXPECT_EQ(html_to_text(html).hidden, "") << html;
  }
}

TEST(HiddenText, StyleSheetsHide) {
  constexpr const char* kHidden[] = {
      "<style>p{display:none}</style><p>a</p>",
      "<style>P{DISPLAY:NONE}</style><p>a</p>",
      "<style>*{display:none}</style><p>a</p>",
      "<style>x-y{display:none}</style><X-Y>a</X-Y>",
      "<style>.x{display:none}</style><p class='y x'>a</p>",
      "<style>.x{display:none}</style><p class='&#120;'>a</p>",
      "<style>.\\78{display:none}</style><p class=x>a</p>",
      "<style>p.x.y#z{display:none}</style><p class='y x' id=z>a</p>",
      "<style>.y p>.x{display:none}</style><i class=y><p><b class=x>a</b></p></i>",
      "<style>html body > div .x{display:none}</style><div><p class=x>a</p></div>",
      "<style>table > tbody > tr{display:none}</style><table><tr><td>a</table>",
      "<style>h1,p,b{display:none}</style><p>a</p>",
      "<style>p{display:none!important}</style><p style='display:block'>a</p>",
      "<style>p{display:none!important}#x{display:block}</style><p id=x>a</p>",
      "<style>@media screen{p{display:none}}</style><p>a</p>",
      "<style>@media print,only screen and (min-width:1px){p{display:none}}</style><p>a</p>",
      "<style>@import 'x';/* } */p{display:none}</style><p>a</p>",
      "<style><!-- p{display:none} --></style><p>a</p>",
      "<style>[class~='x']{display:none}</style><p class='x y'>a</p>",
      "<style>.a{color:red}</style><style>p{display:none}</style><p>a</p>",
      "<p>a</p><style>p{display:none}</style>",
      "<style>body{background:#000}p{color:#000}</style><p>a</p>",
      "<style>body{background:#000}</style><body class=x><p style='color:#000'>a</p>",
      "<svg><style>p{display:none}</style></svg><p>a</p>",
      "<!doctype html><font color=white><table><td>a</table></font>",
      "<p style='d\\69splay:none'>a</p>",
      "<p style='display/**/:none'>a</p>",
      "<p style='DISPLAY : none ! IMPORTANT'>a</p>",
      "<p style='display:none!important;display:block'>a</p>",
      "<body text=#ffffff>a",
      "<body link=white><a href=x>a</a>",
      "<table bgcolor=chucknorris><td><font color='#c00000'>a</font></table>",
  };
  for (const char* html : kHidden) {
    EXPECT_EQ(html_to_text(html).hidden, "a") << html;
    EXPECT_EQ(html_to_text(html).text, "") << html;
  }
}

TEST(HiddenText, CausesAreCountedApart) {
  const HtmlText text = html_to_text(
      "<p style='display:none'>abc<font color=white>d</font></p><font color=white>ef</font>g");
  ASSERT_EQ(text.hidden_by.size(), 2U);
  EXPECT_EQ(text.hidden_by[0].cause, "display");
  EXPECT_EQ(text.hidden_by[0].octets, 4U);
  EXPECT_EQ(text.hidden_by[1].cause, "color");
  EXPECT_EQ(text.hidden_by[1].octets, 2U + 1U);  // with the line end before it
}

TEST(HiddenText, UnreadableSelectorsEnd) {
  for (const char* selector :
       {"\\",      "a,\\",   ".\\", "#", ".", ":",   "::",       "[", "a >", "> a",
        "a > > b", "a:not(", "*|*", "&", "%", "a\\", "a .\\20 ", "+", "~ b", ",,"}) {
    const std::string html = std::string("<style>") + selector +
                             "{display:none}</style><x>a</x><style>i{display:none}</style>";
    EXPECT_EQ(html_to_text(html + "b").text, "ab") << selector;
  }
}

TEST(HiddenText, TooManyRulesHideNothing) {
  std::string rules;
  for (int i = 0; i < 5'000; ++i) rules += ".x{display:none}";
  EXPECT_EQ(html_to_text("<style>" + rules + "</style><p class=x>a").text, "a");
}

}  // namespace
}  // namespace weir::text
