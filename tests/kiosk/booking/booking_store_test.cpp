#include "kiosk/booking/booking_store.h"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "kiosk/store/outbox.h"
#include "kiosk/wire/case_code.h"
#include "kiosk/wire/messages.h"
#include "tests/support/stored.h"

using booking::BookingStore;
using booking::Draft;
using booking::State;
using booking::WishState;
using test::must;
using wire::Outcome;

namespace {

constexpr std::string_view other_slot = "consult|onsite|2026-11-25T10:00";

Draft filled() {
  Draft draft;
  draft.service = "consult";
  draft.topic = "labour";
  draft.way = "onsite";
  draft.slot = "consult|onsite|2026-11-24T14:00";
  draft.name = " 王小明 ";
  draft.phone = "138 0000 1234";
  return draft;
}

struct Desk {
  test::Stored world;
  store::Store store = world.open();
  BookingStore bookings = must(BookingStore::open(store));

  booking::Reference reference(const booking::Submitted& submitted) const {
    return {submitted.code, submitted.last4, submitted.id};
  }
  State state(const booking::Submitted& submitted) {
    return must(bookings.status(submitted.id)).state;
  }
};

std::int64_t count(store::Store& store, std::string_view table) {
  return must(store.database().integer("SELECT count(*) FROM " + std::string(table))).value_or(-1);
}

// Submits until it is killed; one byte through the pipe for each booking that was confirmed.
[[noreturn]] void submit_for_ever(const base::Path& folder, int pipe) {
  const base::SystemClock clock;
  base::SystemChance chance;
  auto store = store::Store::open(folder, base::World{clock, chance});
  if (!store) ::_exit(1);
  auto bookings = BookingStore::open(*store);
  if (!bookings) ::_exit(1);
  while (bookings->submit(filled())) {
    if (::write(pipe, "+", 1) != 1) ::_exit(1);
  }
  ::_exit(1);
}

std::size_t read_some(int pipe) {
  char bytes[64];
  const ssize_t got = ::read(pipe, bytes, sizeof bytes);
  return got > 0 ? static_cast<std::size_t>(got) : 0;
}

// Kills the child without a word once it has confirmed so many; says how many it had confirmed.
std::size_t confirmed_before_kill(const base::Path& folder, std::size_t wanted) {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) submit_for_ever(folder, ends[1]);
  ::close(ends[1]);
  std::size_t confirmed = 0;
  while (confirmed < wanted) {
    const std::size_t more = read_some(ends[0]);
    REQUIRE(more > 0);
    confirmed += more;
  }
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  while (const std::size_t more = read_some(ends[0])) confirmed += more;
  ::close(ends[0]);
  return confirmed;
}

}  // namespace

TEST_CASE("The center's key of the day turns the phone into a hash beside the op, and only then") {
  Desk desk;
  const auto person = [&] {
    desk.bookings.submit(filled()).value();
    const auto pending = must(store::pending_ops(desk.store));
    const std::string bytes = must(store::op_bytes(desk.store, pending.back().seq));
    return wire::parse_op(bytes)->person;
  };
  CHECK(person().empty());
  test::tell(desk.store, "key", "person", wire::to_json(wire::DayKey{"2026-11-22", "old"}));
  CHECK(person().empty());
  const std::string today = base::iso_date(desk.store.today());
  test::tell(desk.store, "key", "person", wire::to_json(wire::DayKey{today, "secret"}));
  CHECK(person() == wire::person_hash("secret", "13800001234"));
  Draft draft = filled();
  draft.no_phone = true;
  must(desk.bookings.submit(draft));
  const auto pending = must(store::pending_ops(desk.store));
  CHECK(wire::parse_op(must(store::op_bytes(desk.store, pending.back().seq)))->person.empty());
}

TEST_CASE("Submitting writes the booking, its op and its case in one go") {
  Desk desk;
  const booking::Submitted submitted = must(desk.bookings.submit(filled()));
  CHECK(submitted.last4 == "1234");
  CHECK(count(desk.store, "booking") == 1);
  const wire::Op op = must(wire::parse_op(must(store::op_bytes(desk.store, 1))));
  CHECK(op.id == submitted.id);
  CHECK(op.kind == "booking.request");
  const wire::BookingRequest body = must(wire::parse_booking_request(op.body));
  CHECK(body.name == "王小明");
  CHECK(body.phone == "13800001234");
  CHECK(body.code == submitted.code);
  CHECK(body.slot == filled().slot);
}

TEST_CASE("Who has no phone gets four digits on the slip, and they open the booking") {
  Desk desk;
  Draft draft = filled();
  draft.phone = "half typed 12";
  draft.no_phone = true;
  const booking::Submitted submitted = must(desk.bookings.submit(draft));
  CHECK(submitted.last4.size() == 4);
  const wire::Op op = must(wire::parse_op(must(store::op_bytes(desk.store, 1))));
  CHECK(must(wire::parse_booking_request(op.body)).phone.empty());
  CHECK(must(desk.bookings.find(submitted.code, submitted.last4)).record == submitted.id);
}

