// check, decide, rebuild, networks, config: the commands about what is known.
#include <cstdlib>

#include "base/json_writer.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "node/check.h"
#include "node/engine.h"

namespace weir::cli {
namespace {

node::Tongue tongue_of_locale() {
  for (const auto* name : {"LC_ALL", "LC_MESSAGES", "LANG"})
    if (const char* value = std::getenv(name); value != nullptr && *value != '\0')
      return node::choose_tongue(value);
  return node::Tongue::english;
}

int wrong_use(const Error& error) {
  complain(error);
  return kWrongUse;
}

// The ledger as it stands, read without the home's lock: `check` works beside a running node.
Result<ledger::Standings> read_standings(const node::Home& home) {
  ledger::Standings standings;
  WEIR_TRY(const auto logs, node::open_ledger_logs_to_read(home.folder));
  constexpr std::size_t kBatchRecords = 1'000, kBatchOctets = 8U << 20;
  for (store::Seq next = 0;;) {
    WEIR_TRY(const auto records, logs.entries->read(next, kBatchRecords, kBatchOctets));
    if (records.empty()) return standings;
    for (const auto& record : records) {
      auto entry = ledger::parse_entry(record.octets);
      if (!entry)
        return std::unexpected(
            with_context(std::move(entry).error(), fmt::format("ledger entry {}", record.seq)));
      WEIR_CHECK(standings.apply(record.seq, *entry));
    }
    next = records.back().seq + 1;
  }
}

// What a check is made against.
struct Known {
  node::Projections projections;
  ledger::Standings standings;
  node::Networks networks;
};

Result<Known> read_known(const Common& common) {
  WEIR_TRY(const auto home, node::Home::open(common.home, common.config));
  Known known;
  Progress progress("Reading evidence");
  WEIR_TRY(known.projections, node::projections_to_read(home, progress.callback()));
  WEIR_TRY(known.standings, read_standings(home));
  WEIR_TRY(known.networks, node::open_networks(home));
  return known;
}

Result<std::size_t> run_decide(const Common& common, UnixMillis now) {
  WEIR_TRY(auto home, node::Home::open(common.home, common.config));
  WEIR_CHECK(home.check_exists());
  crypto::SystemRandom random;
  Progress progress("Reading evidence");
  WEIR_TRY(const auto engine, node::Engine::open(std::move(home), random, progress.callback()));
  WEIR_TRY(const auto made, engine->decide(now));
  WEIR_CHECK(engine->save());
  return made;
}

}  // namespace

int check(const Common& common, const CheckOptions& options) {
  const auto now = time_or_now(options.now ? &*options.now : nullptr);
  if (!now) return wrong_use(now.error());
  const auto known = read_known(common);
  if (!known) return complain(known.error());
  const auto checked = node::check(options.subject, known->projections.history, known->standings,
                                   known->networks.table, *now);
  if (!checked) return wrong_use(checked.error());
  if (common.json) {
    print_line(node::to_json(*checked));
  } else {
    auto lines = node::to_lines(*checked, tongue_of_locale());
    lines.pop_back();  // print_line ends the last one
    print_line(lines);
  }
  return checked->listing ? kFoundOrFailed : kDone;
}

int decide(const Common& common, const DecideOptions& options) {
  const auto now = time_or_now(options.now ? &*options.now : nullptr);
  if (!now) return wrong_use(now.error());
  const auto made = run_decide(common, *now);
  if (!made) return complain(made.error());
  if (common.json) {
    JsonWriter out;
    out.begin_object().key("entries").value(*made).end_object();
    print_line(out.str());
  } else {
    print_line(fmt::format("{} ledger {}", *made, *made == 1 ? "entry" : "entries"));
  }
  return kDone;
}

int rebuild(const Common& common) {
  const auto home = node::Home::open(common.home, common.config);
  if (!home) return complain(home.error());
  if (const auto exists = home->check_exists(); !exists) return complain(exists.error());
  crypto::SystemRandom random;
  Progress progress("Rebuilding");
  const auto done = node::rebuild(*home, random, progress.callback());
  if (!done) return complain(done.error());
  if (common.json)
    print_line(R"({"rebuilt":true})");
  else
    print_line(fmt::format("Rebuilt {} from the two logs.", home->projections().string()));
  return kDone;
}

int networks(const Common& common, const NetworksOptions& options) {
  std::vector<std::string> contents;
  std::vector<network::CsvInput> inputs;
  contents.reserve(options.asn.size() + options.country.size());
  const auto add = [&](const std::string& file, network::CsvInput::Columns columns) -> Status {
    WEIR_TRY(contents.emplace_back(), os::read_file(file));
    inputs.push_back({columns, file, contents.back()});
    return {};
  };
  Status status;
  for (const auto& file : options.asn)
    if (status) status = add(file, network::CsvInput::Columns::asn);
  for (const auto& file : options.country)
    if (status) status = add(file, network::CsvInput::Columns::country);
  if (!status) return complain(status.error());
  const auto octets = network::build_table(inputs);
  if (!octets) return complain(octets.error());
  const auto table = network::Table::open(*octets);
  if (!table) return complain(table.error());
  if (const auto written = os::replace_file(options.out, *octets); !written)
    return complain(written.error());
  if (common.json) {
    JsonWriter out;
    out.begin_object();
    out.key("out").value(options.out);
    out.key("ranges").value(table->ranges());
    out.key("octets").value(octets->size());
    out.end_object();
    print_line(out.str());
  } else {
    print_line(fmt::format("{}: {} ranges, {:.1f} MB", options.out, table->ranges(),
                           static_cast<double>(octets->size()) / 1e6));
  }
  return kDone;
}

int config_show(const Common& common) {
  const auto home = node::Home::open(common.home, common.config);
  if (!home) return complain(home.error());
  auto text = common.json ? node::show_config_json(home->config) : node::show_config(home->config);
  if (text.ends_with('\n')) text.pop_back();
  print_line(text);
  return kDone;
}

int config_reference() {
  auto text = node::config_reference_markdown();
  text.pop_back();
  print_line(text);
  return kDone;
}

}  // namespace weir::cli
