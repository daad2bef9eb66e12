// net/dns_udp.h - one UDP worker of the DNS server. Only net/ includes this.
//
// run() is called by one thread and returns when the event at stop_fd fires. It takes up to 32
// datagrams with one call, asks `state` once for all of them, and sends what answer() says with one
// call; what the send buffer has no room for is dropped, as UDP may.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <vector>

#include "net/dns_server.h"
#include "net/socket.h"

namespace weir::net {

// Written by one thread, read by any.
struct alignas(64) WorkerCounts {
  std::array<std::atomic<std::uint64_t>, std::tuple_size_v<DnsCounts>> by_kind{};
  void add(list::Answered::Kind kind) {
    auto& count = by_kind[static_cast<std::size_t>(kind)];
    count.store(count.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  }
};

class UdpWorker {
 public:
  UdpWorker(std::vector<Fd> sockets, const std::function<DnsState()>& state, const Clock& clock);
  ~UdpWorker();
  UdpWorker(const UdpWorker&) = delete;
  UdpWorker& operator=(const UdpWorker&) = delete;
  void run(int stop_fd);
  [[nodiscard]] const WorkerCounts& counts() const { return counts_; }

 private:
  struct Batch;
  // Answers what has come in; false when the socket is empty.
  [[nodiscard]] bool answer_batch(const Fd& socket);

  std::vector<Fd> sockets_;
  const std::function<DnsState()>& state_;
  const Clock& clock_;
  std::unique_ptr<Batch> batch_;
  WorkerCounts counts_;
};

}  // namespace weir::net
