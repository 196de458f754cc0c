// What the kiosk owes everybody who stands before it, on any screen: time, a clear sentence,
// nothing lost while they are there and nothing left when they are gone.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "kiosk/store/staff_pin.h"
#include "tests/journeys/flows.h"
#include "tests/journeys/small_library.h"

using test::KioskDriver;

namespace {

const std::string canary = "金丝雀七八九";

// Anything typed, wherever it may have gone in the data folder: database, log of writes, slips.
std::string file_that_holds(const base::Path& folder, std::string_view words) {
  for (const auto& each : std::filesystem::recursive_directory_iterator(folder)) {
    if (!each.is_regular_file()) continue;
    const auto bytes = base::read_file(each.path(), std::size_t{1} << 26U);
    REQUIRE(bytes);
    if (bytes->find(words) != std::string::npos) return each.path().string();
  }
  return {};
}

// As far as the page that asks what happened, with the canary in it.
void write_half_a_request(KioskDriver& visitor) {
  visitor.tap("home.mediation");
  visitor.tap("safety.safe");
  visitor.choose("choice.loan");
  test::next(visitor);
  visitor.type(canary);
  visitor.tap("field.reach");
  visitor.type(canary);
  test::next(visitor);
  visitor.type(canary);
  REQUIRE(visitor.sees(canary));
}

}  // namespace

TEST_CASE("a form left alone is wiped after a countdown, and nothing of it is found anywhere") {
  KioskDriver visitor;
  write_half_a_request(visitor);
  visitor.wait(std::chrono::seconds{91});
  CHECK(visitor.place() == "idle");
  CHECK_FALSE(visitor.sees(canary));
  visitor.wait(std::chrono::seconds{31});
  CHECK(visitor.place() == "home");
  visitor.tap("home.mediation");
  visitor.tap("safety.safe");
  CHECK_FALSE(visitor.sees(canary));
  visitor.choose("choice.loan");
  test::next(visitor);
  CHECK(visitor.typed_in("field.name") == "");
  CHECK(visitor.typed_in("field.reach") == "");
  CHECK(file_that_holds(visitor.folder(), canary) == "");
}

TEST_CASE("a question to the law is kept nowhere, whatever it led to") {
  const test::TempFolder folder;
  KioskDriver visitor({.laws = test::small_library(folder)});
  visitor.tap("home.law");
  visitor.type("拖欠工资" + canary);
  visitor.tap("key.finish");
  visitor.tap(visitor.first_of("result."));
  visitor.tap("reader.take");
  visitor.tap("takeaway.print");
  visitor.wait_for_slips(1);
  visitor.tap("action.primary");
  CHECK(visitor.place() == "home");
  visitor.tap("home.law");
  CHECK(visitor.typed_in("search.query") == "");
  CHECK_FALSE(visitor.sees(canary));
  CHECK(file_that_holds(visitor.folder(), canary) == "");
  CHECK(test::waiting_ops(visitor) == 0);
}

TEST_CASE("the search for such traces finds what really was kept") {
  KioskDriver visitor;
  test::fill_in_booking(visitor);
  test::next(visitor);
  CHECK(file_that_holds(visitor.folder(), test::visitor_name) != "");
}

TEST_CASE("who asks for more time keeps everything") {
  KioskDriver visitor;
  write_half_a_request(visitor);
  visitor.wait(std::chrono::seconds{91});
  visitor.tap("idle.more");
  CHECK(visitor.place() == "intake.what_happened");
  CHECK(visitor.typed_in("field.what_happened") == canary);
  visitor.wait(std::chrono::seconds{300});
  CHECK(visitor.place() == "intake.what_happened");
}

TEST_CASE("stopping asks first; staying keeps everything, leaving keeps nothing") {
  KioskDriver visitor;
  write_half_a_request(visitor);
  visitor.tap("action.stop");
  CHECK(visitor.place() == "confirm_end");
  SUBCASE("stay") {
    visitor.tap("notice.safe");
    CHECK(visitor.typed_in("field.what_happened") == canary);
  }
  SUBCASE("leave") {
    visitor.tap("notice.other");
    CHECK(visitor.place() == "home");
    CHECK(file_that_holds(visitor.folder(), canary) == "");
  }
}

