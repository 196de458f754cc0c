#include "kiosk/sync/schedule.h"

#include <algorithm>

namespace syncing {

void Schedule::begin(Mode mode, Deed next) {
  mode_ = mode;
  next_ = next;
  if (mode != Mode::unreachable) probe_until_.reset();
}

base::Milliseconds Schedule::jitter() {
  return base::Milliseconds{chance_.below(arrival_jitter.count() + 1)};
}

void Schedule::succeeded(base::Tick now, base::Milliseconds until_next) {
  backoff_.reset();
  begin(Mode::fresh, {Deed::Kind::exchange, now + until_next});
}

void Schedule::unreachable(base::Tick now, bool ops_wait) {
  if (ops_wait && !probe_until_) probe_until_ = now + probing;
  if (probe_until_ && now + probe_interval <= *probe_until_) {
    begin(Mode::unreachable, {Deed::Kind::probe, now + probe_interval});
  } else {
    begin(Mode::unreachable, {Deed::Kind::exchange, now + backoff_.next(chance_)});
  }
}

void Schedule::reached(base::Tick now) {
  begin(Mode::unreachable, {Deed::Kind::exchange, now + jitter()});
}

void Schedule::postponed(base::Tick now, std::optional<base::Milliseconds> retry_after) {
  const base::Milliseconds wait =
      std::max(backoff_.next(chance_), retry_after.value_or(base::Milliseconds{0}));
  begin(Mode::postponed, {Deed::Kind::exchange, now + wait});
}

void Schedule::stopped(base::Tick now) {
  begin(Mode::stopped, {Deed::Kind::exchange, now + stopped_for});
}

void Schedule::op_added(base::Tick now) {
  if (mode_ == Mode::fresh) next_ = {Deed::Kind::exchange, std::min(now, next_.at)};
  if (mode_ != Mode::unreachable) return;
  probe_until_ = now + probing;
  if (next_.at > now + probe_interval) next_ = {Deed::Kind::probe, now};
}

void Schedule::route_changed(base::Tick now) {
  if (mode_ != Mode::unreachable) return;
  backoff_.reset();
  probe_until_.reset();
  // Of several changes in a row the first one counts.
  const base::Tick soon = now + jitter();
  if (soon < next_.at) next_ = {Deed::Kind::exchange, soon};
}

void Schedule::asked(base::Tick now) {
  backoff_.reset();
  begin(Mode::fresh, {Deed::Kind::exchange, now});
}

}  // namespace syncing
