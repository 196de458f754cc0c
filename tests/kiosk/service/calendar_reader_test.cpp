#include "kiosk/service/calendar_reader.h"

#include <doctest/doctest.h>

#include "tests/kiosk/service/sample_config.h"

using Lines = std::vector<std::string>;
using test::problems;
using test::sample_config;
using test::sample_with;

namespace {

const std::string holidays = "holidays.toml";

service::Catalogue read(const service::Files& files) {
  auto outcome = service::read_catalogue(files);
  for (const service::Problem& problem : outcome.problems) FAIL_CHECK(service::to_line(problem));
  REQUIRE(outcome.catalogue);
  return std::move(*outcome.catalogue);
}

}  // namespace

TEST_CASE("a year's days off and make-up days are read with the notice they come from") {
  const service::Catalogue catalogue = read(sample_config());
  REQUIRE(catalogue.holidays.size() == 1);
  const service::HolidayYear& year = catalogue.holidays[0];
  CHECK(year.year == 2026);
  CHECK(year.notice == "放假通知");
  REQUIRE(year.holidays.size() == 1);
  CHECK(base::iso_date(year.holidays[0].to) == "2026-10-07");
  REQUIRE(year.make_up.size() == 1);
  CHECK(base::iso_date(year.make_up[0].day) == "2026-10-10");
  CHECK(year.make_up[0].weekday == 0);
}

TEST_CASE("a config without holidays.toml is none the worse, but knows no holiday") {
  service::Files files = sample_config();
  files.erase(holidays);
  const service::Catalogue catalogue = read(files);
  CHECK(catalogue.holidays.empty());
  CHECK(catalogue.center.hours.closed.empty());
}

TEST_CASE("without `to` a closed day is one day") {
  const service::Catalogue catalogue = read(sample_with(holidays, "to = \"2026-10-07\"\n", ""));
  CHECK(catalogue.center.hours.closed[0].to == *base::parse_date("2026-10-01"));
}

TEST_CASE("days that are none, end before they begin or are off and worked are named") {
  CHECK(problems(sample_with(holidays, "2026-10-07", "2026-10-32")) ==
        Lines{"holidays.toml:7:6: `2026-10-32` is no day: write \"2026-10-01\""});
  CHECK(problems(sample_with(holidays, "2026-10-07", "2026-09-30")) ==
        Lines{"holidays.toml:7:6: `2026-09-30` comes before `from`: write the last day off"});
  CHECK(problems(sample_with(holidays, "2026-10-10", "2026-10-02")) ==
        Lines{"holidays.toml:9:7: `2026-10-02` is a day off as well: take one of the two away"});
  CHECK(problems(sample_with(holidays, "hours_of = \"monday\"", "hours_of = \"mondy\"")) ==
        Lines{"holidays.toml:10:12: `mondy` is no hours_of, did you mean `monday`?"});
}

TEST_CASE("make-up days without the notice that orders them are refused, and a year stands once") {
  CHECK(problems(sample_with(holidays, "notice = \"放假通知\"\n", "")) ==
        Lines{"holidays.toml:7:1: make-up days come from the State Council's notice: name it in "
              "`notice`"});
  service::Files files = sample_config();
  files[holidays] += files[holidays];
  const Lines twice = problems(files);
  REQUIRE(twice.size() == 1);
  CHECK(twice[0] == "holidays.toml:12:8: `2026` stands here twice: write one [[year]] for it");
}

TEST_CASE("a day of the center without a reason for visitors is refused") {
  CHECK(problems(
            sample_with("center.toml", "[hours]", "[[closed]]\nfrom = \"2026-12-10\"\n[hours]")) ==
        Lines{"center.toml:6:1: `reason` is missing: write reason = { … }"});
}
