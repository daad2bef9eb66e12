// bench/read.cpp - what reading costs, stage by stage, beside GMime in the same process and the
// same run.
//
//   weir_read_bench [--turns N] [--memory] PATH...
//
// One JSON row for each PATH (file, folder, Maildir, mbox, index). The readers take turns over the
// whole mailbox; figures are medians of the turns, CPU time of one thread. The loading of the files
// is not counted. Stages, each with all before it:
//   parse    parts and fields found (mail/message.h)
//   decode   transfer decoding, charsets and header words
//   read     HTML to text, links, trace, languages, documents: all of mail/reading.h
//   normal   the normal form of the visible text besides
//   gmime_parse, gmime_decode   the same as the first two, by GMime
// --memory: the peak of one read() beside the size of each message of at least 1 MB, in a process
// of its own each; tables that are built at the first use are not counted.
// What hostile messages cost: bench/hostile.py writes them, name its files as mailboxes.
#include <fmt/format.h>
#include <gmime/gmime.h>
#include <malloc.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <functional>
#include <memory>

#include "base/json_writer.h"
#include "mail/header_words.h"
#include "mail/reading.h"
#include "mail/transfer.h"
#include "node/config.h"
#include "node/intake.h"
#include "node/messages.h"
#include "text/charset.h"
#include "text/normal.h"

