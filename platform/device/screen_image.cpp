#include "platform/device/screen_image.h"

#include <X11/Xutil.h>
#include <sys/ipc.h>
#include <sys/shm.h>

#include <cstring>

namespace device {
namespace {

constexpr int bits_a_pixel = 32;

Visual* visual_of(Display* display) {
  return DefaultVisual(display, DefaultScreen(display));
}

unsigned depth_of(Display* display) {
  return static_cast<unsigned>(DefaultDepth(display, DefaultScreen(display)));
}

int ignore_error(Display* /*display*/, XErrorEvent* /*event*/) {
  return 0;
}

// A server on another machine, or in another container, refuses; Xlib's own answer to that would
// be to end the program. Whether it attached, the kernel tells: it counts who has the segment.
bool attach_server(Display* display, XShmSegmentInfo& segment) {
  XErrorHandler usual = XSetErrorHandler(ignore_error);
  XShmAttach(display, &segment);
  XSync(display, False);
  XSetErrorHandler(usual);
  shmid_ds now{};
  return shmctl(segment.shmid, IPC_STAT, &now) == 0 && now.shm_nattch >= 2;
}

}  // namespace

void ScreenImage::DestroyImage::operator()(XImage* image) const {
  image->data = nullptr;  // ours, not Xlib's to free
  XDestroyImage(image);
}

bool ScreenImage::fits(Display* display) {
  const Visual* visual = visual_of(display);
  return depth_of(display) >= 24 && visual->red_mask == 0xff0000 && visual->green_mask == 0xff00 &&
         visual->blue_mask == 0xff;
}

ScreenImage::ScreenImage(Display* display, ::Window window, Size size, bool share)
    : display_(display),
      window_(window),
      size_(size),
      context_(XCreateGC(display, window, 0, nullptr)) {
  if (share && share_memory()) return;
  const auto width = static_cast<unsigned>(size.width);
  const auto height = static_cast<unsigned>(size.height);
  own_memory_.resize(std::size_t{width} * height * sizeof(std::uint32_t));
  image_.reset(XCreateImage(display, visual_of(display), depth_of(display), ZPixmap, 0,
                            own_memory_.data(), width, height, bits_a_pixel, 0));
}

ScreenImage::~ScreenImage() {
  if (shared()) {
    XShmDetach(display_, &segment_);
    XSync(display_, False);
    shmdt(segment_.shmaddr);
  }
  XFreeGC(display_, context_);
}

bool ScreenImage::share_memory() {
  if (XShmQueryExtension(display_) == False) return false;
  image_.reset(XShmCreateImage(display_, visual_of(display_), depth_of(display_), ZPixmap, nullptr,
                               &segment_, static_cast<unsigned>(size_.width),
                               static_cast<unsigned>(size_.height)));
  const std::size_t bytes =
      static_cast<std::size_t>(image_->bytes_per_line) * static_cast<std::size_t>(size_.height);
  segment_.shmid = shmget(IPC_PRIVATE, bytes, IPC_CREAT | 0600);
  if (segment_.shmid < 0) return false;
  void* const memory = shmat(segment_.shmid, nullptr, 0);
  const bool ours = memory != reinterpret_cast<void*>(-1);
  const bool attached = ours && attach_server(display_, segment_);
  // From here on the segment goes when the last side lets go, also after a crash.
  shmctl(segment_.shmid, IPC_RMID, nullptr);
  if (!attached) {
    if (ours) shmdt(memory);
    return false;
  }
  segment_.shmaddr = image_->data = static_cast<char*>(memory);
  return true;
}

void ScreenImage::show(const Canvas& canvas, std::span<const Rect> places) {
  if (in_flight_) XSync(display_, False);
  for (const Rect& place : places) {
    const Rect inside = intersect(place, canvas.bounds());
    if (inside.empty()) continue;
    copy(canvas, inside);
    put(inside);
  }
  XFlush(display_);
}

void ScreenImage::show_again() {
  put({0, 0, size_.width, size_.height});
  XFlush(display_);
}

void ScreenImage::copy(const Canvas& canvas, const Rect& place) {
  const auto bytes = static_cast<std::size_t>(place.width()) * sizeof(std::uint32_t);
  for (int y = place.y0; y < place.y1; ++y) {
    char* const row = image_->data + std::ptrdiff_t{y} * image_->bytes_per_line;
    std::memcpy(row + static_cast<std::size_t>(place.x0) * sizeof(std::uint32_t),
                canvas.row(y) + place.x0, bytes);
  }
}

void ScreenImage::put(const Rect& place) {
  const auto width = static_cast<unsigned>(place.width());
  const auto height = static_cast<unsigned>(place.height());
  if (shared()) {
    XShmPutImage(display_, window_, context_, image_.get(), place.x0, place.y0, place.x0, place.y0,
                 width, height, False);
    in_flight_ = true;
  } else {
    XPutImage(display_, window_, context_, image_.get(), place.x0, place.y0, place.x0, place.y0,
              width, height);
  }
}

}  // namespace device
