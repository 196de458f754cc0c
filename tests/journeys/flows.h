// What people come for, each up to the page where one more touch submits it. Every step is a touch
// on the glass or, for Chinese characters, what a real keyboard would send.
#pragma once

#include "kiosk/store/outbox.h"
#include "tests/support/kiosk_driver.h"

namespace test {

inline constexpr base::Milliseconds answer_time{2'500};  // longer than any screen waits
inline const std::string visitor_name = "王小明";
inline const std::string visitor_phone = "13812345678";

inline void next(KioskDriver& visitor) {
  visitor.tap("action.primary");
}

// To the page that asks who comes.
inline void choose_a_time(KioskDriver& visitor, const std::string& topic = "wage") {
  visitor.tap("home.consult");
  visitor.choose("topic." + topic);
  next(visitor);
  visitor.choose("way.onsite");
  next(visitor);
  visitor.choose(visitor.first_of("slot."));
  next(visitor);
  REQUIRE(visitor.place() == "booking.person");
}

// To the review of a booking.
inline void fill_in_booking(KioskDriver& visitor) {
  choose_a_time(visitor);
  visitor.type(visitor_name);
  visitor.tap("field.phone");
  visitor.write(visitor_phone);
  next(visitor);
  visitor.choose("wish.unnamed");
  next(visitor);
  REQUIRE(visitor.place() == "booking.review");
}

// To the papers of a notary ticket, one of them ticked.
inline void choose_matter(KioskDriver& visitor) {
  visitor.tap("home.notary");
  visitor.choose("matter.inherit");
  next(visitor);
  visitor.choose(visitor.first_of("paper."));
  REQUIRE(visitor.place() == "ticket.papers");
}

// To the page of a request for mediation that asks who the visitor is.
inline void answer_up_to_contact(KioskDriver& visitor) {
  visitor.tap("home.mediation");
  visitor.tap("safety.safe");
  visitor.choose("choice.loan");
  next(visitor);
  visitor.type("张三");
  visitor.tap("field.reach");
  visitor.write("13900001111");
  next(visitor);
  visitor.type("去年三月借给他三千元，说好年底还。");
  next(visitor);
  visitor.type("还三千元。");
  next(visitor);
  visitor.choose("evidence.iou");
  next(visitor);
  visitor.choose("way.onsite");
  next(visitor);
  visitor.tap("day.none");
  next(visitor);
}

// To the review of a request for mediation. `papers` is the answer to the third consent.
inline void fill_in_request(KioskDriver& visitor, const std::string& papers = "yes") {
  answer_up_to_contact(visitor);
  visitor.type(visitor_name);
  visitor.tap("field.phone");
  visitor.write(visitor_phone);
  next(visitor);
  visitor.choose("choice.no");
  next(visitor);
  REQUIRE(visitor.place() == "intake.consent_mediation");
  visitor.tap("consent.yes");
  next(visitor);
  visitor.tap("consent.yes");
  next(visitor);
  visitor.tap("consent." + papers);
  next(visitor);
  REQUIRE(visitor.place() == "intake.review");
}

inline void look_up(KioskDriver& visitor, const std::string& code, const std::string& last4) {
  visitor.tap("home.status");
  visitor.write_code(code);
  visitor.tap("field.last4");
  visitor.write(last4);
  next(visitor);
}

// Books without the network and looks the booking up by its code: it stands with what can be done.
inline void open_own_booking(KioskDriver& visitor) {
  fill_in_booking(visitor);
  next(visitor);
  visitor.wait(answer_time);
  const std::string code = visitor.case_code();
  next(visitor);
  look_up(visitor, code, "5678");
}

inline int waiting_ops(KioskDriver& visitor) {
  return must(store::count_waiting(visitor.store())).count;
}

}  // namespace test
