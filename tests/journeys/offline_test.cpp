// The four things people come for, with nobody at the other end of the line: what is said, what is
// kept, what is printed.
#include <doctest/doctest.h>

#include "tests/journeys/flows.h"
#include "tests/journeys/small_library.h"

using test::KioskDriver;

TEST_CASE("without the network a booking is kept here and says so, on the glass and on paper") {
  KioskDriver visitor;
  CHECK(visitor.find("home.consult")->value.find(visitor.words("home.stored")) !=
        std::string::npos);
  test::fill_in_booking(visitor);
  CHECK(visitor.sees("王**"));
  CHECK_FALSE(visitor.sees(test::visitor_name));
  SUBCASE("as it is") {}
  SUBCASE("after the way was changed from the review") {
    visitor.tap("review.1");
    CHECK(visitor.place() == "booking.way");
    visitor.choose("way.phone");
    test::next(visitor);
    visitor.choose(visitor.first_of("slot."));
    test::next(visitor);
    CHECK(visitor.place() == "booking.review");
    CHECK(visitor.sees("138****5678"));
  }
  test::next(visitor);
  CHECK(visitor.place() == "booking.receipt");
  CHECK(visitor.sees(visitor.words("booking.state_sending")));
  CHECK(test::waiting_ops(visitor) == 1);
  visitor.wait(test::answer_time);
  CHECK(visitor.sees(visitor.words("booking.state_requested")));
  CHECK(visitor.sees(visitor.words("booking.next_requested")));
  visitor.wait_for_slips(1);
  CHECK(visitor.find("receipt.again") != nullptr);
  test::next(visitor);
  CHECK(visitor.place() == "home");
}

// As when the disk is full: whatever would be confirmed from now on is refused by the database.
static void refuse_to_store(KioskDriver& visitor) {
  REQUIRE(visitor.store().database().run(
      "CREATE TRIGGER no_room BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'no room'); END"));
}

TEST_CASE("a wish that cannot be stored is not said to be filed, and the booking stands") {
  KioskDriver visitor;
  test::open_own_booking(visitor);
  refuse_to_store(visitor);
  visitor.tap("change.cancel");
  visitor.tap("notice.other");
  CHECK(visitor.place() == "booking.change");
  CHECK(visitor.sees(visitor.words("error.constraint")));
  CHECK(visitor.find("change.cancel") != nullptr);
  CHECK(test::waiting_ops(visitor) == 1);
}

TEST_CASE("a call for a person that cannot be stored names the desk at once") {
  KioskDriver visitor;
  refuse_to_store(visitor);
  visitor.tap("bar.call");
  CHECK(visitor.sees(visitor.words("assist.offline")));
}

TEST_CASE("a booking is found again by its code, moved and cancelled as wishes") {
  KioskDriver visitor;
  test::open_own_booking(visitor);
  CHECK(visitor.place() == "booking.change");
  SUBCASE("moved") {
    visitor.tap("change.move");
    visitor.choose(visitor.first_of("slot."));
    test::next(visitor);
    visitor.wait(test::answer_time);
    CHECK(visitor.place() == "booking.change");
    CHECK(test::waiting_ops(visitor) == 2);
  }
  SUBCASE("cancelled") {
    visitor.tap("change.cancel");
    visitor.tap("notice.other");
    visitor.wait(test::answer_time);
    CHECK(visitor.sees(visitor.words("booking.cancel_filed")));
    CHECK(test::waiting_ops(visitor) == 2);
  }
  SUBCASE("kept after all") {
    visitor.tap("change.cancel");
    visitor.tap("notice.safe");
    CHECK(visitor.place() == "booking.change");
    CHECK(test::waiting_ops(visitor) == 1);
  }
}

TEST_CASE("a wrong code opens nothing, and an unknown one asks for the network") {
  KioskDriver visitor;
  test::look_up(visitor, "ZZZZZ-ZZZZZ", "5678");
  CHECK(visitor.place() == "status");
  CHECK(visitor.sees(visitor.words("error.code_form")) !=
        visitor.sees(visitor.words("status.offline")));
}

