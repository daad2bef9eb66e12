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
  for (const std::string_view piece : {"a[.]", "[.]", "www", "www.", "http://", "http://@", "h",
                                       "://", "http://\u4E2D\u3002", "http://a.b\u4E2D"}) {
    std::string text;
    while (text.size() < (1U << 19)) text += piece;
    const std::clock_t begin =
        std::clock();  // processor time: a loaded machine is not a slow parser
    (void)in_text(text, 10'000);
    EXPECT_LT(std::clock() - begin, 4 * CLOCKS_PER_SEC) << piece;
  }
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
