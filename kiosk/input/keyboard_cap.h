// One cap of the keyboard as it is drawn and pressed: stays filled for a moment after a short
// touch, repeats while held. Knows not what a cap does. Sizes in u. UI thread only.
#pragma once

#include <string>
#include <string_view>

#include "kiosk/ui/ui.h"

namespace input {

struct CapFace {
  std::string_view words;  // on the cap, unless an icon stands for them; read out in any case
  std::string_view icon = {};
  bool icon_alone = false;
  bool icon_behind = false;
  ui::Look look = ui::Look::key;
  float size = ui::type::body;  // of the words; smaller where they are too wide
  ui::Weight weight = ui::Weight::bold;
  bool repeats = false;
};

class Caps {
 public:
  // True when it was tapped; a cap that repeats: also for each repetition while it is held.
  bool draw(ui::Ui& ui, std::string_view id, ui::Area area, CapFace face);
  void forget() { press_ = {}; }

 private:
  struct Press {
    std::string id;
    base::Tick since{};
    base::Tick next{};  // repetition
    bool held = false;
    bool repeated = false;
  };
  bool follow(ui::Ui& ui, std::string_view id, const ui::Ui::Face& control, bool repeats);

  Press press_;  // the last one
};

}  // namespace input