TEST_CASE("people without a phone get four digits on their slip that open their booking") {
  KioskDriver visitor;
  test::choose_a_time(visitor);
  visitor.type(test::visitor_name);
  visitor.tap("field.no_phone");
  test::next(visitor);
  test::next(visitor);
  visitor.wait(test::answer_time);
  const std::string code = visitor.case_code();
  std::string digits;
  for (const ui::Node& node : visitor.nodes()) {
    const bool four =
        node.label.size() == 4 && node.label.find_first_not_of("0123456789") == std::string::npos;
    if (four) digits = node.label;
  }
  REQUIRE(digits.size() == 4);
  test::next(visitor);
  test::look_up(visitor, code, digits);
  CHECK(visitor.place() == "booking.change");
}

TEST_CASE("a ticket without the network has a number of this kiosk and can be given back") {
  KioskDriver visitor;
  test::choose_matter(visitor);
  test::next(visitor);
  visitor.wait(test::answer_time);
  CHECK(visitor.place() == "ticket.number");
  CHECK(visitor.sees(visitor.words("ticket.yours", {{"number", "B1-01"}})));
  CHECK(visitor.sees(visitor.words("ticket.interleave")));
  visitor.wait_for_slips(1);
  visitor.tap("action.secondary");
  visitor.tap("notice.other");
  CHECK(visitor.sees(visitor.words("ticket.given_back", {{"number", "B1-01"}})));
  CHECK(visitor.find("receipt.again") == nullptr);
  test::next(visitor);
  CHECK(visitor.place() == "home");
  test::choose_matter(visitor);
  test::next(visitor);
  visitor.wait(test::answer_time);
  CHECK(visitor.sees(visitor.words("ticket.yours", {{"number", "B1-02"}})));
}

TEST_CASE("a request without the network says that nobody has received it yet") {
  KioskDriver visitor;
  test::fill_in_request(visitor, "no");
  CHECK(visitor.sees(visitor.words("intake.leave_out")));
  test::next(visitor);
  visitor.wait(test::answer_time);
  CHECK(visitor.place() == "intake.receipt");
  CHECK(visitor.sees(visitor.words("intake.state_kept_here")));
  CHECK(visitor.sees(visitor.words("intake.next_kept_here")));
  visitor.wait_for_slips(1);
  CHECK(test::waiting_ops(visitor) == 1);
}

TEST_CASE("who is not safe sees help before anything is asked, and can hide it with one touch") {
  KioskDriver visitor;
  visitor.tap("home.mediation");
  visitor.tap("safety.unsafe");
  CHECK(visitor.sees("110"));
  SUBCASE("and goes on") {
    visitor.tap("safety.go_on");
    CHECK(visitor.place() == "intake.type");
  }
  SUBCASE("and hides it") {
    visitor.tap("safety.hide");
    CHECK(visitor.place() == "home");
  }
}

TEST_CASE("everyday words lead to the article, and the article to a person") {
  const test::TempFolder folder;
  KioskDriver visitor({.laws = test::small_library(folder), .pinyin = PINYIN_FOLDER});
  visitor.tap("home.law");
  SUBCASE("typed in pinyin on the glass") {
    visitor.write("gongzi");
    visitor.tap("key.space");
    CHECK(visitor.typed_in("search.query") == "工资");
  }
  SUBCASE("as people say it") {
    visitor.type("老板不发工资");
  }
  visitor.tap("key.finish");
  const std::string first = visitor.first_of("result.");
  CHECK(visitor.find(first)->label.find("第十一条") != std::string::npos);
  visitor.tap(first);
  CHECK(visitor.place() == "law.article");
  CHECK(visitor.sees("劳动报酬"));
  visitor.bring_into_view("reader.help.consult");
  CHECK(visitor.sees(visitor.words("law.not_advice", {{"day", "2026-11-23"}})));
  visitor.tap("reader.help.consult");
  CHECK(visitor.place() == "booking.topic");
}

