#include "kiosk/central/rate_limit.h"

namespace central {
namespace {

// Beyond this many addresses in one minute everybody waits for the next: it is an attack.
constexpr std::size_t most_addresses = 10'000;

}  // namespace

bool RateLimit::allow(const std::string& address) {
  const base::Tick now = clock_.tick();
  const std::scoped_lock lock(mutex_);
  if (now - minute_began_ >= std::chrono::minutes{1}) {
    minute_began_ = now;
    in_minute_.clear();
  }
  if (in_minute_.size() >= most_addresses && !in_minute_.contains(address)) return false;
  return ++in_minute_[address] <= per_minute_;
}

}  // namespace central
