#include "kiosk/store/legal_days.h"

#include "kiosk/wire/legal_day.h"
#include "tests/support/stored.h"

using store::LegalOutcome;
using test::append;
using test::must;
using test::Stored;
using wire::Outcome;

namespace {

// 2026-11-23 is today.
std::optional<base::Date> day(const char* text) {
  return base::parse_date(text);
}

void be_online(store::Store& store) {
  must(store.write([&](store::Writer& writer) -> base::Result<void> {
    store::SyncState state = TRY(store::read_sync_state(store));
    state.last_success = store.now();
    return store::save_sync_state(writer, state);
  }));
}

std::vector<std::string> in_alarm(store::Store& store) {
  std::vector<std::string> ids;
  for (const store::LegalAlarm& each : must(store::legal_alarms(store))) ids.push_back(each.id);
  return ids;
}

}  // namespace

TEST_CASE("A day is near with fewer than three days left, or seven for what was made offline") {
  const base::Date today = *day("2026-11-23");
  CHECK(wire::legal_day_near(*day("2026-11-25"), today, false));
  CHECK_FALSE(wire::legal_day_near(*day("2026-11-26"), today, false));
  CHECK(wire::legal_day_near(*day("2026-11-29"), today, true));
  CHECK_FALSE(wire::legal_day_near(*day("2026-11-30"), today, true));
  CHECK(wire::legal_day_near(*day("2026-11-01"), today, false));
}

TEST_CASE("What waits here alarms before its legal day, sooner when there was no line") {
  Stored world;
  store::Store store = world.open();
  be_online(store);
  const std::string online = append(store, "intake.file", {}, day("2026-11-28"));
  world.clock.advance(std::chrono::hours{1});
  const std::string offline = append(store, "intake.file", {}, day("2026-11-29"));
  append(store, "intake.file");
  CHECK(in_alarm(store) == std::vector{offline});
  world.clock.advance(std::chrono::days{3});
  CHECK(in_alarm(store) == std::vector{online, offline});
  CHECK(must(store::count_legal_alarms(store)) == 2);
  world.clock.advance(std::chrono::days{30});
  CHECK(must(store::legal_alarms(store)).front().days_left == -28);
}

TEST_CASE("A machine's clock that was put back makes no day far away again") {
  Stored world;
  store::Store store = world.open();
  be_online(store);
  const std::string id = append(store, "intake.file", {}, day("2026-11-25"));
  world.clock.set(world.clock.now() - std::chrono::days{4000});
  CHECK(in_alarm(store) == std::vector{id});
  CHECK(must(store::legal_alarms(store)).front().days_left == 2);
}

TEST_CASE("The alarm ends when the center has it or a person wrote down what came of it") {
  Stored world;
  store::Store store = world.open();
  const std::string sent = append(store, "intake.file", {}, day("2026-11-24"));
  const std::string handed_in = append(store, "intake.file", {}, day("2026-11-25"));
  test::answer(store, sent, Outcome::applied);
  CHECK(in_alarm(store) == std::vector{handed_in});
  must(store.write([&](store::Writer& writer) {
    return store::settle_legal_alarm(writer, handed_in, LegalOutcome::handed_in);
  }));
  CHECK(in_alarm(store).empty());
}

TEST_CASE("What the center refused alarms at once, however far its day is") {
  Stored world;
  store::Store store = world.open();
  const std::string id = append(store, "intake.file", {}, day("2027-11-24"));
  CHECK(in_alarm(store).empty());
  test::answer(store, id, Outcome::rejected, "{}", "bad_body");
  CHECK(in_alarm(store) == std::vector{id});
  CHECK(must(store::legal_alarms(store)).front().refused);
}

TEST_CASE("A day that nobody could say goes along as unknown, and no day is made up") {
  Stored world;
  store::Store store = world.open();
  must(store.write([&](store::Writer& writer) {
    return writer.append({.kind = "intake.file",
                          .record = {},
                          .body = "{}",
                          .legal_day = {},
                          .person = {},
                          .legal_day_unknown = true});
  }));
  const wire::Op op = must(wire::parse_op(must(store::op_bytes(store, 1))));
  CHECK(op.legal_day == wire::unknown_legal_day);
  CHECK_FALSE(must(store::pending_ops(store)).front().legal_day);
}
