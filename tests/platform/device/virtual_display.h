// An X server without a screen (Xvfb) for one test, and a second look at it from outside: what
// pixels it shows, and events as other programs and people would send them.
#pragma once

#include <sys/types.h>

#include "platform/device/canvas.h"

struct _XDisplay;
union _XEvent;

namespace test {

bool has_xvfb();

class VirtualDisplay {
 public:
  // Starts the server and sets DISPLAY to it.
  explicit VirtualDisplay(device::Size size);
  VirtualDisplay(const VirtualDisplay&) = delete;
  VirtualDisplay& operator=(const VirtualDisplay&) = delete;
  ~VirtualDisplay();

  // What the whole screen shows.
  [[nodiscard]] device::Canvas look() const;
  // Another program's window over this place, there and gone again.
  void cover_and_uncover(const device::Rect& place);

  // What a person does. Buttons count as X does: 1 first, 3 right, 4 and 5 the wheel.
  void move_pointer(int x, int y);
  void button(unsigned number, bool down);
  // A key by its X name ("Tab", "a"), pressed and let go.
  void key(const char* name, bool shift);

  void resize_window(device::Size size);
  // As a window manager asks a program to end (ICCCM section 4.2.8.1).
  void ask_to_close();

 private:
  // The one window there is: nobody else uses this display.
  [[nodiscard]] unsigned long window() const;
  void send(_XEvent& event, int type, long mask);

  pid_t server_ = -1;
  _XDisplay* display_ = nullptr;
  unsigned long time_ = 1;
};

}  // namespace test
