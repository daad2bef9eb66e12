#include "net/socket.h"

#include <fmt/format.h>
#include <netinet/in.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace weir::net {
namespace {

constexpr int kBacklog = 256;
constexpr int kUdpBufferOctets =
    4 << 20;  // a burst of some ten thousand queries; the kernel may allow less

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;
};

SocketAddress to_sockaddr(const Endpoint& endpoint) {
  SocketAddress out;
  const auto& octets = endpoint.address.octets();
  if (endpoint.address.is_v4()) {
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(endpoint.port);
    std::memcpy(&v4.sin_addr, octets.data(), 4);
    std::memcpy(&out.storage, &v4, out.size = sizeof v4);
  } else {
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(endpoint.port);
    std::memcpy(&v6.sin6_addr, octets.data(), 16);
    std::memcpy(&out.storage, &v6, out.size = sizeof v6);
  }
  return out;
}

std::unexpected<Error> failed(int error, const Endpoint& endpoint, std::string_view setting) {
  const auto address = endpoint.address.to_string();
  switch (error) {
    case EADDRINUSE:
      return fail(
          Errc::busy,
          fmt::format("port {} is in use by another program (address {}); set {} or stop it",
                      endpoint.port, address, setting));
    case EACCES:
    case EPERM:
      return fail(Errc::permission,
                  fmt::format("port {} may not be opened by this user (address {}): ports below "
                              "1024 need a privilege; "
                              "set {} to a higher port, or grant CAP_NET_BIND_SERVICE (systemd: "
                              "AmbientCapabilities=)",
                              endpoint.port, address, setting));
    case EADDRNOTAVAIL:
      return fail(
          Errc::invalid,
          fmt::format("{} is not an address of this machine; set {} to one that is, or to 0.0.0.0 "
                      "or [::] for all of them",
                      address, setting));
    default:
      return fail(Errc::io, fmt::format("cannot listen on {} ({}): {}", endpoint.to_string(),
                                        setting, std::generic_category().message(error)));
  }
}

void set_option(const Fd& socket, int level, int name, int value) {
  (void)setsockopt(socket.get(), level, name, &value, sizeof value);
}

Result<Fd> bound(const Endpoint& endpoint, int type, int reuse, std::string_view setting) {
  const int family = endpoint.address.is_v4() ? AF_INET : AF_INET6;
  Fd socket(::socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (socket.get() < 0) return failed(errno, endpoint, setting);
  set_option(socket, SOL_SOCKET, reuse, 1);
  if (family == AF_INET6) set_option(socket, IPPROTO_IPV6, IPV6_V6ONLY, 1);
  const auto address = to_sockaddr(endpoint);
  if (::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address.storage), address.size) != 0)
    return failed(errno, endpoint, setting);
  return socket;
}

}  // namespace

Fd::~Fd() {
  if (fd_ >= 0) ::close(fd_);
}

Result<Fd> listen_tcp(const Endpoint& endpoint, std::string_view setting) {
  // SO_REUSEADDR passes over connections of a former run in TIME_WAIT, not over another listener.
  WEIR_TRY(auto socket, bound(endpoint, SOCK_STREAM, SO_REUSEADDR, setting));
  if (::listen(socket.get(), kBacklog) != 0) return failed(errno, endpoint, setting);
  return socket;
}

Result<Fd> bind_udp(const Endpoint& endpoint, std::string_view setting) {
  WEIR_TRY(auto socket, bound(endpoint, SOCK_DGRAM, SO_REUSEPORT, setting));
  set_option(socket, SOL_SOCKET, SO_RCVBUF, kUdpBufferOctets);
  set_option(socket, SOL_SOCKET, SO_SNDBUF, kUdpBufferOctets);
  // On a machine with several addresses the response must leave from the one that was asked.
  if (endpoint.address.is_v4())
    set_option(socket, IPPROTO_IP, IP_PKTINFO, endpoint.address.v4_number() == 0);
  else
    set_option(socket, IPPROTO_IPV6, IPV6_RECVPKTINFO, endpoint.address == Address::v6({}));
  return socket;
}

Endpoint local_endpoint(const Fd& socket) {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  if (::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&storage), &size) != 0) return {};
  if (storage.ss_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &storage, sizeof v4);
    return {Address::v4(ntohl(v4.sin_addr.s_addr)), ntohs(v4.sin_port)};
  }
  sockaddr_in6 v6{};
  std::memcpy(&v6, &storage, sizeof v6);
  std::array<std::uint8_t, 16> octets{};
  std::memcpy(octets.data(), &v6.sin6_addr, octets.size());
  return {Address::v6(octets), ntohs(v6.sin6_port)};
}

}  // namespace weir::net
