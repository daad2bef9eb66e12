// cli/console.h - what commands say to the person in front of them: errors, progress.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/time.h"

namespace weir::cli {

// "weir: <detail>" on standard error; returns the exit code for it.
int complain(const Error& error);
int complain(std::string_view sentence);

// To standard output; ends the program if that fails.
void print_line(std::string_view line);
// A message that could not be opened still gets its line: nothing is dropped in silence.
[[nodiscard]] std::string unreadable_json(const std::string& path, const Error& error);
// At the end: `exit_code`, unless some of the output could not be written.
[[nodiscard]] int finish_output(int exit_code);

// A bar on a terminal, a line every five seconds elsewhere; says nothing in the first second. One
// thread.
class Progress {
 public:
  explicit Progress(std::string what);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  void update(std::uint64_t done, std::uint64_t all);
  [[nodiscard]] std::function<void(std::uint64_t, std::uint64_t)> callback();
  // Takes the bar off the screen, before a line is printed; update() brings it back.
  void clear();

 private:
  std::string what_;
  bool terminal_;
  bool shown_ = false;
  Millis next_;
};

// RFC 3339 text, or the system's time.
[[nodiscard]] Result<UnixMillis> time_or_now(const std::string* text);

}  // namespace weir::cli
