#include "node/page.h"

#include <fmt/format.h>

#include "base/utf8.h"

namespace weir::node {
namespace {

struct Words {
  std::string_view lang, other_lang, other_name;
  std::string_view title, intro, field, button;
  std::string_view reason, code, since, until, evidence, network, rule, remedy_title;
  std::string_view reports, marked_spam, marked_good, judged_spam, judged_good;
  std::string_view clean, inside, policy_note, listed_now, entries, data_credit, machine;
};

constexpr Words kEnglish = {
    .lang = "en",
    .other_lang = "zh",
    .other_name = "中文",
    .title = "Is this address listed?",
    .intro =
        "Look up an address or a prefix: whether it is listed here, why, until when, and how "
        "to get off the list.",
    .field = "Address or prefix",
    .button = "Look up",
    .reason = "Why",
    .code = "DNS code",
    .since = "Since",
    .until = "Ends by itself",
    .evidence = "Evidence, 90 days",
    .network = "Network",
    .rule = "Rule",
    .remedy_title = "How to get off the list",
    .reports = "complaints",
    .marked_spam = "marked as spam",
    .marked_good = "marked as good",
    .judged_spam = "judged spam",
    .judged_good = "judged good",
    .clean = "No listing covers it, so mail from it is not refused because of this list.",
    .inside = "Mail from the listed addresses inside may be refused; the rest is not touched.",
    .policy_note =
        "Every listing has a reason and an end. Removal costs nothing and needs no "
        "account: mend the source, and the listing lapses.",
    .listed_now = "listed now",
    .entries = "decisions in the ledger",
    .data_credit = "Network data: RouteViews, DB-IP, NRO",
    .machine = "as JSON",
};

constexpr Words kChinese = {
    .lang = "zh-Hans",
    .other_lang = "en",
    .other_name = "English",
    .title = "这个地址被列入了吗？",
    .intro = "查询一个地址或网段：是否列入、原因、到期时间，以及如何解除。",
    .field = "地址或网段",
    .button = "查询",
    .reason = "原因",
    .code = "DNS 代码",
    .since = "列入时间",
    .until = "自动解除时间",
    .evidence = "九十天内的证据",
    .network = "所属网络",
    .rule = "规则",
    .remedy_title = "如何解除",
    .reports = "投诉",
    .marked_spam = "用户标记垃圾",
    .marked_good = "用户标记正常",
    .judged_spam = "判定垃圾",
    .judged_good = "判定正常",
    .clean = "没有条目涉及它，邮件不会因本列表而被拒收。",
    .inside = "其中已列入的地址发来的邮件可能被拒收，其余地址不受影响。",
    .policy_note = "每个条目都有原因和期限。解除不收费，也不需要账号：修好源头，条目到期自动失效。",
    .listed_now = "个当前条目",
    .entries = "条账本决定",
    .data_credit = "网络数据来源：RouteViews、DB-IP、NRO",
    .machine = "JSON 格式",
};

std::string row(std::string_view name, std::string_view value) {
  if (value.empty()) return {};
  return fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", name, escape_html(value));
}

std::string count(std::uint64_t number, std::string_view name, std::string_view kind) {
  return fmt::format("<li class=\"{}\"><b>{}</b> {}</li>\n", number == 0 ? "none" : kind, number,
                     name);
}

std::string result(const Checked& checked, const Words& words, Tongue tongue) {
  const auto& counts = checked.counts;
  const bool listed = checked.listing.has_value();
  auto out = fmt::format("<section class=\"card {}\">\n<h2>{}</h2>\n",
                         listed                      ? "listed"
                         : checked.listed_inside > 0 ? "partly"
                                                     : "clean",
                         escape_html(headline(checked, tongue)));
  if (listed) {
    const auto& listing = *checked.listing;
    out += "<dl>\n";
    out += row(words.reason, reason(listing, tongue));
    out += row(words.since, readable_time(listing.since));
    out += row(words.until, readable_time(listing.until));
    out += row(words.code, listing.code);
    out += row(words.rule, listing.rule);
    out += "</dl>\n";
  } else {
    out += fmt::format("<p>{}</p>\n", checked.listed_inside > 0 ? words.inside : words.clean);
  }
  if (checked.network.asn != 0)
    out += "<dl>\n" +
           row(words.network, fmt::format("AS{} {} {}", checked.network.asn,
                                          checked.network.operator_name, checked.network.country)) +
           "</dl>\n";
  if (!checked.is_domain) {
    out += fmt::format("<h3>{}</h3>\n<ul class=\"counts\">\n", words.evidence);
    out += count(counts.reports, words.reports, "bad");
    out += count(counts.learnt_spam, words.marked_spam, "bad");
    out += count(counts.verdict_spam, words.judged_spam, "bad");
    out += count(counts.learnt_ham, words.marked_good, "good");
    out += count(counts.verdict_ham, words.judged_good, "good");
    out += "</ul>\n";
  }
  if (listed)
    out += fmt::format("<h3>{}</h3>\n<p>{}</p>\n", words.remedy_title,
                       escape_html(remedy(checked, tongue)));
  out += fmt::format("<p class=\"machine\"><a href=\"/v1/check/{}\">{}</a></p>\n</section>\n",
                     escape_html(checked.subject), words.machine);
  return out;
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto c = next_code_point(text, at);
    switch (c) {
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '&': out += "&amp;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: append_utf8(out, c);
    }
  }
  return out;
}

std::string lookup_page(const PageFacts& facts, std::string_view subject, const Checked* checked,
                        std::string_view error, Tongue tongue) {
  const auto& words = tongue == Tongue::chinese ? kChinese : kEnglish;
  auto out = fmt::format(
      "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<title>{} · Weir</title>\n<link rel=\"stylesheet\" href=\"/style.css\">\n</head>\n<body>\n"
      "<header><a class=\"brand\" href=\"/?lang={}\">"
      "<svg viewBox=\"0 0 48 32\" aria-hidden=\"true\"><path d=\"M2 10q6-6 11 0t11 0 11 0 11 0\"/>"
      "<path class=\"dam\" d=\"M6 17h36v4H6z\"/><path d=\"M2 28q6-4 11 0t11 0 11 0 11 0\"/></svg>"
      "Weir</a><a class=\"tongue\" href=\"?lang={}{}\">{}</a></header>\n<main>\n",
      words.lang, words.title, words.lang.substr(0, 2), words.other_lang,
      subject.empty() ? "" : "&amp;subject=" + escape_html(subject), words.other_name);
  out += fmt::format(
      "<h1>{}</h1>\n<p>{}</p>\n<form action=\"/\" method=\"get\">\n"
      "<input type=\"hidden\" name=\"lang\" value=\"{}\">\n"
      "<label for=\"subject\">{}</label>\n<div class=\"ask\">"
      "<input id=\"subject\" name=\"subject\" value=\"{}\" placeholder=\"192.0.2.1\" required "
      "maxlength=\"253\" autocomplete=\"off\" spellcheck=\"false\" autofocus>"
      "<button>{}</button></div>\n</form>\n",
      words.title, words.intro, words.lang.substr(0, 2), words.field, escape_html(subject),
      words.button);
  if (!error.empty())
    out += fmt::format("<section class=\"card error\" role=\"alert\"><p>{}</p></section>\n",
                       escape_html(error));
  if (checked != nullptr) out += result(*checked, words, tongue);
  out += fmt::format(
      "</main>\n<footer>\n<p>{}</p>\n<p><code>{}</code> · {} {} · {} {} · {}</p>\n"
      "<p>{}: <a href=\"https://db-ip.com\">db-ip.com</a></p>\n</footer>\n</body>\n</html>\n",
      words.policy_note, escape_html(facts.zone), facts.listed, words.listed_now, facts.ledger_size,
      words.entries, readable_time(facts.now), words.data_credit);
  return out;
}

std::string_view page_style() {
  return R"css(:root{color-scheme:light dark;--ink:#16242b;--soft:#5a6b73;--paper:#f6f8f8;--card:#fff;--line:#d9e1e3;--water:#0b7285;--bad:#b02a37;--good:#1f7a4d}
@media (prefers-color-scheme:dark){:root{--ink:#e6eef0;--soft:#9db0b7;--paper:#10191d;--card:#18242a;--line:#2b3b42;--water:#4cc4d6;--bad:#ff8a94;--good:#6fd6a0}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.6 system-ui,"Noto Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif}
header,main,footer{max-width:44rem;margin:0 auto;padding:0 1.25rem}
header{display:flex;justify-content:space-between;align-items:center;padding-top:1.25rem}
a{color:var(--water)}
.brand{display:flex;align-items:center;gap:.6rem;font-weight:700;font-size:1.2rem;text-decoration:none;color:var(--ink)}
.brand svg{width:2.4rem;fill:none;stroke:var(--water);stroke-width:3;stroke-linecap:round}
.brand .dam{fill:var(--ink);stroke:none}
h1{font-size:1.9rem;line-height:1.25;margin:2.2rem 0 .4rem}
h2{font-size:1.3rem;line-height:1.35;margin:0 0 .8rem;overflow-wrap:anywhere}
h3{font-size:1rem;margin:1.2rem 0 .3rem}
form{margin:1.6rem 0}
label{display:block;font-weight:600;margin-bottom:.35rem}
.ask{display:flex;gap:.6rem;flex-wrap:wrap}
input#subject{flex:1 1 16rem;min-width:0;font:inherit;padding:.65rem .8rem;border:1px solid var(--line);border-radius:.5rem;background:var(--card);color:var(--ink)}
input#subject:focus-visible,button:focus-visible,a:focus-visible{outline:3px solid var(--water);outline-offset:2px}
button{font:inherit;font-weight:600;padding:.65rem 1.4rem;border:0;border-radius:.5rem;background:var(--water);color:var(--paper);cursor:pointer}
.card{background:var(--card);border:1px solid var(--line);border-left:.4rem solid var(--line);border-radius:.6rem;padding:1.2rem 1.3rem;margin:1.2rem 0}
.card.listed{border-left-color:var(--bad)}.card.partly{border-left-color:var(--water)}.card.clean{border-left-color:var(--good)}.card.error{border-left-color:var(--bad)}
.card p{margin:.3rem 0}
dl{margin:0}
dl div{display:grid;grid-template-columns:9.5rem 1fr;gap:.8rem;padding:.35rem 0;border-top:1px solid var(--line)}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
.counts{list-style:none;display:flex;flex-wrap:wrap;gap:.4rem .6rem;padding:0;margin:.4rem 0}
.counts li{border:1px solid var(--line);border-radius:2rem;padding:.05rem .8rem}
.counts .none{color:var(--soft)}.counts .bad b{color:var(--bad)}.counts .good b{color:var(--good)}
.machine{font-size:.9rem}
footer{color:var(--soft);font-size:.9rem;padding-top:1rem;padding-bottom:2rem}
footer p{margin:.25rem 0}
@media (max-width:32rem){dl div{grid-template-columns:1fr;gap:0}h1{font-size:1.5rem}}
)css";
}

}  // namespace weir::node
