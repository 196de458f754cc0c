// How long to wait after the n-th failure in a row: full jitter, so that a hall of kiosks does not
// come back in step (AWS Architecture Blog, "Exponential Backoff And Jitter", 2015). Knows no
// clock.
#pragma once

#include "platform/base/clock.h"
#include "platform/base/ids.h"

namespace syncing {

class Backoff {
 public:
  static constexpr std::chrono::seconds first{2};
  static constexpr std::chrono::seconds longest{900};

  // Uniform in [0, min(900 s, 2 s · 2ⁿ)]; the next one is drawn from twice the range. No range is
  // smaller than `narrowest`.
  base::Milliseconds next(base::Chance& chance, base::Milliseconds narrowest = {});
  void reset() { failures_ = 0; }

 private:
  int failures_ = 0;
};

}  // namespace syncing
