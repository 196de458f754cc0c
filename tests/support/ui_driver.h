// A visitor without a window: draws screens with the real fonts, icons and words, taps what it
// finds by node id, types, waits, and keeps pictures. Time is a FakeClock, so nothing sleeps.
// Fails the running test case when an id is not there or cannot be pressed.
//
//   test::UiDriver driver;                                   // 27″ portrait, Chinese
//   driver.show([&](ui::Ui& ui) { keyboard.draw(ui, …); });  // one screen, or
//   driver.drive(feed, frame);                               // a whole shell
//   driver.tap("key.n");
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "kiosk/ui/ui.h"
#include "platform/base/text.h"
#include "platform/device/atlas.h"
#include "platform/device/png.h"
#include "platform/device/raster.h"
#include "platform/device/window.h"
#include "tests/support/must.h"
#include "tests/support/world.h"

namespace test {

inline constexpr ui::Display portrait{.width_px = 1080, .height_px = 1920};
inline constexpr ui::Display landscape{.width_px = 1920, .height_px = 1080};
// The smallest kiosks there is a layout for: 21.5″, 860 u at the short side.
inline constexpr ui::Display compact{.width_px = 1080, .height_px = 1920, .diagonal_inch = 21.5};
inline constexpr ui::Display compact_landscape{
    .width_px = 1920, .height_px = 1080, .diagonal_inch = 21.5};
// On a desk: the whole picture at half size, its letters rounded to whole pixels.
inline constexpr ui::Display desk{.width_px = 540, .height_px = 960, .preview = true};
inline constexpr ui::Display desk_landscape{.width_px = 960, .height_px = 540, .preview = true};

inline base::Path source_folder() {
  return base::Path(__FILE__).parent_path().parent_path().parent_path();
}

class UiDriver {
 public:
  explicit UiDriver(const ui::Display& display = portrait, std::string_view language = "zh-Hans")
      : atlas_(must(device::Atlas::open(device::find_fonts(), source_folder() / "assets/icons"))),
        texts_(must(ui::Texts::load(source_folder() / "assets/text"))),
        ui_(atlas_, texts_, clock_, ui::Metrics(display)) {
    ui_.set_language(language);
    show([](ui::Ui&) {});
  }

  [[nodiscard]] ui::Ui& ui() { return ui_; }
  [[nodiscard]] FakeClock& clock() { return clock_; }
  [[nodiscard]] device::Atlas& atlas() { return atlas_; }

  // What every pass draws from now on, and the first passes of it.
  void show(std::function<void(ui::Ui&)> page) {
    feed_ = [this](const device::InputEvent& event) { take(event); };
    frame_ = [this, page = std::move(page)]() -> const ImDrawData& {
      ui_.begin(input_);
      input_.keys.clear();
      input_.characters.clear();
      input_.wheel = 0;
      page(ui_);
      return ui_.end();
    };
    settle();
  }
  // For what holds a frame of its own over ui(): events go to `feed`, `frame` is one pass, `next`
  // is when it wants to be drawn again.
  void drive(std::function<void(const device::InputEvent&)> feed,
             std::function<const ImDrawData&()> frame, std::function<base::Tick()> next) {
    feed_ = std::move(feed);
    frame_ = std::move(frame);
    next_ = std::move(next);
    settle();
  }

  // ---- time -----------------------------------------------------------------------------------
  void pass() {
    drawn_ = &frame_();
    if (!atlas_.overflowed()) return;
    atlas_.reset();
    drawn_ = &frame_();
  }
  // Passes until the picture stands still at this time; one at least.
  void settle() {
    constexpr int patience = 20;
    pass();
    for (int i = 0; i < patience && due(); ++i) pass();
  }
  // Time goes by, with a pass whenever one was asked for.
  void wait(base::Milliseconds time) {
    const base::Tick end = clock_.tick() + time;
    while (const auto next = next_pass()) {
      if (*next >= end) break;
      // A pass asked for at once comes a frame later.
      const base::Milliseconds frame{16};
      clock_.advance(std::min(std::max(*next - clock_.tick(), frame), end - clock_.tick()));
      pass();
    }
    clock_.advance(end - clock_.tick());
    settle();
  }

  // ---- fingers and keys -----------------------------------------------------------------------
  void tap(std::string_view id) { hold(id, base::Milliseconds{60}); }
  // A finger stays on it that long.
  void hold(std::string_view id, base::Milliseconds time) {
    press_down(id);
    wait(time);
    lift();
  }
  // x, y in u.
  void touch(float x, float y) {
    put_down(x, y);
    wait(base::Milliseconds{60});
    lift();
  }
  // The two halves of a touch; time goes by between them as the caller says.
  void press_down(std::string_view id) {
    const ui::Area area = reachable(id).bounds;
    put_down(area.center_x(), area.center_y());
  }
  void put_down(float x, float y) {
    at_x_ = x, at_y_ = y;
    feed(device::InputEvent::Kind::press);
    pass();
  }
  void lift() {
    feed(device::InputEvent::Kind::release);
    settle();
  }
  // A finger draws from here to there within `time`, then lifts.
  void drag(float x, float from_y, float to_y, base::Milliseconds time = base::Milliseconds{200}) {
    constexpr int steps = 10;
    put_down(x, from_y);
    for (int i = 1; i <= steps; ++i) {
      clock_.advance(time / steps);
      const float part = static_cast<float>(i) / steps;
      at_y_ = from_y + (to_y - from_y) * part;
      feed(device::InputEvent::Kind::move);
      pass();
    }
    lift();
  }
  // On a real keyboard.
  void type(std::string_view text) {
    for (const char32_t character : base::decode_utf8(text)) {
      device::InputEvent event{.kind = device::InputEvent::Kind::character};
      event.character = character;
      feed_(event);
      settle();
    }
  }
  void press(device::Key key, bool shift = false) {
    device::InputEvent event{.kind = device::InputEvent::Kind::key_press};
    event.key = key;
    event.shift = shift;
    feed_(event);
    settle();
  }

