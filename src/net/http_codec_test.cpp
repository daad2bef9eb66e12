#include "net/http_codec.h"

namespace weir::net {
namespace {

using State = RequestReader::State;

constexpr std::size_t kMaxBody = 1'000;

TEST(Target, IsDecodedOnce) {
  const auto target = parse_target("/check/2001%3Adb8%3a%3A1?q=a+b%26c&empty=&flag&&x=%252F");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->path, "/check/2001:db8::1");
  const std::vector<std::pair<std::string, std::string>> expected = {
      {"q", "a b&c"}, {"empty", ""}, {"flag", ""}, {"x", "%2F"}};
  EXPECT_EQ(target->query, expected);
  EXPECT_EQ(parse_target("/a+b")->path, "/a+b");
  EXPECT_EQ(parse_target("http://host:1/x?y=1")->path, "/x");
  EXPECT_EQ(parse_target("HTTP://host")->path, "/");
  EXPECT_EQ(parse_target("*")->path, "*");
}

TEST(Target, BrokenOnesAreRefused) {
  for (const auto* bad : {"", "x", "/%", "/%4", "/%zz", "/%00", "/?a=%0", "?a", "http://host?x"})
    EXPECT_FALSE(parse_target(bad)) << bad;
}

TEST(RequestReader, ReadsMethodTargetFieldsAndBody) {
  RequestReader reader(kMaxBody);
  std::string in =
      "POST /api?x=1 HTTP/1.1\r\nHost: h\r\nAccept-Language: zh-CN\r\nContent-Length: "
      "4\r\n\r\nbodyGET /next";
  ASSERT_EQ(reader.feed(in), State::complete);
  EXPECT_EQ(in, "GET /next");  // the next request's
  EXPECT_TRUE(reader.keep_alive());
  const auto request = reader.take_request();
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.path, "/api");
  EXPECT_EQ(request.accept_language, "zh-CN");
  EXPECT_EQ(request.body, "body");
  EXPECT_EQ(request.fields.at(0), (std::pair<std::string, std::string>("host", "h")));
}

TEST(RequestReader, HeadIsAGetWithoutBody) {
  RequestReader reader(kMaxBody);
  std::string in = "HEAD / HTTP/1.0\r\n\r\n";
  ASSERT_EQ(reader.feed(in), State::complete);
  EXPECT_TRUE(reader.head());
  EXPECT_FALSE(reader.keep_alive());
  EXPECT_EQ(reader.take_request().method, "GET");
}

int status_of(std::string in) {
  RequestReader reader(kMaxBody);
  return reader.feed(in) == State::failed ? reader.status_if_failed() : 0;
}