TEST_CASE("A draft that lacks something writes nothing and says what") {
  Desk desk;
  Draft draft = filled();
  draft.phone = "123";
  CHECK(test::code_of(desk.bookings.submit(draft)) == "phone_short");
  draft = filled();
  draft.name = "";
  CHECK(test::code_of(desk.bookings.submit(draft)) == "name_missing");
  draft = filled();
  draft.slot = "";
  CHECK(test::code_of(desk.bookings.submit(draft)) == "draft_incomplete");
  CHECK(count(desk.store, "booking") == 0);
  CHECK(count(desk.store, "outbox") == 0);
  CHECK(count(desk.store, "case_index") == 0);
}

TEST_CASE("The booking's row names nobody") {
  Desk desk;
  must(desk.bookings.submit(filled()));
  sql::Statement row = must(
      desk.store.database().query("SELECT id || service || topic || way || slot FROM booking"));
  REQUIRE(must(row.step()));
  CHECK(row.text(0).find("王") == std::string_view::npos);
  CHECK(row.text(0).find("1234") == std::string_view::npos);
}

TEST_CASE("A booking goes from sending to requested, and is confirmed by the center alone") {
  Desk desk;
  const booking::Submitted submitted = must(desk.bookings.submit(filled()));
  CHECK(desk.state(submitted) == State::sending);
  desk.world.clock.advance(std::chrono::seconds{2});
  CHECK(desk.state(submitted) == State::requested);
  test::answer(desk.store, submitted.id, Outcome::applied, R"({"state":"confirmed"})");
  CHECK(desk.state(submitted) == State::confirmed);
}

TEST_CASE("A refused booking shows the reason") {
  Desk desk;
  const booking::Submitted submitted = must(desk.bookings.submit(filled()));
  test::answer(desk.store, submitted.id, Outcome::rejected, "{}", "slot_past");
  const booking::Status status = must(desk.bookings.status(submitted.id));
  CHECK(status.state == State::refused);
  CHECK(status.reason == "slot_past");
}

TEST_CASE("A booking that the center moved shows its new time and the reason") {
  Desk desk;
  const booking::Submitted submitted = must(desk.bookings.submit(filled()));
  test::answer(desk.store, submitted.id, Outcome::applied, R"({"state":"confirmed"})");
  test::tell(desk.store, "booking", submitted.id,
             wire::to_json(wire::RecordState{"moved", std::string(other_slot), "room closed",
                                             "2026-11-23T10:00:00+08:00"}));
  const booking::Status status = must(desk.bookings.status(submitted.id));
  CHECK(status.state == State::moved);
  CHECK(status.booking.slot == other_slot);
  CHECK(status.reason == "room closed");
}

TEST_CASE("Nonsense from the center's feed is no state") {
  Desk desk;
  const booking::Submitted submitted = must(desk.bookings.submit(filled()));
  test::answer(desk.store, submitted.id, Outcome::applied, R"({"state":42})");
  test::tell(desk.store, "booking", submitted.id, R"({"state":["confirmed"]})");
  CHECK(desk.state(submitted) == State::received);
}

TEST_CASE("A move is a wish: the booking stands where it was until the center agrees") {
  Desk desk;
  const booking::Submitted submitted = must(desk.bookings.submit(filled()));
  test::answer(desk.store, submitted.id, Outcome::applied, R"({"state":"confirmed"})");
  const std::string wish = must(desk.bookings.move(desk.reference(submitted), other_slot));
  CHECK(must(desk.bookings.wish(wish)).state == WishState::sending);
  desk.world.clock.advance(std::chrono::seconds{2});

  booking::Status status = must(desk.bookings.status(submitted.id));
  REQUIRE(status.wish);
  CHECK(status.wish->state == WishState::filed);
  CHECK(status.wish->slot == other_slot);
  CHECK(status.state == State::confirmed);
  CHECK(status.booking.slot == filled().slot);

  test::answer(desk.store, wish, Outcome::applied, R"({"state":"waitlisted"})");
  status = must(desk.bookings.status(submitted.id));
  CHECK(status.booking.slot == other_slot);
  CHECK(status.state == State::waitlisted);
}

TEST_CASE("A refused move leaves the booking as it was") {
  Desk desk;
  const booking::Submitted submitted = must(desk.bookings.submit(filled()));
  test::answer(desk.store, submitted.id, Outcome::applied, R"({"state":"confirmed"})");
  const std::string wish = must(desk.bookings.move(desk.reference(submitted), other_slot));
  test::answer(desk.store, wish, Outcome::rejected, "{}", "slot_past");
  const booking::Status status = must(desk.bookings.status(submitted.id));
  CHECK(status.wish->state == WishState::refused);
  CHECK(status.wish->code == "slot_past");
  CHECK(status.state == State::confirmed);
  CHECK(status.booking.slot == filled().slot);
}

