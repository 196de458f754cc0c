#include "kiosk/store/mirror.h"

#include "tests/support/stored.h"

using test::must;
using test::tell;

TEST_CASE("The mirror shows the last state told, and nothing after it is taken back") {
  test::Stored world;
  store::Store store = world.open();
  CHECK_FALSE(must(store::find_state(store, "booking", "b1")));
  tell(store, "booking", "b1", R"({"state":"confirmed"})");
  tell(store, "booking", "b1", R"({"state":"moved"})");
  CHECK(must(store::find_state(store, "booking", "b1")) == R"({"state":"moved"})");
  CHECK_FALSE(must(store::find_state(store, "ticket", "b1")));
  must(store.write([](store::Writer& writer) {
    return store::apply_change(
        writer, {.type = "booking", .key = "b1", .version = 3, .deleted = true, .data = "{}"});
  }));
  CHECK_FALSE(must(store::find_state(store, "booking", "b1")));
}

TEST_CASE("Slots and tickets of days gone by leave the mirror, records stay") {
  test::Stored world;
  store::Store store = world.open();
  tell(store, "ticket", "old", R"({"day":"2026-11-21"})");
  tell(store, "ticket", "new", R"({"day":"2026-11-22"})");
  tell(store, "booking", "b1", R"({"state":"confirmed"})");
  must(store.write([](store::Writer& writer) {
    return store::drop_days_before(writer, *base::parse_date("2026-11-22"));
  }));
  CHECK_FALSE(must(store::find_state(store, "ticket", "old")));
  CHECK(must(store::find_state(store, "ticket", "new")));
  CHECK(must(store::find_state(store, "booking", "b1")));
}
