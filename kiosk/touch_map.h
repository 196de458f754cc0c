// For acceptance tests that tap on the real window (tests/window): a file that says where the
// controls on the screen are. Ids and places only, no word that is read or typed. Written only when
// `kiosk --touch-map FILE` asks for it.
//
//   file := { id TAB x TAB y NEWLINE }   the middle of each control that can be tapped now, in
//                                        pixels from the upper left corner of the picture
#pragma once

#include <string>
#include <vector>

#include "kiosk/ui/ui.h"
#include "platform/base/file.h"

namespace kiosk {

class TouchMap {
 public:
  // "" writes nothing.
  explicit TouchMap(base::Path file) : file_(std::move(file)) {}

  // After each picture; writes when something has moved. `scale` in pixels per u.
  base::Result<void> update(const std::vector<ui::Node>& nodes, float scale);

 private:
  base::Path file_;
  std::string written_;
};

}  // namespace kiosk
