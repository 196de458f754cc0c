// The kiosk's four services against the real server over the loopback: real SQLite at both ends,
// real HTTP between them.
#include <doctest/doctest.h>

#include <functional>

#include "kiosk/assist/assist_store.h"
#include "kiosk/booking/booking_store.h"
#include "kiosk/intake/intake_store.h"
#include "kiosk/service/read.h"
#include "kiosk/store/packs.h"
#include "kiosk/sync/sync_thread.h"
#include "kiosk/ticket/ticket_store.h"
#include "platform/http/curl_transport.h"
#include "tests/kiosk/service/sample_config.h"
#include "tests/support/central_program.h"
#include "tests/support/signal.h"
#include "tests/support/stored.h"

using test::must;

namespace {

constexpr std::string_view open_all_week =
    "monday = [\"00:00-24:00\"]\ntuesday = [\"00:00-24:00\"]\nwednesday = [\"00:00-24:00\"]\n"
    "thursday = [\"00:00-24:00\"]\nfriday = [\"00:00-24:00\"]\nsaturday = [\"00:00-24:00\"]\n"
    "sunday = [\"00:00-24:00\"]\n";

void replace(std::string& text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  text.replace(at, from.size(), to);
}

// The sample center, open day and night, so that the test does not depend on when it runs.
service::Files sample() {
  service::Files files = test::sample_config();
  replace(files["center.toml"], "monday = [\"09:00-12:00\", \"13:30-17:00\"]\n", open_all_week);
  replace(files["services/notary.toml"], "tuesday = [\"10:00-11:00\"]\n", open_all_week);
  replace(files["services/consult.toml"], "capacity = 2", "capacity = 40");
  files["central.toml"] = "next_poll_s = 1\n";
  return files;
}

// A kiosk as main() builds it, but without screens.
struct Kiosk {
  explicit Kiosk(test::CentralProgram& central)
      : options{central.address(), central.enrol_code()} {}

  bool comes(const std::function<bool()>& what) { return woken.wait_until(what); }
  bool ready() {
    return comes([this] { return must(store::read_sync_state(ui)).caught_up; });
  }
  bool all_answered() {
    return comes([this] { return must(store::count_waiting(ui)).count == 0; });
  }
  booking::Draft draft() {
    const base::Date tomorrow = base::add_days(ui.today(), 1);
    const auto seats = must(bookings.seats("consult", tomorrow));
    REQUIRE_FALSE(seats.empty());
    booking::Draft draft;
    draft.service = "consult";
    draft.topic = "wage";
    draft.way = "onsite";
    draft.slot = seats.front().key;
    draft.name = "王小明";
    draft.phone = "13800001234";
    return draft;
  }

  test::TempFolder folder;
  base::SystemClock clock;
  base::SystemChance chance;
  base::World world{clock, chance};
  service::Catalogue catalogue = *service::read_catalogue(sample()).catalogue;
  store::Store ui = must(store::Store::open(folder.path(), world));
  store::Store of_thread = must(store::Store::open(folder.path(), world));
  booking::BookingStore bookings = must(booking::BookingStore::open(ui));
  ticket::TicketStore tickets = must(ticket::TicketStore::open(ui));
  intake::IntakeStore requests = must(intake::IntakeStore::open(ui));
  assist::AssistStore calls{ui};
  crypto::SigningKey key = must(crypto::SigningKey::load_or_create(folder / "kiosk.key"));
  http::CurlTransport transport = must(http::CurlTransport::open());
  syncing::Lookup lookup;
  base::Log log{clock, -1};
  syncing::Options options;
  test::Signal woken;
  syncing::SyncThread thread{
      of_thread, transport, key, options, lookup, log, [this] { woken.raise(); }};
};

std::int64_t count(const test::CentralProgram& central, const std::string& query) {
  sql::Database database = must(sql::Database::open(central.database()));
  return must(database.integer(query)).value_or(-1);
}

}  // namespace

