#include "kiosk/slip/slip_words.h"

#include <doctest/doctest.h>

#include "tests/kiosk/slip/slips.h"

namespace slip {

TEST_CASE("the QR code says the status address where there is one, else the case code alone") {
  const test::Glass glass("en");
  const Code bare = code(glass.ui, {.code = test::case_code});
  CHECK(bare.address == "7K4M2-9QXRC");
  CHECK(bare.invitation.empty());
  const Code with_page =
      code(glass.ui, {.code = test::case_code, .status_address = "https://example.cn/s/"});
  CHECK(with_page.address == "https://example.cn/s/7K4M2-9QXRC");
  CHECK(with_page.invitation == "Scan to see where it stands");
}

TEST_CASE("the slip says which four digits open the case: the phone's, or those printed") {
  const test::Glass glass("en");
  const Code phone = code(glass.ui, {.code = test::case_code});
  CHECK(phone.use.find("your phone number") != std::string::npos);
  CHECK(phone.digits.empty());
  const Code digits = code(glass.ui, {.code = test::case_code, .digits = "4821"});
  CHECK(digits.use.find("these four digits") != std::string::npos);
  CHECK(digits.digits == "4821");
}

TEST_CASE("the title of the papers names the matter, its neutral form does not") {
  const test::Glass glass("en");
  const Papers both = papers(glass.ui, "power of attorney", {{"Identity card", true}});
  CHECK(both.title == "Papers to bring (power of attorney)");
  CHECK(both.neutral_title == "Papers to bring");
  CHECK(papers(glass.ui, "", {}).title == "Papers to bring");
}

TEST_CASE("every sentence of a slip is there in both languages") {
  for (const char* language : {"zh-Hans", "en"}) {
    const test::Glass glass(language);
    for (const Slip& each : {test::ticket_slip(glass), test::booking_slip(glass)}) {
      CHECK(each.closing.find("D03-11") != std::string::npos);
      CHECK(each.closing.find("⟦") == std::string::npos);
    }
    const Code shown =
        code(glass.ui,
             {.code = test::case_code, .status_address = "https://example.cn/", .digits = "1"});
    const Papers listed = papers(glass.ui, "x", {});
    for (const std::string& words : {shown.invitation, shown.label, shown.use, listed.title,
                                     listed.neutral_title, listed.missing}) {
      CHECK(words.find("⟦") == std::string::npos);
    }
  }
}

}  // namespace slip
