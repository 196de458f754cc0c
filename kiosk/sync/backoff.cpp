#include "kiosk/sync/backoff.h"

#include <algorithm>

namespace syncing {
namespace {

constexpr int doublings_until_longest = 9;  // 2 s · 2⁹ = 1,024 s

}  // namespace

base::Milliseconds Backoff::next(base::Chance& chance, base::Milliseconds narrowest) {
  const base::Milliseconds range =
      std::max(narrowest, std::min<base::Milliseconds>(longest, first * (1 << failures_)));
  failures_ = std::min(failures_ + 1, doublings_until_longest);
  return base::Milliseconds{chance.below(static_cast<std::uint32_t>(range.count()) + 1)};
}

}  // namespace syncing
