#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "cli/commands.h"
#include "cli/console.h"
#include "cli/manual.h"

namespace weir::cli {
namespace {

// Where the parsed values go; one per run.
struct Parsed {
  Common common;
  std::string home, config;
  UpOptions up;
  ReadOptions read;
  ScanOptions scan;
  LearnOptions learn;
  std::string label;
  ReportOptions report;
  CheckOptions check;
  DecideOptions decide;
  LedgerOptions ledger;
  EvalOptions eval;
  NetworksOptions networks;
  std::string shell, page;
  int exit_code = kDone;
};

std::string default_home() {
  const char* home = std::getenv("WEIR_HOME");
  return home != nullptr && *home != '\0' ? home : "var";
}

class CommandLine {
 public:
  CommandLine()
      : app_("Weir reads mail, judges it, and publishes who sends spam: why, and until when.",
             "weir") {
    app_.require_subcommand(1);
    app_.set_version_flag("--version", "weir " WEIR_VERSION);
    app_.get_formatter()->column_width(34);
    app_.footer(
        "Exit codes: 0 done, 1 found something or failed, 2 wrong use.\n"
        "Home: --home, $WEIR_HOME or ./var. 'weir COMMAND --help' tells more.");
    add_mail_commands();
    add_state_commands();
    add_ledger_commands();
    add_other_commands();
  }

  CLI::App& app() { return app_; }
  Parsed& parsed() { return parsed_; }

 private:
  CLI::App* command(CLI::App& parent, const char* name, const char* text,
                    std::function<int()> run) {
    auto* sub = parent.add_subcommand(name, text);
    sub->get_formatter()->column_width(34);
    sub->add_option("--home", parsed_.home, "Folder with the node's state")->type_name("DIR");
    sub->add_option("--config", parsed_.config, "Configuration file instead of DIR/weir.toml")
        ->type_name("FILE");
    sub->add_flag("--json", parsed_.common.json, "Write JSON, one object a line");
    sub->callback([this, run = std::move(run)] {
      parsed_.common.home = parsed_.home.empty() ? default_home() : parsed_.home;
      parsed_.common.config = parsed_.config;
      parsed_.exit_code = run();
    });
    return sub;
  }

  static void add_paths(CLI::App* sub, std::vector<std::string>& paths) {
    sub->add_option("PATH", paths,
                    "File, '-' (standard input), folder, Maildir, mbox, or index file with lines "
                    "'spam|ham PATH'")
        ->required()
        ->type_name("");
  }

  void add_mail_commands() {
    auto& p = parsed_;
    auto* up_command =
        command(app_, "up", "Run a node in the foreground: decide, answer DNS and HTTP",
                [&p] { return up(p.common, p.up); });
    up_command
        ->add_option("--samples", p.up.samples, "Load this sample mail if nothing is known yet")
        ->type_name("DIR");
    up_command
        ->add_option("--clock", p.up.clock,
                     "Read the time (RFC 3339) from FILE each time it is needed: tests, replays")
        ->type_name("FILE");
    auto* read_command =
        command(app_, "read", "Show what is in messages: texts, hosts, links, what is wrong",
                [&p] { return read(p.common, p.read); });
    add_paths(read_command, p.read.paths);
    auto* scan_command = command(app_, "scan", "Judge messages: one line or object each, in order",
                                 [&p] { return scan(p.common, p.scan); });
    add_paths(scan_command, p.scan.paths);
    scan_command->add_flag("--record", p.scan.record, "File the verdicts as evidence");
    auto* learn_command =
        command(app_, "learn", "Teach the filter; undone by learning the other", [&p] {
          p.learn.spam = p.label == "spam";
          return learn(p.common, p.learn);
        });
    learn_command->add_option("LABEL", p.label, "What the messages are: spam or ham")
        ->required()
        ->check(CLI::IsMember({"spam", "ham"}))
        ->type_name("spam|ham");
    add_paths(learn_command, p.learn.paths);
    auto* report_command = command(app_, "report", "File messages or ARF reports as complaints",
                                   [&p] { return report(p.common, p.report); });
    add_paths(report_command, p.report.paths);
    report_command
        ->add_option("--reporter", p.report.reporter, "Who complains; default: node.reporter")
        ->type_name("NAME");
  }

  void add_state_commands() {
    auto& p = parsed_;
    auto* check_command = command(app_, "check", "Is it listed, why, since, until, what to do",
                                  [&p] { return check(p.common, p.check); });
    check_command->add_option("SUBJECT", p.check.subject, "Address, prefix or domain")
        ->required()
        ->type_name("");
    check_command->add_option("--now", p.check.now, "Answer for this moment (RFC 3339)")
        ->type_name("TIME");
    auto* decide_command = command(app_, "decide", "Apply the policy once, without a running node",
                                   [&p] { return decide(p.common, p.decide); });
    decide_command->add_option("--now", p.decide.now, "Decide as of this moment (RFC 3339)")
        ->type_name("TIME");
    command(app_, "rebuild", "Make every projection again from the two logs",
            [&p] { return rebuild(p.common); });
  }

