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

TEST_CASE("an article is typed by its number, an inserted one by its branch too") {
  using law::ArticleNumber;
  CHECK(law::parse_typed_number("87") == ArticleNumber{87, 0});
  for (const char* typed : {"133-1", " 133-1", "133之一", "第133条之一", "133.1"}) {
    CAPTURE(typed);
    CHECK(law::parse_typed_number(typed) == ArticleNumber{133, 1});
  }
  for (const char* wrong : {"", "0", "-", "133-", "-1", "133-0", "1-2-3", "abc"}) {
    CAPTURE(wrong);
    CHECK_FALSE(law::parse_typed_number(wrong));
  }
}
