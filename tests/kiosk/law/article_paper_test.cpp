#include "kiosk/law/article_paper.h"

#include "platform/base/text.h"
#include "platform/device/qr.h"
#include "tests/support/ui_driver.h"

namespace {

law::ArticlePage page_of(std::string text) {
  law::ArticlePage page;
  page.law.title = "中华人民共和国借伞法";
  page.article.label = "第三条";
  page.article.text = std::move(text);
  return page;
}

law::ArticlePaper paper_of(const law::ArticlePage& page) {
  return {page,
          "东城中心",
          "来源 甲，收集日期 2026-06-26",
          "L-00000-00000",
          std::chrono::year{2026} / 11 / 23,
          "没有姓名"};
}

}  // namespace

TEST_CASE("a text is cut where a reader pauses, and nothing of it is lost") {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "借伞人应当在雨停后三日内归还雨伞，并支付使用费。";
  const auto pieces = law::cut_text(text, 100);
  std::string joined;
  for (const std::string& each : pieces) {
    CHECK(base::count_characters(each) <= 100);
    CHECK(each.ends_with("。"));
    joined += each;
  }
  CHECK(joined == text);
  CHECK(law::cut_text("", 100).empty());
  CHECK(law::cut_text(std::string(250, 'x'), 100).size() == 3);  // nowhere to pause
}

TEST_CASE(
    "an article travels as QR codes of 600 characters at most, numbered, each with its name") {
  test::UiDriver driver;
  driver.show([](ui::Ui&) {});
  const law::ArticlePage small = page_of("雨停后归还。");
  const auto one = law::article_qr_texts(driver.ui(), paper_of(small));
  REQUIRE(one.size() == 1);
  CHECK(one.front().find("《中华人民共和国借伞法》第三条\n雨停后归还。") != std::string::npos);
  CHECK(one.front().find("L-00000-00000") != std::string::npos);

  std::string text;
  for (int i = 0; i < 60; ++i) text += "借伞人应当在雨停后三日内归还雨伞，并支付使用费。";
  const law::ArticlePage large = page_of(text);
  const auto several = law::article_qr_texts(driver.ui(), paper_of(large));
  REQUIRE(several.size() > 1);
  for (std::size_t i = 0; i < several.size(); ++i) {
    CHECK(base::count_characters(several[i]) <= law::longest_qr_text);
    CHECK(several[i].starts_with(std::to_string(i + 1) + "/" + std::to_string(several.size())));
    CHECK(several[i].find("第三条") != std::string::npos);
    CHECK(device::qr(several[i], device::QrLevel::low));
  }
}

TEST_CASE("a printed article says its law, its status for the day, its source and its code") {
  test::UiDriver driver;
  driver.show([](ui::Ui&) {});
  const law::ArticlePage page = page_of("雨停后归还。\n（一）晴天归还的，每把一元。");
  const slip::Slip slip = law::article_slip(driver.ui(), paper_of(page));
  std::string words;
  bool coded = false;
  for (const slip::Block& block : slip.blocks) {
    if (const auto* text = std::get_if<slip::Text>(&block.content)) words += text->text + "\n";
    if (const auto* code = std::get_if<slip::Code>(&block.content)) {
      coded = code->code == "L-00000-00000";
    }
  }
  CHECK(coded);
  for (const char* part :
       {"中华人民共和国借伞法", "雨停后归还。", "（一）晴天归还的", "2026-11-23", "2026-06-26"}) {
    CAPTURE(part);
    CHECK(words.find(part) != std::string::npos);
  }
}
