// Clock and chance a test chooses, and a folder that goes with the test.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "platform/base/clock.h"
#include "platform/base/file.h"
#include "platform/base/ids.h"

namespace test {

// 2026-11-23 (a Monday) 09:42:00 in Beijing unless set otherwise.
class FakeClock final : public base::Clock {
 public:
  [[nodiscard]] base::Instant now() const override { return now_; }
  [[nodiscard]] base::Tick tick() const override { return tick_; }
  void set(base::Instant now) { now_ = now; }
  void advance(base::Milliseconds step) {
    now_ += step;
    tick_ += step;
  }

 private:
  base::Instant now_ = *base::parse_rfc3339("2026-11-23T09:42:00+08:00");
  base::Tick tick_{};
};

// SplitMix64 (Steele, Lea, Flood 2014): every seed gives another, repeatable sequence.
class SeededChance final : public base::Chance {
 public:
  explicit SeededChance(std::uint64_t seed = 1) : state_(seed) {}
  void fill(std::span<std::byte> bytes) override {
    for (std::byte& byte : bytes) {
      state_ += 0x9E3779B97F4A7C15U;
      std::uint64_t z = state_;
      z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
      z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
      byte = static_cast<std::byte>((z ^ (z >> 31U)) & 0xffU);
    }
  }

 private:
  std::uint64_t state_;
};

class TempFolder {
 public:
  TempFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "kiosk-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) std::abort();
    path_ = pattern;
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] const base::Path& path() const { return path_; }
  [[nodiscard]] base::Path operator/(std::string_view name) const { return path_ / name; }

 private:
  base::Path path_;
};

}  // namespace test
