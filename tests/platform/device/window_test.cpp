#include "platform/device/window.h"

#include <X11/keysym.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <thread>

#include "tests/platform/device/virtual_display.h"

namespace {

using base::Milliseconds;
using device::Canvas;
using device::InputEvent;
using device::Key;
using device::Rect;
using device::Window;
using Kind = device::InputEvent::Kind;

constexpr device::Size screen{320, 240};

Window open_window(bool share_memory = true) {
  auto window = Window::open({.size = screen, .title = "kiosk", .share_memory = share_memory});
  REQUIRE_MESSAGE(window.has_value(), window.error().detail);
  return std::move(*window);
}

Canvas pattern(device::Size size, std::uint32_t seed) {
  Canvas canvas(size.width, size.height);
  for (std::size_t i = 0; i < canvas.pixels.size(); ++i) {
    canvas.pixels[i] = (static_cast<std::uint32_t>(i) * 2654435761U + seed) & 0xffffffU;
  }
  return canvas;
}

// Events up to and with the first of this kind; fails the test when it does not come in time.
std::vector<InputEvent> events_until(Window& window, Kind kind) {
  std::vector<InputEvent> all;
  for (int rounds = 0; rounds < 50; ++rounds) {
    for (const InputEvent& event : window.take_events()) all.push_back(event);
    if (!all.empty() && all.back().kind == kind) return all;
    window.wait(Milliseconds{100});
  }
  FAIL("the event did not arrive");
  return all;
}

// Lets the window handle what the display has to say until the screen shows the picture.
bool comes_to_show(Window& window, const test::VirtualDisplay& display, const Canvas& picture) {
  for (int rounds = 0; rounds < 50; ++rounds) {
    if (display.look().pixels == picture.pixels) return true;
    window.wait(Milliseconds{20});
  }
  return false;
}

}  // namespace

TEST_CASE("without a display the window is an error, not an end") {
  ::setenv("DISPLAY", ":54321", 1);
  const auto window = Window::open({.title = "kiosk"});
  REQUIRE_FALSE(window.has_value());
  CHECK(window.error().code == "no_display");
}

TEST_CASE("the screen shows the picture, with shared memory and without" *
          doctest::skip(!test::has_xvfb())) {
  test::VirtualDisplay display(screen);
  for (const bool share_memory : {true, false}) {
    INFO(share_memory);
    Window window = open_window(share_memory);
    CHECK(window.size() == screen);
    const Canvas first = pattern(screen, 1);
    const Rect all = first.bounds();
    window.present(first, {&all, 1});
    CHECK(comes_to_show(window, display, first));

    const Canvas second = pattern(screen, 2);
    const std::vector<Rect> damage = {{10, 10, 60, 40}, {300, 200, 400, 300}};
    window.present(second, damage);
    Canvas mixed = first;
    for (const Rect& whole : damage) {
      const Rect place = device::intersect(whole, all);
      for (int y = place.y0; y < place.y1; ++y) {
        std::copy(second.row(y) + place.x0, second.row(y) + place.x1, mixed.row(y) + place.x0);
      }
    }
    CHECK(comes_to_show(window, display, mixed));
  }
}

TEST_CASE("a picture another window has covered comes back by itself" *
          doctest::skip(!test::has_xvfb())) {
  test::VirtualDisplay display(screen);
  Window window = open_window();
  const Canvas picture = pattern(screen, 3);
  const Rect all = picture.bounds();
  window.present(picture, {&all, 1});
  REQUIRE(comes_to_show(window, display, picture));
  display.cover_and_uncover({50, 50, 150, 120});
  CHECK(comes_to_show(window, display, picture));
}

TEST_CASE("a touch arrives in order, where it happened" * doctest::skip(!test::has_xvfb())) {
  test::VirtualDisplay display(screen);
  Window window = open_window();
  display.move_pointer(100, 80);
  events_until(window, Kind::move);
  display.button(3, true);
  display.button(3, false);
  display.button(1, true);
  display.move_pointer(110, 90);
  display.button(1, false);
  const auto events = events_until(window, Kind::release);
  REQUIRE(events.size() == 3);  // nothing of the right button
  CHECK(events[0].kind == Kind::press);
  CHECK(events[0].x == 100);
  CHECK(events[0].y == 80);
  CHECK(events[1].kind == Kind::move);
  CHECK(events[2].x == 110);
  CHECK(events[2].y == 90);
}

