#include "kiosk/service/catalogue.h"

#include <doctest/doctest.h>

#include <string>

namespace {

using service::TimeSpan;

base::Date day(std::string_view iso) {
  return *base::parse_date(iso);
}

TimeSpan span(std::string_view start, std::string_view end) {
  return {.start = *base::parse_time(start), .end = *base::parse_time(end)};
}

// "09:00-09:30 09:30-10:00"
std::string to_text(const std::vector<TimeSpan>& spans) {
  std::string text;
  for (const TimeSpan& each : spans) {
    if (!text.empty()) text += ' ';
    text += base::iso_time(each.start) + '-' + base::iso_time(each.end);
  }
  return text;
}

// Open on Mondays with a lunch break and on Tuesday mornings; 2026-11-23 is a Monday.
service::Service sample() {
  service::Service service;
  service.hours.week[0] = {span("09:00", "10:30"), span("13:30", "14:15")};
  service.hours.week[1] = {span("09:00", "10:00")};
  service.slots.minutes = 30;
  return service;
}

std::vector<TimeSpan> slots_of(const service::Service& service, base::Date day) {
  return service::slots_of_day(service, service::Way{}, day);
}

service::Closure closed(std::string_view from, std::string_view to, std::string reason = "off") {
  return {.from = day(from), .to = day(to), .reason = {{{"en", std::move(reason)}}}};
}

}  // namespace

TEST_CASE("slots leave the lunch break free and never run past closing time") {
  CHECK(to_text(slots_of(sample(), day("2026-11-23"))) ==
        "09:00-09:30 09:30-10:00 10:00-10:30 13:30-14:00");
}

TEST_CASE("each weekday has its own hours") {
  CHECK(to_text(slots_of(sample(), day("2026-11-24"))) == "09:00-09:30 09:30-10:00");
  CHECK(slots_of(sample(), day("2026-11-25")).empty());
}

TEST_CASE("a holiday has no slots, a make-up working day has those of the weekday it stands for") {
  service::Service service = sample();
  service.hours.closed = {closed("2026-11-22", "2026-11-23")};
  service.hours.make_up = {{.day = day("2026-11-28"), .weekday = 0},   // a Saturday for a Monday
                           {.day = day("2026-11-29"), .weekday = 1}};  // a Sunday for a Tuesday
  CHECK(slots_of(service, day("2026-11-23")).empty());
  CHECK(to_text(slots_of(service, day("2026-11-24"))) == "09:00-09:30 09:30-10:00");
  CHECK(to_text(slots_of(service, day("2026-11-28"))) ==
        "09:00-09:30 09:30-10:00 10:00-10:30 13:30-14:00");
  CHECK(to_text(slots_of(service, day("2026-11-29"))) == "09:00-09:30 09:30-10:00");
}

TEST_CASE("a make-up day on which the center is closed stays closed") {
  service::Service service = sample();
  service.hours.closed = {closed("2026-11-28", "2026-11-28")};
  service.hours.make_up = {{.day = day("2026-11-28"), .weekday = 0}};
  CHECK(slots_of(service, day("2026-11-28")).empty());
  CHECK(service.hours.closure(day("2026-11-28")) == &service.hours.closed[0]);
}

TEST_CASE("a way has the seats of its open rooms, and none when all are closed") {
  service::Service service = sample();
  service::Way way;
  way.capacity = 5;
  CHECK(way.seats_on(day("2026-11-23")) == 5);
  way.rooms = {{.id = "a", .name = {}, .closed = {closed("2026-11-23", "2026-11-24", "painting")}},
               {.id = "b", .name = {}, .closed = {closed("2026-11-24", "2026-11-24", "exam")}}};
  CHECK(way.seats_on(day("2026-11-25")) == 2);
  CHECK(way.seats_on(day("2026-11-23")) == 1);
  CHECK(service.closure(way, day("2026-11-23")) == nullptr);
  CHECK(way.seats_on(day("2026-11-24")) == 0);
  REQUIRE(service.closure(way, day("2026-11-24")) != nullptr);
  CHECK(service::slots_of_day(service, way, day("2026-11-24")).empty());
  CHECK_FALSE(service::slots_of_day(service, way, day("2026-11-23")).empty());
}

