// What the programs here have in common: --seed and --share, and one JSON object as the last line
// of what they print. Knows no promise.
#pragma once

#include <fmt/format.h>

#include <charconv>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "platform/base/options.h"
#include "platform/base/result.h"

namespace faults {

enum class Share {
  brief,  // what tests/run takes: seconds
  full,   // the figures that the promise is made in
};

struct Trial {
  std::uint64_t seed = 0;
  Share share = Share::brief;
  base::Options options;  // those that the program has of its own

  [[nodiscard]] bool full() const { return share == Share::full; }
};

// `own`: names of further options with a value. Without --seed the system draws one.
inline base::Result<Trial> read_trial(int count, char** words, std::vector<std::string_view> own) {
  own.insert(own.end(), {"seed", "share"});
  Trial trial;
  trial.options =
      TRY(base::parse_options(std::vector<std::string>(words + 1, words + count), {own, {}}));
  trial.seed = std::random_device()();
  const std::string_view seed = trial.options.value("seed");
  const std::string_view share = trial.options.value("share");
  const auto [end, error] = std::from_chars(seed.data(), seed.data() + seed.size(), trial.seed);
  const bool read = seed.empty() || (error == std::errc{} && end == seed.data() + seed.size());
  if (!read || (!share.empty() && share != "short" && share != "full")) {
    return base::fail(base::ErrorKind::invalid, "bad_option", "--seed N, --share short|full");
  }
  if (share == "full") trial.share = Share::full;
  fmt::print("seed: {}\n", trial.seed);
  return trial;
}

// What a trial has counted. Every finding breaks the promise; the first ones are printed.
class Outcome {
 public:
  Outcome(std::string_view promise, std::uint64_t seed) {
    counted_["promise"] = promise;
    counted_["seed"] = seed;
  }

  void find(std::string_view words) {
    constexpr int most_printed = 40;
    if (++broken_ <= most_printed) fmt::print("BROKEN {}\n", words);
  }
  void expect(bool kept, std::string_view words) {
    if (!kept) find(words);
  }
  template <typename Value>
  void count(std::string_view name, const Value& value) {
    counted_[std::string(name)] = value;
  }

  // Prints the last line; what main() returns.
  [[nodiscard]] int close(std::string_view figure) {
    counted_["figure"] = figure;
    counted_["broken"] = broken_;
    fmt::print("{}\n", counted_.dump());
    return broken_ == 0 ? 0 : 1;
  }

 private:
  nlohmann::ordered_json counted_;
  int broken_ = 0;
};

// The trial could not be carried out, which is no finding about the promise.
inline int cannot_run(std::string_view program, const base::Error& error) {
  fmt::print(stderr, "{}: {}: {}\n", program, error.code, error.detail);
  return 1;
}

}  // namespace faults
