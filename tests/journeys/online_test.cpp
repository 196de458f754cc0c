// The same things people come for, with the real server at the other end of a line that is cut
// before, within and after what goes over it, and mended again: everything arrives exactly once.
#include <doctest/doctest.h>

#include <algorithm>

#include "tests/journeys/center.h"
#include "tests/journeys/flows.h"
#include "tests/journeys/small_library.h"

using test::Center;
using test::KioskDriver;
using Line = test::Proxy::Line;

namespace {

// One row of the office page, or the test ends: nothing lost, nothing doubled.
nlohmann::json the_only(Center& center, const std::string& list) {
  const nlohmann::json rows = center.office().at(list);
  REQUIRE_MESSAGE(rows.size() == 1, list, ": ", rows.dump());
  return rows.front();
}

// Rows of the office page that were not taken back.
std::ptrdiff_t standing(Center& center, const std::string& list) {
  const nlohmann::json rows = center.office().at(list);
  return std::count_if(rows.begin(), rows.end(),
                       [](const nlohmann::json& row) { return row.at("state") != "cancelled"; });
}

// The answer to `question`; null when the request has none.
nlohmann::json answer_to(const nlohmann::json& request, const std::string& question) {
  for (const nlohmann::json& each : request.at("answers")) {
    if (each.at("question").at("zh-Hans") == question) return each;
  }
  return {};
}

constexpr Line ways_to_cut[] = {Line::refused, Line::request_torn, Line::reply_lost,
                                Line::reply_torn};

std::string name_of(Line line) {
  switch (line) {
    case Line::whole: return "whole";
    case Line::refused: return "before the request";
    case Line::request_torn: return "within the request";
    case Line::reply_lost: return "before the answer";
    case Line::reply_torn: return "within the answer";
    case Line::reply_waits: return "without an answer";
  }
  return {};
}

}  // namespace

TEST_CASE("a booking is confirmed by the center while the visitor looks on") {
  Center center;
  KioskDriver visitor(center.kiosk());
  visitor.reconnect();
  CHECK(visitor.find("home.consult")->value.find(visitor.words("home.stored")) ==
        std::string::npos);
  test::fill_in_booking(visitor);
  test::next(visitor);
  CHECK(visitor.sees(visitor.words("booking.state_sending")));
  visitor.exchange();
  CHECK(visitor.sees(visitor.words("booking.state_confirmed")));
  visitor.wait_for_slips(1);
  const nlohmann::json booking = the_only(center, "bookings");
  CHECK(booking.at("state") == "confirmed");
  CHECK(standing(center, "bookings") == 1);
  CHECK(booking.at("name") == test::visitor_name);
  CHECK(booking.at("phone") == test::visitor_phone);

  const std::string code = visitor.case_code();
  test::next(visitor);
  SUBCASE("the line is cut afterwards, and it still stands") {
    center.line.set(Line::refused);
    test::look_up(visitor, code, "5678");
    CHECK(visitor.sees(visitor.words("booking.state_confirmed")));
    CHECK(the_only(center, "bookings").at("state") == "confirmed");
  }
  SUBCASE("it is moved") {
    test::look_up(visitor, code, "5678");
    visitor.tap("change.move");
    visitor.tap("day.page");
    visitor.choose(visitor.first_of("day.2"));
    visitor.choose(visitor.first_of("slot."));
    test::next(visitor);
    visitor.exchange();
    const nlohmann::json moved = the_only(center, "bookings");
    CHECK(moved.at("state") == "confirmed");
    CHECK(moved.at("day") != booking.at("day"));
  }
  SUBCASE("it is cancelled, and the seat is free again") {
    test::look_up(visitor, code, "5678");
    visitor.tap("change.cancel");
    visitor.tap("notice.other");
    visitor.exchange();
    CHECK(visitor.sees(visitor.words("booking.state_cancelled")));
    CHECK(standing(center, "bookings") == 0);
  }
  SUBCASE("another kiosk finds it by its code") {
    KioskDriver other(center.kiosk());
    other.reconnect();
    test::look_up(other, code, "5678");
    other.answer_lookup();
    CHECK(other.place() == "booking.change");
    CHECK(other.sees(other.words("booking.state_confirmed")));
  }
}

