// What the screens say once the center has answered: every state that only the network brings, with
// the real server at the other end, in both orientations and both languages, on the usual kiosk and
// on the smallest one. Held to the same rules as the other pictures (look.h), and kept with
// KIOSK_TEST_SHOTS=FOLDER (tests/shots).
#include <doctest/doctest.h>

#include "kiosk/store/staff_pin.h"
#include "tests/journeys/center.h"
#include "tests/journeys/flows.h"
#include "tests/journeys/look.h"

namespace {

using base::Milliseconds;
using test::Center;
using test::KioskDriver;
using test::Words;
using Line = test::Proxy::Line;

constexpr int seats_in_a_slot = 2;  // config/services/consult.toml, on site
const std::string pin = "246810";

// The first time that is free on the second page of days: the same at every kiosk, whatever the
// minute.
void choose_later_time(KioskDriver& visitor) {
  visitor.tap("day.page");
  visitor.choose(visitor.first_of("day.2"));
  visitor.choose(visitor.first_of("slot."));
}

// To the review of a booking.
void fill_in_later_booking(KioskDriver& visitor) {
  visitor.tap("home.consult");
  visitor.choose("topic.wage");
  test::next(visitor);
  visitor.choose("way.onsite");
  test::next(visitor);
  choose_later_time(visitor);
  test::next(visitor);
  visitor.type(test::visitor_name);
  visitor.tap("field.phone");
  visitor.write(test::visitor_phone);
  test::next(visitor);
  visitor.choose("wish.unnamed");
  test::next(visitor);
  REQUIRE(visitor.place() == "booking.review");
}

// One kiosk whose visitor looks at every answer, another one whose visitors get in the way.
class OnlineWalk {
 public:
  OnlineWalk(const ui::Display& display, const std::string& language, std::string orientation)
      : now_(base::SystemClock().now()),
        suffix_(orientation + "." + language),
        display_(display),
        language_(language),
        visitor_(kiosk()) {
    visitor_.reconnect();
  }

  void home() { look("online-home"); }

  void booking() {
    test::fill_in_booking(visitor_);
    submit("online-booking-confirmed", "booking.state_confirmed");
    CHECK(visitor_.sees(visitor_.words("slip.papers")));
    const std::string code = visitor_.case_code();
    test::next(visitor_);
    test::look_up(visitor_, code, "5678");
    look("online-booking-change");
    move();
    test::next(visitor_);
    test::look_up(visitor_, code, "5678");
    visitor_.tap("change.cancel");
    visitor_.tap("notice.other");
    visitor_.exchange();
    REQUIRE(visitor_.sees(visitor_.words("booking.state_cancelled")));
    look("online-booking-cancelled");
    test::next(visitor_);
  }

  // Others are quicker while the visitor still types.
  void waiting_list() {
    fill_in_later_booking(visitor_);
    others_take_it();
    submit("online-booking-waitlisted", "booking.state_waitlisted");
    test::next(visitor_);
  }

  void ticket() {
    test::choose_matter(visitor_);
    look("online-ticket-papers");
    test::next(visitor_);
    visitor_.exchange();
    visitor_.exchange();  // says that the paper is out
    visitor_.wait_for_slips(++slips_);
    REQUIRE(visitor_.sees(visitor_.words("ticket.yours", {{"number", "B001"}})));
    look("online-ticket-number");
    press_for("tickets", "/office/ticket", R"("step":"call","counter":"3号窗口")");
    REQUIRE(visitor_.sees(visitor_.words("ticket.called", {{"number", "B001"}})));
    look("online-ticket-called", Words::law);
    test::next(visitor_);
    look("online-home-called", Words::law);
    test::choose_matter(visitor_);
    test::next(visitor_);
    visitor_.exchange();
    visitor_.exchange();
    visitor_.wait_for_slips(++slips_);
    visitor_.tap("action.secondary");
    visitor_.tap("notice.other");
    visitor_.exchange();
    REQUIRE(visitor_.sees(visitor_.words("ticket.given_back", {{"number", "B002"}})));
    look("online-ticket-given-back");
    test::next(visitor_);
  }

  void mediation() {
    test::fill_in_request(visitor_);
    submit("online-mediation-received", "intake.state_received");
    const std::string code = visitor_.case_code();
    test::next(visitor_);
    test::look_up(visitor_, code, "5678");
    visitor_.answer_lookup();
    REQUIRE(visitor_.place() == "intake.state");
    look("online-mediation-state");
    press_for("requests", "/office/request", R"("state":"reviewing")");
    look("online-mediation-reviewing");
    press_for("requests", "/office/request",
              R"("state":"refused","reason":"争议属于劳动仲裁，请到仲裁委员会申请。")");
    REQUIRE(visitor_.sees(visitor_.words("intake.state_refused")));
    look("online-mediation-refused", Words::law);
    visitor_.tap("notice.safe");
  }

  void call_a_person() {
    visitor_.tap("bar.call");
    visitor_.exchange();
    REQUIRE(visitor_.sees(visitor_.words("assist.waiting")));
    look("online-call-waiting");
    visitor_.wait(std::chrono::minutes{2});
    visitor_.exchange();
    REQUIRE(visitor_.sees(visitor_.words("assist.late")));
    look("online-call-late");
    press_for("calls", "/office/call", R"("state":"accepted")");
    REQUIRE(visitor_.sees(visitor_.words("assist.accepted")));
    look("online-call-answered");
    visitor_.tap("notice.safe");
  }

