// eval: an online test on labelled mail - judge, then learn the true label.
#include <charconv>
#include <cstdio>
#include <thread>

#include "base/json_writer.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "judge/metrics.h"
#include "judge/rehearsal.h"
#include "node/home.h"
#include "node/intake.h"
#include "node/messages.h"
#include "node/ordered.h"
#include "os/process.h"

namespace weir::cli {
namespace {

struct Evaluated {
  std::vector<judge::Scored> scores;  // the counted ones
  std::string lines;                  // "label score path", one a message counted
  std::size_t learnt = 0;
};

std::string shortest(double number) {
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
  return {buffer.data(), end};
}

Result<Evaluated> run(const Common& common, const EvalOptions& options) {
  WEIR_TRY(const auto home, node::Home::open(common.home, common.config));
  WEIR_TRY(const auto messages, node::read_index(options.index));
  const auto mail_options = node::read_options(home.config);
  judge::Model model;
  judge::Rehearsal rehearsal;
  Evaluated done;
  Progress progress("Judging and learning");
  Status status;
  node::for_each_ordered(
      messages.size(), std::thread::hardware_concurrency(),
      [&](std::size_t i) -> Result<std::pair<Digest, judge::Features>> {
        WEIR_TRY(const auto loaded, node::load(messages[i], home.config.message_octets));
        auto observed = node::observe(loaded.octets, mail_options);
        return std::pair(observed.digest, std::move(observed.features));
      },
      [&](std::size_t i, Result<std::pair<Digest, judge::Features>> observed) {
        if (!observed) {
          status = std::unexpected(std::move(observed).error());
          return false;
        }
        const auto& [digest, features] = *observed;
        const bool spam = messages[i].spam.value_or(false);
        const auto label = spam ? judge::Label::spam : judge::Label::ham;
        if (i >= options.skip) {
          const auto score = model.spam_probability(features);
          done.scores.push_back({score, label});
          done.lines += fmt::format("{} {} {}\n", spam ? "spam" : "ham", shortest(score),
                                    messages[i].listed_as);
        }
        rehearsal.learn(model, digest, label, features);
        ++done.learnt;
        progress.update(i + 1, messages.size());
        return true;
      });
  WEIR_CHECK(status);
  if (!options.scores.empty()) WEIR_CHECK(os::replace_file(options.scores, done.lines));
  return done;
}

}  // namespace

int eval(const Common& common, const EvalOptions& options) {
  const auto done = run(common, options);
  if (!done) return complain(done.error());
  const auto roca = judge::roca_error_percent(done->scores);
  const auto missed = judge::spam_missed_percent_at_ham_permille(done->scores, 1);
  const auto used = os::usage();
  const auto peak_mb = static_cast<double>(used.peak_rss_octets) / 1e6;
  if (common.json) {
    JsonWriter out;
    out.begin_object();
    out.key("messages").value(done->scores.size());
    out.key("learnt").value(done->learnt);
    // With one class only there is no curve: null.
    const auto number = [&out](std::string_view key, const std::optional<double>& value) {
      out.key(key);
      if (value)
        out.value(*value);
      else
        out.null();
    };
    number("roca_error_percent", roca);
    number("spam_missed_percent_at_ham_0.1", missed);
    out.key("cpu_seconds").value(used.cpu_seconds);
    out.key("peak_rss_mb").value(peak_mb);
    out.end_object();
    print_line(out.str());
  } else {
    print_line(fmt::format("messages judged              {:>10}", done->scores.size()));
    const auto text = [](const std::optional<double>& value, int digits) {
      return value ? fmt::format("{:.{}f}", *value, digits) : std::string("-");
    };
    print_line(fmt::format("(1-ROCA) %                   {:>10}", text(roca, 4)));
    print_line(fmt::format("spam missed at 0.1 % ham, %  {:>10}", text(missed, 2)));
    print_line(fmt::format("CPU seconds                  {:>10.2f}", used.cpu_seconds));
    print_line(fmt::format("peak memory, MB              {:>10.1f}", peak_mb));
  }
  return kDone;
}

}  // namespace weir::cli
