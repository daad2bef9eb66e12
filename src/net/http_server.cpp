#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "base/log.h"
#include "net/http_codec.h"
#include "net/tcp_service.h"

namespace weir::net {
namespace {

constexpr std::size_t kReadOctets = 16U << 10;
constexpr std::size_t kWriteOctets = 256U << 10;  // what a client must take within `idle`
constexpr std::size_t kDrainOctets = 1U << 20;
constexpr std::chrono::milliseconds kDrainTime{2'000};
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

using Shared = std::shared_ptr<Connection>;

// One of the few places for requests with a large body; lives on the reactor's thread.
class LargeBody {
 public:
  LargeBody(std::size_t& taken, std::size_t most) : taken_(taken), most_(most) {}
  LargeBody(const LargeBody&) = delete;
  LargeBody& operator=(const LargeBody&) = delete;
  ~LargeBody() {
    if (held_) --taken_;
  }
  // False: all are taken.
  [[nodiscard]] bool take() {
    if (!held_ && taken_ < most_) {
      held_ = true;
      ++taken_;
    }
    return held_;
  }
  [[nodiscard]] bool held() const { return held_; }

 private:
  std::size_t& taken_;
  std::size_t most_;
  bool held_ = false;
};

class Server final : public HttpServer {
 public:
  Server(Fd listener, HttpOptions options, HttpHandler handler)
      : options_(std::move(options)),
        handler_(std::move(handler)),
        listening_(local_endpoint(listener).to_string()),
        workers_(std::max<std::size_t>(1, options_.workers)) {
    TcpService::Options service;
    service.listeners.push_back(std::move(listener));
    service.max_connections = options_.max_connections;
    service.first_deadline = options_.idle;
    service.serve = [this](Shared connection) { return serve(std::move(connection)); };
    service.refuse = [this](Shared connection) { return refuse(std::move(connection)); };
    service_.emplace(std::move(service));
  }

  [[nodiscard]] std::string listening() const override { return listening_; }

 private:
  asio::awaitable<void> serve(Shared connection) {
    std::string in;
    bool again = true;
    while (again) {
      RequestReader reader(options_.max_body_octets);
      LargeBody large(large_bodies_, options_.max_large_bodies);
      const auto got = co_await read_request(connection, reader, in, large);
      if (got == Got::ended) co_return;
      HttpResponse response;
      bool head = false;
      if (got == Got::no_room) {
        response = busy("too many large requests at once, try again later\n");
        again = false;
      } else if (reader.status_if_failed() != 0) {
        response.status = reader.status_if_failed();
        response.body = "the request is not one that this server takes\n";
        again = false;
      } else {
        head = reader.head();
        again = reader.keep_alive();
        auto request = reader.take_request();
        request.peer = connection->peer;
        if (large.held()) {
          auto work = handle_aside(std::move(request));
          response = co_await asio::co_spawn(workers_, std::move(work), asio::use_awaitable);
        } else {
          response = handle(request);
        }
      }
      const bool sent =
          co_await send(connection, response, again ? KeepAlive::yes : KeepAlive::no, head);
      if (!sent) co_return;
    }
    co_await linger(connection);
  }

  asio::awaitable<void> refuse(Shared connection) {
    connection->extend(kDrainTime);
    const auto response = busy("too many connections, try again later\n");
    const bool sent = co_await send(connection, response, KeepAlive::no, false);
    if (sent) co_await linger(connection);
  }

  static HttpResponse busy(std::string_view why) {
    HttpResponse response;
    response.status = 503;
    response.body = why;
    response.fields.emplace_back("Retry-After", "5");
    return response;
  }

  // ended: the connection did, before the request. whole: the reader is complete or has failed.
  enum class Got { ended, whole, no_room };

  // The caller owns all of them and awaits it.
  // NOLINTBEGIN(cppcoreguidelines-avoid-reference-coroutine-parameters): two lines of them
  asio::awaitable<Got> read_request(Shared connection, RequestReader& reader, std::string& in,
                                    LargeBody& large) {
    // NOLINTEND(cppcoreguidelines-avoid-reference-coroutine-parameters)
    connection->extend(options_.idle);
    bool begun = !in.empty();
    std::size_t octets = in.size();
    std::string chunk;
    while (reader.feed(in) == RequestReader::State::need_more) {
      if (octets > kLargeBody + kMaxHeaderOctets && !large.take()) co_return Got::no_room;
      boost::system::error_code error;
      if (reader.take_expectation()) {
        auto write_token = asio::redirect_error(asio::use_awaitable, error);
        co_await asio::async_write(connection->socket, asio::buffer(kContinue), write_token);
        if (error) co_return Got::ended;
      }
      chunk.resize(kReadOctets);
      auto read_token = asio::redirect_error(asio::use_awaitable, error);
      const std::size_t got =
          co_await connection->socket.async_read_some(asio::buffer(chunk), read_token);
      if (error) co_return Got::ended;
      if (!begun)
        connection->extend(options_.idle);  // from its first octet on a request has the whole time
      begun = true;
      octets += got;
      in.append(chunk, 0, got);
    }
    co_return Got::whole;
  }

  asio::awaitable<HttpResponse> handle_aside(HttpRequest request) const {
    co_return handle(request);
  }

  HttpResponse handle(const HttpRequest& request) const {
    try {
      return handler_(request);
    } catch (const std::exception& e) {
      log::error("http.handler_failed", {{"why", e.what()}});  // no path: it may name an address
    } catch (...) {
      log::error("http.handler_failed");
    }
    HttpResponse response;
    response.status = 500;
    response.body = "internal error\n";
    return response;
  }

  // The caller owns the response and awaits.
  // NOLINTNEXTLINE(cppcoreguidelines-avoid-reference-coroutine-parameters)
  asio::awaitable<bool> send(Shared connection, const HttpResponse& response, KeepAlive keep_alive,
                             bool head) {
    std::string first = write_head(response, keep_alive, clock_.now());
    std::string_view body = response.body;
    if (head || !has_body(response.status)) body = {};
    // One packet for what is small.
    const auto with_head = body.substr(0, kWriteOctets);
    first += with_head;
    body.remove_prefix(with_head.size());
    std::string_view part = first;
    while (!part.empty()) {
      connection->extend(options_.idle);
      boost::system::error_code error;
      auto token = asio::redirect_error(asio::use_awaitable, error);
      co_await asio::async_write(connection->socket, asio::buffer(part), token);
      if (error) co_return false;
      part = body.substr(0, kWriteOctets);
      body.remove_prefix(part.size());
    }
    co_return true;
  }

  // Closing with unread octets resets the connection, and the client may lose the response: take
  // some more of them first.
  asio::awaitable<void> linger(Shared connection) {
    boost::system::error_code error;
    connection->socket.shutdown(asio::ip::tcp::socket::shutdown_send, error);
    connection->extend(kDrainTime);
    std::string chunk(kReadOctets, '\0');
    for (std::size_t drained = 0; !error && drained < kDrainOctets;) {
      auto token = asio::redirect_error(asio::use_awaitable, error);
      drained += co_await connection->socket.async_read_some(asio::buffer(chunk), token);
    }
  }

  const HttpOptions options_;
  const HttpHandler handler_;
  const std::string listening_;
  const SystemClock clock_;
  std::size_t large_bodies_ = 0;  // of the reactor's thread
  asio::thread_pool workers_;
  std::optional<TcpService> service_;  // last: its end must come before that of the rest
};

}  // namespace

Result<std::unique_ptr<HttpServer>> HttpServer::start(HttpOptions options, HttpHandler handler) {
  WEIR_TRY(const auto endpoint, Endpoint::parse(options.listen));
  WEIR_TRY(auto listener, listen_tcp(endpoint, options.setting));
  try {
    return std::make_unique<Server>(std::move(listener), std::move(options), std::move(handler));
  } catch (const std::exception& e) {
    return fail(Errc::io, std::string("the HTTP server could not start: ") + e.what());
  }
}

}  // namespace weir::net
