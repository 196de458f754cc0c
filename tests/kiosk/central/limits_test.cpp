#include "kiosk/central/limits.h"

#include "kiosk/central/keeping.h"
#include "tests/kiosk/central/bench.h"

namespace {

constexpr const char* slots[] = {
    "consult|onsite|2026-11-24T09:00", "consult|onsite|2026-11-24T09:30",
    "consult|onsite|2026-11-24T10:00", "consult|onsite|2026-11-24T10:30"};

struct Hall {
  test::Bench bench;
  std::string kiosk = bench.enrol();
  test::Outbox outbox{bench.clock, 7};

  explicit Hall(int per_person_day = 2, int no_phone_per_hour = 2) {
    service::SlotRule& rule = bench.center.catalogue.services[0].slots;
    rule.per_person_day = per_person_day;
    rule.no_phone_per_hour = no_phone_per_hour;
  }

  wire::Op op(int slot, const std::string& phone, const test::Visitor& visitor) {
    return outbox.op("booking.request", wire::to_json(wire::BookingRequest{
                                            "consult", "wage", "onsite", slots[slot], "王小明",
                                            phone, visitor.code, visitor.last4}));
  }
  wire::OpResult book(int slot, const std::string& phone) {
    return bench.apply_one(kiosk, op(slot, phone, bench.visitor()));
  }
  std::int64_t count(std::string_view query) {
    return bench
        .write(
            [&](central::Transaction& transaction) { return transaction.database.integer(query); })
        .value_or(-1);
  }
};

TEST_CASE("one telephone number books so often a day and no oftener, another one is free to") {
  Hall hall;
  CHECK(hall.book(0, "13800001234").outcome == wire::Outcome::applied);
  CHECK(hall.book(1, "13800001234").outcome == wire::Outcome::applied);
  CHECK(hall.book(2, "13800001234").code == "limit_person");
  CHECK(hall.book(2, "13800009999").outcome == wire::Outcome::applied);
  CHECK(hall.bench.taken(hall.kiosk, slots[2]) == 1);
}

TEST_CASE("the limit holds over all kiosks of the center, whoever made the hash") {
  Hall hall;
  const std::string other = hall.bench.enrol("b");
  test::Outbox there(hall.bench.clock, 8);
  CHECK(hall.book(0, "13800001234").outcome == wire::Outcome::applied);
  const wire::DayKey key = central::person_key(hall.bench.center, *base::parse_date("2026-11-23"));
  for (const int slot : {1, 2}) {
    const auto visitor = hall.bench.visitor();
    wire::Op op = hall.op(slot, "13800001234", visitor);
    op.seq = slot;
    op.person = wire::person_hash(key.key, "13800001234");
    const auto result = hall.bench.apply_one(other, op);
    CHECK(result.code == (slot == 1 ? "" : "limit_person"));
  }
}

TEST_CASE("who cancels may book again, and the next day everybody may") {
  Hall hall;
  const auto visitor = hall.bench.visitor();
  hall.bench.apply_one(hall.kiosk, hall.op(0, "13800001234", visitor));
  hall.book(1, "13800001234");
  hall.bench.apply_one(hall.kiosk,
                       hall.outbox.op("booking.cancel", wire::to_json(wire::BookingChange{
                                                            visitor.code, visitor.last4, ""})));
  CHECK(hall.book(2, "13800001234").outcome == wire::Outcome::applied);
  CHECK(hall.book(3, "13800001234").code == "limit_person");
  hall.bench.clock.set(*base::parse_rfc3339("2026-11-24T00:00:00+08:00"));
  CHECK(hall.book(3, "13800001234").outcome == wire::Outcome::applied);
}

TEST_CASE("people without a phone are many: only a kiosk's hour has a limit for them") {
  Hall hall(1, 2);
  CHECK(hall.book(0, "").outcome == wire::Outcome::applied);
  CHECK(hall.book(1, "").outcome == wire::Outcome::applied);
  CHECK(hall.book(2, "").code == "limit_no_phone");
  CHECK(hall.book(2, "13800001234").outcome == wire::Outcome::applied);
  const std::string other = hall.bench.enrol("b");
  CHECK(hall.bench.apply_one(other, hall.op(3, "", hall.bench.visitor())).outcome ==
        wire::Outcome::applied);
  hall.bench.clock.advance(std::chrono::minutes{18});  // it was 09:42
  CHECK(hall.book(3, "").outcome == wire::Outcome::applied);
}

TEST_CASE("what was booked over hours without the network counts in its own hours") {
  Hall hall(1, 1);
  hall.book(0, "13800005555");  // the last contact, 09:42
  std::vector<wire::Op> kept;
  for (const int slot : {1, 2, 3}) {
    kept.push_back(hall.op(slot, "", hall.bench.visitor()));
    hall.bench.clock.advance(std::chrono::hours{1});
  }
  for (const wire::OpResult& each : hall.bench.apply(hall.kiosk, kept).results) {
    CHECK(each.outcome == wire::Outcome::applied);
  }
}

TEST_CASE("without a limit in the catalogue nothing is counted and no hash is kept for it") {
  Hall hall(0, 0);
  for (const int slot : {0, 1, 2, 3}) {
    CHECK(hall.book(slot, "13800001234").outcome == wire::Outcome::applied);
  }
  CHECK(hall.count("SELECT count(*) FROM booking_count") == 0);
}

TEST_CASE("counts and hashes are gone with their day; the same number has another hash tomorrow") {
  Hall hall;
  hall.book(0, "13800001234");
  CHECK(hall.count("SELECT count(*) FROM booking WHERE person <> ''") == 1);
  const auto erase = [&] {
    hall.bench.write(
        [](central::Transaction& transaction) { return central::erase_some(transaction, 10); });
  };
  erase();
  CHECK(hall.count("SELECT count(*) FROM booking_count") == 1);
  hall.bench.clock.set(*base::parse_rfc3339("2026-11-24T00:00:01+08:00"));
  erase();
  CHECK(hall.count("SELECT count(*) FROM booking_count") == 0);
  CHECK(hall.count("SELECT count(*) FROM booking WHERE person <> ''") == 0);
  const central::Center& center = hall.bench.center;
  CHECK(central::person_key(center, *base::parse_date("2026-11-23")).key !=
        central::person_key(center, *base::parse_date("2026-11-24")).key);
}

TEST_CASE("the same op sent twice counts once") {
  Hall hall;
  const wire::Op op = hall.op(0, "13800001234", hall.bench.visitor());
  hall.bench.apply_one(hall.kiosk, op);
  CHECK(hall.bench.apply_one(hall.kiosk, op).outcome == wire::Outcome::duplicate);
  CHECK(hall.book(1, "13800001234").outcome == wire::Outcome::applied);
}

}  // namespace
