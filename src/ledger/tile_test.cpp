#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "ledger/ledger.h"
#include "store/memory_log.h"

namespace weir::ledger {
namespace {

void fill(store::LogStore& log, std::uint64_t count) {
  for (std::uint64_t i = 0; i < count; ++i) {
    const auto octets = fmt::format("entry {}", i);
    const std::array<std::string_view, 1> record = {octets};
    ASSERT_TRUE(log.append(record));
  }
}

TEST(EntryBundle, HasTheDocumentedOctets) {
  store::MemoryLog log;
  const std::array<std::string_view, 3> records = {"ab", "", "c"};
  ASSERT_TRUE(log.append(records));
  EXPECT_EQ(entry_bundle(log, 0, 3).value(), std::string("\0\2ab\0\0\0\1c", 9));
  EXPECT_EQ(entry_bundle(log, 0, 1).value(), std::string("\0\2ab", 4));
}

TEST(EntryBundle, BundlesTogetherHoldEveryEntryOnce) {
  store::MemoryLog log;
  fill(log, 600);
  for (const std::uint64_t size : {1U, 255U, 256U, 257U, 512U, 600U}) {
    std::uint64_t seen = 0;
    for (std::uint64_t bundle = 0; bundle * kBundleEntries < size; ++bundle) {
      const auto entries = parse_bundle(entry_bundle(log, bundle, size).value()).value();
      for (const auto& entry : entries) EXPECT_EQ(entry, fmt::format("entry {}", seen++));
    }
    EXPECT_EQ(seen, size);
    const auto behind = entry_bundle(log, (size + 255) / 256, size);
    ASSERT_FALSE(behind);
    EXPECT_EQ(behind.error().code, Errc::not_found);
  }
}

TEST(EntryBundle, WhatIsNotThereIsSaid) {
  store::MemoryLog log;
  fill(log, 10);
  EXPECT_EQ(entry_bundle(log, 0, 0).error().code, Errc::not_found);
  EXPECT_EQ(entry_bundle(log, ~std::uint64_t{0}, 10).error().code, Errc::not_found);
  EXPECT_EQ(entry_bundle(log, 0, 11).error().code, Errc::corrupt);
  const std::string big(kMaxEntryOctets + 1, 'x');
  const std::array<std::string_view, 1> record = {big};
  ASSERT_TRUE(log.append(record));
  EXPECT_EQ(entry_bundle(log, 0, 11).error().code, Errc::corrupt);
}

TEST(ParseBundle, RefusesWhatIsCutEmptyOrTooLong) {
  store::MemoryLog log;
  fill(log, 3);
  const auto bundle = entry_bundle(log, 0, 3).value();
  std::size_t whole = 0;
  for (std::size_t size = 0; size <= bundle.size(); ++size) {
    const auto parsed = parse_bundle(std::string_view(bundle).substr(0, size));
    if (parsed) {
      ++whole;
      EXPECT_EQ(size, parsed->size() * bundle.size() / 3);
    }
  }
  EXPECT_EQ(whole, 3U);
  EXPECT_FALSE(parse_bundle(std::string(2 * 257, '\0')));
  EXPECT_TRUE(parse_bundle(std::string(2 * 256, '\0')));
}

RC_GTEST_PROP(ParseBundle, GivesBackWhatWasBundled, (const std::vector<std::string>& entries)) {
  RC_PRE(!entries.empty() && entries.size() <= kBundleEntries);
  store::MemoryLog log;
  const std::vector<std::string_view> views(entries.begin(), entries.end());
  RC_ASSERT(log.append(views).has_value());
  const auto bundle = entry_bundle(log, 0, entries.size());
  RC_ASSERT(bundle.has_value());
  RC_ASSERT(parse_bundle(*bundle).value() == entries);
}

}  // namespace
}  // namespace weir::ledger
