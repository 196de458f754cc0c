#include "platform/base/clock.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace base {
namespace {

namespace chrono = std::chrono;

constexpr chrono::seconds unnoticed{2};

// A fixed number of digits at a position; nothing when any of them is no digit.
std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return std::nullopt;
  int value = 0;
  const char* end = text.data() + at + count;
  auto [stop, error] = std::from_chars(text.data() + at, end, value);
  if (error != std::errc{} || stop != end || text[at] == '-') return std::nullopt;
  return value;
}

}  // namespace

Instant SystemClock::now() const {
  return chrono::floor<Milliseconds>(chrono::system_clock::now());
}

Tick SystemClock::tick() const {
  return chrono::floor<Milliseconds>(chrono::steady_clock::now());
}

Instant ToldClock::now() const {
  if (told_) return Instant{Milliseconds{ahead_ms_} + tick().time_since_epoch()};
  return std::max(machine_.now(), from_ms(floor_ms_));
}

Instant ToldClock::earliest() const {
  return std::min(machine_.now(), told_ ? now() : from_ms(floor_ms_));
}

void ToldClock::tell(Instant now) {
  if (told_ && chrono::abs(now - this->now()) < unnoticed) return;
  ahead_ms_ = to_ms(now) - tick().time_since_epoch().count();
  told_ = true;
}

LocalTime TimeZone::local(Instant instant) const {
  const Instant shifted = instant + offset_;
  const auto day = chrono::floor<chrono::days>(shifted);
  const auto minutes = chrono::duration_cast<chrono::minutes>(shifted - day);
  return {Date{day}, TimeOfDay{static_cast<int>(minutes.count())}};
}

Instant TimeZone::instant(Date date, TimeOfDay time) const {
  return Instant{chrono::sys_days{date}} + chrono::minutes{time.minutes} - offset_;
}

std::string TimeZone::rfc3339(Instant instant) const {
  const LocalTime at = local(instant);
  const auto seconds =
      chrono::floor<chrono::seconds>(instant) - chrono::floor<chrono::minutes>(instant);
  const auto offset = offset_.count();
  const auto size = offset < 0 ? -offset : offset;
  return fmt::format("{}T{}:{:02}{}{:02}:{:02}", iso_date(at.date), iso_time(at.time),
                     seconds.count(), offset < 0 ? '-' : '+', size / 60, size % 60);
}

std::string iso_date(Date date) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text, 0, 4);
  const auto month = digits(text, 5, 2);
  const auto day = digits(text, 8, 2);
  if (!year || !month || !day) return std::nullopt;
  const Date date{chrono::year{*year}, chrono::month{static_cast<unsigned>(*month)},
                  chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return date;
}

std::string iso_time(TimeOfDay time) {
  return fmt::format("{:02}:{:02}", time.hour(), time.minute());
}

std::optional<TimeOfDay> parse_time(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hour = digits(text, 0, 2);
  const auto minute = digits(text, 3, 2);
  if (!hour || !minute || *minute > 59) return std::nullopt;
  const int minutes = *hour * 60 + *minute;
  if (minutes > 24 * 60) return std::nullopt;
  return TimeOfDay{minutes};
}

std::optional<Instant> parse_rfc3339(std::string_view text) {
  if (text.size() < 20 || text[10] != 'T' || text[16] != ':') return std::nullopt;
  const auto date = parse_date(text.substr(0, 10));
  const auto time = parse_time(text.substr(11, 5));
  const auto seconds = digits(text, 17, 2);
  if (!date || !time || !seconds || *seconds > 60) return std::nullopt;
  std::size_t at = 19;
  int fraction_ms = 0;
  if (text[at] == '.') {
    int scale = 100;
    for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10) {
      fraction_ms += (text[at] - '0') * scale;
    }
  }
  const Instant local = Instant{chrono::sys_days{*date}} + chrono::minutes{time->minutes} +
                        chrono::seconds{*seconds} + Milliseconds{fraction_ms};
  const std::string_view zone = text.substr(at);
  if (zone == "Z") return local;
  if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-')) return std::nullopt;
  const auto offset = parse_time(zone.substr(1));
  if (!offset) return std::nullopt;
  const chrono::minutes east{zone[0] == '-' ? -offset->minutes : offset->minutes};
  return local - east;
}

Date add_days(Date date, int days) {
  return Date{chrono::sys_days{date} + chrono::days{days}};
}

int days_between(Date from, Date to) {
  return static_cast<int>((chrono::sys_days{to} - chrono::sys_days{from}).count());
}

int weekday_index(Date date) {
  return static_cast<int>(chrono::weekday{chrono::sys_days{date}}.iso_encoding()) - 1;
}

}  // namespace base
