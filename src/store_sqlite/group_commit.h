// store_sqlite/group_commit.h - threads that append at the same time share one transaction.
// Internal to the module.
//
// The first thread that finds nobody at work becomes the leader: it takes what waits, in order of
// arrival, commits it as one transaction, wakes those whose requests were in it, and goes on until
// its own request is done. While it syncs, the others queue up and make the next group. A request
// lives on its caller's stack, so that it is touched only under the lock or by the leader.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "store/log_store.h"

namespace weir::store_sqlite {

struct Request {
  std::optional<store::Seq> expected;  // compare-and-set
  std::span<const std::string_view> records;
  Result<store::Seq> result = 0;
  bool done = false;
};

// A group's bound: what one transaction may hold beside its first request.
inline constexpr std::size_t kGroupOctets = 8U << 20;

class GroupCommit {
 public:
  // `commit(std::span<Request* const>)` sets each result. Called by one thread at a time. `after()`
  // runs when those who waited have been answered, still before the next group.
  template <class Commit, class After>
  void submit(Request& request, const Commit& commit, const After& after) {
    std::unique_lock lock(mutex_);
    waiting_.push_back(&request);
    while (!request.done) {
      if (led_) {
        changed_.wait(lock);
        continue;
      }
      led_ = true;
      const auto group = take_group();
      lock.unlock();
      commit(std::span<Request* const>(group));
      lock.lock();
      for (Request* member : group) member->done = true;
      changed_.notify_all();
      lock.unlock();
      after();
      lock.lock();
      led_ = false;
      changed_.notify_all();
    }
  }

 private:
  std::vector<Request*> take_group() {
    std::vector<Request*> group;
    std::size_t octets = 0;
    while (!waiting_.empty()) {
      for (const auto record : waiting_.front()->records) octets += record.size();
      if (!group.empty() && octets > kGroupOctets) break;
      group.push_back(waiting_.front());
      waiting_.pop_front();
    }
    return group;
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Request*> waiting_;
  bool led_ = false;
};

}  // namespace weir::store_sqlite
