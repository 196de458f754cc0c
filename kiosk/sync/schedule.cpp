#include "kiosk/sync/schedule.h"

#include <algorithm>

#include "kiosk/sync/client.h"

namespace syncing {

void Schedule::begin(Mode mode, Deed next) {
  mode_ = mode;
  next_ = next;
  if (mode != Mode::unreachable) probe_until_.reset();
}

base::Milliseconds Schedule::jitter() {
  const base::Milliseconds longest = fleet_.value_or(arrival_jitter);
  return base::Milliseconds{chance_.below(static_cast<std::uint32_t>(longest.count()) + 1)};
}

base::Milliseconds Schedule::backoff() {
  return backoff_.next(chance_, 2 * fleet_.value_or(base::Milliseconds{0}));
}

// In a fleet as often as it polls, but not in step.
Deed Schedule::try_again(base::Tick now) {
  if (!fleet_) return {Deed::Kind::probe, now + probe_interval};
  return {Deed::Kind::exchange, now + *fleet_ / 2 + jitter()};
}

void Schedule::started(base::Tick now) {
  begin(Mode::fresh, {Deed::Kind::exchange, fleet_ ? now + jitter() : now});
}

void Schedule::succeeded(base::Tick now, base::Milliseconds until_next) {
  backoff_.reset();
  begin(Mode::fresh, {Deed::Kind::exchange, now + until_next});
}

void Schedule::failed(base::Tick now, const Answer& answer, bool ops_wait) {
  switch (answer.kind) {
    case Answer::Kind::ok: break;
    case Answer::Kind::unreachable: unreachable(now, ops_wait); break;
    case Answer::Kind::postponed: postponed(now, answer.retry_after); break;
    case Answer::Kind::stopped: stopped(now); break;
  }
}

void Schedule::unreachable(base::Tick now, bool ops_wait) {
  if (ops_wait && !probe_until_) probe_until_ = now + probing;
  const Deed soon = probe_until_ ? try_again(now) : Deed{};
  if (probe_until_ && soon.at <= *probe_until_) {
    begin(Mode::unreachable, soon);
  } else {
    begin(Mode::unreachable, {Deed::Kind::exchange, now + backoff()});
  }
}

void Schedule::reached(base::Tick now) {
  begin(Mode::unreachable, {Deed::Kind::exchange, now + jitter()});
}

// Behind Retry-After, not beside it: many were told the same number at the same time.
void Schedule::postponed(base::Tick now, std::optional<base::Milliseconds> retry_after) {
  const base::Milliseconds wait = retry_after.value_or(base::Milliseconds{0}) + backoff();
  begin(Mode::postponed, {Deed::Kind::exchange, now + wait});
}

void Schedule::stopped(base::Tick now) {
  begin(Mode::stopped, {Deed::Kind::exchange, now + stopped_for});
}

void Schedule::op_added(base::Tick now) {
  if (mode_ == Mode::fresh) next_ = {Deed::Kind::exchange, std::min(now, next_.at)};
  if (mode_ != Mode::unreachable) return;
  probe_until_ = now + probing;
  if (next_.at <= now + probe_interval) return;
  next_ = {fleet_ ? Deed::Kind::exchange : Deed::Kind::probe, now};
}

void Schedule::route_changed(base::Tick now) {
  if (mode_ != Mode::unreachable) return;
  backoff_.reset();
  probe_until_.reset();
  // Two chances to come at once would make a crowd: who comes within a poll's time comes then.
  if (fleet_ && next_.at <= now + *fleet_) return;
  // Of several changes in a row the first one counts.
  const base::Tick soon = now + jitter();
  if (soon < next_.at) next_ = {Deed::Kind::exchange, soon};
}

void Schedule::asked(base::Tick now) {
  backoff_.reset();
  begin(Mode::fresh, {Deed::Kind::exchange, now});
}

}  // namespace syncing
