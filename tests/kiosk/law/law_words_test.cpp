#include "kiosk/law/law_words.h"

#include <doctest/doctest.h>

#include "tests/support/ui_driver.h"

namespace {

std::string words_for(ui::Ui& ui, law::Kind kind, std::string category, std::string region = "") {
  return law::category_words(
      ui, {.kind = kind, .name = std::move(category), .region = std::move(region), .laws = 1});
}

}  // namespace

TEST_CASE("who reads English finds the branches of law and the places by English names") {
  test::UiDriver driver(test::portrait, "en");
  CHECK(words_for(driver.ui(), law::Kind::law, "社会法") == "Labour and social law");
  CHECK(words_for(driver.ui(), law::Kind::local, "北京地方法规", "北京") ==
        "Local rules of Beijing");
  CHECK(words_for(driver.ui(), law::Kind::amendment, "刑法") == "Criminal law (amendments)");
}

TEST_CASE("who reads Chinese finds the collection's own words, a place only once") {
  test::UiDriver driver;
  CHECK(words_for(driver.ui(), law::Kind::law, "社会法") == "社会法");
  CHECK(words_for(driver.ui(), law::Kind::local, "北京地方法规", "北京") == "北京地方性法规");
}

TEST_CASE("a category nobody foresaw keeps the collection's word") {
  test::UiDriver driver(test::portrait, "en");
  CHECK(words_for(driver.ui(), law::Kind::other, "伞法") == "伞法");
  CHECK(words_for(driver.ui(), law::Kind::local, "", "雨城") == "Local rules of 雨城");
}
