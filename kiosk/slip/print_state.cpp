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

constexpr float icon_size = 44;
constexpr float padding = 20;
constexpr float chip_height = 38;
constexpr float above_chip = 10;
constexpr float narrow = 600;  // the word of state stands below the sentence, not beside it
constexpr ui::TextStyle sentence_style{.size = 28, .line = 1.4F};

float row_height(ui::Ui& ui, float width, const StateWords& words) {
  float room = width - icon_size - padding;
  if (width >= narrow) room -= ui.chip_width(words.word, true) + padding;
  float text = ui.text_height(words.sentence, sentence_style, room);
  if (width < narrow) text += above_chip + chip_height;
  return std::max({text, icon_size, chip_height}) + 2 * padding;
}

}  // namespace

float show_print_state(ui::Ui& ui, ui::Area area, const PrintState& state) {
  const StateWords words = words_of(ui, state);
  ui::Area row{area.x, area.y, area.w, row_height(ui, area.w, words)};
  ui.icon(row.take_left(icon_size, padding), "printer", icon_size, ui.colors().ink);
  const float height = row.h;
  ui::Area seat;
  if (area.w >= narrow) {
    seat = row.take_right(ui.chip_width(words.word, true), padding);
    seat = seat.centered(seat.w, chip_height);
  } else {
    row = row.inset(0, padding);
    seat = row.take_bottom(chip_height, above_chip);
  }
  ui.label(row, words.sentence, sentence_style);
  ui.chip(seat.x, seat.y, words.word, words.tone, words.icon);
  return height;
}

float print_state_height(ui::Ui& ui, float width, const PrintState& state) {
  return row_height(ui, width, words_of(ui, state));
}

}  // namespace slip
