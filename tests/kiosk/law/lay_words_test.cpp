#include "kiosk/law/lay_words.h"

#include <doctest/doctest.h>

#include <algorithm>

TEST_CASE("What people call a thing is answered with what the law calls it") {
  const auto words = law::legal_words("房东不退押金");
  CHECK(std::find(words.begin(), words.end(), "出租人") != words.end());
}

TEST_CASE("Words the law uses itself bring nothing along") {
  CHECK(law::legal_words("出租人").empty());
  CHECK(law::legal_words("").empty());
}
