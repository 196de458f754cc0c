// The frame around every screen, with screens and a host made for the test.
#include "kiosk/app/shell.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/support/ui_driver.h"

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// What a screen made for the test is told to be.
struct Plan {
  std::string name = "home";
  ui::Idle idle = ui::Idle::none;
};

// One button that goes where the test says.
class TestScreen final : public ui::Screen {
 public:
  TestScreen(Plan plan, const ui::Go& go) : plan_(std::move(plan)), go_(go) {}
  ui::Go draw(ui::Ui& ui, const ui::Page& page) override {
    const bool touched = ui.button("test.go", page.body.centered(400, 112), "go");
    return touched ? go_ : ui::Go::stay();
  }
  [[nodiscard]] std::string name() const override { return plan_.name; }
  [[nodiscard]] ui::Idle idle() const override { return plan_.idle; }
  [[nodiscard]] bool has_actions() const override { return false; }

 private:
  Plan plan_;
  const ui::Go& go_;
};

class TestHost final : public app::Host {
 public:
  ui::Go go = ui::Go::stay();
  app::Assist call = app::Assist::none;
  bool staff = false;
  std::vector<std::string> called_from;
  int forgotten = 0;

  std::unique_ptr<ui::Screen> open(const std::string& service, const std::string&) override {
    Plan plan;
    if (service == "form") plan = {"form", ui::Idle::form};
    if (service == "reading") plan = {"reading", ui::Idle::reading};
    if (service == "staff") plan = {"staff", ui::Idle::form};
    return std::make_unique<TestScreen>(plan, go);
  }
  [[nodiscard]] app::StateLine state(std::string_view) const override {
    return {.center = "Center", .now = {}, .network = app::Network::online, .staff = false};
  }
  [[nodiscard]] bool staff_allowed() const override { return staff; }
  void call_person(std::string_view place) override {
    called_from.emplace_back(place);
    call = app::Assist::sending;
  }
  [[nodiscard]] app::Assist assist() const override { return call; }
  [[nodiscard]] app::Desk desk(std::string_view) const override { return {"the desk", ""}; }
  void forget_visit() override { ++forgotten; }
};

struct Hall {
  TestHost host;
  test::UiDriver driver;
  app::Shell shell{driver.ui(), host, driver.clock(), {}};

  Hall() {
    driver.drive([this](const device::InputEvent& event) { shell.feed(event); },
                 [this]() -> const ImDrawData& { return shell.draw(); },
                 [this] { return shell.next_draw(); });
  }
  void open(const std::string& service) {
    shell.open(service);
    driver.wait(milliseconds{300});
  }
  void tap(std::string_view id) {
    driver.tap(id);
    driver.wait(milliseconds{300});
  }
  void hold_corner(milliseconds time) {
    driver.put_down(20, 20);
    driver.wait(time);
    driver.lift();
  }
};

}  // namespace

TEST_CASE("on home nothing is wiped and nothing is asked") {
  Hall hall;
  CHECK(hall.shell.at_rest());
  hall.driver.wait(seconds{600});
  CHECK(hall.shell.place() == "home");
  CHECK(hall.host.forgotten == 0);
}

TEST_CASE("a form waits a minute and a half, a page to read three minutes") {
  Hall hall;
  int limit = 0;
  SUBCASE("form") {
    hall.open("form"), limit = 90;
  }
  SUBCASE("reading") {
    hall.open("reading"), limit = 180;
  }
  CHECK_FALSE(hall.shell.at_rest());
  hall.driver.wait(seconds{limit - 2});
  CHECK(hall.shell.place() != "idle");
  hall.driver.wait(seconds{3});
  CHECK(hall.shell.place() == "idle");
  CHECK(hall.host.forgotten == 0);
  hall.driver.wait(seconds{31});
  CHECK(hall.shell.place() == "home");
  CHECK(hall.host.forgotten == 1);
}

TEST_CASE("a clock that jumps neither sends a visitor home nor keeps the form of one who left") {
  Hall hall;
  hall.open("form");
  test::FakeClock& clock = hall.driver.clock();
  const base::Instant right = clock.now();
  for (const auto jump : {std::chrono::hours{1}, std::chrono::hours{-1}, std::chrono::hours{87648},
                          std::chrono::hours{-87648}}) {
    clock.set(right + jump);
    hall.driver.wait(seconds{20});
    CHECK(hall.shell.place() == "form");
  }
  hall.driver.wait(seconds{12});
  CHECK(hall.shell.place() == "idle");
  hall.driver.wait(seconds{31});
  CHECK(hall.shell.place() == "home");
  CHECK(hall.host.forgotten == 1);
}

TEST_CASE("every touch begins the wait anew") {
  Hall hall;
  hall.open("form");
  hall.driver.wait(seconds{80});
  hall.driver.touch(500, 300);
  hall.driver.wait(seconds{80});
  CHECK(hall.shell.place() == "form");
}

