// Icons: line drawings on a 24 × 24 grid, read from a small part of SVG. Draws nothing: icon_pen.h
// does. Internal to platform/device: screens ask the Atlas.
//
// What is read (SVG 1.1), and nothing else, so that no icon can look other than it was drawn:
//   file    := <svg … viewBox="0 0 24 24" …> { <path d="path"/> }* </svg>
//   path    := { M L H V C S A Z or the same in lower case, with their numbers }*
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "platform/base/result.h"

namespace device {

struct IconPoint {
  double x = 0;
  double y = 0;
};

// From where the pen is to `end`: straight, or a cubic Bézier curve.
struct IconStep {
  bool curved = false;
  std::array<IconPoint, 2> control{};  // of a curve
  IconPoint end;
};

// One line without lifting the pen; a closed one ends where it started.
struct IconLine {
  IconPoint start;
  std::vector<IconStep> steps;
  bool closed = false;
};

using Icon = std::vector<IconLine>;

// invalid: "bad_icon", with the offending words.
base::Result<Icon> parse_icon(std::string_view svg);

}  // namespace device