  void add_ledger_commands() {
    auto& p = parsed_;
    auto* ledger =
        app_.add_subcommand("ledger", "Print or check the ledger of decisions: show, verify");
    ledger->require_subcommand(1);
    add_ledger_options(command(*ledger, "show", "Print every entry",
                               [&p] { return ledger_show(p.common, p.ledger); }));
    add_ledger_options(command(*ledger, "verify", "Check entries, hashes and signatures",
                               [&p] { return ledger_verify(p.common, p.ledger); }));
  }

  void add_ledger_options(CLI::App* sub) {
    sub->add_option("--at", parsed_.ledger.at, "Folder of a node, or its URL, instead of the home")
        ->type_name("PATH|URL");
    sub->add_option("--key", parsed_.ledger.key, "Verifier key to check against (name+id+base64)")
        ->type_name("KEY");
  }

  void add_other_commands() {
    auto& p = parsed_;
    auto* eval_command =
        command(app_, "eval", "Test the filter on labelled mail: judge, then learn",
                [&p] { return eval(p.common, p.eval); });
    eval_command
        ->add_option("--index", p.eval.index, "Lines 'spam|ham PATH', in the order to judge")
        ->required()
        ->type_name("FILE");
    eval_command->add_option("--skip", p.eval.skip, "Learn the first N without counting them")
        ->type_name("N");
    eval_command->add_option("--scores", p.eval.scores, "Write 'label score path' for each message")
        ->type_name("OUT");
    auto* networks_command = command(app_, "networks", "Build the table of networks from CSV files",
                                     [&p] { return networks(p.common, p.networks); });
    networks_command->add_option("--out", p.networks.out, "Table to write")
        ->required()
        ->type_name("FILE");
    networks_command
        ->add_option("--asn", p.networks.asn, "CSV: start,end,AS number,operator; later ones win")
        ->type_name("CSV...");
    networks_command
        ->add_option("--country", p.networks.country, "CSV: start,end,country; later ones win")
        ->type_name("CSV...");
    auto* config = app_.add_subcommand("config", "Print the configuration: show, reference");
    config->require_subcommand(1);
    command(*config, "show", "The effective configuration, with comments",
            [&p] { return config_show(p.common); });
    command(*config, "reference", "Every key as a Markdown table",
            [] { return config_reference(); });
    auto* completion = command(app_, "completion", "Print the completion script of a shell", [&p] {
      print_line(completion_script(p.shell, describe_commands()));
      return kDone;
    });
    completion->add_option("SHELL", p.shell, "bash, zsh or fish")
        ->required()
        ->check(CLI::IsMember({"bash", "zsh", "fish"}))
        ->type_name("bash|zsh|fish");
    auto* man = command(app_, "man", "Print a man page: weir man 'ledger verify' | man -l -", [&p] {
      const auto page = man_page(p.page, describe_commands());
      if (!page) {
        complain(page.error());
        return kWrongUse;
      }
      print_line(*page);
      return kDone;
    });
    man->add_option("PAGE", p.page, "A command; left out: the page of weir itself")->type_name("");
  }

  CLI::App app_;
  Parsed parsed_;
};

void describe(const CLI::App& app, const std::string& prefix, std::vector<CommandWords>& out) {
  for (const auto* sub : app.get_subcommands([](const CLI::App*) { return true; })) {
    const auto name = prefix.empty() ? sub->get_name() : prefix + " " + sub->get_name();
    if (!sub->get_subcommands([](const CLI::App*) { return true; }).empty()) {
      describe(*sub, name, out);
      continue;
    }
    CommandWords words{name, sub->get_description(), "weir " + name, {}};
    std::string positionals;
    for (const auto* option : sub->get_options()) {
      OptionWords word;
      word.positional = option->get_positional();
      word.names = option->get_name(false, true);
      word.value = option->get_expected_max() == 0 ? "" : option->get_type_name();
      word.text = option->get_description();
      if (word.positional) {
        word.names = option->get_name(true, false);
        auto shown = word.value.empty() ? word.names : word.value;
        if (option->get_expected_max() > 1) shown += "...";
        positionals += " " + (option->get_required() ? shown : "[" + shown + "]");
      }
      words.options.push_back(std::move(word));
    }
    words.usage += " [OPTIONS]" + positionals;
    out.push_back(std::move(words));
  }
}

}  // namespace

std::vector<CommandWords> describe_commands() {
  CommandLine line;
  std::vector<CommandWords> out;
  describe(line.app(), "", out);
  return out;
}

int run(int argc, const char* const* argv) {
  CommandLine line;
  try {
    line.app().parse(argc, argv);
  } catch (const CLI::Success& help) {
    return finish_output(line.app().exit(help));  // --help, --version
  } catch (const CLI::ParseError& wrong) {
    std::fprintf(stderr, "weir: %s\nTry 'weir --help' or 'weir COMMAND --help'.\n", wrong.what());
    return kWrongUse;
  }
  return finish_output(line.parsed().exit_code);
}

}  // namespace weir::cli
