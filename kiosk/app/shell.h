// The frame around every screen: state bar, bottom bar, navigation, idle countdown and wipe,
// call-a-person, the question before ending. Fed with input events and asked for a picture; opens
// no window, so the same shell runs under the scripted visitors. UI thread only.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "kiosk/app/host.h"
#include "kiosk/ui/screen.h"
#include "kiosk/ui/ui.h"
#include "platform/base/clock.h"
#include "platform/device/window.h"

namespace app {

// What is shown after every wipe, and how long it takes until then (care 24).
struct ShellSettings {
  std::string language = "zh-Hans";
  ui::Theme theme = ui::Theme::day;
  base::Milliseconds reading_idle{180'000};
  base::Milliseconds form_idle{90'000};
};

class Shell {
 public:
  Shell(ui::Ui& ui, Host& host, const base::Clock& clock, ShellSettings settings);

  // Takes in one event. Draw after each press and each release; moves may be gathered.
  void feed(const device::InputEvent& event);
  // Draws what is to be seen now. Valid until the next draw.
  const ImDrawData& draw();
  // When a picture would change by itself: clock, countdown, gliding list.
  [[nodiscard]] base::Tick next_draw() const { return next_draw_; }
  [[nodiscard]] bool quit_asked() const { return quit_; }

  [[nodiscard]] std::string place() const;  // "booking.slot", "idle", "assist" …
  // True while nobody has anything open: content may be exchanged, the program may restart.
  [[nodiscard]] bool at_rest() const;
  // Home shows another catalogue; only while at_rest(). No page has turned, so taps are heard.
  void renew_home();
  // Opens a service's screen as its tile would.
  void open(const std::string& service, const std::string& argument = {});

 private:
  enum class Overlay { none, idle, confirm_end, assist };

  void pass();
  void draw_screen(const ui::Area& middle, const ui::Area& bottom);
  void draw_overlay(const ui::Area& middle);
  void draw_idle(const ui::Area& area);
  void draw_assist(const ui::Area& area);
  void draw_confirm_end(const ui::Area& area);
  void draw_bottom_bar(const ui::Area& bar);
  void follow(const ui::Go& go);
  void end_visit();
  void go_home();
  void watch_idle();
  void watch_corner(float x, float y);
  void change_page();
  [[nodiscard]] base::Milliseconds idle_limit() const;

  ui::Ui& ui_;
  Host& host_;
  const base::Clock& clock_;
  ShellSettings settings_;
  std::unique_ptr<ui::Screen> screen_;
  Overlay overlay_ = Overlay::none;
  ui::Input input_;
  base::Tick last_touch_{};
  base::Tick page_since_{};
  base::Tick countdown_until_{};
  base::Tick assist_since_{};
  base::Milliseconds extra_time_{0};
  base::Tick next_draw_{};
  std::optional<base::Tick> corner_since_;
  bool swallow_press_ = false;
  bool changed_ = false;
  bool quit_ = false;
};

}  // namespace app
