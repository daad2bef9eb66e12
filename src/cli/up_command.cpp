// up: a node in the foreground.
#include <atomic>
#include <cstdio>

#include "base/json_writer.h"
#include "base/log.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "node/node.h"
#include "os/process.h"

namespace weir::cli {
namespace {

// The time as a file says, read anew each time; the last good one if it cannot be read. Any thread.
class FileClock final : public Clock {
 public:
  explicit FileClock(std::filesystem::path file) : file_(std::move(file)) {}
  // To be called first: there is no last good time yet.
  [[nodiscard]] Status check() const {
    WEIR_TRY(last_, read());
    return {};
  }
  [[nodiscard]] UnixMillis now() const override {
    if (const auto time = read()) last_ = *time;
    return last_;
  }

 private:
  [[nodiscard]] Result<UnixMillis> read() const {
    WEIR_TRY(auto text, os::read_file(file_, 100));
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
    return parse_rfc3339(text);
  }
  std::filesystem::path file_;
  mutable std::atomic<UnixMillis> last_{};
};

// Loads the samples once; a start that was interrupted meanwhile goes on with it, since evidence
// filed twice counts once.
Status load_samples(node::Engine& engine, const std::filesystem::path& samples, UnixMillis now) {
  const auto marker = engine.home().folder / "samples-loaded";
  std::error_code error;
  if (std::filesystem::exists(marker, error)) return {};
  const auto half_done = engine.home().folder / "samples-loading";
  if (engine.projections().position > 0 && !std::filesystem::exists(half_done, error)) return {};
  WEIR_CHECK(os::replace_file(half_done, "The samples are being loaded.\n"));
  WEIR_TRY(const auto messages, node::read_index((samples / "index").string()));
  Progress progress("Loading sample mail");
  WEIR_TRY(const auto done, node::replay(engine, messages, now, progress.callback()));
  WEIR_CHECK(engine.save());
  std::filesystem::remove(half_done, error);
  WEIR_CHECK(os::replace_file(
      marker, fmt::format("{} messages, {} learnt, {} judged spam, {} judged good, {} unsure; {} "
                          "ledger entries\n",
                          done.messages, done.learnt, done.judged_spam, done.judged_good,
                          done.unsure, done.entries)));
  fmt::print(
      stderr,
      "Sample mail: {} messages, of which {} taught the filter, {} were judged spam, {} good; "
      "{} decisions.\n",
      done.messages, done.learnt, done.judged_spam, done.judged_good, done.entries);
  return {};
}

std::string reversed(const Address& address) {
  const auto& octets = address.octets();
  return fmt::format("{}.{}.{}.{}", octets[3], octets[2], octets[1], octets[0]);
}

void welcome(const node::Node& node, const node::Config& config, const list::Index& index,
             const std::filesystem::path& home, UnixMillis now) {
  fmt::print("\nWeir is up.\n");
  for (const auto& address : node.dns_listening())
    fmt::print("  DNS   {} (UDP and TCP), zone {}\n", address, config.zone());
  fmt::print("  HTTP  http://{}/\n\n", node.http_listening());
  std::string subject = "127.0.0.2", name = "2.0.0.127";
  for (const auto& listing : index.listings())
    if (listing.until > now && listing.subject.is_v4() && listing.subject.is_single_address()) {
      subject = listing.subject.to_string();
      name = reversed(listing.subject.address());
      break;
    }
  const auto elsewhere = home == "var" ? std::string() : " --home " + home.string();
  const auto dns = node.dns_listening().empty() ? std::string() : node.dns_listening().front();
  const auto colon = dns.rfind(':');
  auto host = dns.substr(0, colon);
  if (host.starts_with('[')) host = host.substr(1, host.size() - 2);  // dig takes no brackets
  fmt::print(
      "Try:\n  dig @{} -p {} {}.{} TXT +short\n  build/weir check {}{}\n  build/weir ledger "
      "verify{}\n\nCtrl-C ends it.\n",
      host, dns.substr(colon + 1), name, config.zone(), subject, elsewhere, elsewhere);
  std::fflush(stdout);
}

void print_ready_json(const node::Node& node, const node::Config& config) {
  JsonWriter out;
  out.begin_object();
  out.key("zone").value(config.zone());
  out.key("dns").begin_array();
  for (const auto& address : node.dns_listening()) out.value(address);
  out.end_array();
  out.key("http").value(node.http_listening());
  out.end_object();
  print_line(out.str());
  std::fflush(stdout);
}

Status run(const Common& common, const UpOptions& options) {
  WEIR_TRY(auto home, node::Home::open(common.home, common.config));
  std::unique_ptr<Clock> clock = std::make_unique<SystemClock>();
  if (!options.clock.empty()) {
    auto file_clock = std::make_unique<FileClock>(options.clock);
    WEIR_CHECK(file_clock->check());
    clock = std::move(file_clock);
  }
  const auto config = home.config;
  crypto::SystemRandom random;
  Progress progress("Reading evidence");
  WEIR_TRY(auto engine, node::Engine::open(std::move(home), random, progress.callback()));
  if (!options.samples.empty()) WEIR_CHECK(load_samples(*engine, options.samples, clock->now()));
  // Up to here a signal just ends the process, which the logs are made for: reading a large log
  // again may take a while.
  os::StopSignal stop;
  WEIR_TRY(const auto node, node::Node::start(std::move(engine), *clock));
  WEIR_CHECK(node->step());
  if (common.json)
    print_ready_json(*node, config);
  else
    welcome(*node, config, *node->index(), common.home, clock->now());
  std::string last_problem;
  while (!stop.wait(node::Node::kTick)) {
    // A full disk or a lost lock may pass: the node goes on answering, /healthz says what is wrong.
    const auto stepped = node->step();
    const auto problem = stepped ? std::string() : stepped.error().detail;
    if (problem != last_problem && !problem.empty()) log::error("node.step", {{"why", problem}});
    if (problem != last_problem && problem.empty()) log::info("node.recovered");
    last_problem = problem;
  }
  WEIR_CHECK(node->stop());
  if (!common.json) fmt::print("\nStopped; everything is saved in {}.\n", common.home.string());
  return {};
}

}  // namespace

int up(const Common& common, const UpOptions& options) {
  const auto ended = run(common, options);
  return ended ? kDone : complain(ended.error());
}

}  // namespace weir::cli
