#include "kiosk/law/number_page.h"

#include <doctest/doctest.h>

TEST_CASE("a day is typed as eight digits, and what is no day is refused") {
  using std::chrono::year;
  CHECK(law::parse_day_digits("20200501") == year{2020} / 5 / 1);
  CHECK(law::parse_day_digits("20240229") == year{2024} / 2 / 29);
  for (const char* wrong :
       {"", "2020", "20201301", "20230229", "20200500", "2020-5-1", "202005011"}) {
    CAPTURE(wrong);
    CHECK_FALSE(law::parse_day_digits(wrong));
  }
}
