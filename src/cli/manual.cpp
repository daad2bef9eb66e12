#include "cli/manual.h"

#include <algorithm>
#include <vector>

#include "base/nearest.h"

namespace weir::cli {
namespace {

// roff takes a leading dot or quote and every backslash and hyphen as its own.
std::string roff(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else if (c == '\'')
      out += "\\(aq";
    else
      out.push_back(c);
  }
  if (out.starts_with('.')) out.insert(0, "\\&");
  return out;
}

std::string header(std::string_view page, std::string_view text) {
  std::string title(page);
  std::replace(title.begin(), title.end(), ' ', '-');
  return fmt::format(".TH \"{}\" 1 \"\" \"weir {}\" \"Weir\"\n.SH NAME\n{} \\- {}\n", roff(title),
                     WEIR_VERSION, roff(title), roff(text));
}

constexpr std::string_view kExitStatus =
    ".SH EXIT STATUS\n.TP\n0\nDone.\n.TP\n1\nFound something (spam, a listing), or "
    "failed.\n.TP\n2\n"
    "Wrong use.\n";
constexpr std::string_view kFiles =
    ".SH FILES\nThe home is the folder named by \\fB\\-\\-home\\fR, \\fBWEIR_HOME\\fR or "
    "\\fI./var\\fR.\n"
    ".TP\n.I weir.toml\nConfiguration; every key may be left out.\n.TP\n.I policy.toml\nWhat is "
    "listed, and "
    "for how long.\n.TP\n.I evidence.db, ledger.db\nThe two logs. Everything else can be made "
    "again from them.\n";

std::string command_page(const CommandWords& command) {
  auto out = header("weir " + command.name, command.text);
  out += fmt::format(".SH SYNOPSIS\n.B {}\n.SH DESCRIPTION\n{}.\n.SH OPTIONS\n",
                     roff(command.usage), roff(command.text));
  for (const auto& option : command.options) {
    out += fmt::format(".TP\n\\fB{}\\fR", roff(option.names));
    if (!option.value.empty() && !option.positional)
      out += fmt::format(" \\fI{}\\fR", roff(option.value));
    out += fmt::format("\n{}.\n", roff(option.text));
  }
  return out.append(kExitStatus).append(kFiles).append(".SH SEE ALSO\n.BR weir (1)\n");
}

std::string main_page(std::span<const CommandWords> commands) {
  auto out = header("weir", "reads mail, judges it, and publishes who sends spam");
  out +=
      ".SH SYNOPSIS\n.B weir\n.I COMMAND\n[OPTIONS]\n.SH DESCRIPTION\n"
      "Weir reads mail in every language, judges it and says why, records who sent it, decides the "
      "smallest and shortest listing that the evidence supports, publishes it over DNS, and lets "
      "go "
      "when it is mended.\n.SH COMMANDS\n";
  for (const auto& command : commands)
    out += fmt::format(".TP\n.B {}\n{}.\n", roff(command.name), roff(command.text));
  return out.append(kExitStatus).append(kFiles);
}

// "--home" out of "--home" or "-h,--help".
std::string_view long_name(std::string_view names) {
  const auto at = names.find("--");
  return at == std::string_view::npos ? names : names.substr(at);
}

// Words that may follow "weir" and, for groups, the group: {"": up scan ... ledger, "ledger": show
// verify}.
std::vector<std::string> words_after(std::string_view group,
                                     std::span<const CommandWords> commands) {
  std::vector<std::string> words;
  for (const auto& command : commands) {
    const auto blank = command.name.find(' ');
    std::string word;
    if (group.empty())
      word = command.name.substr(0, blank);
    else if (blank != std::string::npos && command.name.substr(0, blank) == group)
      word = command.name.substr(blank + 1);
    if (!word.empty() && std::find(words.begin(), words.end(), word) == words.end())
      words.push_back(word);
  }
  return words;
}

std::string options_of(const CommandWords& command) {
  std::string out;
  for (const auto& option : command.options) {
    if (option.positional) {
      // "spam|ham" is a choice; PATH... is a file.
      if (option.value.find('|') != std::string::npos) {
        auto choices = option.value;
        std::replace(choices.begin(), choices.end(), '|', ' ');
        out += choices + " ";
      }
    } else {
      out += std::string(long_name(option.names)) + " ";
    }
  }
  if (!out.empty()) out.pop_back();
  return out;
}

std::vector<std::string> groups(std::span<const CommandWords> commands) {
  std::vector<std::string> out;
  for (const auto& word : words_after("", commands))
    if (!words_after(word, commands).empty()) out.push_back(word);
  return out;
}

std::string bash_script(std::span<const CommandWords> commands) {
  std::string out =
      "# bash completion for weir; load with: source <(weir completion bash)\n"
      "_weir() {\n  local word=\"${COMP_WORDS[COMP_CWORD]}\" words=\"\" "
      "command=\"${COMP_WORDS[1]}\"\n"
      "  if ((COMP_CWORD == 1)); then\n";
  out += fmt::format("    words=\"{} --help --version\"\n  else\n    case \"$command\" in\n",
                     fmt::join(words_after("", commands), " "));
  for (const auto& group : groups(commands)) {
    out += fmt::format(
        "      {})\n        if ((COMP_CWORD == 2)); then\n          words=\"{}\"\n        else\n"
        "          case \"${{COMP_WORDS[2]}}\" in\n",
        group, fmt::join(words_after(group, commands), " "));
    for (const auto& command : commands)
      if (command.name.starts_with(group + " "))
        out += fmt::format("            {}) words=\"{}\" ;;\n",
                           command.name.substr(group.size() + 1), options_of(command));
    out += "          esac\n        fi ;;\n";
  }
  for (const auto& command : commands)
    if (command.name.find(' ') == std::string::npos)
      out += fmt::format("      {}) words=\"{}\" ;;\n", command.name, options_of(command));
  out +=
      "    esac\n  fi\n  COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
      "  ((${#COMPREPLY[@]})) || COMPREPLY=($(compgen -f -- \"$word\"))\n}\n"
      "complete -o filenames -F _weir weir";
  return out;
}

std::string zsh_quoted(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\'')
      out += "'\\''";
    else if (c == '[' || c == ']' || c == ':')
      out.append("\\").push_back(c);
    else
      out.push_back(c);
  }
  return out;
}

