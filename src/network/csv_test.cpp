#include "network/csv.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace weir::network {
namespace {

using Table = std::vector<std::vector<std::string>>;

Result<Table> read_all(std::string_view octets) {
  CsvReader csv(octets);
  Table rows;
  while (true) {
    WEIR_TRY(const bool more, csv.next());
    if (!more) return rows;
    rows.emplace_back(csv.fields().begin(), csv.fields().end());
  }
}

TEST(CsvReader, ReadsBareAndQuotedFields) {
  EXPECT_EQ(read_all("a,b,\"c, \"\"d\"\"\"\r\n,\"\",x\n").value(),
            (Table{{"a", "b", "c, \"d\""}, {"", "", "x"}}));
}

TEST(CsvReader, SkipsByteOrderMarkCommentsAndEmptyLines) {
  EXPECT_EQ(read_all("\xef\xbb\xbf# heading\r\n\r\n\na,b\n#end").value(), (Table{{"a", "b"}}));
}

TEST(CsvReader, TheLastLineMayBeOpen) {
  EXPECT_EQ(read_all("a,b\nc,").value(), (Table{{"a", "b"}, {"c", ""}}));
  EXPECT_EQ(read_all("a\r").value(), (Table{{"a"}}));
}

TEST(CsvReader, AQuotedFieldMayHoldLineEndsAndTheLineNumberCountsThem) {
  CsvReader csv("\"a\nb\",c\nd\n");
  ASSERT_TRUE(csv.next().value());
  EXPECT_EQ(csv.line(), 1U);
  EXPECT_EQ(csv.fields()[0], "a\nb");
  ASSERT_TRUE(csv.next().value());
  EXPECT_EQ(csv.line(), 3U);
  EXPECT_EQ(csv.offset(), 8U);
  EXPECT_FALSE(csv.next().value());
}

TEST(CsvReader, RefusesWhatRfc4180DoesNotAllow) {
  for (const auto* bad : {"\"a\"b,c\n", "a\"b\n", "\"never closed\n", "a,\"b\"\"\n"})
    EXPECT_EQ(read_all(bad).error().code, Errc::invalid) << bad;
  EXPECT_EQ(read_all("1,2,3,4,5,6,7,8,9\n").error().code, Errc::too_large);
}

RC_GTEST_PROP(CsvReaderProperty, WhatIsWrittenQuotedIsReadBack, ()) {
  const auto text = rc::gen::container<std::string>(
      rc::gen::element('a', 'b', '"', ',', '\n', '\r', '#', ' ', '\0'));
  const auto width = *rc::gen::inRange<std::size_t>(1, CsvReader::kMaxFields + 1);
  const auto rows =
      *rc::gen::container<Table>(rc::gen::container<std::vector<std::string>>(width, text));
  std::string written;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      written += i == 0 ? "\"" : ",\"";
      for (const char c : row[i]) written += c == '"' ? std::string("\"\"") : std::string(1, c);
      written += '"';
    }
    written += *rc::gen::element<std::string>("\n", "\r\n");
  }
  RC_ASSERT(read_all(written).value() == rows);
}

}  // namespace
}  // namespace weir::network
