#include "kiosk/ui/text_field.h"

#include <doctest/doctest.h>

TEST_CASE("the caret stands between characters, never within one") {
  ui::TextField field;
  field.insert("张三a");
  field.move_left();
  field.move_left();
  CHECK(field.caret() == std::string("张").size());
  field.insert("四");
  CHECK(field.text() == "张四三a");
  field.move_left();
  field.move_left();
  field.move_left();
  CHECK(field.caret() == 0);
  field.move_right();
  CHECK(field.caret() == std::string("张").size());
  field.place_caret(field.text().size() + 100);
  CHECK(field.caret() <= field.text().size());
}

TEST_CASE("deleting takes one character, whatever its bytes") {
  ui::TextField field;
  field.insert("李𠮷");
  field.backspace();
  CHECK(field.text() == "李");
  field.backspace();
  field.backspace();
  CHECK(field.text() == "");
}

TEST_CASE("the limit counts characters and says when something was dropped") {
  ui::TextField field(3);
  CHECK(field.insert("一二三"));
  CHECK(field.characters() == 3);
  CHECK_FALSE(field.insert("四"));
  CHECK(field.text() == "一二三");
}

TEST_CASE("signs that no field can show are dropped") {
  ui::TextField field;
  CHECK_FALSE(
      field.insert("a\x01"
                   "b"));
  CHECK(field.text() == "ab");
}

TEST_CASE("what was cleared comes back with one touch") {
  ui::TextField field;
  CHECK_FALSE(field.can_undo());
  field.insert("写了很多");
  field.clear();
  CHECK(field.text() == "");
  CHECK(field.can_undo());
  field.undo();
  CHECK(field.text() == "写了很多");
  CHECK_FALSE(field.can_undo());
}

TEST_CASE("what is being composed is no part of the text") {
  ui::TextField field;
  field.insert("请");
  field.compose("tiao jie");
  CHECK(field.composing() == "tiao jie");
  CHECK(field.text() == "请");
}
