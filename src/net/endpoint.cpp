#include "net/endpoint.h"

#include <fmt/format.h>

#include <charconv>

namespace weir::net {

Result<Endpoint> Endpoint::parse(std::string_view text) {
  const auto bad = [&] {
    return fail(Errc::invalid,
                fmt::format("'{}' is not address:port; write it as 127.0.0.1:5300 or [::1]:5300",
                            text.substr(0, 80)));
  };
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return bad();
  auto host = text.substr(0, colon);
  const auto digits = text.substr(colon + 1);
  const bool brackets = host.size() >= 2 && host.front() == '[' && host.back() == ']';
  if (brackets) host = host.substr(1, host.size() - 2);
  // An IPv6 address without brackets would lose its last group to the port.
  if (brackets != (host.find(':') != std::string_view::npos)) return bad();
  const auto address = Address::parse(host);
  Endpoint endpoint;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), endpoint.port);
  if (!address || error != std::errc{} || end != digits.data() + digits.size()) return bad();
  endpoint.address = *address;
  return endpoint;
}

std::string Endpoint::to_string() const {
  return address.is_v4() ? fmt::format("{}:{}", address.to_string(), port)
                         : fmt::format("[{}]:{}", address.to_string(), port);
}

}  // namespace weir::net
