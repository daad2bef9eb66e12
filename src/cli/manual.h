// cli/manual.h - man pages and shell completions from the words of the command line. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/error.h"
#include "cli/command_line.h"

namespace weir::cli {

// roff (man(7)) for "weir" (empty name) or one command. Errc::not_found: no such command.
[[nodiscard]] Result<std::string> man_page(std::string_view command,
                                           std::span<const CommandWords> commands);

// shell: bash, zsh or fish.
[[nodiscard]] std::string completion_script(std::string_view shell,
                                            std::span<const CommandWords> commands);

}  // namespace weir::cli
