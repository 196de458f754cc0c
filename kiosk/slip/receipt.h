// The last page of every flow: what was promised in words, the slip as paper, and how its printing
// stands. Prints each slip once by itself and again when asked. Knows no service. UI thread only.
#pragma once

#include <optional>
#include <string>

#include "kiosk/slip/print_queue.h"
#include "kiosk/slip/slip.h"
#include "kiosk/ui/patterns.h"
#include "platform/device/atlas.h"

namespace slip {

// What slips are printed with; built once, outlives every screen.
struct Press {
  PrintQueue& queue;
  device::Atlas& atlas;
  base::World world;
  int paper_mm = 80;
};

// What became of the matter, above the paper.
struct Verdict {
  std::string_view icon;
  std::string title;
  std::string line;
  ui::Tone tone = ui::Tone::tint;
};

// The actions of that page: "done", which ends the visit, and one other thing to do.
ui::Action last_actions(ui::Ui& ui, const ui::Page& page, const std::string& other,
                        std::string_view other_icon);

class Receipt {
 public:
  explicit Receipt(Press& press) : press_(press) {}

  // The first call prints; later calls do nothing.
  void print_once(const Slip& slip);
  void draw(ui::Ui& ui, ui::Area area, const Verdict& verdict, const Slip& slip);

 private:
  void print(const Slip& slip);
  static void draw_verdict(ui::Ui& ui, ui::Area& area, const Verdict& verdict);
  void draw_printing(ui::Ui& ui, ui::Area& area, const Slip& slip);

  Press& press_;
  std::optional<PrintQueue::JobId> job_;
  ui::Kinetic scroll_;
};

}  // namespace slip
