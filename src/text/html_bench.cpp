// html_to_text() over a made-up newsletter, a short mail, and documents made to be slow: MB per
// second of each.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <string>
#include <string_view>

#include "text/html.h"

namespace weir::text {
namespace {

std::string repeated(std::string_view head, std::string_view piece, std::size_t octets) {
  std::string html(head);
  while (html.size() < octets) html += piece;
  return html;
}

std::string newsletter(std::size_t octets) {
  return repeated(
      "<!DOCTYPE html><html><head><meta charset=utf-8><style>body{margin:0;background:#f4f4f4}"
      ".card{background:#ffffff;border-radius:4px}.pre{display:none!important}"
      "@media only screen and (max-width:600px){.card{width:100%!important}}</style></head><body>"
      "<div class=pre>Preview of the week</div>",
      "<table class=\"card\" role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" "
      "border=\"0\" "
      "width=\"600\"><tr><td align=\"center\" valign=\"top\" style=\"padding:10px 18px;font-family:"
      "Helvetica,Arial,sans-serif;font-size:14px;line-height:20px;color:#333333;\">"
      "<a href=\"https://news.example/a?b=1&amp;c=2\" target=\"_blank\" style=\"color:#1155cc;"
      "text-decoration:none;font-weight:bold\">Read the whole story here</a><br>\r\n"
      "<img src=\"https://cdn.example/i/1.png\" width=\"120\" height=\"80\" alt=\"A picture\" "
      "style=\"display:block;border:0\"><p>What happened since last week &mdash; and what it means "
      "for&nbsp;you, in a few words that take a line or two.</p></td></tr></table>\r\n",
      octets);
}

void run(benchmark::State& state, const std::string& html) {
  for (auto _ : state) benchmark::DoNotOptimize(html_to_text(html));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * html.size()));
}

void BM_Newsletter(benchmark::State& state) { run(state, newsletter(40'000)); }
BENCHMARK(BM_Newsletter);

void BM_ShortMail(benchmark::State& state) {
  run(state, "<html><body><p>Hello <b>you</b></p></body></html>");
}
BENCHMARK(BM_ShortMail);

struct Hostile {
  const char* name;
  std::string html;
};

const std::vector<Hostile>& hostile() {
  constexpr std::size_t kOctets = 1'000'000;
  static const std::vector<Hostile> rows = [] {
    std::string rules, classes = "<i class='", selectors;
    for (int i = 0; i < 4'000; ++i) rules += fmt::format(".a{}{{top:{}px}}", i, i);
    for (int i = 0; i < 16; ++i) classes += fmt::format("a{} ", i);
    for (int i = 0; i < 4'000; ++i) selectors += fmt::format("b .a{} .x>i{{top:0}}", i % 50);
    const std::string deep = repeated("", "<div class='a1 a2'>", 9'000);
    const std::string style = "<style>" + rules + "</style>";
    const std::string same = repeated("<style>", ".x{top:0}", 30'000) + "</style>";
    return std::vector<Hostile>{
        {"open_elements", repeated("", "<div>", kOctets)},
        {"formatting", repeated("", "<b><div>", kOctets)},
        {"adoption", repeated(repeated("", "<div>", 2'000), "<b><div></b>", kOctets)},
        {"adoption_deep", repeated("", "<b><i><u><div><span><p></b>", kOctets)},
        {"reopened", repeated("<b><i><u><s><a href=x>", "<div><b><i></div>", kOctets)},
        {"nested_tables", repeated("", "<table><tr><td>", kOctets)},
        {"cells", repeated("<table>", "<td>x", kOctets)},
        {"objects", repeated(repeated("<table><td>", "<object>", 4'000), "</td>", kOctets)},
        {"unknown_ends", repeated(repeated("", "<x1>", 2'000), "</x2>", kOctets)},
        {"list_items", repeated(repeated("<li>", "<div>", 2'000), "<li><div>", kOctets)},
        {"bodies", repeated(repeated("", "<b>", 2'000), "<body bgcolor=red>", kOctets)},
        {"attributes", repeated("<a ", "b=c ", kOctets)},
        {"same_attributes", repeated("<a ", "style=color:red ", kOctets)},
        {"huge_value", "<a style='" + repeated("", "color:red;", kOctets) + "'>x"},
        {"styles",
         [] {
           std::string html;
           for (int i = 0; html.size() < kOctets; ++i)
             html += fmt::format("<i style='color:rgb({} 2 3/.{});margin:1px -{}px'>x</i>", i % 256,
                                 i, i);
           return html;
         }()},
        {"references", repeated("", "&CounterClockwiseContourIntegral;", kOctets)},
        {"near_references", repeated("", "&CounterClockwiseContourIntegra", kOctets)},
        {"ampersands", repeated("", "&", kOctets)},
        {"sheet",
         repeated("<style>", "a b>c.d#e,f:g(h)[i]{color:red;top:0}", kOctets) + "</style>x"},
        {"sheet_open", repeated("<style>", "@media x{", kOctets)},
        {"sheet_brackets", repeated("<style>", "a(", kOctets)},
        {"sheet_commas", repeated("<style>", "a,", kOctets) + "{top:0}"},
        {"sheet_comments", repeated("<style>", "/**/", kOctets)},
        {"many_sheets", repeated("x", "<style>a{top:0}</style>", kOctets)},
        {"many_classes", repeated(style, classes + "'>x</i>", kOctets)},
        {"many_rules_of_one", repeated(same, "<i class=x>", kOctets)},
        {"ancestors",
         repeated("<style>" + selectors + "</style>" + deep, "<i class=x></i>", kOctets)},
        {"comments", repeated("", "<!---->", kOctets)},
        {"open_comments", repeated("", "<!--", kOctets)},
        {"script", repeated("<script>", "<!--<script", kOctets)},
        {"dashes", repeated("<script><!--", "-", kOctets)},
        {"title", repeated("<title>", "</titl", kOctets)},
        {"links", repeated("", "<a href=x>", kOctets)},
        {"srcset", repeated("<img srcset='", "a,", kOctets) + "'>"},
        {"base", repeated("<base href='http://a.example/" + std::string(400, 'x') + "'>",
                          "<a href=b>", kOctets)},
        {"backwards", repeated("", "<bdo dir=rtl>a ", kOctets)},
        {"backwards_closed", repeated("<bdo dir=rtl>", "<bdo dir=ltr>a</bdo>", kOctets)},
        {"backwards_nested", repeated("", "<bdo dir=rtl><bdo dir=ltr>", 8'000) +
                                 repeated("", "a ", kOctets) + repeated("", "</bdo>", 4'000)},
        {"backwards_controls", repeated("", "\xE2\x80\xAE", kOctets)},
        {"zero_width", repeated("", "<b>\xE2\x80\x8B</b>", kOctets)},
        {"svg", repeated("", "<svg><g><p>", kOctets)},
        {"invalid", repeated("", "\xFF<p>", kOctets)},
        {"nul", std::string(kOctets, '\0')},
    };
  }();
  return rows;
}

void BM_Hostile(benchmark::State& state) {
  const Hostile& row = hostile()[static_cast<std::size_t>(state.range(0))];
  state.SetLabel(row.name);
  run(state, row.html);
}
BENCHMARK(BM_Hostile)->DenseRange(0, static_cast<std::int64_t>(hostile().size()) - 1);

}  // namespace
}  // namespace weir::text
