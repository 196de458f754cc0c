#include "kiosk/slip/receipt.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <string>

#include "tests/kiosk/slip/fake_printer.h"
#include "tests/kiosk/slip/slips.h"

namespace slip {
namespace {

// A receipt page in a kiosk whose printer a test holds.
struct Page {
  test::Glass glass;
  test::Bell bell;
  test::Desk desk;
  test::SeededChance chance;
  PrintQueue queue{std::make_unique<test::FakePrinter>(desk), PrintQueue::Output::paper,
                   glass.clock, [this] { bell.ring(); }};
  Press press{queue, glass.atlas, {glass.clock, chance}, 80};
  Receipt receipt{press};
  Slip slip;

  explicit Page(const char* language = "zh-Hans") : glass(language) {
    slip = test::booking_slip(glass);
  }
  ~Page() { desk.hold(false); }

  void draw(const ui::Input& input = {}) {
    glass.ui.begin(input);
    receipt.print_once(slip);
    receipt.draw(
        glass.ui, {48, 222, 984, 1420},
        {"check", glass.say("约好了，时间给您留着", "Booked; the time is yours"), "", ui::Tone::ok},
        slip);
    glass.ui.end();
  }
  [[nodiscard]] const ui::Node* find(std::string_view part) const {
    const auto& nodes = glass.ui.nodes();
    const auto found = std::ranges::find_if(nodes, [part](const ui::Node& node) {
      return node.id == part || node.label.find(part) != std::string::npos;
    });
    return found == nodes.end() ? nullptr : &*found;
  }
  // Draws until the words are on the screen.
  bool shows(std::string_view part) {
    return bell.wait_until([&] {
      draw();
      return find(part) != nullptr;
    });
  }
  void tap(std::string_view id) {
    draw();
    REQUIRE(find(id) != nullptr);
    const ui::Area target = find(id)->bounds;
    ui::Input finger;
    finger.x = target.center_x();
    finger.y = target.center_y();
    for (const bool down : {true, false}) {
      finger.down = down;
      draw(finger);
    }
  }
};

}  // namespace

TEST_CASE("a receipt prints by itself once, however often it is drawn, and again when asked") {
  Page page("en");
  REQUIRE(page.shows("Take it from below"));
  page.draw();
  CHECK(page.desk.printed().size() == 1);

  page.tap("receipt.again");
  REQUIRE(page.bell.wait_until([&] { return page.desk.printed().size() == 2; }));
  CHECK(page.desk.printed()[0] != page.desk.printed()[1]);
}

TEST_CASE("a slip that did not print stays on the screen and can be printed again") {
  for (const char* language : {"zh-Hans", "en"}) {
    Page page(language);
    page.desk.trouble(base::Error{base::ErrorKind::device, "paper_out", "sensor"});
    REQUIRE(page.shows(page.glass.chinese() ? "没纸了" : "no paper"));
    CHECK(page.find(test::case_code) != nullptr);
    CHECK(page.glass.ui.overflows().empty());

    page.desk.trouble(std::nullopt);
    page.tap("receipt.again");
    CHECK(page.shows(page.glass.chinese() ? "拿走" : "Take it from below"));
  }
}

TEST_CASE("nobody can ask for the same slip again while it is being printed") {
  Page page("en");
  page.desk.hold(true);
  REQUIRE(page.shows("is being printed"));
  CHECK(page.find("receipt.again") == nullptr);
  page.desk.hold(false);
  CHECK(page.shows("receipt.again"));
}

}  // namespace slip
