// bench/corpus.cpp - the whole way of a message, read and judged, over named mailboxes: counts, CPU
// time, the slowest message.
//
//   weir_corpus_bench PATH...     one row for each PATH (file, folder, Maildir, mbox, index), one
//   thread, an empty model
#include <fmt/format.h>
#include <time.h>

#include "node/scan.h"

#include "base/json_writer.h"
#include "node/messages.h"

namespace {

using namespace weir;

double cpu_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

struct Totals {
  std::uint64_t messages = 0, octets = 0, with_source = 0, with_problems = 0, unreadable = 0;
  double seconds = 0, slowest_seconds = 0;
  std::string slowest;
  std::uint64_t slowest_octets = 0;
};

void take(const node::MessageRef& message, const judge::Model& model, const node::Config& config,
          const mail::ReadOptions& options, Totals& totals) {
  const auto loaded = node::load(message, config.message_octets);
  if (!loaded) {
    ++totals.unreadable;
    return;
  }
  const auto begin = cpu_seconds();
  const auto scanned =
      node::scan(message.path, loaded->octets, model, config, options, network::Table());
  const auto seconds = cpu_seconds() - begin;
  ++totals.messages;
  totals.octets += loaded->octets.size();
  totals.seconds += seconds;
  totals.with_source += scanned.observed.reading.trace.source.has_value() ? 1U : 0U;
  totals.with_problems += scanned.observed.reading.problems.empty() ? 0U : 1U;
  if (seconds > totals.slowest_seconds) {
    totals.slowest_seconds = seconds;
    totals.slowest = message.path;
    totals.slowest_octets = loaded->octets.size();
  }
}

void print(const std::string& path, const Totals& totals) {
  const auto megabytes = static_cast<double>(totals.octets) / 1e6;
  JsonWriter out;
  out.begin_object();
  out.key("path").value(path);
  out.key("messages").value(totals.messages);
  out.key("unreadable").value(totals.unreadable);
  out.key("megabytes").value(megabytes);
  out.key("cpu_seconds").value(totals.seconds);
  out.key("megabytes_per_cpu_second").value(totals.seconds > 0 ? megabytes / totals.seconds : 0);
  out.key("with_source").value(totals.with_source);
  out.key("with_problems").value(totals.with_problems);
  out.key("slowest").begin_object();
  out.key("path").value(totals.slowest);
  out.key("octets").value(totals.slowest_octets);
  out.key("cpu_ms").value(totals.slowest_seconds * 1e3);
  out.end_object().end_object();
  fmt::print("{}\n", out.str());
}

}  // namespace

int main(int argc, char** argv) {
  const node::Config config;
  const auto options = node::read_options(config);
  const judge::Model model;
  for (int i = 1; i < argc; ++i) {
    const auto messages = node::list_messages({argv[i]});
    if (!messages) {
      fmt::print(stderr, "{}\n", messages.error().detail);
      return 1;
    }
    Totals totals;
    for (const auto& message : *messages) take(message, model, config, options, totals);
    print(argv[i], totals);
  }
  return 0;
}
