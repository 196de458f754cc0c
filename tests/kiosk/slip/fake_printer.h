// A printer that a test holds, takes the paper from and looks into; and a bell for what happens on
// its thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/device/printer.h"

namespace test {

// Rung at each wake-up: a test waits for what it expects instead of sleeping.
class Bell {
 public:
  void ring() {
    const std::scoped_lock lock(mutex_);
    rung_.notify_all();
  }
  // False when it did not come true in time.
  bool wait_until(const std::function<bool()>& expected) {
    std::unique_lock lock(mutex_);
    return rung_.wait_for(lock, std::chrono::seconds(20), expected);
  }

 private:
  std::mutex mutex_;
  std::condition_variable rung_;
};

// What a test and the printer's thread share.
class Desk {
 public:
  // A held printer does not come back from print().
  void hold(bool held) {
    const std::scoped_lock lock(mutex_);
    held_ = held;
    changed_.notify_all();
  }
  void trouble(std::optional<base::Error> trouble) {
    const std::scoped_lock lock(mutex_);
    trouble_ = std::move(trouble);
  }
  [[nodiscard]] std::vector<std::string> printed() const {
    const std::scoped_lock lock(mutex_);
    return printed_;
  }

  base::Result<void> print(std::string_view name) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !held_; });
    if (trouble_) return tl::unexpected(*trouble_);
    printed_.emplace_back(name);
    return {};
  }
  base::Result<void> check() const {
    const std::scoped_lock lock(mutex_);
    if (trouble_) return tl::unexpected(*trouble_);
    return {};
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool held_ = false;
  std::optional<base::Error> trouble_;
  std::vector<std::string> printed_;
};

class FakePrinter final : public device::Printer {
 public:
  explicit FakePrinter(Desk& desk) : desk_(desk) {}
  base::Result<void> print(const device::Bitmap& /*picture*/, std::string_view name) override {
    return desk_.print(name);
  }
  base::Result<void> check() override { return desk_.check(); }

 private:
  Desk& desk_;
};

}  // namespace test