TEST_CASE("of several moves in a row only the last one counts" * doctest::skip(!test::has_xvfb())) {
  test::VirtualDisplay display(screen);
  Window window = open_window();
  for (int x = 10; x <= 60; x += 10) display.move_pointer(x, 20);
  display.button(1, true);
  const auto events = events_until(window, Kind::press);
  const auto two_moves = [](const InputEvent& one, const InputEvent& next) {
    return one.kind == Kind::move && next.kind == Kind::move;
  };
  CHECK(std::adjacent_find(events.begin(), events.end(), two_moves) == events.end());
  CHECK(events.back().x == 60);
}

TEST_CASE("a wheel scrolls and the keys of a desk work" * doctest::skip(!test::has_xvfb())) {
  test::VirtualDisplay display(screen);
  Window window = open_window();
  display.button(5, true);  // X has the wheel as buttons: down
  CHECK(events_until(window, Kind::scroll).back().scroll_y == -1);
  display.key("Tab", true);
  const InputEvent tab = events_until(window, Kind::key_release).back();
  CHECK(tab.key == Key::tab);
  CHECK(tab.shift);
  CHECK_FALSE(tab.control);
  display.key("a", false);
  CHECK(events_until(window, Kind::character).back().character == U'a');
}

TEST_CASE("another size is told and the next picture fills it" * doctest::skip(!test::has_xvfb())) {
  test::VirtualDisplay display(screen);
  Window window = open_window();
  const Canvas before = pattern(screen, 4);
  const Rect all = before.bounds();
  window.present(before, {&all, 1});
  display.resize_window({200, 100});
  events_until(window, Kind::resize);
  CHECK(window.size() == device::Size{200, 100});
  const Canvas after = pattern({200, 100}, 5);
  const std::vector<Rect> one_corner = {{0, 0, 1, 1}};
  window.present(after, one_corner);
  window.wait(Milliseconds{0});
  const Canvas shown = display.look();
  for (int y = 0; y < after.height; ++y) {
    CHECK(std::equal(after.row(y), after.row(y) + after.width, shown.row(y)));
  }
}

TEST_CASE("a wish to close is told and the window stays" * doctest::skip(!test::has_xvfb())) {
  test::VirtualDisplay display(screen);
  Window window = open_window();
  window.wait(Milliseconds{0});
  display.ask_to_close();
  CHECK(events_until(window, Kind::close).back().kind == Kind::close);
  CHECK(window.size() == screen);
}

TEST_CASE("any thread can end the sleep of the window, also before it begins" *
          doctest::skip(!test::has_xvfb())) {
  test::VirtualDisplay display(screen);
  Window window = open_window();
  const base::SystemClock clock;
  for (int i = 0; i < 20; ++i) window.wait(Milliseconds{0});  // what came with opening
  const base::Tick begin = clock.tick();
  window.wake();
  window.wait(Milliseconds{30'000});
  {
    const std::jthread other([&window] { window.wake(); });
    window.wait(Milliseconds{30'000});
  }
  CHECK(clock.tick() - begin < Milliseconds{20'000});
}

TEST_CASE("full screen is the whole display" * doctest::skip(!test::has_xvfb())) {
  test::VirtualDisplay display(screen);
  auto window = Window::open({.size = {10, 10}, .fullscreen = true, .title = "kiosk"});
  REQUIRE(window.has_value());
  for (int i = 0; i < 50 && window->size() != screen; ++i) window->wait(Milliseconds{20});
  CHECK(window->size() == screen);
  const Canvas picture = pattern(screen, 6);
  const Rect all = picture.bounds();
  window->present(picture, {&all, 1});
  CHECK(comes_to_show(*window, display, picture));
}
