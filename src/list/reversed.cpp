#include "list/reversed.h"

namespace weir::list {
namespace {

constexpr std::size_t kMaxLabels = 32;

// "0" to "255", one way to write each.
std::optional<std::uint8_t> decimal(std::string_view label) {
  if (label.empty() || label.size() > 3 || (label.size() > 1 && label[0] == '0'))
    return std::nullopt;
  unsigned value = 0;
  for (const char c : label) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  if (value > 255) return std::nullopt;
  return static_cast<std::uint8_t>(value);
}

std::optional<std::uint8_t> nibble(std::string_view label) {
  if (label.size() != 1) return std::nullopt;
  const char c = label[0];
  if (c >= '0' && c <= '9') return static_cast<std::uint8_t>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<std::uint8_t>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<std::uint8_t>(c - 'A' + 10);
  return std::nullopt;
}

std::optional<Prefix> read_v4(std::span<const std::string_view> labels) {
  if (labels.size() > 4) return std::nullopt;
  std::uint32_t number = 0;
  for (std::size_t i = labels.size(); i-- > 0;) {
    const auto octet = decimal(labels[i]);
    if (!octet) return std::nullopt;
    number = (number << 8) | *octet;
  }
  const auto bits = static_cast<int>(labels.size()) * 8;
  return Prefix(Address::v4(number << (32 - bits)), bits);
}

std::optional<Nibbles> read_v6(std::span<const std::string_view> labels) {
  Nibbles nibbles;
  for (std::size_t i = labels.size(); i-- > 0;) {
    const auto value = nibble(labels[i]);
    if (!value) return std::nullopt;
    const auto at = static_cast<std::size_t>(nibbles.bits / 8);
    const int shift = nibbles.bits % 8 == 0 ? 4 : 0;
    nibbles.octets[at] = static_cast<std::uint8_t>(nibbles.octets[at] | (*value << shift));
    nibbles.bits += 4;
  }
  return nibbles;
}

}  // namespace

Prefix Nibbles::prefix() const {
  const Address address = Address::v6(octets);
  // Fewer than 96 bits with the rest zero cannot look mapped, so an IPv4 address here has 96 bits
  // before it.
  return Prefix(address, address.is_v4() ? bits - 96 : bits);
}

bool Nibbles::covers(const std::array<std::uint8_t, 16>& other) const {
  for (int bit = 0; bit < bits; bit += 4) {
    const auto at = static_cast<std::size_t>(bit / 8);
    const unsigned mask = bit % 8 == 0 ? 0xf0 : 0x0f;
    if ((octets[at] ^ other[at]) & mask) return false;
  }
  return true;
}

Reversed read_reversed(std::string_view octets) {
  std::array<std::string_view, kMaxLabels> labels;
  std::size_t count = 0;
  for (std::size_t at = 0; at < octets.size();) {
    if (count == labels.size()) return {};
    const auto size = static_cast<std::uint8_t>(octets[at]);
    labels[count++] = octets.substr(at + 1, size);
    at += std::size_t{1} + size;
  }
  if (count == 0) return {};
  const std::span<const std::string_view> read(labels.data(), count);
  return {read_v4(read), read_v6(read)};
}

}  // namespace weir::list