  // Booked without the network for a day that is over when the network comes back.
  void refused() {
    test::KioskOptions options = kiosk();
    options.now = now_ - std::chrono::days{2};
    KioskDriver late(options);
    center_.line.set(Line::refused);
    test::fill_in_booking(late);
    test::next(late);
    late.wait(test::answer_time);
    center_.line.set(Line::whole);
    late.reconnect();
    late.wait_for_slips(1);
    REQUIRE(late.sees(late.words("booking.state_refused")));
    CHECK_FALSE(late.sees(late.words("slip.papers")));  // nothing to come with
    look(late, "online-booking-refused");
    const std::string code = late.case_code();
    test::next(late);
    test::look_up(late, code, "5678");
    look(late, "online-booking-refused-change");
    test::next(late);
    open_staff_page(late);
    CHECK_FALSE(late.sees(late.words("staff.clock_good")));
    CHECK_FALSE(late.sees(late.words("staff.clock_unknown")));  // it was compared, and is wrong
    CHECK(late.sees(late.words("staff.refusal_slot_unknown")));
    look(late, "online-staff", Words::law);
    test::next(late);
    center_.line.set(Line::refused);
    test::choose_matter(late);
    test::next(late);
    late.exchange();
    late.wait(test::answer_time);
    test::next(late);
    late.wait(std::chrono::minutes{3});
    open_staff_page(late);
    CHECK(late.sees(late.words("staff.contact_broken")));
    look(late, "online-staff-waiting", Words::law);
    center_.line.set(Line::whole);
  }

 private:
  test::KioskOptions kiosk() {
    test::KioskOptions options = center_.kiosk();
    options.display = display_;
    options.language = language_;
    options.now = now_;
    options.seed = ++kiosks_;
    return options;
  }

  void look(const std::string& name, Words words = Words::translated) {
    look(visitor_, name, words);
  }
  void look(KioskDriver& visitor, const std::string& name, Words words = Words::translated) {
    test::look(visitor, name + "." + suffix_, words);
  }

  // From the review to what the center has said.
  void submit(const std::string& name, const std::string& state) {
    test::next(visitor_);
    visitor_.exchange();
    visitor_.wait_for_slips(++slips_);
    REQUIRE(visitor_.sees(visitor_.words(state)));
    look(name);
  }

  // First to a time that has just filled up, then to another one.
  void move() {
    choose_new_time();
    others_take_it();
    test::next(visitor_);
    visitor_.exchange();
    look("online-booking-move-refused");
    choose_new_time();
    test::next(visitor_);
    visitor_.exchange();
    look("online-booking-moved");
  }
  void choose_new_time() {
    visitor_.tap("change.move");
    choose_later_time(visitor_);
  }

  void others_take_it() {
    KioskDriver other(kiosk());
    other.reconnect();
    other.exchange();  // the rest of the feed: which times are full
    for (int i = 0; i < seats_in_a_slot; ++i) {
      fill_in_later_booking(other);
      test::next(other);
      other.exchange();
      REQUIRE(other.sees(other.words("booking.state_confirmed")));
      test::next(other);
    }
  }

  // Somebody at the office page deals with the newest record of a list; the kiosk hears of it.
  void press_for(const std::string& list, const std::string& path, const std::string& fields) {
    const nlohmann::json rows = center_.office().at(list);
    REQUIRE(rows.size() >= 1);
    const std::string id = rows.back().at("id");
    REQUIRE(center_.server.press(path, R"({"id":")" + id + R"(",)" + fields + "}") == 200);
    visitor_.exchange();
  }

  static void open_staff_page(KioskDriver& visitor) {
    REQUIRE(store::set_pin(visitor.store(), pin));
    visitor.hold_corner();
    visitor.write(pin);
    test::next(visitor);
    REQUIRE(visitor.place() == "staff.panel");
  }

  Center center_;
  base::Instant now_;  // all kiosks open at the same moment
  std::string suffix_;
  ui::Display display_;
  std::string language_;
  std::uint64_t kiosks_ = 0;
  KioskDriver visitor_;
  std::size_t slips_ = 0;
};

void walk_online(const ui::Display& display, const std::string& language,
                 const std::string& orientation) {
  OnlineWalk walk(display, language, orientation);
  walk.home();
  walk.booking();
  walk.waiting_list();
  walk.ticket();
  walk.mediation();
  walk.call_a_person();
  walk.refused();
}

}  // namespace

TEST_CASE("every answer of the center stands upright in Chinese") {
  walk_online(test::portrait, "zh-Hans", "portrait");
}

TEST_CASE("every answer of the center stands upright in English") {
  walk_online(test::portrait, "en", "portrait");
}

TEST_CASE("every answer of the center lies in Chinese") {
  walk_online(test::landscape, "zh-Hans", "landscape");
}

TEST_CASE("every answer of the center lies in English") {
  walk_online(test::landscape, "en", "landscape");
}

TEST_CASE("every answer of the center fits a compact kiosk that stands upright, in Chinese") {
  walk_online(test::compact, "zh-Hans", "compact");
}

TEST_CASE("every answer of the center fits a compact kiosk that stands upright, in English") {
  walk_online(test::compact, "en", "compact");
}

TEST_CASE("every answer of the center fits a compact kiosk that lies, in Chinese") {
  walk_online(test::compact_landscape, "zh-Hans", "compact-landscape");
}

TEST_CASE("every answer of the center fits a compact kiosk that lies, in English") {
  walk_online(test::compact_landscape, "en", "compact-landscape");
}
