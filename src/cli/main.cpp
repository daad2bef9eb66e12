#include <cstdio>
#include <exception>

#include "cli/command_line.h"
#include "cli/commands.h"

int main(int argc, char** argv) {
  try {
    return weir::cli::run(argc, argv);
  } catch (const std::exception& bug) {
    std::fprintf(stderr, "weir: bug: %s\n", bug.what());
    return weir::cli::kFoundOrFailed;
  }
}
