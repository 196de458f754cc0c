// Time: instants are UTC milliseconds, what people read is local time of one fixed-offset zone.
// Mainland China has one zone, UTC+8, without daylight saving; other offsets come from the
// configuration. Nobody else in the program asks the system for the time.
#pragma once

#include <atomic>
#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace base {

using Milliseconds = std::chrono::milliseconds;
using Instant = std::chrono::sys_time<Milliseconds>;  // UTC
using Date = std::chrono::year_month_day;             // a local calendar day

// Monotonic time for durations and deadlines; its zero means nothing.
using Tick = std::chrono::time_point<std::chrono::steady_clock, Milliseconds>;

class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Instant now() const = 0;
  [[nodiscard]] virtual Tick tick() const = 0;
  // Somebody who must know has told the time since the program started.
  [[nodiscard]] virtual bool certain() const { return false; }
  // It is at least this late. What is taken away because of its age is measured with this time.
  [[nodiscard]] virtual Instant earliest() const { return now(); }
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override;
  [[nodiscard]] Tick tick() const override;
};

// The machine's clock until somebody who must know tells the time; from then on that time, carried
// on by steady time, whatever becomes of the machine's clock: a jump by ten years, back by an hour,
// a battery that died. Any thread; the machine's clock outlives it.
class ToldClock final : public Clock {
 public:
  explicit ToldClock(const Clock& machine) : machine_(machine) {}

  [[nodiscard]] Instant now() const override;
  [[nodiscard]] Tick tick() const override { return machine_.tick(); }
  [[nodiscard]] bool certain() const override { return told_; }
  // What machine and teller agree on: the earlier of both, so that neither can make anything old
  // alone. Before anything was told: not after not_before().
  [[nodiscard]] Instant earliest() const override;
  [[nodiscard]] const Clock& machine() const { return machine_; }

  // It has been as late as this: a time from before the program started.
  void not_before(Instant past) { floor_ms_ = past.time_since_epoch().count(); }
  // It is so late now. Less than two seconds of difference, as answers need to arrive, change
  // nothing.
  void tell(Instant now);

 private:
  const Clock& machine_;
  std::atomic<std::int64_t> floor_ms_ = 0;
  std::atomic<std::int64_t> ahead_ms_ = 0;  // of steady time; once told
  std::atomic<bool> told_ = false;
};

inline std::int64_t to_ms(Instant instant) {
  return instant.time_since_epoch().count();
}
inline Instant from_ms(std::int64_t ms) {
  return Instant{Milliseconds{ms}};
}

struct TimeOfDay {
  int minutes = 0;  // since local midnight, 0 to 1440
  auto operator<=>(const TimeOfDay&) const = default;
  [[nodiscard]] int hour() const { return minutes / 60; }
  [[nodiscard]] int minute() const { return minutes % 60; }
};

struct LocalTime {
  Date date{};
  TimeOfDay time;
};

class TimeZone {
 public:
  explicit constexpr TimeZone(std::chrono::minutes east_of_utc) : offset_(east_of_utc) {}
  [[nodiscard]] LocalTime local(Instant instant) const;
  [[nodiscard]] Date date(Instant instant) const { return local(instant).date; }
  [[nodiscard]] Instant instant(Date date, TimeOfDay time) const;
  // "2026-11-23T09:12:03+08:00" (RFC 3339)
  [[nodiscard]] std::string rfc3339(Instant instant) const;

 private:
  std::chrono::minutes offset_;
};

inline constexpr TimeZone china_time{std::chrono::hours{8}};

// "2026-11-23" both ways (ISO 8601); nothing when the text is no real day.
std::string iso_date(Date date);
std::optional<Date> parse_date(std::string_view text);
// "09:30" both ways; "24:00" is accepted as the end of a day.
std::string iso_time(TimeOfDay time);
std::optional<TimeOfDay> parse_time(std::string_view text);
// Any RFC 3339 instant with seconds, "Z" or an offset.
std::optional<Instant> parse_rfc3339(std::string_view text);

Date add_days(Date date, int days);
int days_between(Date from, Date to);
// 0 = Monday … 6 = Sunday (ISO 8601 order)
int weekday_index(Date date);

}  // namespace base
