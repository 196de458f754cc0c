// The wake-up of the sync thread, to be waited for.
#pragma once

#include <condition_variable>
#include <mutex>
#include <utility>

#include "platform/base/clock.h"

namespace faults {

class Bell {
 public:
  void ring() {
    const std::scoped_lock lock(mutex_);
    rung_ = true;
    changed_.notify_all();
  }
  // What has rung before does not count.
  void forget() {
    const std::scoped_lock lock(mutex_);
    rung_ = false;
  }
  // False when it did not ring.
  bool wait(base::Milliseconds longest) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, longest, [this] { return rung_; });
    return std::exchange(rung_, false);
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool rung_ = false;
};

}  // namespace faults