TEST_CASE("only a clear answer ends the countdown") {
  Hall hall;
  hall.open("form");
  hall.driver.wait(seconds{92});
  hall.driver.touch(20, 1000);
  CHECK(hall.shell.place() == "idle");
  SUBCASE("stay") {
    hall.tap("idle.stay");
    CHECK(hall.shell.place() == "form");
    hall.driver.wait(seconds{91});
    CHECK(hall.shell.place() == "idle");
  }
  SUBCASE("more time") {
    hall.tap("idle.more");
    hall.driver.wait(seconds{91});
    CHECK(hall.shell.place() == "form");
    hall.driver.wait(seconds{300});
    CHECK(hall.shell.place() == "idle");
  }
  SUBCASE("clear it now") {
    hall.tap("idle.clear");
    CHECK(hall.shell.place() == "home");
    CHECK(hall.host.forgotten == 1);
  }
}

TEST_CASE("the countdown shows the seconds as they go") {
  Hall hall;
  hall.open("form");
  hall.driver.wait(seconds{91});
  CHECK(hall.driver.sees("29"));
  hall.driver.wait(seconds{10});
  CHECK(hall.driver.sees("19"));
}

TEST_CASE("going home from a form asks first, from a page to read it does not") {
  Hall hall;
  SUBCASE("form") {
    hall.open("form");
    hall.tap("bar.home");
    CHECK(hall.shell.place() == "confirm_end");
    CHECK(hall.host.forgotten == 0);
    hall.tap("notice.other");
    CHECK(hall.host.forgotten == 1);
  }
  SUBCASE("reading") {
    hall.open("reading");
    hall.tap("bar.home");
  }
  CHECK(hall.shell.place() == "home");
}

TEST_CASE("a touch right after a new page is not heard") {
  Hall hall;
  hall.host.go = ui::Go::open("form");
  hall.open("reading");
  hall.driver.tap("test.go");
  CHECK(hall.shell.place() == "form");
  hall.host.go = ui::Go::home();
  hall.driver.tap("test.go");
  CHECK(hall.shell.place() == "form");
  hall.driver.wait(milliseconds{300});
  hall.driver.tap("test.go");
  CHECK(hall.shell.place() == "home");
}

TEST_CASE("a person is called once a visit, from where the visitor stands") {
  Hall hall;
  hall.open("form");
  hall.tap("bar.call");
  CHECK(hall.shell.place() == "assist");
  hall.tap("notice.safe");
  hall.tap("bar.call");
  CHECK(hall.host.called_from == std::vector<std::string>{"form"});
  CHECK(hall.driver.sees("the desk"));
}

TEST_CASE("nobody is said to be coming before somebody has accepted") {
  Hall hall;
  hall.open("form");
  hall.tap("bar.call");
  const std::string coming = hall.driver.ui().tr("assist.accepted");
  hall.host.call = app::Assist::waiting;
  hall.driver.settle();
  CHECK_FALSE(hall.driver.sees(coming));
  SUBCASE("accepted") {
    hall.host.call = app::Assist::accepted;
    hall.driver.settle();
    CHECK(hall.driver.sees(coming));
  }
  SUBCASE("nobody for two minutes: the other ways are named") {
    hall.open("reading");
    hall.tap("bar.call");
    hall.driver.wait(seconds{119});
    CHECK_FALSE(hall.driver.sees(hall.driver.ui().tr("assist.late")));
    hall.driver.wait(seconds{3});
    CHECK(hall.driver.sees(hall.driver.ui().tr("assist.late")));
  }
}

TEST_CASE("three seconds on the corner open the staff page, once there is a PIN") {
  Hall hall;
  hall.hold_corner(milliseconds{3200});
  CHECK(hall.shell.place() == "home");
  hall.host.staff = true;
  hall.hold_corner(milliseconds{2500});
  CHECK(hall.shell.place() == "home");
  hall.hold_corner(milliseconds{3200});
  CHECK(hall.shell.place() == "staff");
}

TEST_CASE("language and contrast are two touches away on every page and go with the visitor") {
  Hall hall;
  hall.open("form");
  hall.tap("bar.language");
  hall.tap("bar.contrast");
  CHECK(hall.driver.ui().language() == "en");
  CHECK(hall.driver.ui().theme() == ui::Theme::high_contrast);
  CHECK(hall.shell.place() == "form");
  hall.host.go = ui::Go::end_visit();
  hall.tap("test.go");
  CHECK(hall.driver.ui().language() == "zh-Hans");
  CHECK(hall.driver.ui().theme() == ui::Theme::day);
}

TEST_CASE("the screen sleeps until the clock, the countdown or the wipe needs a picture") {
  Hall hall;
  const base::Tick now = hall.driver.clock().tick();
  CHECK(hall.shell.next_draw() > now);
  CHECK(hall.shell.next_draw() <= now + seconds{60});
}
