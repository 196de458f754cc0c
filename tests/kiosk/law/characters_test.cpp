#include "kiosk/law/characters.h"

#include <doctest/doctest.h>

using law::readings;
using law::simplified;

TEST_CASE("traditional characters are read as the simplified ones of the laws") {
  CHECK(simplified("勞動報酬") == "劳动报酬");
  CHECK(simplified("離婚後的財產怎麼分") == "离婚后的财产怎么分");
  CHECK(simplified("遺囑、繼承與贈與") == "遗嘱、继承与赠与");
}

TEST_CASE("simplified characters, Latin letters and broken bytes stay as they were typed") {
  CHECK(simplified("老板不发工资") == "老板不发工资");
  CHECK(simplified("rent 押金 38") == "rent 押金 38");
  CHECK(simplified("著作权") == "著作权");
  CHECK(simplified("\xE5\x8A") == "\xE5\x8A");
  CHECK(simplified("").empty());
}

TEST_CASE("a character has the readings it has in use, without tones") {
  CHECK(readings(U'法') == std::vector<std::string_view>{"fa"});
  CHECK(readings(U'行') == std::vector<std::string_view>{"hang", "xing"});
  CHECK(readings(U'律') == std::vector<std::string_view>{"lv"});
}

TEST_CASE("a simplified character also has the readings of its traditional ones") {
  CHECK(readings(U'么') == std::vector<std::string_view>{"me", "mo", "yao"});
}

TEST_CASE("what is no Han character of GB 2312 has no reading") {
  CHECK(readings(U'a').empty());
  CHECK(readings(U'（').empty());
  CHECK(readings(U'勞').empty());
}
