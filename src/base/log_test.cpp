#include "base/log.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "base/time.h"
#include "base/utf8.h"

namespace weir {
namespace {

// The sink and the level are the program's; each test puts the defaults back.
class Log : public ::testing::Test {
 protected:
  Log() {
    log::set_sink([this](std::string_view line) { lines.emplace_back(line); });
  }
  ~Log() override {
    log::set_sink({});
    log::set_level(log::Level::info);
  }
  std::vector<std::string> lines;
};

std::string after_time(std::string_view line) {
  return std::string(line.substr(line.find(' ') + 1));
}

TEST_F(Log, EventIsOneLineOfKeysAndValues) {
  log::warn("store.slow_commit", {{"ms", "212"}, {"records", "1000"}});
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(after_time(lines[0]), "level=warn event=store.slow_commit ms=212 records=1000");
  const auto time = lines[0].substr(5, lines[0].find(' ') - 5);
  EXPECT_TRUE(parse_rfc3339(time)) << time;
}

TEST_F(Log, ValueThatCouldBeMistakenForSomethingElseIsQuoted) {
  log::info("x", {{"a", ""}, {"b", "two words"}, {"c", "k=v"}, {"d", "\"q\""}, {"e", "l1\nl2"}});
  EXPECT_EQ(after_time(lines.at(0)),
            R"(level=info event=x a="" b="two words" c="k=v" d="\"q\"" e="l1\nl2")");
}

TEST_F(Log, EventsBelowTheLevelAreNotWritten) {
  log::debug("quiet");
  EXPECT_TRUE(lines.empty());
  log::set_level(log::Level::debug);
  log::debug("loud");
  log::set_level(log::Level::error);
  log::warn("quiet");
  log::error("loud");
  EXPECT_EQ(lines.size(), 2U);
}

TEST_F(Log, LinesOfManyThreadsAreNotMixed) {
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([] {
        for (int i = 0; i < 200; ++i) log::info("tick", {{"a", "1"}});
      });
  }
  EXPECT_EQ(lines.size(), 800U);
  for (const auto& line : lines) EXPECT_EQ(after_time(line), "level=info event=tick a=1");
}

RC_GTEST_PROP(LogFormat, AnyValueStaysOnOneLineOfValidText, (const std::string& value)) {
  const auto line = log::format(log::Level::info, "x", {{"a", value}});
  RC_ASSERT(is_utf8(line));
  for (const char c : line) RC_ASSERT(static_cast<unsigned char>(c) >= 0x20);
}

}  // namespace
}  // namespace weir
