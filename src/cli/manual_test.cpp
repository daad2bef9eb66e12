#include "cli/manual.h"

#include "cli/command_line.h"

namespace weir::cli {
namespace {

int run_words(std::vector<const char*> words) {
  words.insert(words.begin(), "weir");
  return run(static_cast<int>(words.size()), words.data());
}

TEST(CommandLine, WrongUseIsTwo) {
  EXPECT_EQ(run_words({}), 2);
  EXPECT_EQ(run_words({"scna", "x"}), 2);
  EXPECT_EQ(run_words({"scan"}), 2);
  EXPECT_EQ(run_words({"scan", "--jsno", "x"}), 2);
  EXPECT_EQ(run_words({"learn", "maybe", "x"}), 2);
  EXPECT_EQ(run_words({"ledger"}), 2);
}

TEST(CommandLine, HelpIsZeroForEveryCommand) {
  EXPECT_EQ(run_words({"--help"}), 0);
  for (const auto& command : describe_commands()) {
    std::vector<const char*> words;
    const auto blank = command.name.find(' ');
    const auto first = command.name.substr(0, blank);
    const auto second = blank == std::string::npos ? std::string() : command.name.substr(blank + 1);
    words.push_back(first.c_str());
    if (!second.empty()) words.push_back(second.c_str());
    words.push_back("--help");
    EXPECT_EQ(run_words(words), 0) << command.name;
  }
}

TEST(Manual, EveryCommandHasAPageThatNamesItsOptions) {
  const auto commands = describe_commands();
  ASSERT_GE(commands.size(), 13U);
  for (const auto& command : commands) {
    const auto page = man_page(command.name, commands);
    ASSERT_TRUE(page) << command.name;
    EXPECT_NE(page->find(".SH OPTIONS"), std::string::npos);
    EXPECT_NE(page->find("\\-\\-json"), std::string::npos);
  }
  EXPECT_TRUE(man_page("", commands));
  EXPECT_NE(man_page("scna", commands).error().detail.find("did you mean 'scan'?"),
            std::string::npos);
}

TEST(Completion, NamesEveryCommandInEveryShell) {
  const auto commands = describe_commands();
  for (const auto* shell : {"bash", "zsh", "fish"}) {
    const auto script = completion_script(shell, commands);
    for (const auto* word : {"scan", "verify", "record", "samples", "ham"})
      EXPECT_NE(script.find(word), std::string::npos) << shell << " lacks " << word;
  }
}

}  // namespace
}  // namespace weir::cli
