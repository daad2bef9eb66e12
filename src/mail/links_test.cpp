#include "mail/links.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <ctime>

#include "base/utf8.h"
#include "mail/host.h"

namespace weir::mail {
namespace {

std::string host(std::string_view text) {
  const auto found = canonical_host(text);
  return found ? found->name : "none";
}

TEST(Host, NamesAreLowerCaseWithoutTheLastDot) {
  EXPECT_EQ(host("WWW.Example.COM."), "www.example.com");
  EXPECT_EQ(host("%65xample%2Ecom"), "example.com");
  EXPECT_EQ(host("a_b.example.com"), "a_b.example.com");
}

TEST(Host, OtherScriptsBecomeALabels) {
  EXPECT_EQ(host("\u4E2D\u6587.com"), "xn--fiq228c.com");
  EXPECT_EQ(host("XN--FIQ228C.com"), "xn--fiq228c.com");
  EXPECT_EQ(host("\uFF45\uFF58ample\u3002com"), "example.com");
}

TEST(Host, IPv4IsReadInEveryFormABrowserTakes) {
  for (const std::string_view text : {"192.0.2.1", "3221225985", "0xC0000201", "0300.0.02.01",
                                      "192.0.513", "0xc0.0.0x2.1", "192.513"})
    EXPECT_EQ(host(text), "192.0.2.1") << text;
  EXPECT_EQ(host("[2001:DB8::1]"), "2001:db8::1");
  for (const std::string_view text : {"256.0.0.1", "1.2.3.4.5", "4294967296", "[::1", "[x]"})
    EXPECT_EQ(host(text), "none") << text;
}

TEST(Host, WhatIsNoNameIsNone) {
  for (const std::string_view text : {"", ".", "a..b", ".a", "a b.com", "a/b", "a@b.com"})
    EXPECT_EQ(host(text), "none") << text;
}

TEST(RegistrableDomain, FollowsThePublicSuffixList) {
  EXPECT_EQ(registrable_domain("www.a.b.co.jp"), "b.co.jp");
  EXPECT_EQ(registrable_domain("a.example.com.cn"), "example.com.cn");
  EXPECT_EQ(registrable_domain("EXAMPLE.com"), "example.com");
  EXPECT_EQ(registrable_domain("www.\u98DF\u72EE.\u516C\u53F8.cn"), "xn--85x722f.xn--55qx5d.cn");
  for (const std::string_view text : {"co.jp", "com", "192.0.2.1", "", "localhost", "a b"})
    EXPECT_EQ(registrable_domain(text), "") << text;
}

std::vector<Link> in_text(std::string_view text, std::size_t limit = 100) {
  LinkCollector links(limit);
  links.add_text(text);
  return links.take();
}
std::string urls(std::string_view text) {
  std::string out;
  for (const Link& link : in_text(text))
    out += (out.empty() ? "" : " ") + link.url + "|" + link.host;
  return out;
}

TEST(Links, AreFoundInText) {
  EXPECT_EQ(urls("see http://example.com/a?b=c#d, and (https://www.example.org/x_(y)). "
                 "ftp://f.example.net"),
            "http://example.com/a?b=c#d|example.com https://www.example.org/x_(y)|www.example.org "
            "ftp://f.example.net|f.example.net");
  EXPECT_EQ(urls("go to www.Example.com/path now"), "www.Example.com/path|www.example.com");
  EXPECT_EQ(urls("Seehttp://example.com:8080/."), "http://example.com:8080/|example.com");
  EXPECT_EQ(urls("http://user:pw@example.com@evil.example.org/x"),
            "http://user:pw@example.com@evil.example.org/x|evil.example.org");
  EXPECT_EQ(urls("http://3221225985/x http://[2001:db8::1]/"),
            "http://3221225985/x|192.0.2.1 http://[2001:db8::1]/|2001:db8::1");
}

TEST(Links, EndWhereChineseTextGoesOn) {
  EXPECT_EQ(urls("\u8BF7\u70B9\u51FBhttp://www.example.com.cn\u67E5\u770B"),
            "http://www.example.com.cn|www.example.com.cn");
  EXPECT_EQ(urls("\u7F51\u5740www.example.com\u3002\u8C22\u8C22"),
            "www.example.com|www.example.com");
  EXPECT_EQ(urls("http://example.com/a\u3001http://example.org/b\uFF0C"),
            "http://example.com/a|example.com http://example.org/b|example.org");
}

TEST(Links, NamesInOtherScriptsAreNames) {
  EXPECT_EQ(urls("http://\u4E2D\u6587.com/x"), "http://\u4E2D\u6587.com/x|xn--fiq228c.com");
  EXPECT_EQ(urls("www\u3002example\u3002com"), "www\u3002example\u3002com|www.example.com");
}

TEST(Links, DisguisedOnesAreFound) {
  EXPECT_EQ(urls("hxxp://example[.]com/x"), "hxxp://example[.]com/x|example.com");
  EXPECT_EQ(urls("visit bad.example(dot)com today"), "bad.example(dot)com|bad.example.com");
  EXPECT_EQ(urls("hxxps://www[.]example[dot]org"), "hxxps://www[.]example[dot]org|www.example.org");
}

TEST(Links, WhatIsNoLinkIsNone) {
  EXPECT_EQ(
      urls("10:30 a[.]b [.] www www. wwww.x ://x http:// http:/// foo://example.com (see: x) [w]"),
      "");
}

TEST(Links, EachUrlCountsOnceAndTheLimitHolds) {
  EXPECT_EQ(in_text("http://a.com http://a.com http://b.com").size(), 2U);
  LinkCollector links(2);
  links.add_text("http://a.com http://b.com http://c.com");
  EXPECT_TRUE(links.cut());
  EXPECT_EQ(links.take().size(), 2U);
}

TEST(Links, TargetsOfHtmlAreReadAsBrowsersDo) {
  LinkCollector links(100);
  links.add_html({{" ht\ntp:\\\\EXAMPLE.com/x ", "click", "a"},
                  {"//cdn.example.com/y", "", "img"},
                  {"mailto:x@example.com", "write", "a"},
                  {"http:example.org", "", "a"},
                  {"#top", "", "a"},
                  {"page.html", "", "a"},
                  {"cid:1", "", "img"},
                  {"javascript:alert(1)", "", "a"},
                  {"www.example.net:81/z", "", "a"},
                  {"https://a.com:b@c.co.jp:8080/?q=@x", "bank.com", "a"}});
  const auto found = links.take();
  ASSERT_EQ(found.size(), 7U);
  EXPECT_EQ(found[0].url, "http:\\\\EXAMPLE.com/x");
  EXPECT_EQ(found[0].host, "example.com");
  EXPECT_EQ(found[0].shown, "click");
  EXPECT_EQ(found[1].host, "cdn.example.com");
  EXPECT_EQ(found[1].domain, "example.com");
  EXPECT_EQ(found[2].host, "");
  EXPECT_EQ(found[3].host, "example.org");
  EXPECT_EQ(found[4].url, "javascript:alert(1)");
  EXPECT_EQ(found[5].host, "www.example.net");
  EXPECT_EQ(found[6].host, "c.co.jp");
}

TEST(Links, AUrlIsCutAtItsLimit) {
  const auto found = in_text("http://example.com/" + std::string(5'000, 'x'));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].url.size(), kMaxUrl);
}

TEST(Links, HostileTextCostsLinearTime) {
  for (const std::string_view piece : {"a[.]",
                                       "[.]",
                                       "www",
                                       "www.",
                                       "http://",
                                       "http://@",
                                       "h",
                                       "://",
                                       "a.",
                                       "a.com",
                                       "<http://a.com\n",
                                       "a .",
                                       " dot com",
                                       "http://a.com/?u=",
                                       "aHR0c",
                                       "%68",
                                       ".\u4E2D",
                                       "\u3002a",
                                       "http://\u4E2D\u3002",
                                       "http://a.b\u4E2D"}) {
    std::string text;
    while (text.size() < (1U << 19)) text += piece;
    const std::clock_t begin =
        std::clock();  // processor time: a loaded machine is not a slow parser
    (void)in_text(text, 10'000);
    EXPECT_LT(std::clock() - begin, 4 * CLOCKS_PER_SEC) << piece;
  }
}

TEST(Links, BareNamesAreFoundWhereTheyAreMeant) {
  EXPECT_EQ(urls("请访问example.cn查看"), "example.cn|example.cn");
  EXPECT_EQ(urls("看example.me吧 去example.shop买"),
            "example.me|example.me example.shop|example.shop");
  EXPECT_EQ(urls("see example.com/a, shop.example.co.jp. Or Example.Com:8080/x"),
            "example.com/a|example.com shop.example.co.jp|shop.example.co.jp "
            "Example.Com:8080/x|example.com");
  EXPECT_EQ(urls("visit example.it/sale or example.sh/x?y"),
            "example.it/sale|example.it example.sh/x?y|example.sh");
  EXPECT_EQ(urls("пример.рф и bücher.example.com"),
            "пример.рф|xn--e1afmkfd.xn--p1ai bücher.example.com|xn--bcher-kva.example.com");
  EXPECT_EQ(urls("at 192.0.2.1/login.php"), "192.0.2.1/login.php|192.0.2.1");
}

TEST(Links, SentencesFilesAndProgramsAreNoNames) {
  for (const std::string_view text :
       {"The end.In the beginning.Now it is.", "it ends.in the middle",
        "readme.md install.sh main.rs", "libfoo.1.so config.h.in Makefile.am",
        "foo.name(1) this.id = that.as x", "e.g. i.e. U.S.A. a.m.",
        "version 1.2.3.4 of 10.0.0.0/8, 3.14", "com.example.app org.example.tools.zone",
        "user@example.com first.last@example.com", "/usr/lib/example.com a\\example.com",
        "the dot com boom, dot com", "Microsoft .net and .com", ".Com .net .cn",
        "国际域名.com或.cn", "price is 5.me", "我买了iphone。in the end"})
    EXPECT_EQ(urls(text), "") << text;
}

TEST(Links, DotsAreDisguisedInManyWays) {
  for (const std::string_view text :
       {"example[.]com", "example(.)com", "example{dot}com", "example [dot] com",
        "example (dot) com", "example . com", "go to example dot com", "example点com",
        "example。com", "example．com", "ｅｘａｍｐｌｅ．ｃｏｍ", "example【.】com",
        "example（点）com", "ⓔⓧⓐⓜⓟⓛⓔ．ⓒⓞⓜ"}) {
    const auto found = in_text(text);
    ASSERT_EQ(found.size(), 1U) << text;
    EXPECT_EQ(found[0].host, "example.com") << text;
    EXPECT_TRUE(found[0].traits.has(LinkTrait::disguised)) << text;
    EXPECT_TRUE(found[0].traits.has(LinkTrait::no_scheme)) << text;
  }
  EXPECT_EQ(in_text("www dot example dot com")[0].host, "www.example.com");
  EXPECT_EQ(in_text("ｗｗｗ．ｅｘａｍｐｌｅ．ｃｏｍ查看")[0].host, "www.example.com");
  EXPECT_EQ(in_text("www. example. com now")[0].host, "www.example.com");
}

TEST(Links, SchemesAreDisguisedInManyWays) {
  for (const std::string_view text :
       {"hxxp://example.com/x", "h**p://example.com/x", "http:\\\\example.com/x",
        "http:///example.com/x", "http:/example.com/x", "http:example.com/x", "ttp://example.com/x",
        "http：//example.com/x", "ｈｔｔｐ：／／example.com/x", "http:// example.com/x",
        "http ://example.com/x", "HXXPS://example.com/x"}) {
    const auto found = in_text(text);
    ASSERT_EQ(found.size(), 1U) << text;
    EXPECT_EQ(found[0].host, "example.com") << text;
    EXPECT_TRUE(found[0].url.ends_with("/x")) << text;
    EXPECT_TRUE(found[0].traits.has(LinkTrait::disguised)) << text;
  }
}

TEST(Links, ABlankBesideADotOfTheHostIsPartOfADisguise) {
  EXPECT_EQ(urls("http://evil4 .com/a now"), "http://evil4 .com/a|evil4.com");
  EXPECT_EQ(urls("http://www.evil4. com now"), "http://www.evil4. com|www.evil4.com");
  EXPECT_EQ(urls("hxxps[:]//evil4[.]com/b"), "hxxps[:]//evil4[.]com/b|evil4.com");
  // Where a sentence ends, or nothing is broken.
  EXPECT_EQ(urls("http://intranet. in the office"), "http://intranet|intranet");
  EXPECT_EQ(urls("http://intranet. Com"), "http://intranet|intranet");
  EXPECT_EQ(urls("http://example.org .com is not"), "http://example.org|example.org");
  EXPECT_EQ(urls("http://192.0.2.1 .com"), "http://192.0.2.1|192.0.2.1");
}

TEST(Links, BrokenLinesArePutTogetherInsideBrackets) {
  const auto found = in_text(
      "see <URL:http://example.com/long/\r\n  path?a=1\n&b=2> and <http://example.org/x\ny z>");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].url, "http://example.com/long/path?a=1&b=2");
  EXPECT_TRUE(found[0].traits.has(LinkTrait::wrapped));
  EXPECT_EQ(found[1].url, "http://example.org/x");
  const std::string soft = std::string(40, 'x') + " http://example.com/abcdefghijklmnop=\nqrst end";
  EXPECT_EQ(urls(soft).substr(0, 19), "http://example.com/");
  const std::string at_76 =
      std::string(75 - 35, 'x') + " http://example.com/abcdefghijklmno=\nqrst end";
  EXPECT_EQ(in_text(at_76)[0].url, "http://example.com/abcdefghijklmnoqrst");
}

TEST(Links, PathsEndAtTheFirstLetterOfAWritingWithoutBlanks) {
  EXPECT_EQ(in_text("http://example.com/wiki/Müller_(x). Next")[0].url,
            "http://example.com/wiki/Müller_(x)");
  EXPECT_EQ(in_text("http://example.com/путь/ и")[0].url, "http://example.com/путь/");
  EXPECT_EQ(in_text("http://example.com/a查看")[0].url, "http://example.com/a");
  EXPECT_EQ(in_text("http://example.kr/a에서")[0].url, "http://example.kr/a");
  EXPECT_EQ(in_text("http://例え.中国查看")[0].host, "xn--r8jz45g.xn--fiqs8s");
  EXPECT_EQ(in_text("http://中文.com查看")[0].host, "xn--fiq228c.com");
  EXPECT_EQ(in_text("[http://example.com/a[1]]")[0].url, "http://example.com/a[1]");
  EXPECT_EQ(in_text("http://example.com/a&quot;&gt;x")[0].url, "http://example.com/a");
}

TEST(Links, OtherSchemesAreContacts) {
  EXPECT_EQ(urls("mailto:a@example.com tel:+14155550100 tg://resolve?domain=abc "
                 "bitcoin:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
            "mailto:a@example.com| tel:+14155550100| tg://resolve?domain=abc| "
            "bitcoin:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4|");
  EXPECT_EQ(urls("Tel: 5550100, mailto: me, line: 5, data: all, javascript: a language, geo:x"),
            "");
}

std::string traits(std::string_view target, std::string_view shown = {}) {
  LinkCollector links(10);
  links.add_html({{std::string(target), std::string(shown), "a"}});
  const auto found = links.take();
  std::string out;
  if (found.empty()) return "none";
  for (const std::string_view name : found[0].traits.names())
    out += (out.empty() ? "" : " ") + std::string(name);
  for (const LinkTarget& to : found[0].redirects_to) out += " >" + to.host;
  return out;
}

TEST(Links, TraitsSayWhatIsNoteworthy) {
  EXPECT_EQ(traits("http://www.example.com/"), "");
  EXPECT_EQ(traits("http://3221225985/"), "ip_literal ip_odd_form");
  EXPECT_EQ(traits("http://192.0.2.1:80/"), "ip_literal");
  EXPECT_EQ(traits("https://bank.example@example.org:8443/"), "userinfo odd_port");
  EXPECT_EQ(traits("http://%65xample.com/"), "percent_host");
  EXPECT_EQ(traits("http://xn--fiq228c.com/"), "idn");
  EXPECT_EQ(traits("http://p\u0430ypal.example.com/"), "idn mixed_script lookalike");
  EXPECT_EQ(traits("http://\u0430\u0440\u0440\u04CF\u0435.com/"), "idn lookalike");
  EXPECT_EQ(traits("http://東京カメラ.example.jp/"), "idn");
  EXPECT_EQ(traits("http:\\\\example.com/"), "disguised");
  EXPECT_EQ(traits("data:text/html,x"), "data");
  EXPECT_EQ(traits("javascript:x()"), "script");
  EXPECT_EQ(traits("mailto:a@example.com"), "contact");
  EXPECT_EQ(traits("https://tenant.github.io/"), "hosted");
  EXPECT_EQ(traits("https://bit.ly/x"), "shortener");
  EXPECT_EQ(traits("example.com"), "no_scheme");
  EXPECT_EQ(traits("page.html"), "none");
}

TEST(Links, TheDomainOfATenantAndOfItsProviderAreTold) {
  const auto found = in_text("http://a.tenant.github.io/x http://a.example.co.jp/");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].domain, "tenant.github.io");
  EXPECT_EQ(found[0].icann_domain, "github.io");
  EXPECT_EQ(found[1].domain, "example.co.jp");
  EXPECT_EQ(found[1].icann_domain, "example.co.jp");
}

TEST(Links, ShownTextOfAnotherDomainIsNoted) {
  EXPECT_EQ(traits("http://example.org/", "https://www.example.com/login"), "shown_differs");
  EXPECT_EQ(traits("http://example.org/", "www.example.com"), "shown_differs");
  EXPECT_EQ(traits("http://example.org/", " <example.com> "), "shown_differs");
  EXPECT_EQ(traits("http://192.0.2.1/", "example.com"), "ip_literal shown_differs");
  EXPECT_EQ(traits("http://login.example.com/", "www.example.com"), "");
  EXPECT_EQ(traits("http://example.org/", "visit example.com today"), "");
  EXPECT_EQ(traits("http://example.org/", "Click here"), "");
  EXPECT_EQ(traits("http://example.org/?url=http://example.com/", "example.com"),
            "redirect >example.com");
  EXPECT_EQ(traits("mailto:a@example.org", "example.com"), "contact");
  LinkCollector links(10);
  links.add_html(
      {{"http://example.org/", "here", "a"}, {"http://example.org/", "example.com", "a"}});
  const auto found = links.take();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].shown, "example.com");
  EXPECT_TRUE(found[0].traits.has(LinkTrait::shown_differs));
}

