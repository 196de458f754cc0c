#include "kiosk/central/feed.h"

#include <map>

#include "tests/kiosk/central/bench.h"

namespace {

constexpr const char* slot = "consult|onsite|2026-11-24T14:00";

TEST_CASE("who is up to date is told nothing, then only what has changed") {
  test::Bench bench;
  const std::string kiosk = bench.enrol();
  test::Outbox outbox(bench.clock, 7);
  const auto all = bench.feed(kiosk, "");
  CHECK(all.changes.size() == 286);  // 11 working days, 13 slots, two ways
  CHECK_FALSE(all.more);
  CHECK(all.afresh);
  const auto nothing = bench.feed(kiosk, all.cursor);
  CHECK_FALSE(nothing.afresh);
  CHECK(bench.feed(kiosk, "c1:99999999").afresh);  // of another history
  CHECK(nothing.changes.empty());
  CHECK(nothing.cursor == all.cursor);
  const auto booked = bench.apply_one(kiosk, bench.booking(outbox, bench.visitor(), slot));
  const auto news = bench.feed(kiosk, all.cursor).changes;
  REQUIRE(news.size() == 2);
  CHECK(news[0].key == slot);
  CHECK(news[1].key == booked.id);
  CHECK(news[0].version < news[1].version);
}

TEST_CASE("slots and tickets are everybody's, records only their kiosk's") {
  test::Bench bench;
  const std::string kiosk = bench.enrol();
  const std::string other = bench.enrol("b");
  test::Outbox outbox(bench.clock, 7);
  const auto visitor = bench.visitor();
  const auto results =
      bench
          .apply(kiosk, {bench.booking(outbox, visitor, slot),
                         outbox.op("assist.call", wire::to_json(wire::AssistCall{"home"})),
                         outbox.op("intake.file", wire::to_json(wire::IntakeFile{
                                                      "mediation", "", visitor.code, "1234", {}})),
                         outbox.op("ticket.draw",
                                   wire::to_json(wire::TicketDraw{"notary", "", "2026-11-23"}))})
          .results;
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK_FALSE(bench.told(kiosk, results[i].id).empty());
    CHECK(bench.told(other, results[i].id).empty());
  }
  CHECK_FALSE(bench.told(other, results[3].id).empty());
  CHECK(bench.taken(other, slot) == 1);
  CHECK(bench.feed(other, "").cursor == bench.feed(kiosk, "").cursor);
}

TEST_CASE("reading page by page misses nothing, whatever changes meanwhile") {
  test::Bench bench;
  const std::string kiosk = bench.enrol();
  test::Outbox outbox(bench.clock, 7);
  std::map<std::string, std::string> known;
  std::string cursor;
  for (int round = 0; round < 400; ++round) {
    const auto page = bench.feed(kiosk, cursor, 7);
    CHECK(page.changes.size() <= 7);
    for (const wire::Change& change : page.changes) known[change.key] = change.data;
    CHECK((page.more || page.cursor != cursor || page.changes.empty()));
    cursor = page.cursor;
    if (round < 30) bench.apply_one(kiosk, bench.booking(outbox, bench.visitor(), slot));
    if (!page.more && round >= 30) break;
  }
  for (const wire::Change& change : bench.feed(kiosk, "").changes) {
    CHECK(known[change.key] == change.data);
  }
}

TEST_CASE("a cursor that is none or from another future begins from the start") {
  test::Bench bench;
  const std::string kiosk = bench.enrol();
  for (const char* cursor :
       {"", "c1:", "c1:x", "c2:5", "c1:-5", "c1:99999999", "c1:9e9", "c1:99999999999999999999"}) {
    CHECK(bench.feed(kiosk, cursor).changes.size() == 286);
  }
}

TEST_CASE("slots and tickets of days gone by are told to nobody") {
  test::Bench bench;
  const std::string kiosk = bench.enrol();
  test::Outbox outbox(bench.clock, 7);
  const auto drawn = bench.apply_one(
      kiosk, outbox.op("ticket.draw", wire::to_json(wire::TicketDraw{"notary", "", "2026-11-23"})));
  CHECK_FALSE(bench.told(kiosk, drawn.id).empty());
  bench.clock.advance(std::chrono::hours{24});
  CHECK(bench.told(kiosk, drawn.id).empty());
  CHECK(bench.feed(kiosk, "").changes.size() == 260);
}

}  // namespace
