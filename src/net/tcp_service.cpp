#include "net/tcp_service.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/log.h"

namespace weir::net {
namespace {

using asio::ip::tcp;

constexpr std::chrono::milliseconds kWatchEvery{100};
constexpr std::chrono::milliseconds kOutOfDescriptors{100};  // before accept is tried again
constexpr std::size_t kRefusedAtOnce = 64;  // above it they are closed without a word

Address address_of(const asio::ip::address& address) {
  return address.is_v4() ? Address::v4(address.to_v4().to_uint())
                         : Address::v6(address.to_v6().to_bytes());
}

void log_failure(const std::exception_ptr& failure) {
  try {
    if (failure) std::rethrow_exception(failure);
  } catch (const std::exception& e) {
    log::error("net.connection_failed", {{"why", e.what()}});
  }
}

}  // namespace

TcpService::TcpService(Options options) : options_(std::move(options)) {
  for (auto& listener : options_.listeners) {
    const auto family = local_endpoint(listener).address.is_v4() ? tcp::v4() : tcp::v6();
    acceptors_.emplace_back(io_, family, listener.release());
  }
  for (auto& acceptor : acceptors_) asio::co_spawn(io_, accept_loop(acceptor), log_failure);
  asio::co_spawn(io_, watch_deadlines(), log_failure);
  thread_ = std::thread([this] {
    while (true) {
      try {
        io_.run();
        return;
      } catch (const std::exception& e) {
        log::error("net.reactor", {{"why", e.what()}});
      }
    }
  });
}

// No memory to stop in leaves nothing better than to end.
// NOLINTNEXTLINE(bugprone-exception-escape)
TcpService::~TcpService() {
  asio::post(io_, [this] { stop(); });
  thread_.join();
}

void TcpService::stop() {
  stopping_ = true;
  boost::system::error_code ignored;
  for (auto& acceptor : acceptors_) acceptor.close(ignored);
  for (const auto& connection : connections_) connection->socket.close(ignored);
  watch_.cancel();
}

// A member of this, which waits for the loop.
// NOLINTNEXTLINE(cppcoreguidelines-avoid-reference-coroutine-parameters)
asio::awaitable<void> TcpService::accept_loop(tcp::acceptor& acceptor) {
  asio::steady_timer pause(io_);
  while (!stopping_) {
    boost::system::error_code error;
    auto token = asio::redirect_error(asio::use_awaitable, error);
    tcp::socket socket = co_await acceptor.async_accept(token);
    if (stopping_) co_return;
    if (!error) {
      begin(std::move(socket));
    } else if (error != asio::error::connection_aborted) {
      // No descriptors or memory: connections that end make room.
      log::warn("net.accept_failed", {{"why", error.message()}});
      pause.expires_after(kOutOfDescriptors);
      auto waited = asio::redirect_error(asio::use_awaitable, error);
      co_await pause.async_wait(waited);
    }
  }
}

void TcpService::begin(tcp::socket socket) {
  boost::system::error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  const auto remote = socket.remote_endpoint(ignored);
  const bool full = connections_.size() >= options_.max_connections;
  if (full &&
      (!options_.refuse || connections_.size() >= options_.max_connections + kRefusedAtOnce))
    return;
  const auto connection = std::make_shared<Connection>(std::move(socket));
  connection->peer = address_of(remote.address());
  connection->extend(options_.first_deadline);
  connections_.insert(connection);
  asio::co_spawn(io_, full ? options_.refuse(connection) : options_.serve(connection),
                 [this, connection](const std::exception_ptr& failure) {
                   connections_.erase(connection);
                   boost::system::error_code already;
                   connection->socket.close(already);
                   log_failure(failure);
                 });
}

asio::awaitable<void> TcpService::watch_deadlines() {
  while (!stopping_) {
    boost::system::error_code ignored;
    watch_.expires_after(kWatchEvery);
    auto token = asio::redirect_error(asio::use_awaitable, ignored);
    co_await watch_.async_wait(token);
    const auto now = std::chrono::steady_clock::now();
    // Closing only makes the pending wait of its coroutine fail later, so the set does not change
    // here.
    for (const auto& connection : connections_)
      if (connection->deadline <= now) connection->socket.close(ignored);
  }
}

}  // namespace weir::net