TEST(Links, RedirectorsSayWhereTheyLead) {
  for (const std::string_view target :
       {"http://r.example.net/?url=http://example.org/x",
        "http://r.example.net/l?a=1&u=http%3A%2F%2Fexample.org",
        "http://r.example.net/?x=http%253A%252F%252Fexample.org%252F",
        "http://r.example.net/http://example.org/x",
        "http://r.example.net/RU=https%3a%2f%2fexample.org%2fx/RK=2",
        "http://r.example.net/?redirect=example.org", "http://r.example.net/?goto=//example.org/x",
        "http://r.example.net/?to=www.example.org",
        "http://r.example.net/?q=a1aHR0cHM6Ly9leGFtcGxlLm9yZy94&n=1",
        "http://r.example.net/aHR0cDovL2V4YW1wbGUub3JnLw",
        "http://r.example.net/?d=YUhSMGNITTZMeTlsZUdGdGNHeGxMbTl5Wnk4PQ==",
        "http://r.example.net/68747470733a2f2f6578616d706c652e6f7267",
        "https://urldefense.example.net/v2/url?u=http-3A__example.org_path&d=x",
        "https://urldefense.com/v3/__https:/example.org/a*b__;Iw!!x",
        "https://www.google.com/amp/s/example.org/x",
        "https://example-org.cdn.ampproject.org/c/s/example.org/x",
        "https://example-org.translate.goog/x"})
    EXPECT_TRUE(traits(target).starts_with("redirect") && traits(target).ends_with("example.org"))
        << target << ": " << traits(target);
  EXPECT_EQ(traits("http://r.example.net/"
                   "?u=http%3A%2F%2Fexample.org%2F%3Fu%3Dhttp%253A%252F%252Fexample.com"),
            "redirect >example.org >example.com");
  EXPECT_EQ(traits("http://www.example.net/login?next=http://example.net/home"), "");
  EXPECT_EQ(traits("http://www.example.net/?file=report.md&url=index.php&u=you"), "");
}

