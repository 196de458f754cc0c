#include "kiosk/staff/trouble_words.h"

#include <algorithm>
#include <string_view>

#include "tests/support/ui_driver.h"

namespace {

bool has_latin(std::string_view text) {
  return std::ranges::any_of(
      text, [](char each) { return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z'); });
}

}  // namespace

TEST_CASE("staff read what the center, the printer and the rules say in their own language") {
  test::UiDriver driver;
  driver.show([](ui::Ui&) {});
  const ui::Ui& ui = driver.ui();
  for (const char* code : {"connect", "timeout", "tls", "broken_answer", "bad_gzip", "skew",
                           "answer_too_large", "kiosk_unknown", "code_invalid", "http_503", "busy",
                           "unavailable", "storage_full", "too_many"}) {
    CAPTURE(code);
    CHECK_FALSE(has_latin(staff::contact_trouble(ui, code)));
  }
  for (const char* code : {"paper_out", "cover_open", "printer_unreachable"}) {
    CAPTURE(code);
    CHECK_FALSE(has_latin(staff::printer_trouble(ui, code)));
  }
  for (const char* kind : {"booking.request", "booking.move", "booking.cancel", "ticket.draw",
                           "ticket.issue", "ticket.cancel", "intake.file", "assist.call"}) {
    CAPTURE(kind);
    CHECK_FALSE(has_latin(staff::record_words(ui, kind)));
  }
  for (const char* code : {"slot_unknown", "slot_past", "slot_full", "service_unknown", "bad_body",
                           "no_match", "number_taken", "id_reuse", "conflict", "already_over",
                           "already_cancelled", "locked", "closed"}) {
    CAPTURE(code);
    CHECK_FALSE(has_latin(staff::refusal_words(ui, code)));
  }
}

TEST_CASE("a code nobody foresaw is shown, to be read out on the phone") {
  test::UiDriver driver;
  driver.show([](ui::Ui&) {});
  CHECK(staff::contact_trouble(driver.ui(), "http_418").find("http_418") != std::string::npos);
}
