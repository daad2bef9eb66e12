// list/reversed.h - which addresses a name below the zone asks about (RFC 5782 2.1, 2.4).
//
// Input:  the labels in front of the zone, each with its length octet (dns::Name::below).
// Output: an IPv4 prefix of /8 /16 /24 or an address (1 to 4 decimal labels), an IPv6 prefix of n *
// 4 bits or an address (1 to 32 nibbles), both, or
//         neither. Prefixes are the empty non-terminals on the way to the addresses below them.
// Threads: pure. Cost: at most 32 labels are looked at.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/address.h"

namespace weir::list {

struct Nibbles {
  std::array<std::uint8_t, 16> octets{};
  int bits = 0;  // 4..128

  // The address or prefix meant, in the one form that base has: below ::ffff:0:0/96 it is IPv4.
  [[nodiscard]] Prefix prefix() const;
  // Is the name of `other` this name or below it?
  [[nodiscard]] bool covers(const std::array<std::uint8_t, 16>& other) const;
};

struct Reversed {
  std::optional<Prefix> v4;
  std::optional<Nibbles> v6;
};

[[nodiscard]] Reversed read_reversed(std::string_view labels);

}  // namespace weir::list