TEST_CASE("A cancellation the center has accepted is final") {
  Desk desk;
  const booking::Submitted submitted = must(desk.bookings.submit(filled()));
  test::answer(desk.store, submitted.id, Outcome::applied, R"({"state":"confirmed"})");
  const std::string wish = must(desk.bookings.cancel(desk.reference(submitted)));
  CHECK(desk.state(submitted) == State::confirmed);
  test::answer(desk.store, wish, Outcome::applied, R"({"state":"cancelled"})");
  CHECK(desk.state(submitted) == State::cancelled);
  CHECK(must(desk.bookings.status(submitted.id)).wish->slot.empty());
}

TEST_CASE("A booking made elsewhere can be cancelled here by its code, as a wish") {
  Desk desk;
  const std::string code = wire::make_case_code(desk.world.chance);
  const std::string wish = must(desk.bookings.cancel({code, "1234", {}}));
  CHECK(must(desk.bookings.wish(wish)).state == WishState::sending);
  CHECK(test::code_of(desk.bookings.cancel({"nonsense", "1234", {}})) == "code_form");
  CHECK(test::code_of(desk.bookings.cancel({code, "12", {}})) == "last4_form");
  CHECK(test::code_of(desk.bookings.move({code, "1234", {}}, "tomorrow")) == "slot_form");
  CHECK(test::code_of(desk.bookings.wish("none")) == "wish_unknown");
  CHECK(test::code_of(desk.bookings.status("none")) == "booking_unknown");
}

TEST_CASE("The state of a booking outlives its op in the outbox") {
  Desk desk;
  const booking::Submitted submitted = must(desk.bookings.submit(filled()));
  test::answer(desk.store, submitted.id, Outcome::applied, R"({"state":"confirmed"})");
  desk.world.clock.advance(std::chrono::days{8});
  must(desk.store.write([](store::Writer& writer) { return store::prune(writer); }));
  CHECK(desk.state(submitted) == State::received);
  test::tell(desk.store, "booking", submitted.id,
             wire::to_json(wire::RecordState{"confirmed", filled().slot, "", ""}));
  CHECK(desk.state(submitted) == State::confirmed);
}

TEST_CASE("Seats come from the feed, of one service and from one day on, nonsense left out") {
  Desk desk;
  const auto slot = [](std::string service, std::string day) {
    return wire::to_json(
        wire::SlotState{std::move(service), "onsite", std::move(day), "14:00", "14:30", 3, 1, "2"});
  };
  test::tell(desk.store, "slot", "consult|onsite|2026-11-22T14:00", slot("consult", "2026-11-22"));
  test::tell(desk.store, "slot", "consult|onsite|2026-11-24T14:00", slot("consult", "2026-11-24"));
  test::tell(desk.store, "slot", "consulting|onsite|2026-11-24T14:00",
             slot("consulting", "2026-11-24"));
  test::tell(desk.store, "slot", "consult|onsite|2026-11-25T14:00",
             R"({"day":"2026-11-25","capacity":"NaN"})");
  const auto seats = must(desk.bookings.seats("consult", *base::parse_date("2026-11-23")));
  REQUIRE(seats.size() == 1);
  CHECK(seats.front().key == "consult|onsite|2026-11-24T14:00");
  CHECK(seats.front().capacity == 3);
  CHECK(seats.front().taken == 1);
}

TEST_CASE("Old bookings go with time") {
  Desk desk;
  const booking::Submitted submitted = must(desk.bookings.submit(filled()));
  desk.world.clock.advance(std::chrono::days{91});
  BookingStore later = must(BookingStore::open(desk.store));
  CHECK(test::code_of(later.status(submitted.id)) == "booking_unknown");
}

TEST_CASE(
    "Nothing that was confirmed is lost when the kiosk is killed, and nothing is half there") {
  const test::TempFolder folder;
  std::size_t confirmed = 0;
  for (const std::size_t wanted : {5U, 1U, 17U}) {
    confirmed += confirmed_before_kill(folder.path(), wanted);
  }
  const base::SystemClock clock;
  base::SystemChance chance;
  store::Store store = must(store::Store::open(folder.path(), base::World{clock, chance}));
  const std::int64_t ops = count(store, "outbox");
  // The last booking of each life may be on disk without the word having got out.
  CHECK(ops >= static_cast<std::int64_t>(confirmed));
  CHECK(ops <= static_cast<std::int64_t>(confirmed) + 3);
  CHECK(count(store, "booking") == ops);
  CHECK(count(store, "case_index") == ops);
  CHECK(must(store.database().integer("SELECT max(seq) FROM outbox")) == ops);
  CHECK(must(store.database().integer("SELECT last FROM sequence")) == ops);
  CHECK(must(store.database().integer(
            "SELECT count(*) FROM booking JOIN outbox USING (id) WHERE record = id")) == ops);
}
