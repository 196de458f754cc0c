// 您现在安全吗: the question before every family, neighbour or injury path, and the help that one
// touch shows (care 10). Shared by booking and intake; knows neither. What help there is comes from
// the catalogue. Nothing answered here is kept.
#pragma once

#include "kiosk/service/catalogue.h"
#include "kiosk/ui/ui.h"

namespace safety {

enum class Outcome {
  none,
  passed,  // safe, or has seen the help and goes on
  hide,    // quick-hide: clear everything now, without asking
};

class SafetyPage {
 public:
  Outcome draw(ui::Ui& ui, ui::Area area, const service::Center& center);
  // The question is asked anew.
  void reset() { helping_ = false; }

 private:
  Outcome draw_question(ui::Ui& ui, ui::Area area);
  Outcome draw_help(ui::Ui& ui, ui::Area area, const service::Center& center);

  bool helping_ = false;
  ui::Kinetic scroll_;
};

}  // namespace safety