TEST_CASE("a booking whose line is cut is promised nothing, and arrives once") {
  for (const Line cut : ways_to_cut) {
    const std::string where = name_of(cut);
    CAPTURE(where);
    Center center;
    KioskDriver visitor(center.kiosk());
    visitor.reconnect();
    test::fill_in_booking(visitor);
    center.line.set(cut);
    test::next(visitor);
    visitor.exchange();
    visitor.wait(test::answer_time);
    CHECK(visitor.sees(visitor.words("booking.state_requested")));
    CHECK_FALSE(visitor.sees(visitor.words("booking.state_confirmed")));
    const std::string code = visitor.case_code();
    test::next(visitor);
    CHECK(test::waiting_ops(visitor) == 1);
    center.line.set(Line::whole);
    visitor.reconnect();
    CHECK(test::waiting_ops(visitor) == 0);
    CHECK(the_only(center, "bookings").at("name") == test::visitor_name);
    test::look_up(visitor, code, "5678");
    CHECK(visitor.sees(visitor.words("booking.state_confirmed")));
  }
}

TEST_CASE("a server that never answers keeps nobody waiting, and the booking arrives once") {
  Center center;
  KioskDriver visitor(center.kiosk());
  visitor.reconnect();
  test::fill_in_booking(visitor);
  center.line.set(Line::reply_waits);
  test::next(visitor);
  visitor.wait(test::answer_time);
  CHECK(visitor.sees(visitor.words("booking.state_requested")));
  visitor.exchange();
  test::next(visitor);
  center.line.set(Line::whole);
  visitor.reconnect();
  CHECK(the_only(center, "bookings").at("state") == "confirmed");
}

TEST_CASE("a ticket from the center's own row of numbers is called and can be given back") {
  Center center;
  KioskDriver visitor(center.kiosk());
  visitor.reconnect();
  test::choose_matter(visitor);
  test::next(visitor);
  visitor.exchange();
  CHECK(visitor.sees(visitor.words("ticket.yours", {{"number", "B001"}})));
  visitor.exchange();  // says that the paper is out
  const nlohmann::json ticket = the_only(center, "tickets");
  CHECK(ticket.at("number") == "B001");
  CHECK(standing(center, "tickets") == 1);
  SUBCASE("called") {
    CHECK(center.server.press("/office/ticket", R"({"id":")" + ticket.at("id").get<std::string>() +
                                                    R"(","step":"call","counter":"3"})") == 200);
    visitor.exchange();
    CHECK(visitor.sees(visitor.words("ticket.called", {{"number", "B001"}})));
  }
  SUBCASE("given back") {
    visitor.tap("action.secondary");
    visitor.tap("notice.other");
    visitor.exchange();
    CHECK(standing(center, "tickets") == 0);
  }
}

TEST_CASE("a ticket whose line is cut has the kiosk's number, and the paper counts") {
  for (const Line cut : ways_to_cut) {
    const std::string where = name_of(cut);
    CAPTURE(where);
    Center center;
    KioskDriver visitor(center.kiosk());
    visitor.reconnect();
    test::choose_matter(visitor);
    center.line.set(cut);
    test::next(visitor);
    visitor.exchange();
    visitor.wait(test::answer_time);
    CHECK(visitor.sees(visitor.words("ticket.yours", {{"number", "B1-01"}})));
    test::next(visitor);
    center.line.set(Line::whole);
    visitor.reconnect();
    CHECK(test::waiting_ops(visitor) == 0);
    const nlohmann::json ticket = the_only(center, "tickets");
    CHECK(ticket.at("number") == "B1-01");
    CHECK(ticket.at("issued") == true);
  }
}

