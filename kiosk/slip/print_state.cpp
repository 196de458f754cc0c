#include "kiosk/slip/print_state.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace slip {
namespace {

struct StateWords {
  std::string sentence;
  std::string word;
  std::string_view icon;  // of the word
  ui::Tone tone = ui::Tone::plain;
};

std::string failure(const ui::Ui& ui, std::string_view code) {
  if (code == "paper_out") return ui.tr("slip.failed_paper_out");
  if (code == "cover_open") return ui.tr("slip.failed_cover_open");
  return ui.tr("slip.failed");
}

StateWords words_of(const ui::Ui& ui, const PrintState& state) {
  switch (state.stage) {
    case PrintStage::waiting:
    case PrintStage::printing: break;
    case PrintStage::printed:
      if (!state.on_paper) {
        return {ui.tr("slip.saved"), ui.tr("slip.word_saved"), "info", ui::Tone::tint};
      }
      return {ui.tr("slip.printed"), ui.tr("slip.word_printed"), "check", ui::Tone::ok};
    case PrintStage::failed:
      return {failure(ui, state.code), ui.tr("slip.word_failed"), "warning", ui::Tone::attention};
  }
  return {ui.tr("slip.printing"), ui.tr("slip.word_printing"), "waiting", ui::Tone::plain};
}

}  // namespace

float show_print_state(ui::Ui& ui, ui::Area area, const PrintState& state) {
  constexpr float icon_size = 44;
  constexpr float padding = 20;
  constexpr float chip_height = 38;
  const StateWords words = words_of(ui, state);
  const ui::TextStyle style{.size = 28, .line = 1.4F};
  const float chip = ui.chip_width(words.word, true);
  const float text_width = area.w - icon_size - chip - 2 * padding;
  const float text_height = ui.text_height(words.sentence, style, text_width);
  const float height = std::max({text_height, icon_size, chip_height}) + 2 * padding;

  ui::Area row{area.x, area.y, area.w, height};
  ui.icon(row.take_left(icon_size, padding), "printer", icon_size, ui.colors().ink);
  const ui::Area seat = row.take_right(chip, padding);
  ui.label(row, words.sentence, style);
  ui.chip(seat.x, seat.center_y() - chip_height / 2, words.word, words.tone, words.icon);
  return height;
}

}  // namespace slip
