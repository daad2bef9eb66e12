#include "network/table.h"

#include <fmt/format.h>

#include <bit>
#include <cstring>

#include "base/bytes.h"
#include "base/utf8.h"
#include "crypto/crypto.h"
#include "network/format.h"

namespace weir::network {
namespace {

// Little-endian integers at any alignment.
std::uint32_t load_u32(std::string_view octets, std::size_t at) {
  std::uint32_t value = 0;
  std::memcpy(&value, octets.data() + at, sizeof value);
  if constexpr (std::endian::native == std::endian::big) value = __builtin_bswap32(value);
  return value;
}

std::uint16_t load_u16(std::string_view octets, std::size_t at) {
  const auto* p = reinterpret_cast<const unsigned char*>(octets.data() + at);
  return static_cast<std::uint16_t>(p[0] | (p[1] << 8));
}

struct V4Starts {
  static constexpr std::size_t kOctets = 4;
  std::string_view starts;
  using Key = std::uint32_t;
  [[nodiscard]] bool not_after(std::size_t index, Key key) const {
    return load_u32(starts, index * kOctets) <= key;
  }
};

// IPv6 starts stand in network order, so that they compare as octets.
struct V6Starts {
  static constexpr std::size_t kOctets = 16;
  std::string_view starts;
  using Key = const std::uint8_t*;
  [[nodiscard]] bool not_after(std::size_t index, Key key) const {
    return std::memcmp(starts.data() + index * kOctets, key, kOctets) <= 0;
  }
};

// The last start that is not after the key: halves a window whose first start is known to qualify.
// The update of `at` is a conditional move, so that random look-ups do not pay for mispredicted
// branches.
template <class Starts>
std::optional<std::size_t> last_not_after(const Starts& starts, typename Starts::Key key) {
  std::size_t left = starts.starts.size() / Starts::kOctets;
  if (left == 0 || !starts.not_after(0, key)) return std::nullopt;
  std::size_t at = 0;
  while (left > 1) {
    const auto half = left / 2;
    at += starts.not_after(at + half, key) ? half : 0;
    left -= half;
  }
  return at;
}

Status corrupt(std::string_view what) {
  return fail(Errc::corrupt,
              fmt::format("network table: {}; build it again from its CSV files", what));
}

Status check_starts(std::string_view v4, std::string_view v6) {
  for (std::size_t i = 4; i < v4.size(); i += 4)
    if (load_u32(v4, i - 4) >= load_u32(v4, i)) return corrupt("IPv4 starts are not ascending");
  for (std::size_t i = 16; i < v6.size(); i += 16)
    if (v6.substr(i - 16, 16) >= v6.substr(i, 16)) return corrupt("IPv6 starts are not ascending");
  return {};
}

Status check_indices(std::string_view indices, std::size_t networks) {
  for (std::size_t i = 0; i < indices.size(); i += 4)
    if (load_u32(indices, i) >= networks)
      return corrupt("a range names a network that is not there");
  return {};
}

Status check_networks(std::string_view networks, std::string_view names) {
  for (std::size_t i = 0; i < networks.size(); i += kNetworkOctets) {
    const std::size_t begin = load_u32(networks, i + 4);
    const std::size_t size = load_u16(networks, i + 8);
    if (begin > names.size() || size > names.size() - begin)
      return corrupt("a network's name lies outside the names");
    // Names go into pages and DNS answers: text by construction, whoever made the file.
    if (!is_operator_name(names.substr(begin, size)))
      return corrupt("a network's name is not text");
    const auto letter = [](char c) { return c >= 'A' && c <= 'Z'; };
    const auto country = networks.substr(i + 10, 2);
    if (country != std::string_view("\0\0", 2) && !(letter(country[0]) && letter(country[1])))
      return corrupt("a country is not two letters");
  }
  return {};
}

}  // namespace

Result<Table> Table::open(std::string_view octets) {
  ByteReader reader(octets);
  if (reader.octets(kMagic.size()) != kMagic)
    return std::unexpected(corrupt("the first octets are not those of a network table").error());
  const auto version = reader.u32();
  if (reader.ok() && version > kVersion)
    return fail(
        Errc::unsupported,
        fmt::format("network table of version {}; this program reads up to {}", version, kVersion));
  const std::uint64_t v4 = reader.u32();
  const std::uint64_t v6 = reader.u32();
  const std::uint64_t networks = reader.u32();
  const std::uint64_t names = reader.u32();
  const auto reserved = reader.u32();

  Table table;
  table.v4_starts_ = reader.octets(v4 * 4);
  table.v4_networks_ = reader.octets(v4 * 4);
  table.v6_starts_ = reader.octets(v6 * 16);
  table.v6_networks_ = reader.octets(v6 * 4);
  table.networks_ = reader.octets(networks * kNetworkOctets);
  table.names_ = reader.octets(names);
  const auto digest = reader.octets(kDigestOctets);
  if (!reader.at_end() || version == 0 || reserved != 0)
    return std::unexpected(corrupt("the size does not fit the header").error());
  if (as_octets(crypto::sha256(octets.substr(0, octets.size() - kDigestOctets))) != digest)
    return std::unexpected(corrupt("the checksum does not match").error());
  WEIR_CHECK(check_starts(table.v4_starts_, table.v6_starts_));
  WEIR_CHECK(check_indices(table.v4_networks_, networks));
  WEIR_CHECK(check_indices(table.v6_networks_, networks));
  WEIR_CHECK(check_networks(table.networks_, table.names_));
  return table;
}

std::optional<Network> Table::find(const Address& address) const {
  if (address.is_v4()) {
    const auto at = last_not_after(V4Starts{v4_starts_}, address.v4_number());
    return at ? network(load_u32(v4_networks_, *at * 4)) : std::nullopt;
  }
  const auto at = last_not_after(V6Starts{v6_starts_}, address.octets().data());
  return at ? network(load_u32(v6_networks_, *at * 4)) : std::nullopt;
}

std::optional<Network> Table::network(std::uint32_t index) const {
  if (index == kNothingKnown) return std::nullopt;
  const auto at = index * kNetworkOctets;
  Network found;
  found.asn = load_u32(networks_, at);
  found.operator_name = names_.substr(load_u32(networks_, at + 4), load_u16(networks_, at + 8));
  if (networks_[at + 10] != '\0') found.country = networks_.substr(at + 10, 2);
  return found;
}

std::size_t Table::ranges() const { return v4_networks_.size() / 4 + v6_networks_.size() / 4; }

}  // namespace weir::network
