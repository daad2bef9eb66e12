#include "net/dns_tcp.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "net/tcp_service.h"

namespace weir::net {
namespace {

// One read at a time; it bounds what one turn answers to some hundred queries and their responses
// to some ten times as many octets.
constexpr std::size_t kReadOctets = 4'096;

class Server final : public DnsTcp {
 public:
  Server(std::vector<Fd> listeners, const DnsOptions& options,
         const std::function<DnsState()>& state, const Clock& clock)
      : state_(state), clock_(clock), idle_(options.tcp_idle) {
    TcpService::Options service;
    service.listeners = std::move(listeners);
    service.max_connections = options.tcp_connections;
    service.first_deadline = idle_;
    service.serve = [this](std::shared_ptr<Connection> connection) {
      return serve(std::move(connection));
    };
    service_.emplace(std::move(service));
  }

  [[nodiscard]] const WorkerCounts& counts() const override { return counts_; }

 private:
  // The deadline moves only when a whole query has come or its responses are gone, so octets that
  // trickle in hold nothing up.
  asio::awaitable<void> serve(std::shared_ptr<Connection> connection) {
    std::string in;
    std::string out;
    std::array<char, kReadOctets> chunk;
    while (true) {
      boost::system::error_code error;
      auto read_token = asio::redirect_error(asio::use_awaitable, error);
      const std::size_t got =
          co_await connection->socket.async_read_some(asio::buffer(chunk), read_token);
      if (error) co_return;
      in.append(chunk.data(), got);
      out.clear();
      const auto taken = answer_frames(in, state_(), clock_.now(), counts_, out);
      if (taken.value_or(1) > 0) connection->extend(idle_);
      if (!out.empty()) {
        auto write_token = asio::redirect_error(asio::use_awaitable, error);
        co_await asio::async_write(connection->socket, asio::buffer(out), write_token);
        if (error) co_return;
        connection->extend(idle_);
      }
      if (!taken) co_return;
      in.erase(0, *taken);
    }
  }

  const std::function<DnsState()>& state_;
  const Clock& clock_;
  const Millis idle_;
  WorkerCounts counts_;
  std::optional<TcpService> service_;  // last: its end must come before that of the rest
};

}  // namespace

std::optional<std::size_t> answer_frames(std::string_view input, const DnsState& state,
                                         UnixMillis now, WorkerCounts& counts, std::string& out) {
  std::size_t at = 0;
  while (input.size() - at >= 2) {
    const std::size_t size = (std::size_t{static_cast<std::uint8_t>(input[at])} << 8) |
                             static_cast<std::uint8_t>(input[at + 1]);
    if (input.size() - at - 2 < size) break;
    const auto answered = list::answer(*state.zone, *state.index, input.substr(at + 2, size),
                                       list::Transport::tcp, now);
    counts.add(answered.kind);
    if (answered.response.empty()) return std::nullopt;
    out.push_back(static_cast<char>(answered.response.size() >> 8));
    out.push_back(static_cast<char>(answered.response.size()));
    out += answered.response;
    at += 2 + size;
  }
  return at;
}

std::unique_ptr<DnsTcp> serve_dns_tcp(std::vector<Fd> listeners, const DnsOptions& options,
                                      const std::function<DnsState()>& state, const Clock& clock) {
  return std::make_unique<Server>(std::move(listeners), options, state, clock);
}

}  // namespace weir::net
