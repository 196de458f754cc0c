// When the kiosk speaks to the server next, and how (protocol rule 7). Pure: told what happened and
// at which tick, it says what is due. Knows no network and no thread.
//
//   fresh ──succeeded──► after next_poll, at once when more waits
//   unreachable, ops wait ──► a probe a second for five minutes, then by the back-off
//   unreachable, no op    ──► by the back-off
//   postponed (408, 429, 5xx) ──► by the back-off, counted from the end of Retry-After
//   stopped (other 4xx)   ──► not before staff asks, or a quarter of an hour
//
// Another route of this machine ends the wait of `unreachable` after up to a second; the other two
// were asked for by a server that was reached.
//
// In a fleet (the server says so) thousands notice at one instant that the line is back, the power
// is on, the pause is over. There no kiosk asks more often than it polls in good times, but for a
// visitor: a second above becomes the time between two polls, a probe the exchange itself, and no
// range of the back-off is smaller than two of these times. So a fleet that comes back asks for no
// more than a fleet that is there.
#pragma once

#include <optional>

#include "kiosk/sync/backoff.h"

namespace syncing {

struct Answer;

struct Deed {
  enum class Kind {
    exchange,  // POST /v1/sync
    probe,     // is anybody there? costs the server next to nothing
  };
  Kind kind = Kind::exchange;
  base::Tick at;
};

class Schedule {
 public:
  static constexpr std::chrono::seconds probe_interval{1};
  static constexpr std::chrono::minutes probing{5};
  static constexpr std::chrono::minutes stopped_for{15};
  // After a failure the first success of a probe and another route wait up to this, so that a hall
  // does not rush in.
  static constexpr base::Milliseconds arrival_jitter{1000};

  explicit Schedule(base::Chance& chance) : chance_(chance) {}

  [[nodiscard]] const Deed& next() const { return next_; }

  // One of a fleet: the time between its polls. Nothing: alone, or one of a hall.
  void set_fleet(std::optional<base::Milliseconds> poll) { fleet_ = poll; }

  // The program has started: an exchange at once, in a fleet within a poll's time.
  void started(base::Tick now);
  void succeeded(base::Tick now, base::Milliseconds until_next);
  // An exchange that did not succeed: one of the three below.
  void failed(base::Tick now, const Answer& answer, bool ops_wait);
  // No answer, to an exchange or to a probe.
  void unreachable(base::Tick now, bool ops_wait);
  void postponed(base::Tick now, std::optional<base::Milliseconds> retry_after);
  void stopped(base::Tick now);
  void reached(base::Tick now);  // a probe was answered
  // A visitor has confirmed something: it goes out now, unless the server asked for a pause.
  void op_added(base::Tick now);
  // The old failures say nothing about the new way: probing and back-off begin anew.
  void route_changed(base::Tick now);
  void asked(base::Tick now);  // by staff: now, whatever was before

 private:
  enum class Mode { fresh, unreachable, postponed, stopped };

  void begin(Mode mode, Deed next);
  // Up to a second, or up to the time between two polls.
  base::Milliseconds jitter();
  base::Milliseconds backoff();
  // The next try on a dead line while ops wait.
  Deed try_again(base::Tick now);

  base::Chance& chance_;
  Backoff backoff_;
  Mode mode_ = Mode::fresh;
  Deed next_;
  std::optional<base::Milliseconds> fleet_;
  std::optional<base::Tick> probe_until_;
};

}  // namespace syncing