TEST_CASE("a request arrives once, without the papers its third consent left out") {
  for (const Line cut : ways_to_cut) {
    const std::string where = name_of(cut);
    CAPTURE(where);
    Center center;
    KioskDriver visitor(center.kiosk());
    visitor.reconnect();
    const bool with_papers = cut == Line::refused;
    test::fill_in_request(visitor, with_papers ? "yes" : "no");
    center.line.set(cut);
    test::next(visitor);
    visitor.exchange();
    visitor.wait(test::answer_time);
    CHECK(visitor.sees(visitor.words("intake.state_kept_here")));
    const std::string code = visitor.case_code();
    test::next(visitor);
    center.line.set(Line::whole);
    visitor.reconnect();
    CHECK(test::waiting_ops(visitor) == 0);
    const nlohmann::json request = the_only(center, "requests");
    CHECK(request.at("state") == "received");
    CHECK(answer_to(request, "发生了什么？").at("values").dump().find("三千元") !=
          std::string::npos);
    CHECK(answer_to(request, "手里有什么材料？").is_null() != with_papers);
    test::look_up(visitor, code, "5678");
    visitor.answer_lookup();
    CHECK(visitor.place() == "intake.state");
    CHECK(visitor.sees(visitor.words("intake.state_received")));
  }
}

TEST_CASE("a call for a person says somebody is coming only when somebody has said so") {
  Center center;
  KioskDriver visitor(center.kiosk());
  visitor.reconnect();
  visitor.tap("bar.call");
  CHECK(visitor.sees(visitor.words("assist.sending")));
  visitor.exchange();
  CHECK(visitor.sees(visitor.words("assist.waiting")));
  const nlohmann::json call = the_only(center, "calls");
  CHECK(call.at("place") == "home");
  CHECK(center.server.press("/office/call", R"({"id":")" + call.at("id").get<std::string>() +
                                                R"(","state":"accepted"})") == 200);
  visitor.exchange();
  CHECK(visitor.sees(visitor.words("assist.accepted")));
}

TEST_CASE(
    "the law is looked up the same whoever is at the other end, and nobody hears the question") {
  const test::TempFolder folder;
  Center center;
  test::KioskOptions options = center.kiosk();
  options.laws = test::small_library(folder);
  KioskDriver visitor(options);
  visitor.reconnect();
  SUBCASE("online") {}
  SUBCASE("cut") {
    center.line.set(Line::refused);
  }
  visitor.tap("home.law");
  visitor.type("老板不发工资");
  visitor.tap("key.finish");
  visitor.tap(visitor.first_of("result."));
  CHECK(visitor.sees("劳动报酬"));
  visitor.exchange();
  CHECK(test::waiting_ops(visitor) == 0);
  CHECK(center.server.office().find("工资") == std::string::npos);
  visitor.choose("reader.help.mediation");
  CHECK(visitor.place() == "intake.safe");
}

TEST_CASE("a day without the network ends with everything at the center, once and in order") {
  Center center;
  KioskDriver visitor(center.kiosk());
  visitor.reconnect();
  center.line.set(Line::refused);
  test::fill_in_booking(visitor);
  test::next(visitor);
  visitor.exchange();
  visitor.wait(test::answer_time);
  test::next(visitor);
  test::choose_matter(visitor);
  test::next(visitor);
  visitor.wait(test::answer_time);
  test::next(visitor);
  test::fill_in_request(visitor);
  test::next(visitor);
  visitor.wait(test::answer_time);
  test::next(visitor);
  CHECK(visitor.sees(visitor.words("home.offline")));
  center.line.set(Line::whole);
  visitor.reconnect();
  CHECK_FALSE(visitor.sees(visitor.words("home.offline")));
  CHECK(test::waiting_ops(visitor) == 0);
  the_only(center, "bookings");
  the_only(center, "tickets");
  the_only(center, "requests");
  visitor.exchange();
  the_only(center, "bookings");
}
