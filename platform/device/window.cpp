#include "platform/device/window.h"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <chrono>
#include <utility>

#include "platform/device/screen_image.h"

// As in GLFW/glfw3native.h, which cannot be included without the headers of Xrandr.
extern "C" Display* glfwGetX11Display();
extern "C" ::Window glfwGetX11Window(GLFWwindow* window);

namespace device {
namespace {

using base::ErrorKind;
using Kind = InputEvent::Kind;

// Ends GLFW after everything that needs it.
struct Glfw {
  bool started = glfwInit() == GLFW_TRUE;
  Glfw() = default;
  Glfw(const Glfw&) = delete;
  Glfw& operator=(const Glfw&) = delete;
  ~Glfw() { glfwTerminate(); }
};

struct DestroyWindow {
  void operator()(GLFWwindow* window) const { glfwDestroyWindow(window); }
};

tl::unexpected<base::Error> no_display() {
  const char* words = nullptr;
  glfwGetError(&words);
  return base::fail(ErrorKind::device, "no_display", words == nullptr ? "" : words);
}

Key key_of(int glfw_key) {
  switch (glfw_key) {
    case GLFW_KEY_TAB: return Key::tab;
    case GLFW_KEY_ENTER:
    case GLFW_KEY_KP_ENTER: return Key::enter;
    case GLFW_KEY_ESCAPE: return Key::escape;
    case GLFW_KEY_SPACE: return Key::space;
    case GLFW_KEY_BACKSPACE: return Key::backspace;
    case GLFW_KEY_DELETE: return Key::del;
    case GLFW_KEY_LEFT: return Key::left;
    case GLFW_KEY_RIGHT: return Key::right;
    case GLFW_KEY_UP: return Key::up;
    case GLFW_KEY_DOWN: return Key::down;
    case GLFW_KEY_HOME: return Key::home;
    case GLFW_KEY_END: return Key::end;
    case GLFW_KEY_PAGE_UP: return Key::page_up;
    case GLFW_KEY_PAGE_DOWN: return Key::page_down;
    default: return Key::none;
  }
}

// Collects what GLFW reports through its callbacks.
struct Inbox {
  std::vector<InputEvent> events;
  float x = 0;  // where the pointer is
  float y = 0;
  bool exposed = false;  // the display has lost the picture

