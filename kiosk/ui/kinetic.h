// Scrolling with a finger: slop, drag, fling. Pure: positions and ticks in, offset out. Lengths
// in u, speeds in u per second.
#pragma once

#include <vector>

#include "platform/base/clock.h"

namespace ui {

class Kinetic {
 public:
  // `content` and `view` are heights; the offset stays within [0, content − view].
  void fit(float content, float view);
  void press(float y, base::Tick now);
  // True once the finger has moved beyond the slop: the press is a drag and no tap.
  bool drag(float y, base::Tick now);
  void lift(base::Tick now);
  // Moves on by inertia; true while it is still moving.
  bool glide(base::Tick now);
  void wheel(float lines);
  void jump(float offset);

  [[nodiscard]] float offset() const { return offset_; }
  [[nodiscard]] bool held() const { return held_; }
  [[nodiscard]] bool dragging() const { return dragging_; }
  [[nodiscard]] bool gliding() const { return speed_ != 0; }

 private:
  struct Sample {
    float y;
    base::Tick at;
  };
  void clamp();

  float offset_ = 0;
  float most_ = 0;
  float start_y_ = 0;
  float start_offset_ = 0;
  float speed_ = 0;
  base::Tick glided_{};
  std::vector<Sample> recent_;  // of the last 100 ms
  bool held_ = false;
  bool dragging_ = false;
};

}  // namespace ui
