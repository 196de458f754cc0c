// A center on a real database with a clock the test moves: the sample catalogue, a kiosk, and ops
// by one line each. 2026-11-23 is a Monday.
#pragma once

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "kiosk/central/feed.h"
#include "kiosk/central/kiosks.h"
#include "kiosk/central/office.h"
#include "kiosk/central/ops.h"
#include "kiosk/central/schema.h"
#include "kiosk/central/slots.h"
#include "kiosk/central/store.h"
#include "kiosk/wire/case_code.h"
#include "platform/crypto/crypto.h"
#include "tests/support/test_engine.h"
#include "tests/support/world.h"

namespace test {

inline service::LocalText text(std::string zh, std::string en) {
  return {{{"zh-Hans", std::move(zh)}, {"en", std::move(en)}}};
}

inline service::Hours weekdays() {
  service::Hours hours;
  const service::TimeSpan morning{{9 * 60}, {12 * 60}};
  const service::TimeSpan afternoon{{13 * 60 + 30}, {17 * 60}};
  for (std::size_t day = 0; day < 5; ++day) hours.week[day] = {morning, afternoon};
  return hours;
}

// consult: on site (2 seats a slot) and by phone (1); notary: letter B; mediation: a request.
inline service::Catalogue sample_catalogue() {
  service::Catalogue catalogue;
  catalogue.center.id = "sample";
  catalogue.center.name = text("示例中心", "Sample center");
  service::Service consult;
  consult.id = "consult";
  consult.kind = service::Kind::booking;
  consult.name = text("法律咨询", "Consultation");
  consult.hours = weekdays();
  service::Way onsite;
  onsite.id = "onsite";
  onsite.name = text("当面谈", "In person");
  onsite.room = text("会谈室", "Meeting room");
  onsite.capacity = 2;
  service::Way phone;
  phone.id = "phone";
  phone.name = text("电话谈", "By phone");
  phone.capacity = 1;
  consult.ways = {onsite, phone};
  service::Choice wage;
  wage.id = "wage";
  wage.name = text("工资", "Wages");
  consult.choices = {wage};
  service::Service notary;
  notary.id = "notary";
  notary.kind = service::Kind::ticket;
  notary.name = text("公证", "Notary");
  notary.letter = "B";
  notary.hours = weekdays();
  service::Service mediation;
  mediation.id = "mediation";
  mediation.kind = service::Kind::intake;
  mediation.name = text("人民调解", "Mediation");
  service::Question what;
  what.id = "what";
  what.title = text("发生了什么", "What happened");
  service::Question type;
  type.id = "type";
  type.kind = service::QuestionKind::choice;
  type.title = text("哪一类", "Which kind");
  type.choices = {wage};
  service::Question party;
  party.id = "party";
  party.kind = service::QuestionKind::party;
  party.title = text("对方是谁", "The other side");
  mediation.questions = {type, party, what};
  catalogue.services = {consult, notary, mediation};
  return catalogue;
}

// One kiosk's ops, in its order.
class Outbox {
 public:
  Outbox(const base::Clock& clock, std::uint64_t seed) : clock_(clock), chance_(seed) {}
  wire::Op op(std::string kind, std::string body) {
    return {base::uuid7(clock_.now(), chance_),     ++seq_, std::move(kind),
            base::china_time.rfc3339(clock_.now()), true,   std::move(body)};
  }
  [[nodiscard]] std::int64_t seq() const { return seq_; }

 private:
  const base::Clock& clock_;
  SeededChance chance_;
  std::int64_t seq_ = 0;
};

struct Visitor {
  std::string code;
  std::string last4 = "1234";
};

class Bench {
 public:
  // Runs the work in a transaction; the test ends when the database fails.
  template <typename Work>
  auto write(Work work) {
    auto outcome = store->write([&](sql::Database& database) {
      central::Transaction transaction{database, center, clock.now()};
      return work(transaction);
    });
    if (!outcome) FAIL(outcome.error().code, " ", outcome.error().detail);
    if constexpr (requires { *outcome; }) return std::move(*outcome);
  }

  explicit Bench(service::Catalogue catalogue = sample_catalogue())
      : center{std::move(catalogue), base::china_time, "secret", 20} {
    auto opened = central::Store::open(
        test_engine(folder / "central.db"), central::migrations(),
        [this](sql::Database& database) { return central::lock_center(database, center.id()); });
    REQUIRE(opened);
    store = std::move(*opened);
    write([&](central::Transaction& transaction) -> base::Result<void> {
      TRY(central::begin_service(transaction, "hash", chance));
      return central::expand_slots(transaction);
    });
  }

  std::string enrol(std::string_view name = "a") {
    const auto code = store->write([&](sql::Database& database) {
      return central::make_enrol_code(database, center.id(), world());
    });
    REQUIRE(code);
    const std::string key = crypto::base64(crypto::sha256_hex(name).substr(0, 32));
    return write([&](central::Transaction& transaction) {
             return central::enrol(transaction, {*code, key}, chance);
           })
        .kiosk_id;
  }

  central::OpsOutcome apply(const std::string& kiosk, const std::vector<wire::Op>& ops) {
    std::vector<std::string> bytes;
    for (const wire::Op& op : ops) bytes.push_back(wire::to_json(op));
    const auto arrived = central::read_ops(bytes);
    REQUIRE(arrived);
    return write([&](central::Transaction& transaction) {
      return central::apply_ops(transaction, kiosk, *arrived);
    });
  }
  wire::OpResult apply_one(const std::string& kiosk, const wire::Op& op) {
    return apply(kiosk, {op}).results.at(0);
  }

  central::FeedPage feed(const std::string& kiosk, const std::string& cursor,
                         std::size_t page = 1000) {
    return write([&](central::Transaction& transaction) {
      return central::read_feed(transaction, kiosk, cursor, page);
    });
  }
  // The state a kiosk would know of a key when it had read everything; "" when it is not told.
  std::string told(const std::string& kiosk, std::string_view key) {
    for (const wire::Change& change : feed(kiosk, "").changes) {
      if (change.key == key) return change.data;
    }
    return "";
  }
  std::string record_state(const std::string& kiosk, std::string_view key) {
    const auto state = wire::parse_record_state(told(kiosk, key));
    return state ? state->state : "";
  }
  int taken(const std::string& kiosk, std::string_view slot) {
    const auto state = wire::parse_slot_state(told(kiosk, slot));
    REQUIRE(state);
    return state->taken;
  }

  // As kiosk-central restore does last.
  void restored() {
    REQUIRE(store->write([&](sql::Database& database) {
      return central::begin_epoch(database, center.id(), world());
    }));
  }

  Visitor visitor() { return {wire::make_case_code(chance)}; }
  wire::Op booking(Outbox& outbox, const Visitor& visitor, std::string slot) {
    const std::string way = slot.find("|phone|") == std::string::npos ? "onsite" : "phone";
    return outbox.op("booking.request", wire::to_json(wire::BookingRequest{
                                            "consult", "wage", way, std::move(slot), "王小明",
                                            "13800001234", visitor.code, visitor.last4}));
  }

  [[nodiscard]] base::World world() { return {clock, chance}; }

  TempFolder folder;
  FakeClock clock;
  SeededChance chance;
  central::Center center;
  std::unique_ptr<central::Store> store;
};

inline std::string promise(const wire::OpResult& result) {
  const auto parsed = wire::parse_promise(result.data);
  return parsed ? parsed->state + parsed->number : "";
}

}  // namespace test