TEST_CASE(
    "a year whose notice is not entered is told as soon as bookings reach it, no day sooner") {
  service::Catalogue catalogue;
  catalogue.services.emplace_back().kind = service::Kind::booking;
  catalogue.services.back().slots.horizon_days = 14;
  catalogue.holidays = {{.year = 2026, .notice = "n", .holidays = {}, .make_up = {}},
                        {.year = 2027, .notice = "", .holidays = {}, .make_up = {}}};
  CHECK_FALSE(service::calendar_gap(catalogue, day("2026-12-17")));
  const auto gap = service::calendar_gap(catalogue, day("2026-12-18"));
  REQUIRE(gap);
  CHECK(gap->year == 2027);
  CHECK(gap->statutory);
  CHECK(base::iso_date(gap->last_bookable) == "2027-01-01");
  CHECK_FALSE(service::calendar_gap(catalogue, day("2028-03-01"))->statutory);
  catalogue.holidays[1].notice = "n";
  CHECK_FALSE(service::calendar_gap(catalogue, day("2026-12-31")));
}

TEST_CASE("slots are local time: the evening in UTC belongs to the next day in Beijing") {
  const auto instant = *base::parse_rfc3339("2026-11-22T17:30:00Z");
  const base::LocalTime local = base::china_time.local(instant);
  CHECK(base::iso_date(local.date) == "2026-11-23");
  const auto first = slots_of(sample(), local.date).front();
  CHECK(base::china_time.rfc3339(base::china_time.instant(local.date, first.start)) ==
        "2026-11-23T09:00:00+08:00");
}

TEST_CASE("a slot may end at midnight, and a rule without a length gives none") {
  service::Service service;
  service.hours.week[0] = {span("23:00", "24:00")};
  service.slots.minutes = 60;
  CHECK(to_text(slots_of(service, day("2026-11-23"))) == "23:00-24:00");
  service.slots.minutes = 0;
  CHECK(slots_of(service, day("2026-11-23")).empty());
}

TEST_CASE("the center is open from the first minute to the one before closing") {
  const service::Hours hours = sample().hours;
  const auto at = [](std::string_view time) {
    return base::LocalTime{.date = day("2026-11-23"), .time = *base::parse_time(time)};
  };
  CHECK_FALSE(hours.open_at(at("08:59")));
  CHECK(hours.open_at(at("09:00")));
  CHECK(hours.open_at(at("10:29")));
  CHECK_FALSE(hours.open_at(at("10:30")));
  CHECK(hours.open_at(at("13:30")));
}

TEST_CASE("hours without any opening time are not known, which is not the same as closed") {
  CHECK(sample().hours.known());
  CHECK_FALSE(service::Hours{}.known());
}

TEST_CASE("a text in a language nobody wrote is shown in Chinese") {
  const service::LocalText text{{{"zh-Hans", "公证"}, {"en", "Notary"}}};
  CHECK(text.in("en") == "Notary");
  CHECK(text.in("zh-Hant") == "公证");
  CHECK(service::LocalText{}.in("en").empty());
}

TEST_CASE("topics, ways, papers and services are found by their id") {
  service::Catalogue catalogue;
  catalogue.services.emplace_back().id = "consult";
  service::Service& consult = catalogue.services.front();
  consult.choices.emplace_back().id = "wage";
  consult.ways.emplace_back().id = "phone";
  consult.papers.emplace_back().id = "idcard";
  REQUIRE(catalogue.find("consult") != nullptr);
  CHECK(catalogue.find("notary") == nullptr);
  CHECK(catalogue.find("consult")->choice("wage") == &consult.choices.front());
  CHECK(consult.choice("loan") == nullptr);
  CHECK(consult.way("phone") == &consult.ways.front());
  CHECK(consult.way("onsite") == nullptr);
  CHECK(consult.paper("idcard") == &consult.papers.front());
  CHECK(consult.paper("photo") == nullptr);
}
