#include "kiosk/input/keyboard_pinyin.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/input/keyboard.h"
#include "tests/support/ui_driver.h"

namespace {

void type(input::Composer& composer, std::string_view letters) {
  for (const char letter : letters) REQUIRE(composer.key(letter));
}

}  // namespace

TEST_CASE("candidates are counted through the pages of the dictionary") {
  input::Pinyin pinyin = test::must(input::Pinyin::open(PINYIN_FOLDER));
  input::PinyinComposer composer(pinyin);
  type(composer, "shi");
  const std::vector<std::string> all = composer.candidates(0, 40);
  REQUIRE(all.size() == 40);
  for (const std::size_t from : {0U, 5U, 8U, 9U, 17U}) {
    const std::vector<std::string> part = composer.candidates(from, 12);
    REQUIRE(part.size() == 12);
    for (std::size_t i = 0; i < part.size(); ++i) CHECK(part[i] == all[from + i]);
  }
  CHECK(composer.candidates(100000, 5).empty());
  CHECK(composer.choose(20) == all[20]);
}

TEST_CASE("letters are told as they were typed until a part of them is chosen") {
  input::Pinyin pinyin = test::must(input::Pinyin::open(PINYIN_FOLDER));
  input::PinyinComposer composer(pinyin);
  CHECK(composer.letters().empty());
  type(composer, "ldhtf");
  CHECK(composer.letters() == "ldhtf");
  composer.clear();
  type(composer, "tiaojiexieyi");
  CHECK(composer.letters() == "tiaojiexieyi");
  const std::vector<std::string> texts = composer.candidates(0, 20);
  const auto part = std::ranges::find(texts, "调解");
  REQUIRE(part != texts.end());
  REQUIRE(composer.choose(static_cast<std::size_t>(part - texts.begin())).empty());
  CHECK(composer.letters().empty());
}

TEST_CASE("tiaojie typed on the glass stands in the field as mediation") {
  input::Pinyin pinyin = test::must(input::Pinyin::open(PINYIN_FOLDER));
  input::PinyinComposer composer(pinyin);
  input::Keyboard keyboard(&composer);
  ui::TextField field;
  test::UiDriver driver;
  driver.show([&](ui::Ui& ui) {
    ui::Area body = ui.screen();
    const ui::Area keys = input::Keyboard::place(ui, body, input::Kind::text);
    ui.field("field", body.inset(40, 300), field, {.active = true, .lines = true});
    CHECK_FALSE(keyboard.draw(ui, keys, field, input::Kind::text, ui.tr("keyboard.finish")));
  });
  for (const char letter : std::string_view("tiaojie")) {
    driver.tap(std::string("key.") + letter);
  }
  CHECK(field.composing() == "tiao jie");
  CHECK(driver.find("candidate.0")->label == "调解");
  driver.shot("keyboard_tiaojie");
  driver.tap("key.space");
  CHECK(field.text() == "调解");
  CHECK(pinyin.composition().typed.empty());
}

TEST_CASE("a whole sentence of pinyin fits the row, the page and the field") {
  input::Pinyin pinyin = test::must(input::Pinyin::open(PINYIN_FOLDER));
  input::PinyinComposer composer(pinyin);
  input::Keyboard keyboard(&composer);
  ui::TextField field;
  test::UiDriver driver(test::landscape);
  driver.show([&](ui::Ui& ui) {
    ui::Area body = ui.screen();
    const ui::Area keys = input::Keyboard::place(ui, body, input::Kind::text);
    ui.field("field", body.inset(40, 100), field, {.active = true, .lines = true});
    CHECK_FALSE(keyboard.draw(ui, keys, field, input::Kind::text, ui.tr("keyboard.finish")));
  });
  driver.type("wobaolaobantuoqianlewosangeyuedegongzibugeiwo");
  CHECK(driver.ui().overflows() == std::vector<std::string>{});
  driver.shot("keyboard_sentence");
  driver.tap("candidate.more");
  CHECK(driver.ui().overflows() == std::vector<std::string>{});
  driver.shot("keyboard_sentence_page");
  driver.tap("candidate.0");
  CHECK(field.characters() > 10);
}
