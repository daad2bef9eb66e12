// net/tcp_service.h - one reactor thread that accepts connections, bounds their number and ends
// those that are past their deadline. Includes Asio; only .cpp files of net/ include this.
//
// Serve:  a coroutine per connection. It owns nothing but its share of the Connection; every wait
// in it ends when the deadline passes,
//         because the service then closes the socket. All of them run on the one thread of the
//         service.
// Stop:   the destructor closes every socket, lets each coroutine run to its end, and joins the
// thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <thread>
#include <unordered_set>
#include <vector>

#include "net/socket.h"

namespace weir::net {

namespace asio = boost::asio;

struct Connection {
  explicit Connection(asio::ip::tcp::socket s) : socket(std::move(s)) {}
  asio::ip::tcp::socket socket;
  std::chrono::steady_clock::time_point deadline;
  Address peer;
  void extend(std::chrono::milliseconds time) {
    deadline = std::chrono::steady_clock::now() + time;
  }
};

class TcpService {
 public:
  using Serve = std::function<asio::awaitable<void>(std::shared_ptr<Connection>)>;

  struct Options {
    std::vector<Fd> listeners;
    std::size_t max_connections = 0;
    std::chrono::milliseconds first_deadline{};  // until serve extends it
    Serve serve;
    Serve refuse;  // what a connection above the limit is told; may be empty: it is closed
  };

  explicit TcpService(Options options);
  ~TcpService();
  TcpService(const TcpService&) = delete;
  TcpService& operator=(const TcpService&) = delete;

 private:
  asio::awaitable<void> accept_loop(asio::ip::tcp::acceptor& acceptor);
  asio::awaitable<void> watch_deadlines();
  void begin(asio::ip::tcp::socket socket);
  void stop();

  Options options_;
  asio::io_context io_{1};
  std::vector<asio::ip::tcp::acceptor> acceptors_;
  asio::steady_timer watch_{io_};
  std::unordered_set<std::shared_ptr<Connection>> connections_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace weir::net
