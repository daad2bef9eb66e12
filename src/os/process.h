// os/process.h - what the process used, and the signals that ask it to stop.
#pragma once

#include <cstdint>

#include "base/time.h"

namespace weir::os {

struct Usage {
  double cpu_seconds = 0;  // user + system, all threads
  std::uint64_t peak_rss_octets = 0;
};
[[nodiscard]] Usage usage();

// Puts a descriptor that only fails in the place of each standard stream that is closed, so that no
// file opened later is taken for one. First thing in main().
void hold_standard_streams();

// True if standard error is a terminal.
[[nodiscard]] bool stderr_is_terminal();

// SIGINT and SIGTERM become something to wait for. Make one before any thread is started: threads
// inherit the blocked mask.
class StopSignal {
 public:
  StopSignal();
  // Waits at most `timeout`; true once a signal came (also every later time).
  [[nodiscard]] bool wait(Millis timeout);

 private:
  bool stopped_ = false;
};

}  // namespace weir::os
