// Any octets as a table: as they are, and with a right checksum, so that the structure behind it is
// reached.
#include <cstdint>

#include "base/bytes.h"
#include "crypto/crypto.h"
#include "network/table.h"

namespace {

void look_around(const weir::network::Table& table) {
  std::size_t seen = 0;
  for (std::uint32_t i = 0; i < 256; ++i) {
    const auto v4 = weir::Address::v4(i << 24 | i);
    std::array<std::uint8_t, 16> octets{};
    octets[0] = octets[15] = static_cast<std::uint8_t>(i);
    for (const auto& found : {table.find(v4), table.find(weir::Address::v6(octets))})
      if (found) seen += found->operator_name.size() + found->country.size();
  }
  WEIR_ASSERT(seen <= 512 * (weir::network::kMaxOperatorOctets + 2));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string octets(reinterpret_cast<const char*>(data), size);
  if (const auto table = weir::network::Table::open(octets)) look_around(*table);
  if (size >= 32) octets.resize(size - 32);
  octets += weir::as_octets(weir::crypto::sha256(octets));
  if (const auto table = weir::network::Table::open(octets)) look_around(*table);
  return 0;
}
