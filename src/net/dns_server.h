// net/dns_server.h - UDP and TCP sockets around list::answer().
//
// UDP: one thread per worker, SO_REUSEPORT, recvmmsg/sendmmsg batches of 32. TCP: RFC 7766, several
// queries a connection, at most tcp_connections (more are closed at once); tcp_idle is what a
// client has for one whole query and for taking its responses. `state` is asked once per batch and
// must be cheap and thread-safe (an atomic shared_ptr load); neither pointer in it may be null.
// `clock` must outlive the server.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/time.h"
#include "list/answer.h"

namespace weir::net {

struct DnsState {
  std::shared_ptr<const list::Index> index;
  std::shared_ptr<const list::Zone> zone;
};

struct DnsOptions {
  std::vector<std::string> listen = {
      "127.0.0.1:5300"};  // UDP and TCP on each; [v6]:port; port 0 = any
  unsigned workers = 2;
  Millis tcp_idle = std::chrono::seconds{10};
  std::size_t tcp_connections = 256;
};

// Counts by list::Answered::Kind, summed over workers.
using DnsCounts = std::array<std::uint64_t, 8>;

class DnsServer {
 public:
  // Errc::invalid (an endpoint, no workers), Errc::busy (somebody holds the port),
  // Errc::permission, Errc::io; the sentence says what to change.
  [[nodiscard]] static Result<std::unique_ptr<DnsServer>> start(DnsOptions options,
                                                                std::function<DnsState()> state,
                                                                const Clock& clock);
  virtual ~DnsServer() = default;                                        // stops, waits
  [[nodiscard]] virtual std::vector<std::string> listening() const = 0;  // the real address:port
  [[nodiscard]] virtual DnsCounts counts() const = 0;
};

}  // namespace weir::net
