// What a screen is to the shell: it draws itself into a page and says where to go. Screens know
// neither the shell nor each other; the program's main file builds them by service id.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "kiosk/ui/ui.h"

namespace ui {

// Where a screen may draw. On flows `actions` is the strip of the action bar; on pages without
// one it is empty and `body` reaches down to the bottom bar.
struct Page {
  Area body;
  Area actions;
};

// What a screen wants next. `service` opens that service's screen with `argument` (a topic, a
// code, what was searched); what it means is the opened screen's business.
struct Go {
  enum class To { stay, home, service, ask_end, end_visit, quit };
  To to = To::stay;
  std::string service;
  std::string argument;

  static Go stay() { return {}; }
  static Go home() { return {To::home, {}, {}}; }
  static Go open(std::string_view service, std::string_view argument = {}) {
    return {To::service, std::string(service), std::string(argument)};
  }
  // Asks first, because something was typed; then as end_visit.
  static Go stop() { return {To::ask_end, {}, {}}; }
  // Everything typed is forgotten, then home.
  static Go end_visit() { return {To::end_visit, {}, {}}; }
};

enum class Idle {
  none,     // nothing to forget: home
  reading,  // 180 s
  form,     // 90 s (care 24)
};

class Screen {
 public:
  virtual ~Screen() = default;
  virtual Go draw(Ui& ui, const Page& page) = 0;
  // Name of where the visitor is, for call-a-person and the tests: "booking.slot".
  [[nodiscard]] virtual std::string name() const = 0;
  [[nodiscard]] virtual Idle idle() const = 0;
  [[nodiscard]] virtual bool has_actions() const { return true; }
};

}  // namespace ui
