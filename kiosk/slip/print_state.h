// How a slip's printing stands, in words: a row of the receipt screen. UI thread only.
#pragma once

#include "kiosk/slip/print_queue.h"
#include "kiosk/ui/ui.h"

namespace slip {

// Icon, sentence and word of state from the top of the area. A failure says what to do instead.
// Returns the height used; the panel around it is the caller's.
float show_print_state(ui::Ui& ui, ui::Area area, const PrintState& state);
// The height that takes at this width.
float print_state_height(ui::Ui& ui, float width, const PrintState& state);

}  // namespace slip