  // ---- what is to be seen ---------------------------------------------------------------------
  [[nodiscard]] const std::vector<ui::Node>& nodes() const { return ui_.nodes(); }
  // Nothing when it is not on the screen.
  [[nodiscard]] const ui::Node* find(std::string_view id) const {
    const auto found = std::ranges::find(ui_.nodes(), id, &ui::Node::id);
    return found == ui_.nodes().end() ? nullptr : &*found;
  }
  [[nodiscard]] bool sees(std::string_view words) const {
    return std::ranges::any_of(ui_.nodes(), [words](const ui::Node& node) {
      return node.label.find(words) != std::string::npos ||
             node.value.find(words) != std::string::npos;
    });
  }
  // Every id on the screen, for a message.
  [[nodiscard]] std::string ids() const {
    std::string all;
    for (const ui::Node& node : ui_.nodes()) {
      if (!node.id.empty()) all += node.id + (node.enabled ? " " : "(off) ");
    }
    return all;
  }
  // The picture of the last pass. Valid until the next call.
  const device::Canvas& picture() {
    raster_.draw(*drawn_, atlas_, canvas_);
    return canvas_;
  }
  void save(const base::Path& file) {
    const auto written = device::write_png(picture(), file);
    if (!written) FAIL(written.error().detail);
  }
  // Into the folder KIOSK_TEST_SHOTS names, for people to look at; else nothing happens.
  void shot(std::string_view name) {
    const char* folder = std::getenv("KIOSK_TEST_SHOTS");
    if (folder != nullptr) save(base::Path(folder) / (std::string(name) + ".png"));
  }

 private:
  [[nodiscard]] std::optional<base::Tick> next_pass() const {
    return next_ ? next_() : ui_.next_redraw();
  }
  [[nodiscard]] bool due() const {
    const auto next = ui_.next_redraw();
    return next && *next <= clock_.tick();
  }
  void feed(device::InputEvent::Kind kind) {
    device::InputEvent event{.kind = kind};
    event.x = at_x_ * ui_.metrics().scale();
    event.y = at_y_ * ui_.metrics().scale();
    feed_(event);
  }
  const ui::Node& reachable(std::string_view id) {
    const ui::Node* node = find(id);
    if (node == nullptr) FAIL("there is no " << id << " among: " << ids());
    if (!node->enabled) FAIL(id << " cannot be pressed");
    const ui::Area& area = node->bounds;
    if (!ui_.screen().contains(area.center_x(), area.center_y())) {
      FAIL(id << " is outside the screen, at " << area.x << ", " << area.y);
    }
    return *node;
  }
  // Events as the input of a bare Ui.
  void take(const device::InputEvent& event) {
    using Kind = device::InputEvent::Kind;
    if (event.kind == Kind::character) input_.characters += event.character;
    if (event.kind == Kind::key_press) take_key(event);
    if (event.kind == Kind::scroll) input_.wheel += event.scroll_y;
    const bool pointer =
        event.kind == Kind::press || event.kind == Kind::release || event.kind == Kind::move;
    if (!pointer) return;
    input_.x = event.x;
    input_.y = event.y;
    if (event.kind != Kind::move) input_.down = event.kind == Kind::press;
  }
  void take_key(const device::InputEvent& event) {
    using device::Key;
    constexpr auto keys = std::to_array<std::pair<Key, ui::Key>>({
        {Key::tab, ui::Key::tab},
        {Key::enter, ui::Key::enter},
        {Key::escape, ui::Key::escape},
        {Key::left, ui::Key::left},
        {Key::right, ui::Key::right},
        {Key::up, ui::Key::up},
        {Key::down, ui::Key::down},
        {Key::backspace, ui::Key::backspace},
        {Key::del, ui::Key::del},
    });
    for (const auto& [from, to] : keys) {
      if (from != event.key) continue;
      input_.keys.push_back(from == Key::tab && event.shift ? ui::Key::back_tab : to);
    }
  }

  FakeClock clock_;
  device::Atlas atlas_;
  ui::Texts texts_;
  ui::Ui ui_;
  ui::Input input_;
  float at_x_ = 0;  // where the finger is or was last, u
  float at_y_ = 0;
  std::function<void(const device::InputEvent&)> feed_;
  std::function<const ImDrawData&()> frame_;
  std::function<base::Tick()> next_;  // empty: as the screen itself asks
  const ImDrawData* drawn_ = nullptr;
  device::Raster raster_;
  device::Canvas canvas_;
};

}  // namespace test
