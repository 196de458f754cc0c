#include "kiosk/ui/kinetic.h"

#include <doctest/doctest.h>

namespace {

using std::chrono::milliseconds;

constexpr base::Tick start{milliseconds{1000}};

// 600 of 1600 u are to be seen.
ui::Kinetic long_list() {
  ui::Kinetic list;
  list.fit(1600, 600);
  return list;
}

// A finger that goes up 200 u in 100 ms and is lifted.
void fling(ui::Kinetic& list) {
  list.press(500, start);
  for (int i = 1; i <= 5; ++i) {
    list.drag(500 - 40.0F * static_cast<float>(i), start + milliseconds{20 * i});
  }
  list.lift(start + milliseconds{100});
}

}  // namespace

TEST_CASE("a finger that trembles within the slop taps and does not scroll") {
  ui::Kinetic list = long_list();
  list.press(500, start);
  CHECK_FALSE(list.drag(511, start + milliseconds{20}));
  CHECK_FALSE(list.drag(490, start + milliseconds{40}));
  CHECK(list.offset() == 0);
}

TEST_CASE("a list follows the finger") {
  ui::Kinetic list = long_list();
  list.press(500, start);
  CHECK(list.drag(480, start + milliseconds{20}));
  const float before = list.offset();
  list.drag(400, start + milliseconds{40});
  CHECK(list.offset() == doctest::Approx(before + 80));
}

TEST_CASE("a list that fits does not move") {
  ui::Kinetic list;
  list.fit(500, 600);
  list.press(500, start);
  CHECK_FALSE(list.drag(300, start + milliseconds{20}));
  CHECK(list.offset() == 0);
}

TEST_CASE("after a fling the list glides on, slower and slower, and comes to rest") {
  ui::Kinetic list = long_list();
  fling(list);
  CHECK(list.gliding());
  base::Tick now = start + milliseconds{100};
  float step = 1e9F;
  int passes = 0;
  while (list.gliding() && passes < 1000) {
    const float before = list.offset();
    now += milliseconds{16};
    list.glide(now);
    CHECK(list.offset() >= before);
    CHECK(list.offset() - before <= step + 0.01F);
    step = list.offset() - before;
    ++passes;
  }
  CHECK(passes < 1000);
  CHECK(list.offset() <= 1000);
}

TEST_CASE("a finger put down stops the glide") {
  ui::Kinetic list = long_list();
  fling(list);
  list.press(300, start + milliseconds{150});
  CHECK_FALSE(list.gliding());
}

TEST_CASE("a finger that rests before it is lifted leaves the list where it is") {
  ui::Kinetic list = long_list();
  list.press(500, start);
  list.drag(300, start + milliseconds{50});
  list.lift(start + milliseconds{400});
  CHECK_FALSE(list.gliding());
}

TEST_CASE("no end is ever passed") {
  ui::Kinetic list = long_list();
  list.jump(5000);
  CHECK(list.offset() == 1000);
  list.wheel(100);
  CHECK(list.offset() == 0);
  list.jump(900);
  list.fit(700, 600);
  CHECK(list.offset() == 100);
}
