#include "net/dns_server.h"

#include <fmt/format.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <thread>

#include "net/dns_tcp.h"
#include "net/dns_udp.h"

namespace weir::net {
namespace {

constexpr std::string_view kSetting = "[dns] listen";
constexpr int kPortTries = 16;  // port 0: a port that TCP has free may be taken for UDP
constexpr unsigned kMaxWorkers = 64;

struct Sockets {
  std::vector<Fd> tcp;               // one for each endpoint
  std::vector<std::vector<Fd>> udp;  // for each worker one for each endpoint
};

// TCP first: it is exclusive, so it finds another program (or another Weir, whose UDP sockets
// SO_REUSEPORT would share) on the port.
Status bind_endpoint(const Endpoint& wanted, Sockets& sockets) {
  WEIR_TRY(auto tcp, listen_tcp(wanted, kSetting));
  const Endpoint real = local_endpoint(tcp);
  std::vector<Fd> udp;
  for (std::size_t i = 0; i < sockets.udp.size(); ++i) {
    WEIR_TRY(auto socket, bind_udp(real, kSetting));
    udp.push_back(std::move(socket));
  }
  sockets.tcp.push_back(std::move(tcp));
  for (std::size_t i = 0; i < udp.size(); ++i) sockets.udp[i].push_back(std::move(udp[i]));
  return {};
}

Result<Sockets> bind_all(const DnsOptions& options) {
  Sockets sockets;
  sockets.udp.resize(options.workers);
  for (const auto& text : options.listen) {
    WEIR_TRY(const auto endpoint, Endpoint::parse(text));
    auto bound = bind_endpoint(endpoint, sockets);
    for (int i = 1;
         i < kPortTries && !bound && endpoint.port == 0 && bound.error().code == Errc::busy; ++i)
      bound = bind_endpoint(endpoint, sockets);
    WEIR_CHECK(bound);
  }
  return sockets;
}

class Server final : public DnsServer {
 public:
  Server(Sockets sockets, Fd stop, const DnsOptions& options, std::function<DnsState()> state,
         const Clock& clock)
      : state_(std::move(state)), stop_(std::move(stop)) {
    for (const auto& socket : sockets.tcp) listening_.push_back(local_endpoint(socket).to_string());
    for (auto& own : sockets.udp)
      workers_.push_back(std::make_unique<UdpWorker>(std::move(own), state_, clock));
    tcp_ = serve_dns_tcp(std::move(sockets.tcp), options, state_, clock);
    for (auto& worker : workers_)
      threads_.emplace_back([&worker = *worker, stop_fd = stop_.get()] { worker.run(stop_fd); });
  }

  ~Server() override {
    const std::uint64_t one = 1;  // never read, so every worker sees it
    const auto written = ::write(stop_.get(), &one, sizeof one);
    WEIR_ASSERT(written == sizeof one);
    for (auto& thread : threads_) thread.join();
  }

  [[nodiscard]] std::vector<std::string> listening() const override { return listening_; }

  [[nodiscard]] DnsCounts counts() const override {
    DnsCounts sum{};
    const auto add = [&](const WorkerCounts& counts) {
      for (std::size_t i = 0; i < sum.size(); ++i)
        sum[i] += counts.by_kind[i].load(std::memory_order_relaxed);
    };
    for (const auto& worker : workers_) add(worker->counts());
    add(tcp_->counts());
    return sum;
  }

 private:
  std::function<DnsState()> state_;
  Fd stop_;
  std::vector<std::string> listening_;
  std::vector<std::unique_ptr<UdpWorker>> workers_;
  std::unique_ptr<DnsTcp> tcp_;
  std::vector<std::thread> threads_;
};

}  // namespace

Result<std::unique_ptr<DnsServer>> DnsServer::start(DnsOptions options,
                                                    std::function<DnsState()> state,
                                                    const Clock& clock) {
  if (options.workers == 0 || options.workers > kMaxWorkers)
    return fail(Errc::invalid, fmt::format("[dns] workers is {}, it must be 1 to {}",
                                           options.workers, kMaxWorkers));
  if (options.listen.empty()) return fail(Errc::invalid, "[dns] listen names no address");
  WEIR_TRY(auto sockets, bind_all(options));
  Fd stop(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (stop.get() < 0)
    return fail(Errc::io, fmt::format("eventfd: {}", std::generic_category().message(errno)));
  try {
    return std::make_unique<Server>(std::move(sockets), std::move(stop), options, std::move(state),
                                    clock);
  } catch (const std::exception& e) {
    return fail(Errc::io, fmt::format("the DNS server could not start: {}", e.what()));
  }
}

}  // namespace weir::net
