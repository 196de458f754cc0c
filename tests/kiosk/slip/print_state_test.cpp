#include "kiosk/slip/print_state.h"

#include <doctest/doctest.h>

#include <string>

#include "tests/kiosk/slip/slips.h"

namespace slip {
namespace {

// Everything the row says.
std::string said(test::Glass& glass, const PrintState& state) {
  std::string all;
  const ui::Area area{72, 1200, 936, 300};
  glass.ui.begin({});
  const float height = show_print_state(glass.ui, area, state);
  glass.ui.end();
  CHECK(height <= area.h);
  CHECK(glass.ui.overflows().empty());
  for (const ui::Node& node : glass.ui.nodes()) all += node.label + "|";
  CHECK(all.find("⟦") == std::string::npos);
  return all;
}

bool has(const std::string& text, const char* part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("the receipt says whether the slip is on its way, in the tray or not printed") {
  test::Glass glass("en");
  CHECK(has(said(glass, {PrintStage::waiting}), "|Printing|"));
  CHECK(has(said(glass, {PrintStage::printing}), "|Printing|"));
  CHECK(has(said(glass, {PrintStage::printed}), "Take it from below the screen"));
  CHECK(has(said(glass, {PrintStage::failed, "paper_out"}), "no paper"));
  CHECK(has(said(glass, {PrintStage::failed, "cover_open"}), "cover is open"));
  CHECK(has(said(glass, {PrintStage::failed, "printer_unreachable"}), "does not answer"));
}

TEST_CASE("a slip that did not print is still in the visitor's hand: write it down, or ask") {
  for (const char* language : {"zh-Hans", "en"}) {
    test::Glass glass(language);
    for (const char* code : {"paper_out", "cover_open", "print_queue_full"}) {
      const std::string words = said(glass, {PrintStage::failed, code});
      CHECK(has(words, glass.chinese() ? "记下来" : "Write down"));
      CHECK(has(words, glass.chinese() ? "工作人员" : "a colleague"));
    }
  }
}

TEST_CASE("where no printer is connected the screen does not send anyone to look for paper") {
  for (const char* language : {"zh-Hans", "en"}) {
    test::Glass glass(language);
    const std::string words = said(glass, {PrintStage::printed, "", false});
    CHECK_FALSE(has(words, glass.chinese() ? "拿走" : "Take it"));
    CHECK(has(words, glass.chinese() ? "没有接打印机" : "has no printer"));
  }
}

}  // namespace slip
