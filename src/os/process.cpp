#include "os/process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/error.h"

namespace weir::os {
namespace {

sigset_t stop_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  return set;
}

}  // namespace

Usage usage() {
  rusage used{};
  WEIR_ASSERT(::getrusage(RUSAGE_SELF, &used) == 0);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return {seconds(used.ru_utime) + seconds(used.ru_stime),
          static_cast<std::uint64_t>(used.ru_maxrss) * 1024};  // Linux counts kibibytes
}

bool stderr_is_terminal() { return ::isatty(STDERR_FILENO) == 1; }

void hold_standard_streams() {
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    // The lowest free descriptor is the one that is closed. Opened for the other direction, it
    // answers EBADF.
    const int direction = fd == STDIN_FILENO ? O_WRONLY : O_RDONLY;
    if (::fcntl(fd, F_GETFD) < 0) WEIR_ASSERT(::open("/dev/null", direction) == fd);
  }
}

StopSignal::StopSignal() {
  const auto set = stop_signals();
  WEIR_ASSERT(::pthread_sigmask(SIG_BLOCK, &set, nullptr) == 0);
  // A client that goes away is an error of one write, not of the process.
  ::signal(SIGPIPE, SIG_IGN);
}

bool StopSignal::wait(Millis timeout) {
  if (stopped_) return true;
  const auto set = stop_signals();
  const auto seconds = std::chrono::floor<std::chrono::seconds>(timeout);
  const timespec limit{.tv_sec = seconds.count(),
                       .tv_nsec = std::chrono::nanoseconds(timeout - seconds).count()};
  stopped_ = ::sigtimedwait(&set, nullptr, &limit) > 0;
  return stopped_;
}

}  // namespace weir::os
