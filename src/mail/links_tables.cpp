#include "mail/links_tables.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"

namespace weir::mail {
namespace {

using Row = std::string_view;

template <std::size_t size>
constexpr bool has(const std::array<Row, size>& sorted, Row value) {
  return std::binary_search(sorted.begin(), sorted.end(), value);
}
template <std::size_t size>
constexpr std::array<Row, size> sorted(std::array<Row, size> rows) {
  std::sort(rows.begin(), rows.end());
  return rows;
}

constexpr auto kContact = sorted(std::to_array<Row>(
    {"alipay",    "alipays", "bitcoin",  "bitcoincash", "callto", "dogecoin",  "ethereum",
     "facetime",  "geo",     "im",       "imessage",    "intent", "kakaolink", "kakaotalk",
     "lightning", "line",    "litecoin", "magnet",      "mailto", "market",    "mms",
     "mmsto",     "monero",  "mqq",      "mqqapi",      "mqqwpa", "msnim",     "sip",
     "sips",      "skype",   "sms",      "smsto",       "solana", "tel",       "telegram",
     "tencent",   "tg",      "tron",     "upi",         "viber",  "wechat",    "weixin",
     "whatsapp",  "wxp",     "xmpp",     "ymsgr",       "zalo"}));

constexpr auto kStrong = sorted(std::to_array<Row>(
    {"asia", "au", "biz",  "br", "ca",  "cn",  "com", "cz",   "de", "edu",  "eu",  "fr",
     "gov",  "hk", "info", "jp", "kr",  "ltd", "mil", "mobi", "mx", "net",  "nl",  "online",
     "org",  "ru", "site", "su", "top", "tw",  "ua",  "uk",   "vn", "wang", "xin", "xyz"}));

// English words and abbreviations, and short words of other languages that stand at the begin of a
// sentence.
constexpr auto kWord = sorted(std::to_array<Row>(
    {"able",     "active",     "ae",        "af",        "ag",       "ai",       "al",
     "am",       "art",        "as",        "at",        "auto",     "baby",     "band",
     "bank",     "bar",        "be",        "best",      "beauty",   "bet",      "bid",
     "bike",     "bingo",      "black",     "blue",      "boo",      "book",     "box",
     "build",    "business",   "buy",       "by",        "cab",      "cafe",     "call",
     "camp",     "car",        "cards",     "care",      "case",     "cash",     "center",
     "chat",     "cheap",      "church",    "city",      "click",    "co",       "coach",
     "cool",     "country",    "data",      "dating",    "day",      "deal",     "deals",
     "degree",   "delivery",   "diet",      "direct",    "do",       "dog",      "domains",
     "earth",    "eat",        "education", "email",     "energy",   "es",       "events",
     "exchange", "expert",     "express",   "fail",      "faith",    "family",   "fan",
     "fans",     "farm",       "fast",      "film",      "final",    "finance",  "financial",
     "fish",     "fit",        "fly",       "foo",       "food",     "football", "forum",
     "free",     "fun",        "fund",      "fyi",       "gallery",  "game",     "games",
     "garden",   "gift",       "gifts",     "gives",     "glass",    "global",   "gold",
     "golf",     "got",        "green",     "group",     "guide",    "hair",     "health",
     "help",     "here",       "homes",     "horse",     "host",     "hot",      "house",
     "how",      "id",         "immo",      "in",        "is",       "it",       "je",
     "jobs",     "joy",        "la",        "land",      "law",      "lease",    "legal",
     "li",       "life",       "like",      "limited",   "limo",     "link",     "live",
     "living",   "loan",       "loans",     "lol",       "love",     "ma",       "man",
     "map",      "market",     "marketing", "me",        "media",    "meet",     "men",
     "menu",     "mobile",     "moe",       "mom",       "money",    "movie",    "my",
     "na",       "name",       "navy",      "ne",        "network",  "new",      "news",
     "ninja",    "no",         "now",       "nu",        "off",      "one",      "open",
     "paris",    "partners",   "parts",     "party",     "pay",      "pet",      "phone",
     "photo",    "photos",     "pics",      "pictures",  "pink",     "play",     "plus",
     "pm",       "poker",      "post",      "press",     "prime",    "pro",      "productions",
     "promo",    "properties", "property",  "read",      "red",      "rent",     "rentals",
     "repair",   "report",     "rest",      "review",    "reviews",  "rich",     "rip",
     "rocks",    "room",       "rugby",     "run",       "safe",     "sale",     "save",
     "school",   "science",    "se",        "search",    "secure",   "security", "services",
     "sex",      "sexy",       "shoes",     "shop",      "shopping", "show",     "si",
     "singles",  "ski",        "smart",     "so",        "soccer",   "social",   "solutions",
     "space",    "spot",       "stream",    "study",     "style",    "sucks",    "support",
     "surf",     "systems",    "talk",      "tax",       "team",     "tech",     "technology",
     "tel",      "tennis",     "to",        "today",     "tools",    "tours",    "town",
     "toys",     "trade",      "trading",   "training",  "travel",   "trust",    "tube",
     "tv",       "us",         "va",        "vacations", "vi",       "video",    "vision",
     "vote",     "voting",     "wanted",    "watch",     "weather",  "wedding",  "win",
     "wine",     "winners",    "work",      "works",     "world",    "wow",      "yes",
     "you",      "zero",       "zone"}));

constexpr auto kFile = sorted(std::to_array<Row>(
    {"ac", "app", "as", "bz",   "cat",  "cc", "cfd", "cpa", "dev", "doc", "dot", "fm", "gdn",
     "gp", "gz",  "id", "java", "la",   "lc", "mc",  "md",  "mk",  "ml",  "mm",  "mo", "mov",
     "mp", "ms",  "nf", "pa",   "page", "ph", "pm",  "pl",  "pn",  "ps",  "pub", "py", "rs",
     "sc", "sh",  "sl", "so",   "st",   "sy", "tc",  "td",  "tf",  "tm",  "vc",  "zip"}));
// Of those, the ones that follow other endings: config.h.in, lib.so.la.
constexpr auto kDeepFile = sorted(std::to_array<Row>({"ac", "am", "gz", "in", "la", "md", "zip"}));

constexpr auto kShorteners = sorted(std::to_array<Row>(
    {"0rz.tw",      "2.gp",        "3.cn",        "abit.ly",     "adf.ly",   "amba.to",  "amzn.to",
     "bit.do",      "bit.ly",      "bitly.com",   "bitly.kr",    "bl.ink",   "buff.ly",  "buly.kr",
     "chilp.it",    "clck.ru",     "cutt.ly",     "cutt.us",     "db.tt",    "dlvr.it",  "dwz.cn",
     "fb.me",       "goo.gl",      "goo.su",      "han.gl",      "hoy.kr",   "ift.tt",   "is.gd",
     "j.mp",        "kutt.it",     "lihi.cc",     "lihi1.com",   "lihi2.cc", "lnkd.in",  "lurl.cc",
     "me2.do",      "me2.kr",      "mrw.so",      "muz.so",      "ow.ly",    "p.tl",     "ppt.cc",
     "pse.is",      "qrco.de",     "rb.gy",       "rebrand.ly",  "reurl.cc", "s.id",     "short.gy",
     "shorturl.at", "shorturl.gg", "smarturl.it", "snip.ly",     "soo.gd",   "sourl.cn", "suo.im",
     "suo.nz",      "surl.li",     "surl.tw",     "t.cn",        "t.co",     "t.ly",     "t2m.io",
     "tb.cn",       "tiny.cc",     "tiny.one",    "tinyurl.com", "tr.im",    "trib.al",  "u.to",
     "url.cn",      "url.kr",      "urlz.fr",     "ux.nu",       "v.gd",     "vk.cc",    "vo.la",
     "x.co",        "x.gd",        "zrr.kr"}));

constexpr auto kTargets = sorted(
    std::to_array<Row>({"a",           "adurl",    "continue",    "dest",         "destination",
                        "forward",     "go",       "goto",        "href",         "link",
                        "location",    "lp",       "next",        "out",          "r",
                        "redir",       "redirect", "redirect_to", "redirect_uri", "redirect_url",
                        "redirecturl", "redirurl", "return",      "return_to",    "returnto",
                        "returnurl",   "ru",       "rurl",        "target",       "targeturl",
                        "to",          "u",        "uri",         "url"}));

// "hxxp", "h**ps", "h77p": two octets instead of the two t.
bool is_masked_http(Row lower) {
  if (lower.size() == 5 && lower.back() == 's') lower.remove_suffix(1);
  return lower.size() == 4 && lower.front() == 'h' && lower.back() == 'p' &&
         std::string_view("tx*+7_-").find(lower[1]) != std::string_view::npos &&
         std::string_view("tx*+7_-").find(lower[2]) != std::string_view::npos;
}

}  // namespace

Scheme scheme_kind(std::string_view scheme) {
  if (scheme.empty() || scheme.size() > 12) return Scheme::none;
  std::array<char, 12> buffer{};
  std::transform(scheme.begin(), scheme.end(), buffer.begin(), to_lower);
  const Row lower(buffer.data(), scheme.size());
  if (lower == "http" || lower == "https" || lower == "ftp" || lower == "ftps") return Scheme::web;
  if (lower == "ttp" || lower == "ttps" || lower == "htp" || lower == "htps" || lower == "htttp" ||
      lower == "fxp" || is_masked_http(lower))
    return Scheme::disguised;
  if (lower == "data") return Scheme::data;
  if (lower == "javascript" || lower == "vbscript") return Scheme::script;
  if (lower == "cid" || lower == "mid" || lower == "about" || lower == "blob") return Scheme::inner;
  return has(kContact, lower) ? Scheme::contact : Scheme::none;
}

TopLevelKind top_level_kind(std::string_view lower_label) {
  if (has(kStrong, lower_label)) return TopLevelKind::strong;
  if (has(kFile, lower_label) || has(kDeepFile, lower_label)) return TopLevelKind::file;
  return has(kWord, lower_label) ? TopLevelKind::word : TopLevelKind::plain;
}

bool is_shortener(std::string_view domain) { return has(kShorteners, domain); }

bool is_target_parameter(std::string_view lower_name) { return has(kTargets, lower_name); }

}  // namespace weir::mail