namespace {

using namespace weir;

double cpu_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

// What a stage made, so that nothing of it can be left out as unused.
using Made = std::size_t;

Made parse_only(std::string_view octets) {
  const auto message = mail::parse(octets);
  return message.parts.size() + message.problems.size();
}

Made parse_and_decode(std::string_view octets) {
  const auto message = mail::parse(octets);
  Made made = 0;
  std::string storage, broken;
  for (const auto& field : message.parts.front().fields)
    made += mail::decode_header_text(field.value, {}).text.size();
  for (const auto& part : message.parts) {
    if (!part.type.starts_with("text/")) continue;
    const auto decoded =
        mail::decode_transfer_view(part.body, part.encoding, 32U << 20, storage, broken);
    made += text::to_utf8(decoded, part.charset).text.size();
  }
  return made;
}

Made read_all(std::string_view octets, const mail::ReadOptions& options) {
  const auto reading = mail::read(octets, options);
  return reading.texts.size() + reading.links.size() + reading.problems.size();
}

Made read_and_normalise(std::string_view octets, const mail::ReadOptions& options) {
  const auto reading = mail::read(octets, options);
  return text::normal_form(reading.visible_text()).size();
}

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Ref = std::unique_ptr<T, Unref>;

Ref<GMimeMessage> gmime_message(std::string_view octets) {
  const Ref<GMimeStream> memory(g_mime_stream_mem_new_with_buffer(octets.data(), octets.size()));
  const Ref<GMimeParser> parser(g_mime_parser_new_with_stream(memory.get()));
  return Ref<GMimeMessage>(g_mime_parser_construct_message(parser.get(), nullptr));
}

Made gmime_parse(std::string_view octets) { return gmime_message(octets) ? 1 : 0; }

void gmime_take(GMimeObject* /*parent*/, GMimeObject* object, void* made) {
  if (!GMIME_IS_TEXT_PART(object)) return;
  char* text = g_mime_text_part_get_text(GMIME_TEXT_PART(object));
  if (text != nullptr) *static_cast<Made*>(made) += std::string_view(text).size();
  g_free(text);
}

Made gmime_decode(std::string_view octets) {
  const auto message = gmime_message(octets);
  Made made = 0;
  if (!message) return made;
  auto* fields = g_mime_object_get_header_list(GMIME_OBJECT(message.get()));
  for (int i = 0; i < g_mime_header_list_get_count(fields); ++i) {
    const char* value = g_mime_header_get_value(g_mime_header_list_get_header_at(fields, i));
    if (value != nullptr) made += std::string_view(value).size();
  }
  g_mime_message_foreach(message.get(), gmime_take, &made);
  return made;
}

struct Stage {
  std::string_view name;
  std::function<Made(std::string_view)> run;
  std::vector<double> turns;  // seconds for the whole mailbox
  std::vector<double> least;  // of each message, the shortest of its turns
  Made made = 0;
};

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

double quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[std::min(values.size() - 1,
                         static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

void measure(Stage& stage, const std::vector<std::string>& messages) {
  double sum = 0;
  stage.least.resize(messages.size(), 1e9);
  for (std::size_t i = 0; i < messages.size(); ++i) {
    const auto begin = cpu_seconds();
    stage.made += stage.run(messages[i]);
    const auto seconds = cpu_seconds() - begin;
    sum += seconds;
    stage.least[i] = std::min(stage.least[i], seconds);
  }
  stage.turns.push_back(sum);
}

void print_speed(const std::string& path, const std::vector<std::string>& messages, int turns,
                 const mail::ReadOptions& options) {
  std::vector<Stage> stages;
  stages.push_back({"parse", parse_only, {}, {}, 0});
  stages.push_back({"decode", parse_and_decode, {}, {}, 0});
  stages.push_back({"read", [&](std::string_view o) { return read_all(o, options); }, {}, {}, 0});
  stages.push_back(
      {"normal", [&](std::string_view o) { return read_and_normalise(o, options); }, {}, {}, 0});
  stages.push_back({"gmime_parse", gmime_parse, {}, {}, 0});
  stages.push_back({"gmime_decode", gmime_decode, {}, {}, 0});
  for (int turn = 0; turn < turns; ++turn)
    for (auto& stage : stages) measure(stage, messages);

  std::size_t octets = 0;
  for (const auto& message : messages) octets += message.size();
  const auto megabytes = static_cast<double>(octets) / 1e6;
  JsonWriter out;
  out.begin_object();
  out.key("path").value(path);
  out.key("messages").value(messages.size());
  out.key("megabytes").value(megabytes);
  out.key("turns").value(turns);
  out.key("stages").begin_object();
  for (const auto& stage : stages) {
    const auto seconds = median(stage.turns);
    out.key(stage.name).begin_object();
    out.key("megabytes_per_cpu_second").value(seconds > 0 ? megabytes / seconds : 0);
    out.key("mean_us").value(seconds * 1e6 / static_cast<double>(messages.size()));
    out.key("median_us").value(median(stage.least) * 1e6);
    out.key("p99_us").value(quantile(stage.least, 0.99) * 1e6);
    std::size_t worst = 0;
    double worst_ratio = 0;
    for (std::size_t i = 0; i < messages.size(); ++i) {
      const auto ratio = stage.least[i] / static_cast<double>(messages[i].size() + 1'000);
      if (ratio > worst_ratio) {
        worst_ratio = ratio;
        worst = i;
      }
    }
    out.key("worst_ns_per_octet").value(worst_ratio * 1e9);
    out.key("worst_message").value(worst);
    out.key("worst_octets").value(messages.empty() ? 0 : messages[worst].size());
    out.end_object();
  }
  out.end_object().end_object();
  fmt::print("{}\n", out.str());
  std::fflush(stdout);
}

// Peak resident octets of a child that reads the message.
std::size_t peak_octets(std::string_view octets, const mail::ReadOptions& options) {
  const auto child = ::fork();
  if (child == 0) {
    const auto made = read_all(octets, options);
    ::_exit(made == 0 ? 0 : 1);
  }
  int status = 0;
  rusage usage{};
  ::wait4(child, &status, 0, &usage);
  return static_cast<std::size_t>(usage.ru_maxrss) * 1'024;
}

// Octets of a message that make a reader build its tables, which are of no message.
constexpr std::size_t kLittle = 16'384;

void print_memory(const std::string& path, const std::vector<std::string>& messages,
                  const mail::ReadOptions& options) {
  for (std::size_t i = 0; i < messages.size(); ++i) {
    if (messages[i].size() < (1U << 20)) continue;
    // What lies free here would be used, and not be counted.
    ::malloc_trim(0);
    const std::string_view octets = messages[i];
    const auto little = peak_octets(octets.substr(0, kLittle), options);
    const auto busy = peak_octets(octets, options);
    const auto more = busy > little ? busy - little : 0;
    JsonWriter out;
    out.begin_object();
    out.key("path").value(path);
    out.key("message").value(i);
    out.key("octets").value(messages[i].size());
    out.key("read_octets").value(more);
    // The message itself is in memory as well.
    out.key("times_the_message")
        .value(1.0 + static_cast<double>(more) / static_cast<double>(messages[i].size()));
    out.end_object();
    fmt::print("{}\n", out.str());
    std::fflush(stdout);
  }
}

}  // namespace

int main(int argc, char** argv) {
  g_mime_init();
  const node::Config config;
  const auto options = node::read_options(config);
  int turns = 5;
  bool memory = false;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--memory") {
      memory = true;
      continue;
    }
    if (word == "--turns" && i + 1 < argc) {
      const std::string_view number = argv[++i];
      const auto [end, error] =
          std::from_chars(number.data(), number.data() + number.size(), turns);
      if (error != std::errc{} || end != number.data() + number.size() || turns < 1) {
        fmt::print(stderr, "--turns: '{}' is no whole number above 0\n", number);
        return 2;
      }
      continue;
    }
    const auto listed = node::list_messages({std::string(word)});
    if (!listed) {
      fmt::print(stderr, "{}\n", listed.error().detail);
      return 1;
    }
    std::vector<std::string> messages;
    for (const auto& message : *listed)
      if (const auto loaded = node::load(message, config.message_octets))
        messages.emplace_back(loaded->octets);
    if (messages.empty()) continue;
    if (memory)
      print_memory(std::string(word), messages, options);
    else
      print_speed(std::string(word), messages, turns, options);
  }
  return 0;
}
