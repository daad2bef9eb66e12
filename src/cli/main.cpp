#include <cstdio>
#include <exception>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "os/process.h"

int main(int argc, char** argv) {
  weir::os::hold_standard_streams();
  try {
    return weir::cli::run(argc, argv);
  } catch (const std::exception& bug) {
    std::fprintf(stderr, "weir: bug: %s\n", bug.what());
    return weir::cli::kFoundOrFailed;
  }
}
