#include "kiosk/slip/print_queue.h"

#include <doctest/doctest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/kiosk/slip/fake_printer.h"
#include "tests/support/world.h"

namespace slip {
namespace {

using base::ErrorKind;
using test::Bell;
using test::Desk;
using test::FakePrinter;

const base::Error no_paper{ErrorKind::device, "paper_out", "sensor"};

struct Hall {
  test::FakeClock clock;
  Bell bell;
  Desk desk;
  PrintQueue queue{std::make_unique<FakePrinter>(desk), PrintQueue::Output::paper, clock,
                   [this] { bell.ring(); }};

  ~Hall() { desk.hold(false); }

  bool reaches(PrintQueue::JobId job, PrintStage stage) {
    return bell.wait_until([&] {
      const auto state = queue.state(job);
      return state && state->stage == stage;
    });
  }
};

device::Bitmap picture() {
  device::Bitmap bitmap(16, 4);
  bitmap.blacken(3, 2);
  return bitmap;
}

}  // namespace

TEST_CASE("a slip is printed while the screen goes on, and the screen is woken") {
  Hall hall;
  hall.desk.hold(true);
  const auto job = hall.queue.print(picture(), "slip-1");
  CHECK(hall.reaches(job, PrintStage::printing));
  CHECK(hall.desk.printed().empty());
  hall.desk.hold(false);
  CHECK(hall.reaches(job, PrintStage::printed));
  CHECK(hall.desk.printed() == std::vector<std::string>{"slip-1"});
  CHECK(hall.queue.state(job)->on_paper);
}

TEST_CASE("without paper the slip says so, and prints when asked again after the roll is changed") {
  Hall hall;
  hall.desk.trouble(no_paper);
  const auto first = hall.queue.print(picture(), "slip-1");
  REQUIRE(hall.reaches(first, PrintStage::failed));
  CHECK(hall.queue.state(first)->code == "paper_out");
  REQUIRE(hall.queue.last_failure());
  CHECK(hall.queue.last_failure()->name == "slip-1");
  CHECK(hall.queue.last_failure()->error.code == "paper_out");
  CHECK(hall.queue.last_failure()->at == hall.clock.now());

  hall.desk.trouble(std::nullopt);
  const auto again = hall.queue.print(picture(), "slip-1-again");
  REQUIRE(hall.reaches(again, PrintStage::printed));
  CHECK(hall.queue.state(first)->stage == PrintStage::failed);
  CHECK(hall.desk.printed() == std::vector<std::string>{"slip-1-again"});
  REQUIRE(hall.queue.health());
  CHECK_FALSE(hall.queue.health()->trouble);
  CHECK(hall.queue.last_failure());
}

TEST_CASE("slips come out in the order they were asked for") {
  Hall hall;
  hall.desk.hold(true);
  PrintQueue::JobId last = 0;
  for (const char* name : {"slip-1", "slip-2", "slip-3"}) last = hall.queue.print(picture(), name);
  CHECK(hall.queue.state(last)->stage == PrintStage::waiting);
  hall.desk.hold(false);
  REQUIRE(hall.reaches(last, PrintStage::printed));
  CHECK(hall.desk.printed() == std::vector<std::string>{"slip-1", "slip-2", "slip-3"});
}

TEST_CASE("a printer that hangs cannot fill the memory: further slips fail at once") {
  Hall hall;
  hall.desk.hold(true);
  const auto stuck = hall.queue.print(picture(), "slip-0");
  REQUIRE(hall.reaches(stuck, PrintStage::printing));
  PrintQueue::JobId last = 0;
  for (std::size_t i = 0; i < PrintQueue::most_waiting; ++i) {
    last = hall.queue.print(picture(), "slip-waiting");
  }
  CHECK(hall.queue.state(last)->stage == PrintStage::waiting);

  PrintQueue::JobId refused = 0;
  for (std::size_t i = 0; i < 2 * PrintQueue::states_kept; ++i) {
    refused = hall.queue.print(picture(), "slip-refused");
  }
  CHECK(*hall.queue.state(refused) == PrintState{PrintStage::failed, "print_queue_full", true});
  CHECK(hall.queue.state(stuck)->stage == PrintStage::printing);
  CHECK_FALSE(hall.queue.state(last + 1));  // the oldest refusal is forgotten

  hall.desk.hold(false);
  CHECK(hall.reaches(last, PrintStage::printed));
}

TEST_CASE("staff see how the printer is before anyone wants a slip") {
  Hall hall;
  REQUIRE(hall.bell.wait_until([&] { return hall.queue.health().has_value(); }));
  CHECK_FALSE(hall.queue.health()->trouble);
  CHECK_FALSE(hall.queue.last_failure());

  hall.desk.trouble(no_paper);
  hall.queue.check();
  CHECK(hall.bell.wait_until([&] { return hall.queue.health()->trouble.has_value(); }));
  CHECK(hall.queue.health()->trouble->code == "paper_out");
  CHECK_FALSE(hall.queue.last_failure());  // no slip was lost
}

TEST_CASE("stopping finishes the slip that is being printed and drops those behind it") {
  test::FakeClock clock;
  Bell bell;
  Desk desk;
  {
    PrintQueue queue(std::make_unique<FakePrinter>(desk), PrintQueue::Output::paper, clock,
                     [&bell] { bell.ring(); });
    desk.hold(true);
    const auto first = queue.print(picture(), "slip-1");
    queue.print(picture(), "slip-2");
    CHECK(bell.wait_until([&] { return queue.state(first)->stage == PrintStage::printing; }));
    queue.stop();
    desk.hold(false);
  }
  CHECK(desk.printed() == std::vector<std::string>{"slip-1"});
}

TEST_CASE("without a printer the slip becomes a picture in a folder, and is not called paper") {
  const test::TempFolder folder;
  const test::FakeClock clock;
  test::SeededChance chance;
  Bell bell;
  auto printer = device::make_printer("png", folder.path(), clock);
  REQUIRE(printer);
  PrintQueue queue(std::move(*printer), PrintQueue::Output::folder, clock, [&] { bell.ring(); });
  const std::string name = slip_name({clock, chance});
  const auto job = queue.print(picture(), name);
  REQUIRE(bell.wait_until([&] { return queue.state(job)->stage == PrintStage::printed; }));
  CHECK_FALSE(queue.state(job)->on_paper);
  const auto file = base::read_file(folder / "slips" / (name + ".png"));
  REQUIRE(file);
  CHECK(file->starts_with("\x89PNG"));
}

TEST_CASE("a slip's name is made of date, time and four digits") {
  const test::FakeClock clock;  // 9:42 in Beijing
  test::SeededChance chance(1);
  const std::string name = slip_name({clock, chance});
  CHECK(name.substr(0, 21) == "slip-20261123-094200-");
  CHECK(name.size() == 25);
  CHECK(name.find_first_not_of("0123456789", 21) == std::string::npos);
  CHECK(slip_name({clock, chance}) != name);
}

}  // namespace slip
