#include "kiosk/ui/dates.h"

#include <doctest/doctest.h>

#include "tests/support/ui_driver.h"

namespace {

const base::Date monday = *base::parse_date("2026-11-23");
const base::Date tuesday = *base::parse_date("2026-11-24");
const base::Date new_year = *base::parse_date("2027-01-01");

}  // namespace

TEST_CASE("days read as people say them, in both languages") {
  test::UiDriver driver;
  CHECK(ui::short_date(driver.ui(), tuesday) == "11月24日 周二");
  CHECK(ui::weekday(driver.ui(), new_year) == "周五");
  driver.ui().set_language("en");
  CHECK(ui::short_date(driver.ui(), tuesday) == "Tue 24 Nov");
  CHECK(ui::short_date(driver.ui(), new_year) == "Fri 1 Jan");
}

TEST_CASE("today and tomorrow are named, other days are not") {
  test::UiDriver driver;
  CHECK(ui::long_date(driver.ui(), monday, monday) == "11月23日 周一（今天）");
  CHECK(ui::long_date(driver.ui(), tuesday, monday) == "11月24日 周二（明天）");
  CHECK(ui::long_date(driver.ui(), new_year, monday) == ui::short_date(driver.ui(), new_year));
}
