#include "node/api.h"

namespace weir::node {
namespace {

ApiSources sources() {
  ApiSources s;
  s.check_page = [](std::string_view subject, Tongue tongue, bool json) -> Result<std::string> {
    if (subject == "bad") return fail(Errc::invalid, "bad subject");
    return std::string(subject) + (tongue == Tongue::chinese ? " zh" : " en") +
           (json ? " json" : " page");
  };
  s.read = [](std::string_view octets) { return fmt::format("read {}", octets.size()); };
  s.metrics = [] { return std::string("weir_listings 1\n"); };
  s.health = []() -> Status { return fail(Errc::full, "no space"); };
  s.checkpoint = [] { return std::string("note"); };
  s.verifier_key = [] { return std::string("key\n"); };
  s.entries = [](std::uint64_t bundle, std::uint64_t width) -> Result<std::string> {
    return fmt::format("{}/{}", bundle, width);
  };
  return s;
}

net::HttpResponse get(std::string path, std::string language = {}) {
  net::HttpRequest request;
  request.method = "GET";
  const auto mark = path.find("?lang=");
  if (mark != std::string::npos) request.query.emplace_back("lang", path.substr(mark + 6));
  request.path = path.substr(0, mark);
  request.accept_language = std::move(language);
  return respond(sources(), request);
}

TEST(Api, RoutesToWhatWasAsked) {
  EXPECT_EQ(get("/v1/check/192.0.2.0/24").body, "192.0.2.0/24 en json");
  EXPECT_EQ(get("/check/192.0.2.1").body, "192.0.2.1 en page");
  EXPECT_EQ(get("/check/192.0.2.1", "zh-TW,en;q=0.5").body, "192.0.2.1 zh page");
  EXPECT_EQ(get("/check/192.0.2.1?lang=zh", "en").body, "192.0.2.1 zh page");
  EXPECT_EQ(get("/ledger/checkpoint").body, "note");
  EXPECT_EQ(get("/ledger/tile/entries/x001/234.p/17").body, "1234/17");
  EXPECT_EQ(get("/metrics").body, "weir_listings 1\n");
}

TEST(Api, WrongRequestsGetTheRightStatus) {
  EXPECT_EQ(get("/v1/check/bad").status, 400);
  EXPECT_EQ(get("/v1/check/bad").body, R"({"error":"bad subject"})");
  EXPECT_EQ(get("/nothing").status, 404);
  EXPECT_EQ(get("/ledger/tile/entries/12").status, 400);
  EXPECT_EQ(get("/healthz").status, 503);
  net::HttpRequest request;
  request.method = "POST";
  request.path = "/";
  EXPECT_EQ(respond(sources(), request).status, 405);
}

TEST(Api, AMessageIsReadForLoopbackOnly) {
  net::HttpRequest request;
  request.path = "/v1/read";
  request.body = "Subject: x";
  request.peer = Address::parse("127.0.0.1").value();
  request.method = "GET";
  EXPECT_EQ(respond(sources(), request).status, 405);
  request.method = "POST";
  EXPECT_EQ(respond(sources(), request).body, "read 10");
  request.peer = Address::parse("::1").value();
  EXPECT_EQ(respond(sources(), request).status, 200);
  request.peer = Address::parse("192.0.2.1").value();
  EXPECT_EQ(respond(sources(), request).status, 403);
}

RC_GTEST_PROP(TilePath, ReadsBackAsItself, (std::uint64_t index, unsigned char width)) {
  const TilePath tile{index % 1'000'000'000'000'000ULL, width == 0 ? 256U : std::uint64_t{width}};
  const auto again = parse_tile_path(tile_path(tile));
  RC_ASSERT(again.has_value());
  RC_ASSERT(again->index == tile.index && again->width == tile.width);
}

TEST(TilePath, RefusesWhatIsNone) {
  for (const auto* path : {"", "1", "12", "0001", "x01/234", "x001", "001/", "001.p/0", "001.p/256",
                           "001.p/", "001.p/1x", "../001", "x999/x999/x999/x999/x999/x999/999"})
    EXPECT_FALSE(parse_tile_path(path)) << path;
}

TEST(Page, EscapesWhatComesFromOutside) {
  PageFacts facts;
  facts.zone = "bl.weir.test";
  const auto page = lookup_page(facts, "<script>\"'&", nullptr, "<b>", Tongue::english);
  EXPECT_EQ(page.find("<script>"), std::string::npos);
  EXPECT_NE(page.find("&lt;script&gt;&quot;&#39;&amp;"), std::string::npos);
  EXPECT_NE(page.find("&lt;b&gt;"), std::string::npos);
}

TEST(Page, SpeaksBothTongues) {
  const PageFacts facts;
  EXPECT_NE(lookup_page(facts, "", nullptr, "", Tongue::chinese).find("查询"), std::string::npos);
  EXPECT_NE(lookup_page(facts, "", nullptr, "", Tongue::english).find("Look up"),
            std::string::npos);
}

}  // namespace
}  // namespace weir::node
