#include "base/random.h"

#include <array>

#include "base/error.h"

namespace weir {

std::uint64_t Random::u64() {
  std::array<std::uint8_t, 8> octets{};
  fill(octets);
  std::uint64_t value = 0;
  for (const auto octet : octets) value = (value << 8) | octet;
  return value;
}

std::uint64_t Random::below(std::uint64_t bound) {
  WEIR_ASSERT(bound > 0);
  // Rejecting the short last range keeps every value equally likely.
  const std::uint64_t limit = UINT64_MAX - UINT64_MAX % bound;
  for (;;)
    if (const auto value = u64(); value < limit) return value % bound;
}

void SeededRandom::fill(std::span<std::uint8_t> out) {
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (i % 8 == 0) {
      word = (state_ += 0x9E3779B97F4A7C15);
      word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9;
      word = (word ^ (word >> 27)) * 0x94D049BB133111EB;
      word ^= word >> 31;
    }
    out[i] = static_cast<std::uint8_t>(word >> (8 * (i % 8)));
  }
}

}  // namespace weir
