#include "base/address.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <charconv>
#include <cstring>

namespace weir {
namespace {

constexpr std::array<std::uint8_t, 12> kMappedHead = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

}  // namespace

Address Address::v4(std::uint32_t number) {
  Address a;
  a.octets_[0] = static_cast<std::uint8_t>(number >> 24);
  a.octets_[1] = static_cast<std::uint8_t>(number >> 16);
  a.octets_[2] = static_cast<std::uint8_t>(number >> 8);
  a.octets_[3] = static_cast<std::uint8_t>(number);
  return a;
}

Address Address::v6(const std::array<std::uint8_t, 16>& octets) {
  Address a;
  if (std::memcmp(octets.data(), kMappedHead.data(), kMappedHead.size()) == 0) {
    std::memcpy(a.octets_.data(), octets.data() + 12, 4);
    return a;
  }
  a.is_v4_ = false;
  a.octets_ = octets;
  return a;
}

Result<Address> Address::parse(std::string_view text) {
  // The longest form is 45 octets; inet_pton wants a terminated string.
  std::array<char, 48> buffer{};
  if (text.empty() || text.size() >= buffer.size() || text.find('\0') != std::string_view::npos)
    return fail(Errc::invalid, fmt::format("'{}' is not an IP address", text.substr(0, 60)));
  std::memcpy(buffer.data(), text.data(), text.size());
  std::array<std::uint8_t, 16> octets{};
  if (text.find(':') == std::string_view::npos) {
    if (inet_pton(AF_INET, buffer.data(), octets.data()) == 1)
      return v4((std::uint32_t{octets[0]} << 24) | (std::uint32_t{octets[1]} << 16) |
                (std::uint32_t{octets[2]} << 8) | octets[3]);
  } else if (inet_pton(AF_INET6, buffer.data(), octets.data()) == 1) {
    return v6(octets);
  }
  return fail(Errc::invalid, fmt::format("'{}' is not an IP address", text));
}

std::uint32_t Address::v4_number() const {
  WEIR_ASSERT(is_v4_);
  return (std::uint32_t{octets_[0]} << 24) | (std::uint32_t{octets_[1]} << 16) |
         (std::uint32_t{octets_[2]} << 8) | octets_[3];
}

bool Address::bit(int index) const {
  WEIR_ASSERT(index >= 0 && index < bits());
  const auto i = static_cast<std::size_t>(index);
  return (octets_[i / 8] >> (7 - i % 8)) & 1;
}

std::string Address::to_string() const {
  std::array<char, INET6_ADDRSTRLEN> buffer{};
  inet_ntop(is_v4_ ? AF_INET : AF_INET6, octets_.data(), buffer.data(), buffer.size());
  return buffer.data();
}

std::strong_ordering operator<=>(const Address& a, const Address& b) {
  if (a.is_v4_ != b.is_v4_)
    return a.is_v4_ ? std::strong_ordering::less : std::strong_ordering::greater;
  return std::memcmp(a.octets_.data(), b.octets_.data(), 16) <=> 0;
}

Prefix::Prefix(const Address& address, int length) : length_(length) {
  WEIR_ASSERT(length >= 0 && length <= address.bits());
  auto octets = address.octets();
  for (std::size_t i = 0; i < octets.size(); ++i) {
    const int kept = length - static_cast<int>(i) * 8;
    if (kept >= 8) continue;
    octets[i] =
        kept <= 0 ? std::uint8_t{0} : static_cast<std::uint8_t>(octets[i] & (0xff << (8 - kept)));
  }
  if (address.is_v4()) {
    address_ = Address::v4((std::uint32_t{octets[0]} << 24) | (std::uint32_t{octets[1]} << 16) |
                           (std::uint32_t{octets[2]} << 8) | octets[3]);
  } else {
    address_ = Address::v6(octets);
    // Clearing bits cannot make a mapped address: that would need set bits in octets 10 and 11 of
    // one.
    WEIR_ASSERT(!address_.is_v4());
  }
}

Result<Prefix> Prefix::parse(std::string_view text) {
  const auto slash = text.find('/');
  WEIR_TRY(const auto address, Address::parse(text.substr(0, slash)));
  if (slash == std::string_view::npos) return Prefix(address);
  const auto digits = text.substr(slash + 1);
  int length = -1;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
  // A leading zero is refused as in a dotted quad: somebody may mean octal.
  if (error != std::errc{} || end != digits.data() + digits.size() || length < 0 ||
      (digits.size() > 1 && digits.front() == '0'))
    return fail(Errc::invalid,
                fmt::format("'{}': the prefix length must be a number", text.substr(0, 60)));
  // "::ffff:192.0.2.0/120" is the IPv4 prefix 192.0.2.0/24.
  if (address.is_v4() && text.find(':') < slash) {
    if (length < 96)
      return fail(Errc::invalid, fmt::format("'{}' covers more than the mapped addresses", text));
    length -= 96;
  }
  if (length > address.bits())
    return fail(Errc::invalid, fmt::format("'{}': the prefix length is at most {}",
                                           text.substr(0, 60), address.bits()));
  const Prefix prefix(address, length);
  if (prefix.address() != address)
    return fail(Errc::invalid, fmt::format("'{}' has bits set after its length; did you mean '{}'?",
                                           text, prefix.to_string()));
  return prefix;
}

bool Prefix::contains(const Address& address) const {
  return address.is_v4() == is_v4() && Prefix(address, length_).address_ == address_;
}

bool Prefix::contains(const Prefix& other) const {
  return other.length_ >= length_ && contains(other.address_);
}

Address Prefix::last() const {
  auto octets = address_.octets();
  for (int i = length_; i < address_.bits(); ++i) {
    const auto n = static_cast<std::size_t>(i);
    octets[n / 8] = static_cast<std::uint8_t>(octets[n / 8] | (0x80U >> (n % 8)));
  }
  if (is_v4())
    return Address::v4((std::uint32_t{octets[0]} << 24) | (std::uint32_t{octets[1]} << 16) |
                       (std::uint32_t{octets[2]} << 8) | octets[3]);
  const auto highest = Address::v6(octets);
  if (!highest.is_v4()) return highest;
  // The end of ::/80 and of the prefixes ::8000:0:0/81 to ::fffe:0:0/95 is a mapped address, which
  // is an IPv4 address and so not inside; the highest IPv6 address is the one below the mapped
  // ones.
  octets[11] = 0xfe;
  return Address::v6(octets);
}

std::string Prefix::to_string() const {
  if (is_single_address()) return address_.to_string();
  return fmt::format("{}/{}", address_.to_string(), length_);
}

std::strong_ordering operator<=>(const Prefix& a, const Prefix& b) {
  if (const auto order = a.address_ <=> b.address_; order != 0) return order;
  return a.length_ <=> b.length_;
}

}  // namespace weir

std::size_t std::hash<weir::Address>::operator()(const weir::Address& address) const noexcept {
  const auto& octets = address.octets();
  return std::hash<std::string_view>{}(
      {reinterpret_cast<const char*>(octets.data()), address.is_v4() ? 4U : 16U});
}
