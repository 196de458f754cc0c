#include "kiosk/store/staff_pin.h"

#include "tests/support/stored.h"

using store::PinAnswer;
using test::must;

TEST_CASE("Without a PIN there is no door") {
  test::Stored world;
  store::Store store = world.open();
  CHECK_FALSE(must(store::has_pin(store)));
  CHECK(must(store::check_pin(store, "123456")) == PinAnswer::not_set);
}

TEST_CASE("A PIN is six to twelve digits") {
  test::Stored world;
  store::Store store = world.open();
  CHECK(test::code_of(store::set_pin(store, "12345")) == "pin_form");
  CHECK(test::code_of(store::set_pin(store, "1234567890123")) == "pin_form");
  CHECK(test::code_of(store::set_pin(store, "12345x")) == "pin_form");
  CHECK_FALSE(must(store::has_pin(store)));
}

TEST_CASE("The right PIN opens; the sixth wrong one in a row is not even looked at") {
  test::Stored world;
  store::Store store = world.open();
  must(store::set_pin(store, "135790"));
  CHECK(must(store::check_pin(store, "135790")) == PinAnswer::right);
  for (int i = 0; i < 4; ++i) CHECK(must(store::check_pin(store, "000000")) == PinAnswer::wrong);
  CHECK(must(store::check_pin(store, "000000")) == PinAnswer::locked);
  store::Store restarted = world.open();
  CHECK(must(store::check_pin(restarted, "135790")) == PinAnswer::locked);
  world.clock.advance(std::chrono::minutes{15});
  CHECK(must(store::check_pin(store, "135790")) == PinAnswer::right);
}

TEST_CASE("The fifth try may still be the right one") {
  test::Stored world;
  store::Store store = world.open();
  must(store::set_pin(store, "135790"));
  for (int i = 0; i < 4; ++i) CHECK(must(store::check_pin(store, "000000")) == PinAnswer::wrong);
  CHECK(must(store::check_pin(store, "135790")) == PinAnswer::right);
}

TEST_CASE("A new PIN replaces the old one and ends the pause") {
  test::Stored world;
  store::Store store = world.open();
  must(store::set_pin(store, "135790"));
  for (int i = 0; i < 5; ++i) must(store::check_pin(store, "000000"));
  must(store::set_pin(store, "246802"));
  CHECK(must(store::check_pin(store, "246802")) == PinAnswer::right);
  CHECK(must(store::check_pin(store, "135790")) == PinAnswer::wrong);
}
