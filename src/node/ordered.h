// node/ordered.h - work on all cores, results in input order.
//
// for_each_ordered(count, workers, make, take): calls make(i) for i in [0, count) on `workers`
// threads and take(i, result) on the calling thread, in order of i. At most kWindow results wait,
// so memory is bounded whatever the sizes. An exception in make ends the program (it is a bug).
// take may return false to stop early.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "base/error.h"

namespace weir::node {

template <class Make, class Take>
void for_each_ordered(std::size_t count, unsigned workers, Make make, Take take) {
  using Value = decltype(make(std::size_t{0}));
  constexpr std::size_t kWindow = 256;
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<std::optional<Value>> slots(std::min(kWindow, std::max<std::size_t>(count, 1)));
  std::size_t next = 0;   // to be made
  std::size_t taken = 0;  // handed to take
  bool stop = false;

  const auto work = [&] {
    for (;;) {
      std::size_t i = 0;
      {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return stop || next >= count || next < taken + slots.size(); });
        if (stop || next >= count) return;
        i = next++;
      }
      Value value = make(i);
      const std::lock_guard lock(mutex);
      slots[i % slots.size()].emplace(std::move(value));
      changed.notify_all();
    }
  };
  std::vector<std::jthread> threads;
  for (unsigned i = 0; i < std::max(1U, workers); ++i) threads.emplace_back(work);
  while (taken < count) {
    std::optional<Value> value;
    {
      std::unique_lock lock(mutex);
      auto& slot = slots[taken % slots.size()];
      changed.wait(lock, [&] { return slot.has_value(); });
      value.swap(slot);
    }
    WEIR_ASSERT(value.has_value());
    const bool go_on = take(taken, std::move(*value));
    const std::lock_guard lock(mutex);
    ++taken;
    if (!go_on) {
      stop = true;
      changed.notify_all();
      break;
    }
    changed.notify_all();
  }
}

}  // namespace weir::node
