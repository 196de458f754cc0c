#include "kiosk/law/written_days.h"

#include <doctest/doctest.h>

#include "tests/kiosk/law/small_collections.h"

using law::written_days;
using test::day;

TEST_CASE("Days are found in digits, with blanks and in Chinese numerals") {
  const auto days =
      written_days("2021年1月1日通过，2021 年 3 月 1 日起施行，二〇二二年十月三十一日修订");
  REQUIRE(days.size() == 3);
  CHECK(days[0].day == day(2021, 1, 1));
  CHECK(days[1].day == day(2021, 3, 1));
  CHECK(days[2].day == day(2022, 10, 31));
}

TEST_CASE("What is no day of the calendar is no day") {
  CHECK(written_days("2021年2月30日").empty());
  CHECK(written_days("2021年13月1日").empty());
  CHECK(written_days("一八四〇年一月一日").empty());
  CHECK(written_days("12345678901234567890年1月1日").empty());
  CHECK(written_days("2021年").empty());
}
