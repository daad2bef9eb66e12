#include "base/random.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <array>

namespace weir {
namespace {

// Hands out the numbers it was given, then zeros.
class Scripted final : public Random {
 public:
  explicit Scripted(std::vector<std::uint64_t> numbers) : numbers_(std::move(numbers)) {}
  void fill(std::span<std::uint8_t> out) override {
    const auto number = at_ < numbers_.size() ? numbers_[at_++] : 0;
    for (std::size_t i = 0; i < out.size(); ++i)
      out[i] = i < 8 ? static_cast<std::uint8_t>(number >> (56 - 8 * i)) : std::uint8_t{0};
  }

 private:
  std::vector<std::uint64_t> numbers_;
  std::size_t at_ = 0;
};

// The published SplitMix64 sequence of seed 1234567; samples and simulations depend on it staying
// so.
TEST(SeededRandom, SequenceIsSplitMix64OnEveryMachine) {
  SeededRandom random(1234567);
  const std::array<std::uint64_t, 3> expected = {6457827717110365317U, 3203168211198807973U,
                                                 9817491932198370423U};
  for (const auto number : expected) {
    std::array<std::uint8_t, 8> octets{};
    random.fill(octets);
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < 8; ++i) value |= std::uint64_t{octets[i]} << (8 * i);
    EXPECT_EQ(value, number);
  }
}

TEST(SeededRandom, FillsEveryOctetOfAnyLength) {
  for (std::size_t length = 0; length < 40; ++length) {
    std::vector<std::uint8_t> a(length), b(length);
    SeededRandom(7).fill(a);
    SeededRandom(7).fill(b);
    EXPECT_EQ(a, b);
  }
  std::vector<std::uint8_t> seen(4096);
  SeededRandom(7).fill(seen);
  std::array<int, 256> counts{};
  for (const auto octet : seen) ++counts[octet];
  for (const auto count : counts) EXPECT_GT(count, 0);
}

TEST(Random, NumbersFromTheShortLastRangeAreDrawnAgain) {
  // 2^64 - 1 is divisible by 5, so of the numbers 0..2^64-1 only the last has no full round to
  // belong to.
  Scripted random({UINT64_MAX, 7});
  EXPECT_EQ(random.below(5), 2U);
}

TEST(Random, BelowOneIsZero) {
  Scripted random({12345});
  EXPECT_EQ(random.below(1), 0U);
}

RC_GTEST_PROP(Random, BelowStaysBelow, (std::uint64_t seed)) {
  const auto bound = *rc::gen::positive<std::uint64_t>();
  SeededRandom random(seed);
  for (int i = 0; i < 10; ++i) RC_ASSERT(random.below(bound) < bound);
}

}  // namespace
}  // namespace weir