std::string zsh_script(std::span<const CommandWords> commands) {
  std::string out =
      "#compdef weir\n# zsh completion for weir; load with: source <(weir completion zsh)\n"
      "_weir() {\n  if ((CURRENT == 2)); then\n    local -a commands=(\n";
  for (const auto& word : words_after("", commands)) {
    std::string text = "commands about the " + word;
    for (const auto& command : commands)
      if (command.name == word) text = command.text;
    out += fmt::format("      '{}:{}'\n", zsh_quoted(word), zsh_quoted(text));
  }
  out += "    )\n    _describe command commands\n    return\n  fi\n  case \"$words[2]\" in\n";
  for (const auto& group : groups(commands)) {
    out += fmt::format("    {})\n      if ((CURRENT == 3)); then compadd -- {}; return; fi ;;\n",
                       group, fmt::join(words_after(group, commands), " "));
  }
  for (const auto& command : commands) {
    if (command.name.find(' ') != std::string::npos) continue;
    out += fmt::format("    {}) compadd -- {} ;;\n", command.name, options_of(command));
  }
  out +=
      "  esac\n  _files\n}\nif [ \"$funcstack[1]\" = _weir ]; then _weir; else compdef _weir weir; "
      "fi";
  return out;
}

std::string fish_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  return out + "'";
}

std::string fish_script(std::span<const CommandWords> commands) {
  std::string out = "# fish completion for weir; load with: weir completion fish | source\n";
  for (const auto& word : words_after("", commands)) {
    std::string text = "commands about the " + word;
    for (const auto& command : commands)
      if (command.name == word) text = command.text;
    out += fmt::format("complete -c weir -n __fish_use_subcommand -f -a {} -d {}\n", word,
                       fish_quoted(text));
  }
  for (const auto& group : groups(commands))
    for (const auto& word : words_after(group, commands))
      out += fmt::format(
          "complete -c weir -n '__fish_seen_subcommand_from {}; and not "
          "__fish_seen_subcommand_from {}' -f -a {}\n",
          group, fmt::join(words_after(group, commands), " "), word);
  for (const auto& command : commands) {
    std::string seen = command.name;
    const auto blank = seen.find(' ');
    const auto condition =
        blank == std::string::npos
            ? "__fish_seen_subcommand_from " + seen
            : fmt::format("__fish_seen_subcommand_from {}; and __fish_seen_subcommand_from {}",
                          seen.substr(0, blank), seen.substr(blank + 1));
    for (const auto& option : command.options) {
      if (option.positional) {
        if (option.value.find('|') == std::string::npos) continue;
        auto choices = option.value;
        std::replace(choices.begin(), choices.end(), '|', ' ');
        out += fmt::format("complete -c weir -n '{}' -f -a '{}'\n", condition, choices);
        continue;
      }
      out += fmt::format("complete -c weir -n '{}' -l {}{} -d {}\n", condition,
                         long_name(option.names).substr(2), option.value.empty() ? "" : " -r",
                         fish_quoted(option.text));
    }
  }
  out.pop_back();
  return out;
}

}  // namespace

Result<std::string> man_page(std::string_view command, std::span<const CommandWords> commands) {
  if (command.starts_with("weir ")) command.remove_prefix(5);
  if (command.empty() || command == "weir") return main_page(commands);
  std::vector<std::string_view> names;
  for (const auto& words : commands) {
    if (words.name == command) return command_page(words);
    names.push_back(words.name);
  }
  return fail(Errc::not_found,
              fmt::format("there is no command '{}'{}", command, did_you_mean(command, names)));
}

std::string completion_script(std::string_view shell, std::span<const CommandWords> commands) {
  if (shell == "bash") return bash_script(commands);
  if (shell == "zsh") return zsh_script(commands);
  return fish_script(commands);
}

}  // namespace weir::cli
