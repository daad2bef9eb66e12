#include <atomic>
#include <thread>

#include "net/http.h"
#include "net/test_client.h"

namespace weir::net {
namespace {

HttpResponse text(int status, std::string body) {
  HttpResponse response;
  response.status = status;
  response.body = std::move(body);
  return response;
}

HttpResponse handler(const HttpRequest& request) {
  if (request.path == "/echo") return text(200, request.method + " " + request.body);
  if (request.path == "/large") return text(200, std::string(3U << 20, 'x'));
  if (request.path == "/peer") return text(200, request.peer.to_string());
  if (request.path == "/throw") throw std::runtime_error("no");
  if (request.path == "/here") {
    auto response = text(302, "");
    response.fields.emplace_back("Location", "/echo");
    return response;
  }
  if (request.path == "/loop" || request.path == "/away") {
    auto response = text(302, "");
    response.fields.emplace_back("Location",
                                 request.path == "/loop" ? "/loop" : "http://127.0.0.2:9/x");
    return response;
  }
  return text(404, "not here\n");
}

std::unique_ptr<HttpServer> start(HttpOptions options = {}) {
  options.listen = "127.0.0.1:0";
  auto server = HttpServer::start(options, handler);
  EXPECT_TRUE(server) << server.error().detail;
  return std::move(*server);
}

std::string get(std::string_view path, std::string_view more = "") {
  return fmt::format("GET {} HTTP/1.1\r\nHost: h\r\n{}\r\n", path, more);
}

std::string ask(const HttpServer& server, const std::string& octets) {
  const Client client(SOCK_STREAM, server.listening());
  client.send(octets);
  return client.receive_all();
}

std::string body_of(const std::string& response) {
  const auto end = response.find("\r\n\r\n");
  return end == std::string::npos ? "" : response.substr(end + 4);
}

std::size_t occurrences(const std::string& text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

constexpr std::string_view kClose = "Connection: close\r\n";

TEST(HttpServer, AnswersAndCloses) {
  const auto server = start();
  const auto response = ask(*server, get("/peer", kClose));
  EXPECT_TRUE(response.starts_with("HTTP/1.1 200 OK\r\n"));
  EXPECT_EQ(body_of(response), "127.0.0.1");
}

TEST(HttpServer, KeepsTheConnectionAndTakesPipelinedRequests) {
  const auto server = start();
  const auto responses = ask(*server, get("/echo") + get("/none") + get("/echo", kClose));
  EXPECT_EQ(occurrences(responses, "HTTP/1.1 "), 3U);
  EXPECT_EQ(occurrences(responses, "HTTP/1.1 404 Not Found"), 1U);
}

TEST(HttpServer, HeadHasTheLengthButNoBody) {
  const auto server = start();
  const auto response = ask(*server, "HEAD /echo HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  EXPECT_NE(response.find("Content-Length: 4\r\n"), std::string::npos);
  EXPECT_EQ(body_of(response), "");
}

TEST(HttpServer, LargeResponsesArriveWhole) {
  const auto server = start();
  EXPECT_EQ(body_of(ask(*server, get("/large", kClose))).size(), 3U << 20);
}

TEST(HttpServer, BodiesUpToTheLimitArePassedOn) {
  HttpOptions options;
  options.max_body_octets = 100'000;
  const auto server = start(options);
  const auto post = [&](std::size_t size) {
    return ask(
        *server,
        fmt::format(
            "POST /echo HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
            size) +
            std::string(size, 'b'));
  };
  EXPECT_EQ(body_of(post(100'000)).size(), 5U + 100'000U);
  EXPECT_TRUE(post(100'001).starts_with("HTTP/1.1 413 "));
}

// Handlers of large bodies wait here until the test has seen that others are answered meanwhile.
class Gate {
 public:
  void enter() {
    ++inside_;
    open_.wait(false);
  }
  void open() {
    open_ = true;
    open_.notify_all();
  }
  void wait_for(std::size_t count) const {
    while (inside_ < count) std::this_thread::yield();
  }

 private:
  std::atomic<std::size_t> inside_ = 0;
  std::atomic<bool> open_ = false;
};

std::string post(std::size_t octets) {
  return fmt::format(
      "POST /large HTTP/1.1\r\nHost: h\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{}",
      octets, std::string(octets, 'x'));
}

TEST(HttpServer, ALargeBodyIsHandledAsideAndOthersAreAnsweredMeanwhile) {
  Gate gate;
  HttpOptions options;
  options.listen = "127.0.0.1:0";
  options.max_large_bodies = 2;
  const auto server = HttpServer::start(options, [&gate](const HttpRequest& request) {
                        if (request.method == "POST") gate.enter();
                        return text(200, std::to_string(request.body.size()));
                      }).value();
  const Client one(SOCK_STREAM, server->listening()), two(SOCK_STREAM, server->listening());
  one.send(post(300'000));
  two.send(post(400'000));
  gate.wait_for(2);
  EXPECT_EQ(body_of(ask(*server, get("/", "Connection: close\r\n"))), "0");
  EXPECT_TRUE(ask(*server, post(500'000)).starts_with("HTTP/1.1 503 "));
  gate.open();
  EXPECT_EQ(body_of(one.receive_all()), "300000");
  EXPECT_EQ(body_of(two.receive_all()), "400000");
  EXPECT_EQ(body_of(ask(*server, post(500'000))), "500000");
}

TEST(HttpServer, StopsWhenALargeBodyIsStillHandled) {
  Gate gate;
  HttpOptions options;
  options.listen = "127.0.0.1:0";
  auto server = HttpServer::start(options, [&gate](const HttpRequest&) {
                  gate.enter();
                  return text(200, "late");
                }).value();
  const Client client(SOCK_STREAM, server->listening());
  client.send(post(300'000));
  gate.wait_for(1);
  std::thread opener([&gate] { gate.open(); });
  server.reset();
  opener.join();
}

TEST(HttpServer, TellsAWaitingClientToGoOn) {
  const auto server = start();
  const Client client(SOCK_STREAM, server->listening());
  client.send(
      "POST /echo HTTP/1.1\r\nHost: h\r\nConnection: close\r\nExpect: "
      "100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(client.receive(), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("ab");
  EXPECT_EQ(body_of(client.receive_all()), "POST ab");
}

TEST(HttpServer, BrokenAndOversizedRequestsAreToldAndEnded) {
  const auto server = start();
  EXPECT_TRUE(ask(*server, "\x16\x03\x01 this is TLS\r\n\r\n").starts_with("HTTP/1.1 400 "));
  EXPECT_TRUE(ask(*server, get("/" + std::string(100'000, 'x'))).starts_with("HTTP/1.1 431 "));
}

TEST(HttpServer, AHandlerThatThrowsIs500AndTheServerGoesOn) {
  const auto server = start();
  const auto responses = ask(*server, get("/throw") + get("/echo", kClose));
  EXPECT_TRUE(responses.starts_with("HTTP/1.1 500 "));
  EXPECT_EQ(occurrences(responses, "HTTP/1.1 200 "), 1U);
}

TEST(HttpServer, SlowRequestsAreEnded) {
  HttpOptions options;
  options.idle = Millis{300};
  const auto server = start(options);
  const Client idle(SOCK_STREAM, server->listening());
  const Client slow(SOCK_STREAM, server->listening());
  const auto begin = std::chrono::steady_clock::now();
  while (slow.send("G") && std::chrono::steady_clock::now() - begin < std::chrono::seconds{3})
    std::this_thread::sleep_for(Millis{40});
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{3});
  EXPECT_EQ(idle.receive(), "");
}

TEST(HttpServer, AClientThatDoesNotReadIsEnded) {
  HttpOptions options;
  options.idle = Millis{200};
  options.max_connections = 1;
  const auto server = start(options);
  const Client deaf(SOCK_STREAM, server->listening());
  std::string many;
  for (int i = 0; i < 8; ++i) many += get("/large");
  deaf.send(many);
  bool served = false;
  for (int i = 0; i < 100 && !served; ++i) {
    std::this_thread::sleep_for(Millis{20});
    served = ask(*server, get("/echo", kClose)).starts_with("HTTP/1.1 200 ");
  }
  EXPECT_TRUE(served);
}

TEST(HttpServer, MoreConnectionsThanAllowedGet503) {
  HttpOptions options;
  options.max_connections = 2;
  const auto server = start(options);
  const Client first(SOCK_STREAM, server->listening());
  const Client second(SOCK_STREAM, server->listening());
  for (const auto* client : {&first, &second}) {
    client->send(get("/echo"));
    EXPECT_TRUE(client->receive().starts_with("HTTP/1.1 200 "));
  }
  const auto third = ask(*server, get("/echo"));
  EXPECT_TRUE(third.starts_with("HTTP/1.1 503 ")) << third;
  EXPECT_NE(third.find("Retry-After"), std::string::npos);
}

TEST(HttpServer, ManyClientsAtOnce) {
  const auto server = start();
  std::atomic<int> right = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&] {
      const Client client(SOCK_STREAM, server->listening());
      for (int i = 0; i < 50; ++i) {
        client.send(get("/echo"));
        if (client.receive().starts_with("HTTP/1.1 200 ")) ++right;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(right, 400);
}

TEST(HttpServer, StopsWhileClientsAreConnected) {
  auto server = start();
  const Client idle(SOCK_STREAM, server->listening());
  const Client half(SOCK_STREAM, server->listening());
  const Client deaf(SOCK_STREAM, server->listening());
  half.send("GET / HT");
  deaf.send(get("/large"));
  EXPECT_NE(deaf.receive(), "");
  const auto begin = std::chrono::steady_clock::now();
  server.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds{2});
  EXPECT_EQ(idle.receive(), "");
}

TEST(HttpServer, ATakenPortIsBusyAndSaysWhatToDo) {
  const auto first = start();
  HttpOptions options;
  options.listen = first->listening();
  const auto second = HttpServer::start(options, handler);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Errc::busy);
  EXPECT_NE(second.error().detail.find("set [http] listen or stop it"), std::string::npos);
}

TEST(HttpGet, ReadsStatusTypeAndBody) {
  const auto server = start();
  const auto found = http_get("http://" + server->listening() + "/echo", 1'000);
  ASSERT_TRUE(found) << found.error().detail;
  EXPECT_EQ(found->status, 200);
  EXPECT_EQ(found->content_type, "text/plain; charset=utf-8");
  EXPECT_EQ(found->body, "GET ");
  EXPECT_EQ(http_get("http://" + server->listening() + "/none", 1'000)->status, 404);
}

TEST(HttpGet, FollowsOnlyTheSameHost) {
  const auto server = start();
  EXPECT_EQ(http_get("http://" + server->listening() + "/here", 1'000)->body, "GET ");
  EXPECT_EQ(http_get("http://" + server->listening() + "/away", 1'000).error().code, Errc::invalid);
  EXPECT_EQ(http_get("http://" + server->listening() + "/loop", 1'000).error().code, Errc::invalid);
}

TEST(HttpGet, StopsAtTheLimitAndAtOtherSchemes) {
  const auto server = start();
  EXPECT_EQ(http_get("http://" + server->listening() + "/large", 1U << 20).error().code,
            Errc::too_large);
  EXPECT_EQ(http_get("http://" + server->listening() + "/large", 3U << 20)->body.size(), 3U << 20);
  for (const auto* bad : {"file:///etc/hostname", "ftp://127.0.0.1/", "nonsense", ""})
    EXPECT_EQ(http_get(bad, 1'000).error().code, Errc::invalid) << bad;
}

TEST(HttpGet, NobodyThereIsIo) {
  std::string nobody;
  {
    const auto server = start();
    nobody = server->listening();
  }
  EXPECT_EQ(http_get("http://" + nobody + "/", 1'000).error().code, Errc::io);
}

}  // namespace
}  // namespace weir::net
