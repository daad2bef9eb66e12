#include "net/dns_udp.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/uio.h>

#include <cerrno>

#include "base/log.h"

namespace weir::net {
namespace {

constexpr std::size_t kBatch = 32;
constexpr std::size_t kQueryOctets =
    2'048;  // a longer datagram is no query; what is cut off makes it malformed
constexpr int kBatchesPerTurn = 16;  // before the other sockets and the stop event are looked at

}  // namespace

struct UdpWorker::Batch {
  struct Slot {
    std::array<char, kQueryOctets> query;
    sockaddr_storage from;
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(in6_pktinfo))> control;
    iovec in;
    iovec out;
    std::string response;
  };
  std::array<Slot, kBatch> slots;
  std::array<mmsghdr, kBatch> received;
  std::array<mmsghdr, kBatch> to_send;

  void prepare() {
    for (std::size_t i = 0; i < kBatch; ++i) {
      auto& slot = slots[i];
      slot.in = {slot.query.data(), slot.query.size()};
      received[i] = {};
      auto& header = received[i].msg_hdr;
      header.msg_name = &slot.from;
      header.msg_namelen = sizeof slot.from;
      header.msg_iov = &slot.in;
      header.msg_iovlen = 1;
      header.msg_control = slot.control.data();
      header.msg_controllen = slot.control.size();
    }
  }

  // The destination of the query is the source of the response. The interface is left to routing:
  // IPv4 may answer another way out.
  static void keep_only_address(msghdr& header) {
    cmsghdr* control = CMSG_FIRSTHDR(&header);
    if (control == nullptr) {
      header.msg_control = nullptr;
      header.msg_controllen = 0;
      return;
    }
    if (control->cmsg_level == IPPROTO_IP && control->cmsg_type == IP_PKTINFO) {
      in_pktinfo info{};
      std::memcpy(&info, CMSG_DATA(control), sizeof info);
      info.ipi_ifindex = 0;
      std::memcpy(CMSG_DATA(control), &info, sizeof info);
    }
  }
};

UdpWorker::UdpWorker(std::vector<Fd> sockets, const std::function<DnsState()>& state,
                     const Clock& clock)
    : sockets_(std::move(sockets)),
      state_(state),
      clock_(clock),
      batch_(std::make_unique<Batch>()) {}

UdpWorker::~UdpWorker() = default;

bool UdpWorker::answer_batch(const Fd& socket) {
  auto& batch = *batch_;
  batch.prepare();
  const int got = ::recvmmsg(socket.get(), batch.received.data(), kBatch, MSG_DONTWAIT, nullptr);
  if (got <= 0) return false;
  const DnsState state = state_();
  const UnixMillis now = clock_.now();
  unsigned count = 0;
  for (std::size_t i = 0; i < static_cast<std::size_t>(got); ++i) {
    auto& slot = batch.slots[i];
    const std::string_view query(slot.query.data(), batch.received[i].msg_len);
    auto answered = list::answer(*state.zone, *state.index, query, list::Transport::udp, now);
    counts_.add(answered.kind);
    if (answered.response.empty()) continue;
    slot.response = std::move(answered.response);
    slot.out = {slot.response.data(), slot.response.size()};
    auto& message = batch.to_send[count++];
    message = batch.received[i];
    message.msg_hdr.msg_iov = &slot.out;
    message.msg_hdr.msg_flags = 0;
    Batch::keep_only_address(message.msg_hdr);
  }
  for (unsigned sent = 0; sent < count;) {
    const int done = ::sendmmsg(socket.get(), &batch.to_send[sent], count - sent, MSG_DONTWAIT);
    if (done > 0)
      sent += static_cast<unsigned>(done);
    else if (errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOBUFS)
      break;
    else if (errno != EINTR)
      ++sent;  // this client cannot be reached; the others can
  }
  return static_cast<std::size_t>(got) == kBatch;
}

void UdpWorker::run(int stop_fd) {
  std::vector<pollfd> polled;
  polled.reserve(sockets_.size() + 1);
  for (const auto& socket : sockets_) polled.push_back({socket.get(), POLLIN, 0});
  polled.push_back({stop_fd, POLLIN, 0});
  while (true) {
    if (::poll(polled.data(), polled.size(), -1) < 0) continue;  // EINTR
    if (polled.back().revents != 0) return;
    for (std::size_t i = 0; i < sockets_.size(); ++i) {
      if (polled[i].revents == 0) continue;
      try {
        for (int turn = 0; turn < kBatchesPerTurn && answer_batch(sockets_[i]); ++turn) {
        }
      } catch (const std::exception& e) {
        // Memory ran out, say: this batch is lost, the clients ask again.
        log::error("dns.udp_batch_lost", {{"why", e.what()}});
      }
    }
  }
}

}  // namespace weir::net
