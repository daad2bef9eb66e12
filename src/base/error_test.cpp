#include "base/error.h"

#include <gtest/gtest.h>

#include <memory>
#include <set>

namespace weir {
namespace {

Result<std::unique_ptr<int>> half(int number) {
  if (number % 2 != 0) return fail(Errc::invalid, "odd", 7);
  return std::make_unique<int>(number / 2);
}

Result<int> quarter(int number) {
  WEIR_TRY(const auto first, half(number));
  WEIR_TRY(auto second, half(*first));
  return *second;
}

Status even(int number) {
  if (number % 2 != 0) return fail(Errc::conflict, "odd");
  return {};
}

Status both_even(int a, int b) {
  WEIR_CHECK(even(a));
  if (b != 0) WEIR_CHECK(even(b));
  return {};
}

TEST(Error, TryBindsTheValueEvenIfItCanOnlyBeMoved) { EXPECT_EQ(quarter(12), 3); }

TEST(Error, TryReturnsTheFirstErrorWhole) {
  EXPECT_EQ(quarter(5), fail(Errc::invalid, "odd", 7));
  EXPECT_EQ(quarter(6), fail(Errc::invalid, "odd", 7));
}

TEST(Error, CheckReturnsTheErrorOfAStatus) {
  EXPECT_TRUE(both_even(2, 4));
  EXPECT_TRUE(both_even(2, 0));
  EXPECT_EQ(both_even(1, 2).error().code, Errc::conflict);
  EXPECT_FALSE(both_even(2, 1));
}

TEST(Error, ContextGoesBeforeTheDetailAndTheRestStays) {
  const auto error = with_context({Errc::corrupt, "hash differs", 12}, "ledger entry 7");
  EXPECT_EQ(error, (Error{Errc::corrupt, "ledger entry 7: hash differs", 12}));
}

TEST(Error, EveryCodeHasItsOwnName) {
  std::set<std::string_view> names;
  for (int code = 0; code <= static_cast<int>(Errc::unsupported); ++code)
    names.insert(to_string(static_cast<Errc>(code)));
  EXPECT_EQ(names.size(), static_cast<std::size_t>(Errc::unsupported) + 1);
  EXPECT_FALSE(names.contains("unknown"));
}

TEST(ErrorDeathTest, FailedAssertionNamesConditionAndPlace) {
  EXPECT_DEATH(WEIR_ASSERT(1 + 1 == 3), "assertion '1 \\+ 1 == 3' failed at .*error_test.cpp");
}

}  // namespace
}  // namespace weir
