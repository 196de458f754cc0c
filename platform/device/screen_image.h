// The picture on its way to the X server: in memory both sides see (MIT-SHM), or in memory of
// ours that is sent over the connection when the server is elsewhere. Internal to
// platform/device. Thread of the window.
#pragma once

#include <X11/Xlib.h>
#include <X11/extensions/XShm.h>

#include <memory>
#include <span>
#include <vector>

#include "platform/device/canvas.h"

namespace device {

class ScreenImage {
 public:
  // `share` = false never tries MIT-SHM.
  ScreenImage(Display* display, ::Window window, Size size, bool share);
  ScreenImage(const ScreenImage&) = delete;
  ScreenImage& operator=(const ScreenImage&) = delete;
  ~ScreenImage();

  // Whether the display shows pixels as a Canvas holds them, 0x00RRGGBB.
  static bool fits(Display* display);

  [[nodiscard]] Size size() const { return size_; }
  [[nodiscard]] bool shared() const { return segment_.shmaddr != nullptr; }
  // Takes these places over from a canvas of the same size and shows them.
  void show(const Canvas& canvas, std::span<const Rect> places);
  // Shows all of it again.
  void show_again();

 private:
  struct DestroyImage {
    void operator()(XImage* image) const;
  };
  bool share_memory();
  void copy(const Canvas& canvas, const Rect& place);
  void put(const Rect& place);

  Display* display_;
  ::Window window_;
  Size size_;
  GC context_;
  XShmSegmentInfo segment_{};
  std::vector<char> own_memory_;  // empty when shared
  std::unique_ptr<XImage, DestroyImage> image_;
  bool in_flight_ = false;  // the server may still be reading the shared memory
};

}  // namespace device
