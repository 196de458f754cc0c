#include "kiosk/booking/slot_page.h"

#include "kiosk/booking/booking_slip.h"
#include "tests/support/ui_driver.h"

namespace {

service::LocalText text(std::string chinese, std::string english) {
  return {{{"zh-Hans", std::move(chinese)}, {"en", std::move(english)}}};
}

constexpr base::TimeOfDay nine{9 * 60};
constexpr base::TimeOfDay eleven{11 * 60};

// Open Monday to Friday, 9 to 11, without power on 2026-11-24, a Tuesday.
service::Service consult() {
  service::Service service;
  service.id = "consult";
  for (std::size_t day = 0; day < 5; ++day) service.hours.week[day] = {{nine, eleven}};
  const base::Date tuesday = *base::parse_date("2026-11-24");
  service.hours.closed = {{tuesday, tuesday, text("停电检修", "Power maintenance")}};
  service.slots = {.minutes = 60, .horizon_days = 7, .soonest_minutes = 60};
  service::Way way;
  way.id = "onsite";
  way.rooms = {{"a", text("一号", "One"), {}}, {"b", text("二号", "Two"), {}}};
  service.ways = {way};
  return service;
}

}  // namespace

TEST_CASE("a touched day that is closed says why, in both languages, and offers no time") {
  const service::Service service = consult();
  for (const auto& [language, reason] :
       {std::pair("zh-Hans", "停电检修"), std::pair("en", "Power maintenance")}) {
    test::UiDriver driver(test::portrait, language);
    booking::SlotPage page;
    std::string chosen;
    driver.show([&](ui::Ui& ui) {
      page.draw(ui, ui.screen().inset(40, 200), service, "onsite", {},
                {*base::parse_date("2026-11-23"), {8 * 60 - 30}}, chosen);
    });
    CHECK_FALSE(driver.sees(reason));
    CHECK(driver.find("slot.09:00") != nullptr);
    driver.tap("day.2026-11-24");
    CHECK(driver.sees(reason));
    CHECK(driver.find("slot.09:00") == nullptr);
    driver.tap("day.2026-11-25");
    CHECK_FALSE(driver.sees(reason));
  }
}

TEST_CASE("a refusal says what to do: another time, another day, or a person") {
  test::UiDriver driver(test::portrait, "en");
  const auto words = [&](booking::State state, std::string_view reason) {
    return booking::next_words(driver.ui(), state, reason);
  };
  CHECK(words(booking::State::refused, "limit_person").find("tomorrow") != std::string::npos);
  CHECK(words(booking::State::refused, "limit_no_phone").find("hour") != std::string::npos);
  CHECK(words(booking::State::refused, "slot_too_soon").find("later") != std::string::npos);
  CHECK(words(booking::State::refused, "slot_closed").find("closed") != std::string::npos);
  const std::string any = words(booking::State::refused, "bad_body");
  CHECK_FALSE(any.empty());
  CHECK(any != words(booking::State::refused, "limit_person"));
  CHECK(words(booking::State::confirmed, "day_closed") == words(booking::State::confirmed, ""));
}

TEST_CASE("a seat that cannot be kept names the closed day's reason, or what else has changed") {
  test::UiDriver driver(test::portrait, "en");
  const service::Service service = consult();
  const auto words = [&](std::string_view slot, std::string_view reason) {
    return booking::withdrawn_words(driver.ui(), service, slot, reason);
  };
  CHECK(words("consult|onsite|2026-11-24T09:00", "day_closed").find("Power maintenance") !=
        std::string::npos);
  CHECK(words("consult|onsite|2026-11-25T09:00", "slot_closed").find("hours have changed") !=
        std::string::npos);
  CHECK(words("consult|onsite|2026-11-25T09:00", "room_closed").find("room") != std::string::npos);
  CHECK(words("consult|onsite|2026-11-25T09:00", "").empty());
  CHECK(words("consult|onsite|2026-11-25T09:00", "请带身份证").empty());
}
