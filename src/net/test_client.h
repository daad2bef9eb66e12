// net/test_client.h - blocking loopback sockets for the tests of net/, with a 5 s limit on each
// wait.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <optional>
#include <string>

#include "net/socket.h"

namespace weir::net {

class Client {
 public:
  // host: another loopback address than the server's own, where it listens on all of them.
  Client(int type, const std::string& endpoint, std::optional<std::string> host = {}) {
    const auto to = Endpoint::parse(endpoint).value();
    fd_ = Fd(::socket(to.address.is_v4() ? AF_INET : AF_INET6, type, 0));
    const timeval limit{5, 0};
    (void)setsockopt(fd_.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    (void)setsockopt(fd_.get(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    if (to.address.is_v4()) {
      sockaddr_in v4{};
      v4.sin_family = AF_INET;
      v4.sin_port = htons(to.port);
      (void)inet_pton(AF_INET, host.value_or(to.address.to_string()).c_str(), &v4.sin_addr);
      connected_ = ::connect(fd_.get(), reinterpret_cast<sockaddr*>(&v4), sizeof v4) == 0;
    } else {
      sockaddr_in6 v6{};
      v6.sin6_family = AF_INET6;
      v6.sin6_port = htons(to.port);
      (void)inet_pton(AF_INET6, to.address.to_string().c_str(), &v6.sin6_addr);
      connected_ = ::connect(fd_.get(), reinterpret_cast<sockaddr*>(&v6), sizeof v6) == 0;
    }
  }

  [[nodiscard]] bool connected() const { return connected_; }
  bool send(std::string_view octets) const {
    while (!octets.empty()) {
      const auto sent = ::send(fd_.get(), octets.data(), octets.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      octets.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  // What one read gives; empty at the end of the stream, on an error and after the limit.
  [[nodiscard]] std::string receive() const {
    std::string out(65'536, '\0');
    const auto got = ::recv(fd_.get(), out.data(), out.size(), 0);
    out.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return out;
  }
  [[nodiscard]] std::string receive(std::size_t octets) const {
    std::string out(octets, '\0');
    const auto got = ::recv(fd_.get(), out.data(), out.size(), MSG_WAITALL);
    out.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return out;
  }
  [[nodiscard]] std::string receive_all() const {
    std::string out;
    for (auto part = receive(); !part.empty(); part = receive()) out += part;
    return out;
  }

 private:
  Fd fd_;
  bool connected_ = false;
};

}  // namespace weir::net