TEST_CASE("two touches of a trembling hand submit once") {
  KioskDriver visitor;
  SUBCASE("a booking") {
    test::fill_in_booking(visitor);
    visitor.UiDriver::tap("action.primary");
    visitor.UiDriver::tap("action.primary");
    CHECK(visitor.place() == "booking.receipt");
    CHECK(test::waiting_ops(visitor) == 1);
  }
  SUBCASE("a request") {
    test::fill_in_request(visitor);
    visitor.UiDriver::tap("action.primary");
    visitor.UiDriver::tap("action.primary");
    CHECK(visitor.place() == "intake.receipt");
    CHECK(test::waiting_ops(visitor) == 1);
  }
  SUBCASE("a ticket") {
    test::choose_matter(visitor);
    const ui::Area button = visitor.find("action.primary")->bounds;
    visitor.touch(button.center_x(), button.center_y());
    visitor.touch(button.center_x(), button.center_y());
    visitor.wait(test::answer_time);
    CHECK(visitor.place() == "ticket.number");
    CHECK(visitor.sees(visitor.words("ticket.yours", {{"number", "B1-01"}})));
  }
}

TEST_CASE("a clear sentence stands beside the field and what was typed stays in it") {
  KioskDriver visitor;
  test::choose_a_time(visitor);
  test::next(visitor);
  CHECK(visitor.sees(visitor.words("error.name_missing")));
  CHECK(visitor.sees(visitor.words("error.phone_missing")));
  visitor.type(test::visitor_name);
  CHECK_FALSE(visitor.sees(visitor.words("error.name_missing")));
  visitor.tap("field.phone");
  std::string typed;
  std::string sentence;
  SUBCASE("too short") {
    typed = "1381234", sentence = "error.phone_short";
  }
  SUBCASE("too long") {
    typed = "138123456789012", sentence = "error.phone_long";
  }
  SUBCASE("no phone number") {
    typed = "22345678901", sentence = "error.phone_form";
  }
  visitor.write(typed);
  test::next(visitor);
  CHECK(visitor.place() == "booking.person");
  CHECK(visitor.sees(visitor.words(sentence)));
  CHECK(visitor.typed_in("field.phone") == typed);
  CHECK(visitor.typed_in("field.name") == test::visitor_name);
}

TEST_CASE("a question without an answer says so and keeps the others") {
  KioskDriver visitor;
  visitor.tap("home.mediation");
  visitor.tap("safety.safe");
  test::next(visitor);
  CHECK(visitor.sees(visitor.words("error.choice_missing")));
  visitor.choose("choice.loan");
  test::next(visitor);
  test::next(visitor);
  CHECK(visitor.sees(visitor.words("error.name_missing")));
  CHECK(visitor.sees(visitor.words("error.contact_missing")));
  visitor.type("张三");
  CHECK_FALSE(visitor.sees(visitor.words("error.name_missing")));
  test::next(visitor);
  CHECK(visitor.sees(visitor.words("error.contact_missing")));
  CHECK(visitor.typed_in("field.name") == "张三");
  visitor.tap("field.reach");
  visitor.write("13900001111");
  test::next(visitor);
  test::next(visitor);
  CHECK(visitor.sees(visitor.words("error.answer_missing")));
  visitor.type("借钱不还");
  CHECK_FALSE(visitor.sees(visitor.words("error.answer_missing")));
}

TEST_CASE("people without a phone file a request, and find what they wrote when they go back") {
  KioskDriver visitor;
  test::answer_up_to_contact(visitor);
  visitor.tap("field.phone");
  visitor.write("1381234");
  test::next(visitor);
  CHECK(visitor.sees(visitor.words("error.name_missing")));
  CHECK(visitor.sees(visitor.words("error.phone_short")));
  visitor.type(test::visitor_name);
  visitor.tap("field.no_phone");
  CHECK_FALSE(visitor.sees(visitor.words("error.phone_short")));
  CHECK(visitor.sees(visitor.words("form.no_phone_hint")));
  visitor.tap("action.back");
  CHECK(visitor.place() == "intake.last_day");
  test::next(visitor);
  CHECK(visitor.typed_in("field.name") == test::visitor_name);
  CHECK(visitor.typed_in("field.phone") == "1381234");
  test::next(visitor);
  CHECK(visitor.place() == "intake.reach");
  test::next(visitor);
  CHECK(visitor.sees(visitor.words("error.choice_missing")));
  visitor.choose("choice.no");
  test::next(visitor);
  CHECK(visitor.place() == "intake.consent_mediation");
}

