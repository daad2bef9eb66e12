// cli/command_line.h - the words of the command line, in one place: parsing, --help, and the tree
// that man pages and completions are made of.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace weir::cli {

// Parses and runs; the exit code.
[[nodiscard]] int run(int argc, const char* const* argv);

struct OptionWords {
  std::string names;  // "--json" or "-h,--help"; a positional's name in capitals
  std::string value;  // "FILE"; empty for a flag
  std::string text;
  bool positional = false;
};

struct CommandWords {
  std::string name;   // "ledger verify"
  std::string text;   // one sentence
  std::string usage;  // "weir ledger verify [OPTIONS]"
  std::vector<OptionWords> options;
};

// Every command that can be run, in the order of --help.
[[nodiscard]] std::vector<CommandWords> describe_commands();

}  // namespace weir::cli
