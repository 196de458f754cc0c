#include "kiosk/law/numerals.h"

#include <doctest/doctest.h>

using law::chinese_number;
using law::parse_number;

TEST_CASE("Numbers of articles are read as the laws write them") {
  CHECK(parse_number("三十八") == 38);
  CHECK(parse_number("十") == 10);
  CHECK(parse_number("一百零五") == 105);
  CHECK(parse_number("一百二十") == 120);
  CHECK(parse_number("一千二百六十") == 1260);
  CHECK(parse_number("一千零一") == 1001);
  CHECK(parse_number("1165") == 1165);
  CHECK(parse_number("３８") == 38);
}

TEST_CASE("Years are read digit by digit, with any of the three zeros") {
  CHECK(parse_number("二〇二一") == 2021);
  CHECK(parse_number("二零零九") == 2009);
  CHECK(parse_number("一九九○") == 1990);
}

TEST_CASE("What is not wholly a number is none") {
  CHECK_FALSE(parse_number(""));
  CHECK_FALSE(parse_number("三人"));
  CHECK_FALSE(parse_number("第三"));
  CHECK_FALSE(parse_number("九九九九九九九九九九九九"));
}

TEST_CASE("Every number of an article is written so that it is read back") {
  for (int number = 1; number < 10'000; ++number) {
    REQUIRE(parse_number(chinese_number(number)) == number);
  }
  CHECK(chinese_number(10) == "十");
  CHECK(chinese_number(110) == "一百一十");
  CHECK(chinese_number(1010) == "一千零一十");
  CHECK(chinese_number(1260) == "一千二百六十");
}