TEST_CASE("a clear sentence follows the visitor into another language") {
  KioskDriver visitor;
  test::choose_a_time(visitor);
  test::next(visitor);
  visitor.tap("bar.language");
  CHECK(visitor.sees("Please write the name"));
}

TEST_CASE("another language in the middle of a form changes the words and nothing else") {
  KioskDriver visitor;
  test::choose_a_time(visitor);
  visitor.type(test::visitor_name);
  visitor.tap("bar.language");
  CHECK(visitor.place() == "booking.person");
  CHECK(visitor.sees("Who are you?"));
  CHECK(visitor.typed_in("field.name") == test::visitor_name);
  visitor.tap("field.phone");
  visitor.write(test::visitor_phone);
  test::next(visitor);
  visitor.choose("wish.no");
  test::next(visitor);
  CHECK(visitor.place() == "booking.review");
  CHECK(visitor.sees("My employer does not pay me"));
  visitor.tap("bar.language");
  CHECK(visitor.sees("老板不发工资"));
}

TEST_CASE("the next visitor finds the language and the colours the hall has chosen") {
  KioskDriver visitor;
  visitor.tap("bar.language");
  visitor.tap("bar.contrast");
  CHECK(visitor.ui().theme() == ui::Theme::high_contrast);
  visitor.wait(std::chrono::seconds{181});
  CHECK(visitor.ui().language() == "zh-Hans");
  CHECK(visitor.ui().theme() == ui::Theme::day);
}

TEST_CASE("calling a person without the network names the desk, on every screen") {
  KioskDriver visitor;
  std::string back = "home";
  SUBCASE("home") {}
  SUBCASE("a form") {
    test::choose_a_time(visitor), back = "booking.person";
  }
  visitor.tap("bar.call");
  visitor.wait(std::chrono::seconds{3});
  CHECK(visitor.place() == "assist");
  CHECK(visitor.sees(visitor.words("assist.offline")));
  CHECK(visitor.sees(visitor.catalogue().center.desk.in("zh-Hans")));
  visitor.tap("notice.safe");
  CHECK(visitor.place() == back);
}

TEST_CASE("without a PIN there is no door for staff") {
  KioskDriver visitor;
  visitor.hold_corner();
  CHECK(visitor.place() == "home");
}

TEST_CASE("the staff's door opens by the corner and the PIN, and shows nobody's data") {
  KioskDriver visitor;
  REQUIRE(store::set_pin(visitor.store(), "246810"));
  test::fill_in_booking(visitor);
  test::next(visitor);
  visitor.wait(test::answer_time);
  test::next(visitor);
  visitor.hold_corner();
  CHECK(visitor.place() == "staff.pin");
  visitor.write("111111");
  test::next(visitor);
  CHECK(visitor.sees(visitor.words("staff.wrong")));
  visitor.write("246810");
  test::next(visitor);
  CHECK(visitor.place() == "staff.panel");
  CHECK(visitor.sees(visitor.words("staff.records", {{"count", "1"}})));
  CHECK_FALSE(visitor.sees(test::visitor_name));
  CHECK_FALSE(visitor.sees(test::visitor_phone));
  visitor.tap("staff.quit");
  CHECK(visitor.shell().quit_asked());
}

TEST_CASE("tickets, law and guides ask for no name and say so") {
  KioskDriver visitor;
  const auto asks_nothing = [&visitor] {
    return std::ranges::none_of(visitor.nodes(), [](const ui::Node& node) {
      return node.role == ui::Role::field && node.id != "search.query";
    });
  };
  CHECK(visitor.sees(visitor.words("home.privacy")));
  visitor.tap("home.notary");
  CHECK(visitor.sees(visitor.words("ticket.no_identity")));
  CHECK(asks_nothing());
  visitor.choose("matter.will");
  test::next(visitor);
  CHECK(asks_nothing());
  test::next(visitor);
  visitor.wait(test::answer_time);
  CHECK(asks_nothing());
  test::next(visitor);
  visitor.tap("home.law");
  CHECK(asks_nothing());
  visitor.tap("bar.home");
  visitor.tap("home.legal_aid");
  CHECK(asks_nothing());
}
