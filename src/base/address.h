// base/address.h - IPv4 and IPv6 addresses and prefixes.
//
// Address: a value, 17 octets; an IPv4-mapped IPv6 address (::ffff:a.b.c.d) is stored as IPv4, so
// that one host
//          has one value. Ordered: all IPv4 before all IPv6, then by number.
// Prefix:  an address with the bits after `length` zero (true by construction). IPv4 0..32, IPv6
// 0..128. Text:    parse() takes what RFC 4291 2.2 and RFC 6943 3.1.1 (strict dotted quad: no
// octal, no short forms) allow;
//          to_string() writes RFC 5952. No zone ids.
// Threads: values, share freely.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"

namespace weir {

class Address {
 public:
  Address() = default;  // 0.0.0.0
  [[nodiscard]] static Address v4(std::uint32_t host_order);
  [[nodiscard]] static Address v6(const std::array<std::uint8_t, 16>& network_order);
  [[nodiscard]] static Result<Address> parse(std::string_view text);

  [[nodiscard]] bool is_v4() const { return is_v4_; }
  [[nodiscard]] int bits() const { return is_v4_ ? 32 : 128; }
  // IPv4 only: the number in host order.
  [[nodiscard]] std::uint32_t v4_number() const;
  // 4 octets at the front for IPv4, 16 for IPv6; the rest zero.
  [[nodiscard]] const std::array<std::uint8_t, 16>& octets() const { return octets_; }
  [[nodiscard]] bool bit(int index) const;  // 0 = most significant; index < bits()
  [[nodiscard]] std::string to_string() const;

  friend bool operator==(const Address&, const Address&) = default;
  friend std::strong_ordering operator<=>(const Address& a, const Address& b);

 private:
  bool is_v4_ = true;
  std::array<std::uint8_t, 16> octets_{};
};

class Prefix {
 public:
  Prefix() = default;  // 0.0.0.0/0
  // Clears the bits after `length`; length must be in [0, address.bits()].
  Prefix(const Address& address, int length);
  explicit Prefix(const Address& address) : Prefix(address, address.bits()) {}
  // "192.0.2.0/24", "2001:db8::/32"; a bare address is a full-length prefix. Bits set after the
  // length are an error that names the prefix meant.
  [[nodiscard]] static Result<Prefix> parse(std::string_view text);

  [[nodiscard]] const Address& address() const { return address_; }
  [[nodiscard]] int length() const { return length_; }
  [[nodiscard]] bool is_v4() const { return address_.is_v4(); }
  [[nodiscard]] bool is_single_address() const { return length_ == address_.bits(); }
  [[nodiscard]] bool contains(const Address& address) const;
  [[nodiscard]] bool contains(const Prefix& other) const;
  [[nodiscard]] Address last() const;  // the highest address inside
  [[nodiscard]] std::string to_string()
      const;  // a single address is written without "/32" or "/128"

  friend bool operator==(const Prefix&, const Prefix&) = default;
  friend std::strong_ordering operator<=>(const Prefix& a, const Prefix& b);

 private:
  Address address_;
  int length_ = 0;
};

}  // namespace weir

template <>
struct std::hash<weir::Address> {
  std::size_t operator()(const weir::Address& address) const noexcept;
};
