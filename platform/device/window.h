// One window on an X display: what the visitor's fingers and keys do, and the picture they see.
// Knows no ImGui and no widget. Built on GLFW 3.3 (no OpenGL) and MIT-SHM, or plain XPutImage
// where the display shares no memory with us. One window a process; every function but wake()
// belongs to the thread that opened it. A touch arrives as the first mouse button: X emulates it.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "platform/base/clock.h"
#include "platform/base/result.h"
#include "platform/device/canvas.h"

namespace device {

// The keys a screen may react to; letters and digits come as characters.
enum class Key {
  none,
  tab,
  enter,
  escape,
  space,
  backspace,
  del,
  left,
  right,
  up,
  down,
  home,
  end,
  page_up,
  page_down,
};

struct InputEvent {
  enum class Kind {
    press,        // x, y: finger or first mouse button down
    release,      // x, y
    move,         // x, y
    scroll,       // x, y; scroll_x, scroll_y in wheel steps, positive = up or left
    key_press,    // key, shift, control; again for each repeat
    key_release,  // key, shift, control
    character,    // character
    resize,       // size() is another
    focus,        // the window got the keyboard
    blur,         // the window lost the keyboard
    close,        // the person or the system wants the window closed
  };
  Kind kind{};
  float x = 0;  // pixels from the upper left corner of the picture
  float y = 0;
  float scroll_x = 0;
  float scroll_y = 0;
  Key key = Key::none;
  bool shift = false;
  bool control = false;
  char32_t character = 0;
};

struct WindowOptions {
  Size size{1080, 1920};     // ignored in full screen
  bool fullscreen = false;   // the whole first monitor, without a mouse pointer
  std::string title;         // UTF-8
  bool share_memory = true;  // false: pictures always go over the connection (XPutImage)
};

class Window {
 public:
  // device: "no_display" when there is no X display, "display_format" when it does not show
  // 24-bit colours.
  static base::Result<Window> open(const WindowOptions& options);
  Window(Window&&) noexcept;
  Window& operator=(Window&&) noexcept;
  ~Window();

  // Sleeps until something happened, wake() was called or the time is over; 0 only looks.
  void wait(base::Milliseconds timeout);
  // What happened since the last call, in order.
  std::vector<InputEvent> take_events();
  // Pixels; changes only inside wait().
  [[nodiscard]] Size size() const;
  // Shows these places of the picture, the whole of it after its size changed. When the display
  // loses the picture (another window was before it), wait() shows it again by itself.
  void present(const Canvas& canvas, std::span<const Rect> damage);
  // Ends wait() from any thread, also when it is called before wait().
  void wake() const;

 private:
  struct State;
  explicit Window(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace device