TEST(RequestReader, RefusesWhatIsBrokenOrTooLarge) {
  EXPECT_EQ(status_of("nonsense\r\n\r\n"), 400);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\n\r\n"), 400);  // no Host
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), 400);
  EXPECT_EQ(status_of("GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n"), 400);
  EXPECT_EQ(status_of("GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n"), 400);
  EXPECT_EQ(status_of("GET / HTTP/2.0\r\nHost: a\r\n\r\n"), 400);
  // Two framings of one body are how requests are smuggled past a proxy.
  EXPECT_EQ(status_of("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: "
                      "chunked\r\n\r\n0\r\n\r\n"),
            400);
  EXPECT_EQ(
      status_of("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc"),
      400);
  EXPECT_EQ(status_of("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n"), 413);
  EXPECT_EQ(status_of("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n" +
                      std::string(4'095, 'x')),
            413);
  EXPECT_EQ(status_of("GET /" + std::string(20'000, 'x')), 431);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n"),
            431);
}

TEST(RequestReader, TakesNoTransferCodingButChunked) {
  // A coding that is passed over would leave the body to be read as the next request.
  const std::string next = "0\r\n\r\nGET /next HTTP/1.1\r\nHost: a\r\n\r\n";
  for (const auto* coding :
       {"gzip", "identity", "chunked, identity", "gzip, chunked", "xchunked", "", "chunked;q=1"})
    EXPECT_EQ(status_of(std::string("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: ") + coding +
                        "\r\n\r\n" + next),
              400)
        << coding;
  EXPECT_EQ(status_of("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity\r\n"
                      "Transfer-Encoding: chunked\r\n\r\n" +
                      next),
            400);
  EXPECT_EQ(status_of("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n"
                      "Content-Length: 3\r\n\r\nabc"),
            400);
  // HTTP/1.0 has no transfer codings (RFC 9112 6.1).
  EXPECT_EQ(status_of("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n" + next), 400);
  EXPECT_EQ(status_of("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n0\r\n\r\n"),
            0);
}

TEST(RequestReader, BoundsWhatChunksCarryBesideTheBody) {
  const std::string begin = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  EXPECT_EQ(status_of(begin + "1;x=" + std::string(20'000, 'x')), 431);
  EXPECT_EQ(status_of(begin + "0\r\nX: " + std::string(20'000, 'x')), 431);
}

TEST(RequestReader, SaysOnceThatTheClientWaits) {
  RequestReader reader(kMaxBody);
  std::string in =
      "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\n";
  EXPECT_EQ(reader.feed(in), State::need_more);
  EXPECT_TRUE(reader.take_expectation());
  EXPECT_FALSE(reader.take_expectation());
  in = "ab";
  EXPECT_EQ(reader.feed(in), State::complete);
}

// Any cutting of the stream gives the same request.
RC_GTEST_PROP(RequestReaderProperty, PiecesGiveTheSameRequest, ()) {
  const std::string whole =
      "POST /a%20b?c=d HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: "
      "chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n";
  RequestReader reader(kMaxBody);
  std::string in;
  State state = State::need_more;
  for (std::size_t at = 0; at < whole.size();) {
    const auto size =
        std::min<std::size_t>(whole.size() - at, *rc::gen::inRange<std::size_t>(1, 30));
    RC_ASSERT(state == State::need_more);
    in += whole.substr(at, size);
    at += size;
    state = reader.feed(in);
  }
  RC_ASSERT(state == State::complete);
  const auto request = reader.take_request();
  RC_ASSERT(request.path == "/a b");
  RC_ASSERT(request.body == "abcde");
}

TEST(WriteHead, CarriesTheDefaultsUnlessTheHandlerSetsThem) {
  HttpResponse response;
  response.body = "abc";
  const auto head = write_head(response, KeepAlive::yes, from_unix_millis(784'111'777'000));
  EXPECT_EQ(head,
            "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Length: 3\r\n"
            "Content-Type: text/plain; charset=utf-8\r\nX-Content-Type-Options: nosniff\r\n"
            "Content-Security-Policy: " +
                std::string(kContentSecurityPolicy) + "\r\nConnection: keep-alive\r\n\r\n");
  response.fields.emplace_back("content-security-policy", "default-src 'none'");
  const auto own = write_head(response, KeepAlive::no, from_unix_millis(0));
  EXPECT_EQ(own.find(kContentSecurityPolicy), std::string::npos);
  EXPECT_NE(own.find("Connection: close\r\n\r\n"), std::string::npos);
}

TEST(WriteHead, NoValueCanBeginAFieldOfItsOwn) {
  HttpResponse response;
  response.status = 303;
  response.fields.emplace_back("Location", "/x\r\nSet-Cookie: a=b");
  const auto head = write_head(response, KeepAlive::no, from_unix_millis(0));
  EXPECT_EQ(head.find("\nSet-Cookie"), std::string::npos);
}

TEST(WriteHead, NoContentHasNoLength) {
  HttpResponse response;
  response.status = 204;
  EXPECT_EQ(write_head(response, KeepAlive::yes, from_unix_millis(0)).find("Content-Length"),
            std::string::npos);
}

}  // namespace
}  // namespace weir::net