TEST(Links, FieldsOfTheHeaderGiveTheirs) {
  LinkCollector links(10);
  links.add_header("List-Unsubscribe",
                   "<mailto:leave@example.com>, <https://example.com/u?\r\n x>");
  links.add_header("Archived-At", "http://example.org/1");
  links.add_header("Subject", "http://example.net/");
  const auto found = links.take();
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].url, "mailto:leave@example.com");
  EXPECT_EQ(found[1].url, "https://example.com/u?x");
  EXPECT_EQ(found[1].origin, LinkOrigin::header);
  EXPECT_EQ(found[2].host, "example.org");
}

TEST(Links, NamesOfTraitsAndOriginsAreStable) {
  for (int i = 0; i < static_cast<int>(LinkTrait::kCount); ++i)
    EXPECT_FALSE(link_trait_name(static_cast<LinkTrait>(i)).empty());
  EXPECT_EQ(link_trait_name(LinkTrait::kCount), "");
  EXPECT_EQ(link_origin_name(LinkOrigin::document), "document");
}

// What may surround a URL in Chinese, Japanese and Korean text without a blank.
const std::vector<std::string>& neighbours() {
  static const std::vector<std::string> kNeighbours = {
      "请访问",   "查看", "。", "，", "（", "）", "「", "」", "です",
      "カタカナ", "에서", "：", "！", "《", "》", "、", "\n", " "};
  return kNeighbours;
}

