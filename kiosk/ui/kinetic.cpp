#include "kiosk/ui/kinetic.h"

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

using std::chrono::milliseconds;

constexpr float slop = 12;
constexpr float decay_ms = 325;
constexpr float still = 20;      // u/s under which a glide ends
constexpr float fastest = 6000;  // u/s
constexpr milliseconds memory{100};
constexpr float wheel_step = 90;

float ms(base::Tick::duration span) {
  return static_cast<float>(span.count());
}

}  // namespace

void Kinetic::fit(float content, float view) {
  most_ = std::max(0.0F, content - view);
  clamp();
}

void Kinetic::clamp() {
  const float inside = std::clamp(offset_, 0.0F, most_);
  if (inside != offset_) speed_ = 0;
  offset_ = inside;
}

void Kinetic::press(float y, base::Tick now) {
  held_ = true;
  dragging_ = false;
  speed_ = 0;
  start_y_ = y;
  start_offset_ = offset_;
  recent_.assign(1, {y, now});
}

bool Kinetic::drag(float y, base::Tick now) {
  if (!held_) return false;
  if (!dragging_ && std::abs(y - start_y_) > slop && most_ > 0) {
    dragging_ = true;
    start_y_ = y;
  }
  if (dragging_) {
    offset_ = start_offset_ + start_y_ - y;
    clamp();
  }
  recent_.push_back({y, now});
  std::erase_if(recent_, [now](const Sample& each) { return now - each.at > memory; });
  return dragging_;
}

void Kinetic::lift(base::Tick now) {
  if (held_ && dragging_ && recent_.size() > 1) {
    const Sample& first = recent_.front();
    const Sample& last = recent_.back();
    const float span = ms(last.at - first.at);
    if (span > 0 && now - last.at < memory) {
      speed_ = std::clamp((first.y - last.y) / span * 1000, -fastest, fastest);
    }
  }
  held_ = dragging_ = false;
  glided_ = now;
}

bool Kinetic::glide(base::Tick now) {
  if (held_ || speed_ == 0) return false;
  const float elapsed = ms(now - glided_);
  glided_ = now;
  const float kept = std::exp(-elapsed / decay_ms);
  // The integral of an exponentially decaying speed over the elapsed time.
  offset_ += speed_ * decay_ms / 1000 * (1 - kept);
  speed_ *= kept;
  if (std::abs(speed_) < still) speed_ = 0;
  clamp();
  return speed_ != 0;
}

void Kinetic::wheel(float lines) {
  jump(offset_ - lines * wheel_step);
}

void Kinetic::jump(float offset) {
  speed_ = 0;
  offset_ = offset;
  clamp();
}

}  // namespace ui
