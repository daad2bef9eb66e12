#include "base/guarded.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <type_traits>
#include <vector>

namespace weir {
namespace {

TEST(Guarded, NoIncrementIsLostBetweenThreads) {
  Guarded<int> counter(0);
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&counter] {
        for (int i = 0; i < 10'000; ++i) ++*counter.lock();
      });
  }
  EXPECT_EQ(*counter.lock(), 40'000);
}

TEST(Guarded, ValueStaysLockedUntilTheEndOfTheScope) {
  Guarded<std::string> text(std::string("a"));
  std::jthread other;
  {
    auto held = text.lock();
    other = std::jthread([&text] { text.lock()->push_back('c'); });
    held->push_back('b');
  }
  other.join();
  EXPECT_EQ(*text.lock(), "abc");
}

TEST(Guarded, IsNeitherCopiedNorMoved) {
  EXPECT_FALSE(std::is_copy_constructible_v<Guarded<int>>);
  EXPECT_FALSE(std::is_move_constructible_v<Guarded<int>>);
}

}  // namespace
}  // namespace weir