RC_GTEST_PROP(LinksLaw, AUrlIsFoundWhateverTextSurroundsIt, ()) {
  const auto url = *rc::gen::element<std::string>(
      "http://example.com/a/b?c=d", "https://www.example.co.jp/", "http://example.com.cn",
      "www.example.com", "example.cn", "www.example.kr/path", "ftp://ftp.example.net/x.zip",
      "http://192.0.2.1:8080/", "http://xn--fiq228c.com/", "example.com/x");
  const auto& around = neighbours();
  std::string before;
  std::string after;
  for (const std::size_t i : *rc::gen::container<std::vector<std::size_t>>(
           rc::gen::inRange<std::size_t>(0, around.size())))
    before += around[i];
  for (const std::size_t i : *rc::gen::container<std::vector<std::size_t>>(
           rc::gen::inRange<std::size_t>(0, around.size())))
    after += around[i];
  const auto found = in_text(before + url + after);
  RC_ASSERT(found.size() == 1U);
  RC_ASSERT(found[0].url == url);
}

RC_GTEST_PROP(LinksLaw, AnyTextGivesUniqueBoundedLinks, ()) {
  const auto piece = rc::gen::element<std::string>(
      "http", "https", "hxxp", "://", ":", "/", "www", ".", "[.]", "(dot)", "example.com", "@", "[",
      "]", "\u4E2D", "\u3002", "%2E", "1.2.3.4", " ", "0x7f", "xn--", "-", ")", "\xFF");
  std::string text;
  for (const auto& p : *rc::gen::container<std::vector<std::string>>(piece)) text += p;
  const auto links = in_text(to_valid_utf8(text));
  for (std::size_t i = 0; i < links.size(); ++i) {
    RC_ASSERT(!links[i].url.empty() && links[i].url.size() <= kMaxUrl);
    RC_ASSERT(is_utf8(links[i].url));
    RC_ASSERT(links[i].domain.size() <= links[i].host.size());
    RC_ASSERT(links[i].host.ends_with(links[i].domain));
    if (!links[i].host.empty()) {
      // A canonical host is its own canonical form.
      const std::string again =
          links[i].host.find(':') == std::string::npos ? links[i].host : "[" + links[i].host + "]";
      RC_ASSERT(host(again) == links[i].host);
    }
    for (std::size_t k = 0; k < i; ++k) RC_ASSERT(links[k].url != links[i].url);
  }
}

}  // namespace
}  // namespace weir::mail
