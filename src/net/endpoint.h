// net/endpoint.h - where a server listens: "127.0.0.1:5300", "[::1]:5300".
//
// parse: an address as base/address.h takes it (no names, no zone ids), a port 0..65535 in decimal;
// IPv6 in brackets. Port 0: any free one.
//        Errc::invalid with an example of the right form. Threads: a value.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/address.h"
#include "base/error.h"

namespace weir::net {

struct Endpoint {
  Address address;
  std::uint16_t port = 0;

  [[nodiscard]] static Result<Endpoint> parse(std::string_view text);
  [[nodiscard]] std::string to_string() const;
  friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

}  // namespace weir::net
