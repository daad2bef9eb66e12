// net/socket.h - plain sockets that are bound, and what it means when they cannot be. Only net/
// includes this.
//
// Errors: Errc::busy (somebody has the port), Errc::permission (port below 1024), Errc::invalid
// (the address is not on this machine), Errc::io.
//         The sentence names `setting`, such as "[dns] listen", as what to change.
#pragma once

#include <sys/socket.h>

#include <string_view>
#include <utility>

#include "net/endpoint.h"

namespace weir::net {

class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Fd& operator=(Fd&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Fd();
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] int release() { return std::exchange(fd_, -1); }

 private:
  int fd_ = -1;
};

// Listening, exclusive, close-on-exec. IPv6 sockets take IPv6 only.
[[nodiscard]] Result<Fd> listen_tcp(const Endpoint& endpoint, std::string_view setting);
// Bound with SO_REUSEPORT, so that each worker has its own queue; bind TCP to the same port first,
// which excludes other programs.
[[nodiscard]] Result<Fd> bind_udp(const Endpoint& endpoint, std::string_view setting);
// What the kernel chose for port 0.
[[nodiscard]] Endpoint local_endpoint(const Fd& socket);

}  // namespace weir::net
