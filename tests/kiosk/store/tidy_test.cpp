#include "kiosk/store/tidy.h"

#include "kiosk/store/case_index.h"
#include "kiosk/wire/case_code.h"
#include "tests/support/stored.h"

using test::must;

namespace {

// Everything the database has on disk, its write-ahead log included.
bool on_disk(const test::Stored& world, std::string_view words) {
  for (const char* name : {"kiosk.db", "kiosk.db-wal"}) {
    const auto content = base::read_file(world.folder / name);
    if (content && content->find(words) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("What a visitor wrote is nowhere on the disk once its days are over") {
  test::Stored world;
  store::Store store = world.open();
  const std::string id = must(store.write([](store::Writer& writer) {
    return writer.append({.kind = "booking.request",
                          .record = {},
                          .body = R"({"name":"Wang Xiaoming of Dongcheng"})",
                          .legal_day = {}});
  }));
  CHECK(on_disk(world, "Wang Xiaoming"));
  test::answer(store, id, wire::Outcome::applied);
  world.clock.advance(std::chrono::days{8});
  must(store::tidy(store));
  CHECK_FALSE(must(store::find_op(store, id)));
  CHECK_FALSE(on_disk(world, "Wang Xiaoming"));
}

TEST_CASE("A clock that jumps ahead takes nothing away") {
  test::TempFolder folder;
  test::FakeClock machine;
  base::ToldClock clock(machine);
  test::SeededChance chance;
  store::Store store = must(store::Store::open(folder.path(), {clock, chance}));
  clock.tell(machine.now());
  const std::string id = test::append(store, "assist.call");
  test::answer(store, id, wire::Outcome::applied);
  test::tell(store, "slot", "s1", R"({"day":"2026-11-23"})");
  const std::string code = wire::make_case_code(chance);
  must(store.write([&](store::Writer& writer) {
    return store::index_case(writer, {code, "1234"}, "booking", "b1");
  }));
  machine.set(machine.now() + std::chrono::days{3652});
  must(store::tidy(store));
  CHECK(must(store::find_op(store, id)));
  CHECK(must(store::find_state(store, "slot", "s1")));
  CHECK(must(store::find_case(store, {code, "1234"})).kind == store::CaseAnswer::Kind::found);
}

TEST_CASE("Cases go after two years, wrong tries after a day") {
  test::Stored world;
  store::Store store = world.open();
  const std::string code = wire::make_case_code(world.chance);
  must(store.write([&](store::Writer& writer) {
    return store::index_case(writer, {code, "1234"}, "booking", "b1");
  }));
  must(store::find_case(store, {code, "9999"}));
  const auto count = [&](std::string_view table) {
    return must(store.database().integer("SELECT count(*) FROM " + std::string(table)));
  };
  world.clock.advance(std::chrono::days{2});
  must(store::tidy(store));
  CHECK(count("case_try") == 0);
  CHECK(must(store::find_case(store, {code, "1234"})).kind == store::CaseAnswer::Kind::found);
  world.clock.advance(std::chrono::days{730});
  must(store::tidy(store));
  CHECK(must(store::find_case(store, {code, "1234"})).kind == store::CaseAnswer::Kind::no_match);
}

TEST_CASE("Yesterday's tickets stay for a night, older ones go") {
  test::Stored world;
  store::Store store = world.open();
  test::tell(store, "ticket", "yesterday", R"({"day":"2026-11-22"})");
  test::tell(store, "ticket", "before", R"({"day":"2026-11-21"})");
  must(store::tidy(store));
  CHECK(must(store::find_state(store, "ticket", "yesterday")));
  CHECK_FALSE(must(store::find_state(store, "ticket", "before")));
}
