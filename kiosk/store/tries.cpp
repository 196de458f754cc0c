#include "kiosk/store/tries.h"

namespace store {
namespace {

bool long_ago(const Tries& tries, const TryRule& rule, base::Instant now) {
  return std::chrono::abs(now - tries.last) >= rule.pause;
}

}  // namespace

bool locked(const Tries& tries, const TryRule& rule, base::Instant now) {
  return tries.wrong >= rule.allowed && !long_ago(tries, rule, now);
}

Tries after_wrong(const Tries& tries, const TryRule& rule, base::Instant now) {
  const bool counts = tries.wrong < rule.allowed || !long_ago(tries, rule, now);
  return {.wrong = counts ? tries.wrong + 1 : 1, .last = now};
}

}  // namespace store
