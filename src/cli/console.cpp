#include "cli/console.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <system_error>

#include "base/json_writer.h"
#include "cli/commands.h"
#include "node/scan.h"
#include "os/process.h"

namespace weir::cli {
namespace {

Millis monotonic() {
  return std::chrono::floor<Millis>(std::chrono::steady_clock::now().time_since_epoch());
}

int cannot_write() {
  return complain(
      fmt::format("cannot write to standard output: {}", std::generic_category().message(errno)));
}

constexpr Millis kFirst{1'000}, kBar{100}, kLine{5'000};

}  // namespace

int complain(const Error& error) { return complain(error.detail); }

int complain(std::string_view sentence) {
  // It may quote file names and what servers said.
  std::fprintf(stderr, "weir: %s\n", node::printable(sentence).c_str());
  return kFoundOrFailed;
}

void print_line(std::string_view line) {
  const bool written = std::fwrite(line.data(), 1, line.size(), stdout) == line.size() &&
                       std::fputc('\n', stdout) != EOF;
  // Not std::exit: threads that judge messages may be at work.
  if (!written) std::_Exit(cannot_write());
}

std::string unreadable_json(const std::string& path, const Error& error) {
  JsonWriter out;
  out.begin_object();
  out.key("path").value(path);
  out.key("error").value(error.detail);
  out.end_object();
  return out.take();
}

int finish_output(int exit_code) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return exit_code;
  return cannot_write();
}

Progress::Progress(std::string what)
    : what_(std::move(what)), terminal_(os::stderr_is_terminal()), next_(monotonic() + kFirst) {}

Progress::~Progress() { clear(); }

void Progress::update(std::uint64_t done, std::uint64_t all) {
  const auto now = monotonic();
  if (now < next_ || all == 0) return;
  next_ = now + (terminal_ ? kBar : kLine);
  const auto percent = static_cast<unsigned>(done * 100 / all);
  if (terminal_) {
    constexpr unsigned kWidth = 30;
    const auto filled = percent * kWidth / 100;
    std::fprintf(stderr, "\r%s [", what_.c_str());
    for (unsigned i = 0; i < kWidth; ++i) std::fputs(i < filled ? "█" : "·", stderr);
    std::fprintf(stderr, "] %3u %% %llu/%llu ", percent, static_cast<unsigned long long>(done),
                 static_cast<unsigned long long>(all));
    std::fflush(stderr);
    shown_ = true;
  } else {
    std::fprintf(stderr, "%s: %llu of %llu (%u %%)\n", what_.c_str(),
                 static_cast<unsigned long long>(done), static_cast<unsigned long long>(all),
                 percent);
  }
}

std::function<void(std::uint64_t, std::uint64_t)> Progress::callback() {
  return [this](std::uint64_t done, std::uint64_t all) { update(done, all); };
}

void Progress::clear() {
  if (shown_) std::fputs("\r\033[K", stderr);
  shown_ = false;
}

Result<UnixMillis> time_or_now(const std::string* text) {
  if (text == nullptr) return SystemClock{}.now();
  return parse_rfc3339(*text);
}

}  // namespace weir::cli
