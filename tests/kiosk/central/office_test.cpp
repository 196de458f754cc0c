#include "kiosk/central/office.h"

#include <nlohmann/json.hpp>

#include "tests/kiosk/central/bench.h"

namespace {

using central::TicketStep;
using nlohmann::json;

struct Office {
  test::Bench bench;
  std::string kiosk = bench.enrol();
  test::Outbox outbox{bench.clock, 7};

  std::string draw() {
    return bench
        .apply_one(kiosk, outbox.op("ticket.draw", wire::to_json(wire::TicketDraw{"notary", "will",
                                                                                  "2026-11-23"})))
        .id;
  }
  std::string issued(const std::string& number) {
    const std::string id = draw();
    bench.apply_one(kiosk, outbox.op("ticket.issue", wire::to_json(wire::TicketIssue{id, number})));
    return id;
  }
  std::string file() {
    const wire::IntakeFile body{"mediation",
                                "",
                                bench.visitor().code,
                                "1234",
                                {{"type", "wage"},
                                 {"party.name", "<b>李四</b>"},
                                 {"party.contact", "朝阳门"},
                                 {"what", "漏水,两个月"}}};
    return bench.apply_one(kiosk, outbox.op("intake.file", wire::to_json(body))).id;
  }
  // "" when it worked, else the code of the refusal.
  template <typename Work>
  std::string act(Work work) {
    const base::Result<void> outcome = bench.store->write([&](sql::Database& database) {
      central::Transaction transaction{database, bench.center, bench.clock.now()};
      return work(transaction);
    });
    return outcome ? "" : outcome.error().code;
  }
  std::string step(const std::string& id, TicketStep each, std::string_view counter = "3") {
    return act([&](central::Transaction& transaction) {
      return central::step_ticket(transaction, id, each, counter);
    });
  }
  std::string step_request(const std::string& id, std::string_view state,
                           std::string_view reason = "") {
    return act([&](central::Transaction& transaction) {
      return central::step_request(transaction, id, state, reason);
    });
  }
  std::string step_call(const std::string& id, std::string_view state) {
    return act([&](central::Transaction& transaction) {
      return central::step_call(transaction, id, state);
    });
  }
  json view() {
    const auto text = bench.store->read([&](sql::Database& database) {
      return central::office_view(database, bench.center, bench.clock.now());
    });
    REQUIRE(text);
    return json::parse(*text);
  }
  wire::TicketState ticket(const std::string& id) {
    return wire::parse_ticket_state(bench.told(kiosk, id)).value();
  }
};

TEST_CASE("a ticket is called, called again and served; its kiosk sees where to go") {
  Office office;
  const std::string id = office.issued("B001");
  CHECK(office.step(id, TicketStep::call).empty());
  CHECK(office.ticket(id).state == "called");
  CHECK(office.ticket(id).counter == "3");
  CHECK(office.ticket(id).called_at == "2026-11-23T09:42:00+08:00");
  CHECK(office.step(id, TicketStep::recall, "").empty());
  CHECK(office.ticket(id).counter == "3");
  CHECK(office.view()["tickets"][0]["calls"] == 2);
  CHECK(office.step(id, TicketStep::done).empty());
  CHECK(office.ticket(id).state == "done");
  CHECK(office.view()["done_today"] == 1);
  CHECK(office.view()["tickets"].empty());
}

TEST_CASE("two counters cannot call one person, and a ticket given back is not called") {
  Office office;
  const std::string id = office.issued("B001");
  CHECK(office.step(id, TicketStep::call, "1").empty());
  CHECK(office.step(id, TicketStep::call, "2") == "state_changed");
  CHECK(office.ticket(id).counter == "1");
  const std::string returned = office.issued("B002");
  office.bench.apply_one(
      office.kiosk, office.outbox.op("ticket.cancel", wire::to_json(wire::TicketCancel{returned})));
  CHECK(office.step(returned, TicketStep::call) == "state_changed");
  CHECK(office.step("nothing", TicketStep::call) == "state_changed");
  CHECK(office.step(returned, TicketStep::done) == "state_changed");
}

TEST_CASE("a number whose paper is not out is never called") {
  Office office;
  const std::string id = office.draw();
  CHECK(office.view()["tickets"][0]["issued"] == false);
  CHECK(office.step(id, TicketStep::call) == "state_changed");
}

TEST_CASE("who did not come may be called again") {
  Office office;
  const std::string id = office.issued("B001");
  CHECK(office.step(id, TicketStep::no_show) == "state_changed");  // never called
  CHECK(office.step(id, TicketStep::call).empty());
  CHECK(office.step(id, TicketStep::no_show).empty());
  CHECK(office.step(id, TicketStep::recall) == "state_changed");
  CHECK(office.step(id, TicketStep::call).empty());
  CHECK(office.ticket(id).state == "called");
}

TEST_CASE("a request goes its way step by step, and ends with a sentence for the visitor") {
  Office office;
  const std::string id = office.file();
  CHECK(office.step_request(id, "accepted") == "state_changed");
  CHECK(office.step_request(id, "reviewing").empty());
  CHECK(office.step_request(id, "reviewing") == "state_changed");
  CHECK(office.step_request(id, "refused") == "reason_missing");
  CHECK(office.step_request(id, "refused", " 　 ") == "reason_missing");
  CHECK(office.step_request(id, "closed", std::string(501, 'x')) == "reason_long");
  CHECK(office.step_request(id, "accepted").empty());
  CHECK(office.step_request(id, "refused", "不行") == "state_changed");
  CHECK(office.step_request(id, "closed", " 双方和好了 ").empty());
  const auto state = wire::parse_record_state(office.bench.told(office.kiosk, id));
  REQUIRE(state);
  CHECK(state->state == "closed");
  CHECK(state->reason == "双方和好了");
}

TEST_CASE("a call for a person is accepted, then done, then gone from the page") {
  Office office;
  const std::string id =
      office.bench
          .apply_one(
              office.kiosk,
              office.outbox.op("assist.call", wire::to_json(wire::AssistCall{"booking.slot"})))
          .id;
  CHECK(office.view()["calls"][0]["place"] == "booking.slot");
  CHECK(office.step_call(id, "done") == "state_changed");
  CHECK(office.step_call(id, "accepted").empty());
  CHECK(office.bench.record_state(office.kiosk, id) == "accepted");
  CHECK(office.step_call(id, "accepted") == "state_changed");
  CHECK(office.step_call(id, "done").empty());
  CHECK(office.view()["calls"].empty());
}

TEST_CASE("the page shows answers in the words of their questions, as texts") {
  Office office;
  office.file();
  const json request = office.view()["requests"][0];
  CHECK(request["service"]["en"] == "Mediation");
  const json& answers = request["answers"];
  REQUIRE(answers.size() == 4);
  CHECK(answers[0]["question"]["en"] == "Which kind");
  CHECK(answers[0]["values"][0]["en"] == "Wages");
  CHECK(answers[1]["part"] == "contact");
  CHECK(answers[2]["part"] == "name");
  CHECK(answers[2]["values"][0]["en"] == "<b>李四</b>");
  CHECK(answers[3]["values"].size() == 1);  // a comma in a sentence is no list
}

TEST_CASE("the page shows today's queue by its order, bookings from today on, and kiosks") {
  Office office;
  const std::string later = office.issued("B001");
  wire::Op early = office.outbox.op(
      "ticket.draw", wire::to_json(wire::TicketDraw{"notary", "will", "2026-11-23"}));
  office.bench.apply_one(office.kiosk, early);
  office.bench.apply_one(office.kiosk, office.bench.booking(office.outbox, office.bench.visitor(),
                                                            "consult|onsite|2026-11-24T14:00"));
  office.bench.clock.advance(std::chrono::minutes{3});
  const json view = office.view();
  CHECK(view["center"]["en"] == "Sample center");
  CHECK(view["tickets"].size() == 2);
  CHECK(view["tickets"][0]["service"]["en"] == "Notary");
  CHECK(view["tickets"][0]["matter"]["en"] == "will");  // not in the catalogue: shown as it is
  REQUIRE(view["bookings"].size() == 1);
  CHECK(view["bookings"][0]["name"] == "王小明");
  CHECK(view["bookings"][0]["room"]["en"] == "Meeting room");
  CHECK(view["kiosks"][0]["number"] == 1);
  CHECK(view["kiosks"][0]["contact_at"] == "2026-11-23T09:42:00+08:00");
  office.bench.clock.advance(std::chrono::hours{48});
  CHECK(office.view()["tickets"].empty());
  CHECK(office.view()["bookings"].empty());
}

TEST_CASE("who is booked on a day that was closed stands there to be changed, with the reason") {
  Office office;
  office.bench.apply_one(office.kiosk, office.bench.booking(office.outbox, office.bench.visitor(),
                                                            "consult|onsite|2026-11-24T14:00"));
  CHECK(office.view()["bookings"][0]["withdrawn"] == "");
  const base::Date day = *base::parse_date("2026-11-24");
  office.bench.center.catalogue.services[0].hours.closed = {
      {day, day, test::text("停电", "No power")}};
  office.bench.write(
      [](central::Transaction& transaction) { return central::expand_slots(transaction); });
  const json booking = office.view()["bookings"][0];
  CHECK(booking["withdrawn"] == "day_closed");
  CHECK(booking["withdrawn_for"]["en"] == "No power");
  CHECK(booking["state"] == "confirmed");
}

TEST_CASE("the page says when bookings reach a year whose holidays nobody has entered") {
  Office office;
  CHECK(office.view()["calendar"]["year"] == 2026);
  service::HolidayYear year;
  year.year = 2026;
  year.notice = "放假通知";
  office.bench.center.catalogue.holidays = {year};
  CHECK(office.view()["calendar"].is_null());
  office.bench.clock.advance(std::chrono::days{25});  // 18 December
  CHECK(office.view()["calendar"] == json{{"year", 2027}, {"statutory", false}});
}

}  // namespace