TEST_CASE("A booking, a ticket, a request and a call reach the server and are answered") {
  test::CentralProgram central(sample());
  Kiosk kiosk(central);
  REQUIRE(kiosk.ready());
  CHECK(must(store::candidate_pack(kiosk.ui, "catalogue")));

  const booking::Submitted booked = must(kiosk.bookings.submit(kiosk.draft()));
  const ticket::Drawn drawn = must(kiosk.tickets.draw(*kiosk.catalogue.find("notary"), "will"));
  intake::Draft request;
  request.safety_passed = true;
  request.answers = {{"evidence", "medical"}, {"consent", "no"}};
  const intake::Filed filed =
      must(kiosk.requests.file(*kiosk.catalogue.find("mediation"), request));
  const std::string call = must(kiosk.calls.call("home"));
  kiosk.thread.notify();
  REQUIRE(kiosk.all_answered());

  CHECK(must(kiosk.bookings.status(booked.id)).state == booking::State::confirmed);
  CHECK(must(kiosk.requests.status(filed.id)).state == intake::State::received);
  CHECK(must(kiosk.calls.find(call)).state == assist::State::open);
  const ticket::Ticket held = must(kiosk.tickets.settle(drawn));
  CHECK(held.number == "B001");
  CHECK(must(kiosk.tickets.ahead(held.id)).people == 0);

  kiosk.lookup.ask(booked.code, booked.last4);
  REQUIRE(kiosk.comes(
      [&] { return kiosk.lookup.answer().kind != syncing::LookupAnswer::Kind::pending; }));
  CHECK(kiosk.lookup.answer().kind == syncing::LookupAnswer::Kind::found);
  CHECK(kiosk.lookup.answer().found.id == booked.id);

  must(kiosk.bookings.cancel({booked.code, booked.last4, booked.id}));
  kiosk.thread.notify();
  REQUIRE(kiosk.all_answered());
  CHECK(must(kiosk.bookings.status(booked.id)).state == booking::State::cancelled);
}

TEST_CASE("The server is killed again and again under load: nothing is lost, nothing is doubled") {
  test::CentralProgram central(sample());
  Kiosk kiosk(central);
  REQUIRE(kiosk.ready());
  const booking::Draft draft = kiosk.draft();
  std::vector<std::string> booked;
  const auto book = [&](int times) {
    for (int i = 0; i < times; ++i) booked.push_back(must(kiosk.bookings.submit(draft)).id);
    kiosk.thread.notify();
  };
  for (int round = 0; round < 3; ++round) {
    book(5);
    central.kill();
    book(5);
    central.start();
  }
  REQUIRE(kiosk.all_answered());
  CHECK(count(central, "SELECT count(*) FROM op") == 30);
  CHECK(count(central, "SELECT count(*) FROM booking") == 30);
  CHECK(count(central, "SELECT max(taken) FROM slot") == 30);
  for (const std::string& id : booked) {
    CHECK(must(kiosk.bookings.status(id)).state == booking::State::confirmed);
  }
}

TEST_CASE("Without a line the visitor still gets a number, and paper wins at the counter, too") {
  test::CentralProgram central(sample());
  Kiosk kiosk(central);
  REQUIRE(kiosk.ready());
  central.kill();
  ticket::Drawn drawn = must(kiosk.tickets.draw(*kiosk.catalogue.find("notary"), ""));
  kiosk.thread.notify();
  drawn.since -= ticket::answer_patience;  // as if the visitor had waited already
  const ticket::Ticket held = must(kiosk.tickets.settle(drawn));
  CHECK(held.number == "B1-01");
  central.start();
  REQUIRE(kiosk.all_answered());
  REQUIRE(kiosk.comes([&] { return must(kiosk.tickets.ahead(held.id)).people.has_value(); }));
  CHECK(must(kiosk.tickets.find(held.id)).number == "B1-01");
  CHECK(count(central, "SELECT count(*) FROM ticket WHERE number = 'B1-01'") == 1);
  CHECK(count(central, "SELECT count(*) FROM ticket") == 1);
}

TEST_CASE("A server restored from a backup gets again what the backup does not have") {
  test::CentralProgram central(sample());
  Kiosk kiosk(central);
  REQUIRE(kiosk.ready());
  central.kill();
  central.back_up();
  central.start();
  const booking::Submitted booked = must(kiosk.bookings.submit(kiosk.draft()));
  kiosk.thread.notify();
  REQUIRE(kiosk.all_answered());
  REQUIRE(count(central, "SELECT count(*) FROM booking") == 1);

  central.kill();
  central.restore();
  REQUIRE(count(central, "SELECT count(*) FROM booking") == 0);
  central.new_epoch();
  central.start();
  REQUIRE(kiosk.comes([&] { return count(central, "SELECT count(*) FROM booking") == 1; }));
  REQUIRE(kiosk.all_answered());
  CHECK(must(kiosk.bookings.status(booked.id)).state == booking::State::confirmed);
  CHECK(must(store::refused_ops(kiosk.ui)).empty());
}
