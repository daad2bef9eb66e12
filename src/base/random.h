// base/random.h - randomness as something handed in.
//
// Random: fills octets. SeededRandom is SplitMix64: the same seed gives the same octets on every
// machine; for tests, simulation and samples only. The system's source for keys lives in crypto/.
#pragma once

#include <cstdint>
#include <span>

namespace weir {

class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<std::uint8_t> out) = 0;
  [[nodiscard]] std::uint64_t u64();
  // Uniform in [0, bound), bound > 0.
  [[nodiscard]] std::uint64_t below(std::uint64_t bound);
};

class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}
  void fill(std::span<std::uint8_t> out) override;

 private:
  std::uint64_t state_;
};

}  // namespace weir
