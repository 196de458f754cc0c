// The candidates of a composition: a row of the first few, and unfolded, pages of all of them over
// the letters. Knows no keys and no text field: says which one was touched. UI thread only.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "kiosk/input/keyboard_cap.h"
#include "kiosk/input/keyboard_composer.h"
#include "kiosk/ui/ui.h"

namespace input {

class Candidates {
 public:
  // As many as stand beside each other, and a key that unfolds the rest, if any. The index that
  // was touched, or nothing.
  std::optional<std::size_t> draw_row(ui::Ui& ui, Caps& caps, const Composer& composer,
                                      ui::Area row);
  // One page of all, and below it the keys to turn and fold it. `gap` is between two keys.
  std::optional<std::size_t> draw_page(ui::Ui& ui, Caps& caps, const Composer& composer,
                                       ui::Area grid, ui::Area foot, float gap);
  [[nodiscard]] bool unfolded() const { return !pages_.empty(); }
  void fold() { pages_.clear(); }

  // How many a row shows at most.
  static constexpr std::size_t in_row = 5;

 private:
  // First candidate of each page up to the one shown; empty: folded.
  std::vector<std::size_t> pages_;
};

}  // namespace input
