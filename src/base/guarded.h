// base/guarded.h - a value that can be reached only with its lock held.
//
//   Guarded<std::vector<int>> queue;
//   auto q = queue.lock();  // blocks; q unlocks at the end of its scope
//   q->push_back(1);
// Never hold one across co_await.
#pragma once

#include <mutex>
#include <utility>

namespace weir {

template <class T>
class Guarded {
 public:
  class Locked {
   public:
    T* operator->() { return value_; }
    T& operator*() { return *value_; }

   private:
    friend class Guarded;
    Locked(std::mutex& mutex, T& value) : lock_(mutex), value_(&value) {}
    std::unique_lock<std::mutex> lock_;
    T* value_;
  };

  Guarded() = default;
  explicit Guarded(T value) : value_(std::move(value)) {}
  [[nodiscard]] Locked lock() { return Locked(mutex_, value_); }

 private:
  std::mutex mutex_;
  T value_{};
};

}  // namespace weir
