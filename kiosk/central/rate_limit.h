// So many requests a minute from one address, for what anybody may ask. Kept in memory: a restart
// forgives. Any thread.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "platform/base/clock.h"

namespace central {

class RateLimit {
 public:
  RateLimit(const base::Clock& clock, int per_minute) : clock_(clock), per_minute_(per_minute) {}
  // False when the address has asked too often in the present minute.
  bool allow(const std::string& address);

 private:
  const base::Clock& clock_;
  int per_minute_;
  std::mutex mutex_;
  base::Tick minute_began_{};             // guarded, as the counts are
  std::map<std::string, int> in_minute_;  // address → requests
};

}  // namespace central
