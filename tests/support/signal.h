// Waiting in a test for what another thread does, without sleeping. Waits that take longer than
// `patience` have failed.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace test {

class Signal {
 public:
  static constexpr std::chrono::seconds patience{20};

  void raise() {
    const std::scoped_lock lock(mutex_);
    ++count_;
    changed_.notify_all();
  }
  // True as soon as it was raised so often in all.
  bool wait_for_count(int count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, patience, [&] { return count_ >= count; });
  }
  // Looks again each time it is raised, until `come` says true.
  template <typename Come>
  bool wait_until(Come come) {
    for (int seen = current(); !come(); seen = current()) {
      std::unique_lock lock(mutex_);
      if (!changed_.wait_for(lock, patience, [&] { return count_ != seen; })) return false;
    }
    return true;
  }

 private:
  int current() {
    const std::scoped_lock lock(mutex_);
    return count_;
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  int count_ = 0;
};

}  // namespace test
