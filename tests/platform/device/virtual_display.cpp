#include "tests/platform/device/virtual_display.h"

#include <doctest/doctest.h>
// After doctest, whose names Xlib makes macros of.
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace test {

bool has_xvfb() {
  return std::system("command -v Xvfb >/dev/null") == 0;
}

VirtualDisplay::VirtualDisplay(device::Size size) {
  std::array<int, 2> number_pipe{};
  REQUIRE(::pipe(number_pipe.data()) == 0);
  const std::string screen = std::to_string(size.width) + "x" + std::to_string(size.height) + "x24";
  const std::string number_end = std::to_string(number_pipe[1]);
  server_ = ::fork();
  REQUIRE(server_ >= 0);
  if (server_ == 0) {
    ::execlp("Xvfb", "Xvfb", "-displayfd", number_end.c_str(), "-screen", "0", screen.c_str(),
             "-nolisten", "tcp", "-noreset", nullptr);
    ::_exit(127);
  }
  ::close(number_pipe[1]);
  std::string number;
  for (char digit = 0; ::read(number_pipe[0], &digit, 1) == 1 && digit != '\n';) number += digit;
  ::close(number_pipe[0]);
  REQUIRE_FALSE(number.empty());
  ::setenv("DISPLAY", (":" + number).c_str(), 1);
  display_ = XOpenDisplay(nullptr);
  REQUIRE(display_ != nullptr);
}

VirtualDisplay::~VirtualDisplay() {
  if (display_ != nullptr) XCloseDisplay(display_);
  if (server_ > 0) {
    ::kill(server_, SIGTERM);
    ::waitpid(server_, nullptr, 0);
  }
}

device::Canvas VirtualDisplay::look() const {
  const int screen = DefaultScreen(display_);
  device::Canvas canvas(DisplayWidth(display_, screen), DisplayHeight(display_, screen));
  XImage* const image =
      XGetImage(display_, DefaultRootWindow(display_), 0, 0, static_cast<unsigned>(canvas.width),
                static_cast<unsigned>(canvas.height), AllPlanes, ZPixmap);
  REQUIRE(image != nullptr);
  for (int y = 0; y < canvas.height; ++y) {
    for (int x = 0; x < canvas.width; ++x) {
      canvas.row(y)[x] = static_cast<std::uint32_t>(XGetPixel(image, x, y)) & 0xffffffU;
    }
  }
  XDestroyImage(image);
  return canvas;
}

void VirtualDisplay::cover_and_uncover(const device::Rect& place) {
  XSetWindowAttributes attributes{};
  attributes.override_redirect = True;
  attributes.background_pixel = 0xff00ff;
  const Window other = XCreateWindow(
      display_, DefaultRootWindow(display_), place.x0, place.y0,
      static_cast<unsigned>(place.width()), static_cast<unsigned>(place.height()), 0,
      CopyFromParent, InputOutput, CopyFromParent, CWOverrideRedirect | CWBackPixel, &attributes);
  XMapRaised(display_, other);
  XSync(display_, False);
  XDestroyWindow(display_, other);
  XSync(display_, False);
}

void VirtualDisplay::move_pointer(int x, int y) {
  XWarpPointer(display_, None, DefaultRootWindow(display_), 0, 0, 0, 0, x, y);
  XSync(display_, False);
}

void VirtualDisplay::button(unsigned number, bool down) {
  XEvent event{};
  event.xbutton.button = number;
  event.xbutton.time = ++time_;
  send(event, down ? ButtonPress : ButtonRelease, down ? ButtonPressMask : ButtonReleaseMask);
}

void VirtualDisplay::key(const char* name, bool shift) {
  for (const bool down : {true, false}) {
    XEvent event{};
    event.xkey.keycode = XKeysymToKeycode(display_, XStringToKeysym(name));
    event.xkey.state = shift ? ShiftMask : 0;
    event.xkey.time = ++time_;
    send(event, down ? KeyPress : KeyRelease, down ? KeyPressMask : KeyReleaseMask);
  }
}

void VirtualDisplay::resize_window(device::Size size) {
  XResizeWindow(display_, window(), static_cast<unsigned>(size.width),
                static_cast<unsigned>(size.height));
  XSync(display_, False);
}

void VirtualDisplay::ask_to_close() {
  XEvent event{};
  event.xclient.message_type = XInternAtom(display_, "WM_PROTOCOLS", False);
  event.xclient.format = 32;
  event.xclient.data.l[0] = static_cast<long>(XInternAtom(display_, "WM_DELETE_WINDOW", False));
  send(event, ClientMessage, NoEventMask);
}

unsigned long VirtualDisplay::window() const {
  Window root = 0;
  Window parent = 0;
  Window* children = nullptr;
  unsigned count = 0;
  XQueryTree(display_, DefaultRootWindow(display_), &root, &parent, &children, &count);
  Window shown = 0;
  for (unsigned i = 0; i < count; ++i) {
    XWindowAttributes attributes{};
    XGetWindowAttributes(display_, children[i], &attributes);
    if (attributes.map_state == IsViewable) shown = children[i];
  }
  if (children != nullptr) XFree(children);
  REQUIRE(shown != 0);
  return shown;
}

void VirtualDisplay::send(XEvent& event, int type, long mask) {
  event.xany.type = type;
  event.xany.window = window();
  XSendEvent(display_, event.xany.window, False, mask, &event);
  XSync(display_, False);
}

}  // namespace test