TEST_CASE("a printed article's code tells later, on any kiosk, whether the article has changed") {
  const test::TempFolder folder;
  const base::Path laws = test::small_library(folder);
  auto library = test::must(law::LawStore::open(laws));
  const auto then = test::must(library.find_article("登山法", {1, 0}, test::day(2020, 1, 1)));
  const auto now = test::must(library.find_article("登山法", {1, 0}, test::day(2026, 11, 23)));
  REQUIRE(then);
  REQUIRE(now);
  KioskDriver visitor({.laws = laws});
  visitor.tap("home.law");
  SUBCASE("it has: both texts are shown") {
    visitor.type(law::to_text(test::must(library.code(*then))));
    visitor.tap("key.finish");
    CHECK(visitor.sees(visitor.words("law.print_changed")));
    visitor.tap("printed.compare");
    CHECK(visitor.place() == "law.changes");
    CHECK(visitor.sees("登山应当结伴。"));
    CHECK(visitor.sees("登山应当结伴并携带绳索。"));
  }
  SUBCASE("it has not") {
    visitor.type(law::to_text(test::must(library.code(*now))));
    visitor.tap("key.finish");
    CHECK(visitor.sees(visitor.words("law.print_same")));
  }
}

TEST_CASE("a law is read by number, as of a day, and with what changed") {
  const test::TempFolder folder;
  KioskDriver visitor({.laws = test::small_library(folder)});
  visitor.tap("home.law");
  visitor.type("登山法");
  visitor.tap("key.finish");
  visitor.tap(visitor.first_of("result.law."));
  CHECK(visitor.sees("登山应当结伴并携带绳索"));
  visitor.tap("law.changes");
  CHECK(visitor.sees("夜间禁止登山"));
  visitor.tap("action.back");
  visitor.tap("law.day");
  SUBCASE("a day when the older text stood") {
    visitor.write("20200501");
    visitor.tap("key.finish");
    CHECK(visitor.place() == "law.law");
    CHECK(visitor.sees(visitor.words("law.as_of", {{"day", "2020-05-01"}})));
    CHECK_FALSE(visitor.sees("绳索"));
    visitor.tap("law.number");
    visitor.write("1");
    visitor.tap("key.finish");
    CHECK(visitor.place() == "law.article");
    CHECK(visitor.sees("登山应当结伴。"));
    // The paper is read later: it says what the old text is worth today.
    visitor.tap("reader.take");
    visitor.tap("takeaway.print");
    CHECK(visitor.sees(visitor.words("law.status_amended_since", {{"day", "2024-09-01"}})));
    CHECK(visitor.sees(visitor.words("law.status_day", {{"day", "2026-11-23"}})));
  }
  SUBCASE("a day before the law was") {
    visitor.write("20170501");
    visitor.tap("key.finish");
    CHECK(visitor.sees(visitor.words("law.no_version")));
  }
  SUBCASE("no day at all") {
    visitor.write("20201399");
    visitor.tap("key.finish");
    CHECK(visitor.sees(visitor.words("law.no_day")));
  }
}

TEST_CASE("a text that waits for its day is announced on the law and can be read") {
  const test::TempFolder folder;
  KioskDriver visitor({.laws = test::small_library(folder)});
  visitor.tap("home.law");
  visitor.type("标记法");
  visitor.tap("key.finish");
  CHECK(visitor.sees(visitor.words("law.status_in_force_until", {{"day", "2027-01-01"}})));
  visitor.tap(visitor.first_of("result.law."));
  CHECK(visitor.sees("旧标记应当登记。"));
  visitor.tap("law.coming");
  CHECK(visitor.place() == "law.law");
  CHECK(visitor.sees(visitor.words("law.as_of", {{"day", "2027-01-01"}})));
  CHECK(visitor.sees("新标记应当登记并公告。"));
}

TEST_CASE("an article leads to the interpretation that speaks of it") {
  const test::TempFolder folder;
  KioskDriver visitor({.laws = test::small_library(folder)});
  visitor.tap("home.law");
  visitor.type("借伞法 第三条");
  visitor.tap("key.finish");
  visitor.tap(visitor.first_of("result.", "result.law."));
  visitor.choose(visitor.first_of("reader.cited."));
  CHECK(visitor.place() == "law.article");
  CHECK(visitor.sees("以气象台公告为准"));
}

TEST_CASE("a repealed article leads to the law that ended it") {
  const test::TempFolder folder;
  KioskDriver visitor({.laws = test::small_library(folder)});
  visitor.tap("home.law");
  visitor.type("雨具暂行条例 第二条");
  visitor.tap("key.finish");
  visitor.tap(visitor.first_of("result.", "result.law."));
  visitor.tap("reader.successor");
  CHECK(visitor.place() == "law.article");
  CHECK(visitor.sees("中华人民共和国借伞法"));
}