  static Inbox& of(GLFWwindow* window) {
    return *static_cast<Inbox*>(glfwGetWindowUserPointer(window));
  }
  void add(Kind kind) { events.push_back({.kind = kind, .x = x, .y = y}); }
  // Only the last of several moves in a row is worth a look.
  void move(double to_x, double to_y) {
    x = static_cast<float>(to_x);
    y = static_cast<float>(to_y);
    if (!events.empty() && events.back().kind == Kind::move) events.pop_back();
    add(Kind::move);
  }
};

void on_pointer(GLFWwindow* window, double x, double y) {
  Inbox::of(window).move(x, y);
}

void on_button(GLFWwindow* window, int button, int action, int /*modifiers*/) {
  if (button != GLFW_MOUSE_BUTTON_LEFT) return;
  Inbox::of(window).add(action == GLFW_PRESS ? Kind::press : Kind::release);
}

void on_scroll(GLFWwindow* window, double x, double y) {
  Inbox& inbox = Inbox::of(window);
  inbox.add(Kind::scroll);
  inbox.events.back().scroll_x = static_cast<float>(x);
  inbox.events.back().scroll_y = static_cast<float>(y);
}

void on_key(GLFWwindow* window, int key, int /*scancode*/, int action, int modifiers) {
  if (key_of(key) == Key::none) return;
  Inbox& inbox = Inbox::of(window);
  inbox.add(action == GLFW_RELEASE ? Kind::key_release : Kind::key_press);
  inbox.events.back().key = key_of(key);
  inbox.events.back().shift = (modifiers & GLFW_MOD_SHIFT) != 0;
  inbox.events.back().control = (modifiers & GLFW_MOD_CONTROL) != 0;
}

void on_character(GLFWwindow* window, unsigned character) {
  Inbox& inbox = Inbox::of(window);
  inbox.add(Kind::character);
  inbox.events.back().character = character;
}

void on_resize(GLFWwindow* window, int /*width*/, int /*height*/) {
  Inbox::of(window).add(Kind::resize);
}

void on_focus(GLFWwindow* window, int focused) {
  Inbox::of(window).add(focused == GLFW_TRUE ? Kind::focus : Kind::blur);
}

void on_close(GLFWwindow* window) {
  glfwSetWindowShouldClose(window, GLFW_FALSE);
  Inbox::of(window).add(Kind::close);
}

void on_exposed(GLFWwindow* window) {
  Inbox::of(window).exposed = true;
}

void listen(GLFWwindow* window, Inbox& inbox) {
  double x = 0;
  double y = 0;
  glfwGetCursorPos(window, &x, &y);
  inbox.x = static_cast<float>(x);
  inbox.y = static_cast<float>(y);
  glfwSetWindowUserPointer(window, &inbox);
  glfwSetCursorPosCallback(window, on_pointer);
  glfwSetMouseButtonCallback(window, on_button);
  glfwSetScrollCallback(window, on_scroll);
  glfwSetKeyCallback(window, on_key);
  glfwSetCharCallback(window, on_character);
  glfwSetFramebufferSizeCallback(window, on_resize);
  glfwSetWindowFocusCallback(window, on_focus);
  glfwSetWindowCloseCallback(window, on_close);
  glfwSetWindowRefreshCallback(window, on_exposed);
}

GLFWwindow* create(const WindowOptions& options) {
  glfwWindowHint(GLFW_CLIENT_API, GLFW_NO_API);
  glfwWindowHint(GLFW_AUTO_ICONIFY, GLFW_FALSE);
  GLFWmonitor* const monitor = options.fullscreen ? glfwGetPrimaryMonitor() : nullptr;
  Size size = options.size;
  if (monitor != nullptr) {
    const GLFWvidmode* const mode = glfwGetVideoMode(monitor);
    size = {mode->width, mode->height};
  }
  GLFWwindow* const window =
      glfwCreateWindow(size.width, size.height, options.title.c_str(), monitor, nullptr);
  if (window != nullptr && options.fullscreen) {
    glfwSetInputMode(window, GLFW_CURSOR, GLFW_CURSOR_HIDDEN);
  }
  return window;
}

}  // namespace

struct Window::State {
  Glfw glfw;
  std::unique_ptr<GLFWwindow, DestroyWindow> window;
  Inbox inbox;
  std::unique_ptr<ScreenImage> image;  // none before the first present()
  bool share_memory = true;
};

Window::Window(std::unique_ptr<State> state) : state_(std::move(state)) {}
Window::Window(Window&&) noexcept = default;
Window& Window::operator=(Window&&) noexcept = default;
Window::~Window() = default;

base::Result<Window> Window::open(const WindowOptions& options) {
  auto state = std::make_unique<State>();
  if (!state->glfw.started) return no_display();
  if (!ScreenImage::fits(glfwGetX11Display())) {
    return base::fail(ErrorKind::device, "display_format", "the display has no 24-bit colours");
  }
  state->share_memory = options.share_memory;
  state->window.reset(create(options));
  if (!state->window) return no_display();
  listen(state->window.get(), state->inbox);
  return Window(std::move(state));
}

void Window::wait(base::Milliseconds timeout) {
  if (timeout.count() > 0) {
    glfwWaitEventsTimeout(std::chrono::duration<double>(timeout).count());
  } else {
    glfwPollEvents();
  }
  if (std::exchange(state_->inbox.exposed, false) && state_->image) state_->image->show_again();
}

std::vector<InputEvent> Window::take_events() {
  return std::exchange(state_->inbox.events, {});
}

Size Window::size() const {
  Size size;
  glfwGetFramebufferSize(state_->window.get(), &size.width, &size.height);
  return size;
}

void Window::present(const Canvas& canvas, std::span<const Rect> damage) {
  const Size size{canvas.width, canvas.height};
  if (canvas.bounds().empty()) return;
  if (state_->image && state_->image->size() == size) {
    state_->image->show(canvas, damage);
    return;
  }
  state_->image.reset();
  state_->image = std::make_unique<ScreenImage>(
      glfwGetX11Display(), glfwGetX11Window(state_->window.get()), size, state_->share_memory);
  const Rect all = canvas.bounds();
  state_->image->show(canvas, {&all, 1});
}

void Window::wake() const {
  glfwPostEmptyEvent();
}

}  // namespace device
