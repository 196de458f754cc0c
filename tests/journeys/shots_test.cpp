// Every screen in both orientations and both languages, on the usual kiosk, on the smallest one
// and in a window on a desk: nothing runs over, nothing lies outside or on top of something else,
// every control is large enough for a thumb, every word is there in the language that was chosen.
// With KIOSK_TEST_SHOTS=FOLDER a picture of each is kept (tests/shots).
#include <doctest/doctest.h>

#include <string>

#include "kiosk/store/staff_pin.h"
#include "tests/journeys/look.h"
#include "tests/journeys/small_library.h"
#include "tests/support/kiosk_driver.h"

namespace {

using base::Milliseconds;
using test::KioskDriver;
using test::Words;

constexpr Milliseconds answer_patience{2'500};
const std::string pin = "246810";

// One visitor who goes everywhere and looks at everything.
class Walk {
 public:
  Walk(KioskDriver& visitor, std::string suffix) : visitor_(visitor), suffix_(std::move(suffix)) {}

  void look(const std::string& name, Words words = Words::translated) {
    test::look(visitor_, name + "." + suffix_, words);
  }

  void home() { look("home"); }

  void privacy() {
    visitor_.tap("home.privacy");
    look("privacy", Words::law);
    visitor_.tap("action.primary");
  }

  void booking() {
    visitor_.tap("home.consult");
    look("booking-topic");
    visitor_.choose("topic.wage");
    look("booking-topic-chosen");
    next();
    look("booking-way");
    visitor_.choose("way.onsite");
    next();
    look("booking-slot");
    visitor_.choose(visitor_.first_of("slot."));
    look("booking-slot-chosen");
    next();
    next();
    look("booking-person-errors");
    visitor_.tap("field.name");
    visitor_.type("王小明");
    visitor_.tap("field.phone");
    visitor_.write("13812345678");
    look("booking-person", Words::law);
    next();
    look("booking-wish");
    visitor_.choose("wish.unnamed");
    next();
    look("booking-review", Words::law);
    next();
    look("booking-receipt-sending");
    visitor_.wait(answer_patience);
    visitor_.wait_for_slips(1);
    look("booking-receipt");
    code_ = visitor_.case_code();
    visitor_.tap("action.primary");
  }

  void booking_without_phone() {
    visitor_.tap("home.consult");
    visitor_.choose("topic.violence");
    next();
    look("booking-safety");
    visitor_.tap("safety.unsafe");
    look("booking-safety-help", Words::law);
    visitor_.tap("safety.go_on");
    visitor_.choose("way.phone");
    next();
    visitor_.choose(visitor_.first_of("slot."));
    next();
    visitor_.type("李四");
    visitor_.tap("field.no_phone");
    look("booking-no-phone", Words::law);
    next();
    next();
    visitor_.wait(answer_patience);
    visitor_.wait_for_slips(2);
    look("booking-receipt-no-phone");
    visitor_.tap("action.primary");
  }

  void change() {
    visitor_.tap("home.status");
    look("status");
    next();
    look("status-errors");
    visitor_.write_code("ZZZZZ-ZZZZZ");
    visitor_.tap("field.last4");
    visitor_.write("0000");
    next();
    look("status-wrong");
    visitor_.tap("bar.home");
    visitor_.tap("notice.other");
    visitor_.tap("home.status");
    visitor_.write_code(code_);
    visitor_.tap("field.last4");
    visitor_.write("5678");
    next();
    look("booking-change");
    visitor_.tap("change.move");
    look("booking-move");
    visitor_.tap("action.back");
    visitor_.tap("change.cancel");
    look("booking-cancel");
    visitor_.tap("notice.other");
    visitor_.wait(answer_patience);
    look("booking-cancel-filed");
    visitor_.tap("action.primary");
  }

  void ticket() {
    visitor_.tap("home.notary");
    look("ticket-matter");
    visitor_.choose("matter.inherit");
    next();
    look("ticket-papers");
    visitor_.choose(visitor_.first_of("paper."));
    look("ticket-papers-ticked");
    next();
    look("ticket-drawing");
    visitor_.wait(answer_patience);
    visitor_.wait_for_slips(3);
    look("ticket-number");
    visitor_.tap("action.secondary");
    look("ticket-give-back");
    visitor_.tap("notice.other");
    look("ticket-given-back");
    visitor_.tap("action.primary");
  }

  void mediation() {
    visitor_.tap("home.mediation");
    look("mediation-safety");
    visitor_.tap("safety.safe");
    look("mediation-type");
    next();
    look("mediation-type-error");
    visitor_.choose("choice.loan");
    next();
    look("mediation-party");
    next();
    look("mediation-party-errors");
    visitor_.type("张三");
    visitor_.tap("field.reach");
    visitor_.type("13900001111");
    next();
    look("mediation-happened");
    next();
    look("mediation-happened-error");
    visitor_.type("去年三月借给他三千元，说好年底还，到现在没有还。");
    look("mediation-happened-written", Words::law);
    next();
    visitor_.type("还三千元。");
    next();
    look("mediation-evidence");
    visitor_.choose("evidence.iou");
    next();
    look("mediation-way");
    visitor_.choose("way.onsite");
    next();
    look("mediation-last-day");
    visitor_.tap("day.none");
    next();
    look("mediation-contact");
    next();
    look("mediation-contact-errors");
    visitor_.tap("field.no_phone");
    look("mediation-contact-no-phone");
    visitor_.type("王小明");
    visitor_.tap("field.phone");
    visitor_.write("13812345678");
    next();
    look("mediation-reach");
    visitor_.choose("choice.no");
    next();
    look("mediation-consent");
    visitor_.tap("consent.yes");
    next();
    look("mediation-consent-notice");
    visitor_.tap("consent.yes");
    next();
    look("mediation-consent-sensitive");
    visitor_.tap("consent.no");
    next();
    look("mediation-review", Words::law);
    next();
    visitor_.wait(answer_patience);
    visitor_.wait_for_slips(4);
    look("mediation-receipt");
    visitor_.tap("action.primary");
  }

  void law() {
    visitor_.tap("home.law");
    look("law-search", Words::law);
    visitor_.tap("law.about");
    look("law-about");
    visitor_.tap("action.back");
    visitor_.type("加班");
    look("law-suggestions", Words::law);
    visitor_.tap("suggestion.0");
    look("law-suggestion-taken", Words::law);
    visitor_.tap("search.clear");
    visitor_.type("老板不发工资");
    look("law-results-typing", Words::law);
    visitor_.tap("key.finish");
    look("law-results", Words::law);
    visitor_.tap(visitor_.first_of("result."));
    look("law-article", Words::law);
    visitor_.tap("reader.larger");
    visitor_.tap("reader.larger");
    look("law-article-large", Words::law);
    visitor_.tap("reader.law");
    look("law-contents", Words::law);
    visitor_.tap("law.number");
    look("law-number", Words::law);
    visitor_.write("99");
    visitor_.tap("key.finish");
    look("law-number-none", Words::law);
    visitor_.tap("action.back");
    visitor_.tap("action.back");
    visitor_.tap("reader.take");
    look("law-take-away", Words::law);
    visitor_.tap("takeaway.print");
    visitor_.wait_for_slips(1);
    look("law-print", Words::law);
    visitor_.tap("action.back");
    visitor_.tap("action.back");
    visitor_.tap("action.back");
    visitor_.tap("search.clear");
    visitor_.type("借伞法 第三条");
    visitor_.tap("key.finish");
    visitor_.tap(visitor_.first_of("result.", "result.law."));
    look("law-cited", Words::law);
    visitor_.tap("action.back");
    visitor_.tap("search.clear");
    visitor_.type("雨具暂行条例 第二条");
    visitor_.tap("key.finish");
    visitor_.tap(visitor_.first_of("result.", "result.law."));
    look("law-repealed", Words::law);
    visitor_.tap("action.back");
    visitor_.tap("search.clear");
    visitor_.type("登山法");
    visitor_.tap("key.finish");
    visitor_.tap(visitor_.first_of("result.law."));
    visitor_.tap("law.changes");
    look("law-changes", Words::law);
    visitor_.tap("action.back");
    visitor_.tap("law.day");
    visitor_.write("20200501");
    visitor_.tap("key.finish");
    look("law-as-of", Words::law);
    for (int i = 0; i < 3; ++i) visitor_.tap("action.back");
    visitor_.tap("search.clear");
    visitor_.type("标记法");
    visitor_.tap("key.finish");
    visitor_.tap(visitor_.first_of("result.law."));
    look("law-coming", Words::law);
    visitor_.tap("action.back");
    visitor_.tap("search.clear");
    visitor_.type("雨具暂行条例");
    visitor_.tap("key.finish");
    look("law-named", Words::law);
    visitor_.tap("search.clear");
    visitor_.type("unpaid wages");
    visitor_.tap("key.finish");
    look("law-from-english", Words::law);
    visitor_.tap("search.clear");
    visitor_.type("qqqq");
    visitor_.tap("key.finish");
    look("law-nothing", Words::law);
    visitor_.tap("search.clear");
    visitor_.tap("key.finish");
    visitor_.tap(visitor_.first_of("category."));
    look("law-category", Words::law);
    visitor_.tap("action.primary");
  }

  void guides() {
    for (const service::Tile& tile : visitor_.catalogue().tiles) {
      const service::Service* service = visitor_.catalogue().find(tile.service);
      REQUIRE(service != nullptr);
      const bool guide =
          service->kind == service::Kind::guide || service->kind == service::Kind::external;
      if (!guide) continue;
      visitor_.tap("home." + tile.service);
      look("guide-" + tile.service, Words::law);
      visitor_.tap("action.primary");
    }
  }

  void around() {
    visitor_.tap("bar.call");
    look("call-a-person");
    visitor_.tap("notice.safe");
    visitor_.tap("home.consult");
    visitor_.tap("action.stop");
    look("end-visit");
    visitor_.tap("notice.safe");
    visitor_.wait(std::chrono::seconds{91});
    look("idle");
    visitor_.tap("idle.clear");
    visitor_.tap("bar.contrast");
    look("home-high-contrast");
    visitor_.tap("bar.contrast");
  }

  void staff() {
    REQUIRE(store::set_pin(visitor_.store(), pin));
    visitor_.hold_corner();
    look("staff-pin");
    visitor_.write("111111");
    next();
    look("staff-pin-wrong");
    visitor_.write(pin);
    next();
    look("staff-panel", Words::law);
    visitor_.tap("action.primary");
  }

 private:
  void next() { visitor_.tap("action.primary"); }

  KioskDriver& visitor_;
  std::string suffix_;
  std::string code_;  // of the first booking
};

void walk_everywhere(const ui::Display& display, const std::string& language,
                     const std::string& suffix) {
  const test::TempFolder folder;
  KioskDriver visitor({.display = display,
                       .laws = test::small_library(folder),
                       .pinyin = PINYIN_FOLDER,
                       .language = language});
  Walk walk(visitor, suffix + "." + language);
  walk.home();
  walk.privacy();
  walk.booking();
  walk.booking_without_phone();
  walk.change();
  walk.ticket();
  walk.mediation();
  walk.law();
  walk.guides();
  walk.around();
  walk.staff();
}

}  // namespace

TEST_CASE("every screen stands upright in Chinese") {
  walk_everywhere(test::portrait, "zh-Hans", "portrait");
}

TEST_CASE("every screen stands upright in English") {
  walk_everywhere(test::portrait, "en", "portrait");
}

TEST_CASE("every screen lies in Chinese") {
  walk_everywhere(test::landscape, "zh-Hans", "landscape");
}

TEST_CASE("every screen lies in English") {
  walk_everywhere(test::landscape, "en", "landscape");
}

TEST_CASE("every screen fits a compact kiosk that stands upright, in Chinese") {
  walk_everywhere(test::compact, "zh-Hans", "compact");
}

TEST_CASE("every screen fits a compact kiosk that stands upright, in English") {
  walk_everywhere(test::compact, "en", "compact");
}

TEST_CASE("every screen fits a compact kiosk that lies, in Chinese") {
  walk_everywhere(test::compact_landscape, "zh-Hans", "compact-landscape");
}

TEST_CASE("every screen fits a compact kiosk that lies, in English") {
  walk_everywhere(test::compact_landscape, "en", "compact-landscape");
}

TEST_CASE("every screen fits a window on a desk that stands upright, in Chinese") {
  walk_everywhere(test::desk, "zh-Hans", "desk");
}

TEST_CASE("every screen fits a window on a desk that stands upright, in English") {
  walk_everywhere(test::desk, "en", "desk");
}

TEST_CASE("every screen fits a window on a desk that lies, in Chinese") {
  walk_everywhere(test::desk_landscape, "zh-Hans", "desk-landscape");
}

TEST_CASE("every screen fits a window on a desk that lies, in English") {
  walk_everywhere(test::desk_landscape, "en", "desk-landscape");
}
