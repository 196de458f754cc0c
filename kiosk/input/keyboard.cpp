#include "kiosk/input/keyboard.h"

#include <fmt/format.h>

#include <algorithm>

#include "platform/base/text.h"

namespace input {
namespace {

using ui::Area;

// Sizes of look.md section 9, in u. On a compact screen the rows are lower, down to the smallest
// target there is, so that two fields stay visible above them.
struct Sizes {
  float gap;
  float row;
  float pad_row;  // of a pad of digits
  float composition;
  float tabs;
  float above_keys, below_keys, beside_keys;
};
constexpr Sizes standing{.gap = 10,
                         .row = 92,
                         .pad_row = 110,
                         .composition = 44,
                         .tabs = 72,
                         .above_keys = 14,
                         .below_keys = 18,
                         .beside_keys = 20};
constexpr Sizes small_standing{.gap = 8,
                               .row = 72,
                               .pad_row = 80,
                               .composition = 36,
                               .tabs = 64,
                               .above_keys = 10,
                               .below_keys = 12,
                               .beside_keys = 20};

const Sizes& sizes_for(const ui::Metrics& metrics) {
  return metrics.compact() ? small_standing : standing;
}

// In landscape the tabs stand beside the space key, and what is being composed is to be seen in
// the field alone.
constexpr float landscape_width = 892;
constexpr float landscape_height = 420;
constexpr float landscape_gap = 8;
constexpr float landscape_padding = 12;
constexpr float small_landscape_row = 64;

float landscape_height_for(const ui::Metrics& metrics, float rows) {
  if (!metrics.compact()) return landscape_height;
  return 2 * landscape_padding + rows * (small_landscape_row + landscape_gap) - landscape_gap;
}

constexpr float letter_size = 38;
constexpr float figure_size = 46;  // on a pad
constexpr float word_size = 26;
constexpr float finish_size = 30;

const Tab* find_tab(std::string_view name) {
  const auto found = std::ranges::find(tabs, name, &Tab::name);
  return found == tabs.end() ? nullptr : &*found;
}

char32_t first_character(std::string_view text) {
  std::size_t at = 0;
  return base::next_character(text, at);
}

bool is_letter(char32_t character) {
  return character >= U'a' && character <= U'z';
}

// The id of a cap that types: with the small letter, whichever it shows.
std::string key_id(std::string_view name) {
  const bool capital = name.size() == 1 && name[0] >= 'A' && name[0] <= 'Z';
  if (!capital) return fmt::format("key.{}", name);
  return fmt::format("key.{}", static_cast<char>(name[0] - 'A' + 'a'));
}

void draw_plate(ui::Ui& ui, Area area) {
  const ui::Palette& colors = ui.colors();
  if (ui.metrics().portrait()) {
    ui.painter().fill(area, colors.sunken);
    ui.painter().fill({area.x, area.y, area.w, 2}, colors.edge);
  } else {
    ui.painter().ring(area, 16, 2, colors.edge, colors.sunken);
  }
}

}  // namespace

// ---- place --------------------------------------------------------------------------------------

float Keyboard::height(const ui::Ui& ui, Kind kind) {
  const auto rows = static_cast<float>(layout(kind, Mode::pinyin).rows.size());
  if (!ui.metrics().portrait()) return landscape_height_for(ui.metrics(), rows);
  const Sizes& sizes = sizes_for(ui.metrics());
  const float padding = sizes.above_keys + sizes.below_keys;
  if (kind != Kind::text) return padding + rows * (sizes.pad_row + sizes.gap) - sizes.gap;
  return padding + sizes.composition + sizes.gap + rows * (sizes.row + sizes.gap) + sizes.tabs;
}

Area Keyboard::place(const ui::Ui& ui, Area& content, Kind kind) {
  if (ui.metrics().portrait()) {
    const Area strip = content.take_bottom(height(ui, kind), ui::space::gap);
    return {0, strip.y, ui.screen().w, strip.h};
  }
  const float gap = ui.metrics().compact() ? landscape_gap : ui::space::gap;
  content.take_bottom(gap);
  Area strip = content.take_bottom(height(ui, kind), gap);
  return strip.take_right(landscape_width);
}

// ---- one pass -----------------------------------------------------------------------------------

bool Keyboard::draw(ui::Ui& ui, Area area, ui::TextField& field, Kind kind,
                    std::string_view finish) {
  const Pass pass{ui, field, kind, mode(ui, kind), finish};
  // A composition belongs to the field that shows it.
  if (composing() && field.composing() != pinyin_->preedit()) drop();
  if (ui.pressed_beside(area)) settle(field);
  draw_plate(ui, area);
  const Tapped tapped = draw_keys(pass, area);
  const bool finished = act(pass, tapped);
  const bool entered = take_real_keys(pass);
  const std::string preedit = composing() ? pinyin_->preedit() : "";
  if (!tapped.name.empty() || field.composing() != preedit) ui.redraw();
  field.compose(preedit, composing() ? pinyin_->letters() : std::string());
  return finished || entered;
}

void Keyboard::reset() {
  if (pinyin_ != nullptr) drop();
  chosen_mode_.reset();
  shift_ = Shift::off;
  caps_.forget();
}

Mode Keyboard::mode(const ui::Ui& ui, Kind kind) const {
  if (kind != Kind::text) return Mode::digits;
  const Mode usual = ui.language().starts_with("zh") ? Mode::pinyin : Mode::abc;
  const Mode wanted = chosen_mode_.value_or(usual);
  return wanted == Mode::pinyin && pinyin_ == nullptr ? Mode::abc : wanted;
}

bool Keyboard::composing() const {
  return pinyin_ != nullptr && !pinyin_->preedit().empty();
}

char32_t Keyboard::shifted(char32_t character) const {
  const bool capital = shift_ != Shift::off && is_letter(character);
  return capital ? character - (U'a' - U'A') : character;
}

// All of them where they have a row of their own; else those one can go to.
std::vector<std::string_view> Keyboard::tab_names(const Pass& pass) const {
  std::vector<std::string_view> names;
  if (pass.kind != Kind::text) return names;
  for (const Tab& tab : tabs) {
    if (tab.mode == Mode::pinyin && pinyin_ == nullptr) continue;
    if (pass.ui.metrics().portrait() || tab.mode != pass.mode) names.push_back(tab.name);
  }
  return names;
}

// ---- drawing ------------------------------------------------------------------------------------

Keyboard::Tapped Keyboard::draw_keys(const Pass& pass, Area area) {
  const std::vector<std::string_view> names = tab_names(pass);
  if (!pass.ui.metrics().portrait()) {
    const Area inside = area.inset(landscape_padding, landscape_padding);
    return draw_rows(pass, inside, landscape_gap, names);
  }
  const Sizes& sizes = sizes_for(pass.ui.metrics());
  Area inside = area.inset(sizes.beside_keys, 0);
  inside.take_top(sizes.above_keys), inside.take_bottom(sizes.below_keys);
  Tapped tab;
  if (!names.empty()) tab = draw_tabs(pass, inside.take_bottom(sizes.tabs, sizes.gap), names);
  if (pass.mode == Mode::pinyin) {
    draw_composition(pass, inside.take_top(sizes.composition, sizes.gap));
  }
  const Tapped cap = draw_rows(pass, inside, sizes.gap, {});
  return cap.name.empty() ? tab : cap;
}

Keyboard::Tapped Keyboard::draw_rows(const Pass& pass, Area area, float between,
                                     const std::vector<std::string_view>& beside_space) {
  const std::vector<Cap> caps = spread(layout(pass.kind, pass.mode), area, between, beside_space);
  const float row = caps.front().area.h;
  if (candidates_.unfolded()) return draw_all_candidates(pass, area, row, between);
  const bool with_candidates = composing();
  Tapped tapped;
  if (with_candidates) {
    Area first_row = area.take_top(row);
    if (draw_letters(pass, first_row)) tapped = {"letters"};
    const auto index = candidates_.draw_row(pass.ui, caps_, *pinyin_, first_row);
    if (index) tapped = {"candidate", *index};
  }
  for (const Cap& cap : caps) {
    if (with_candidates && cap.row == 0) continue;
    if (draw_cap(pass, cap)) tapped = {cap.name};
  }
  return tapped;
}

// At the right end of the candidates, as long as a word may be.
bool Keyboard::draw_letters(const Pass& pass, Area& row) {
  constexpr float most_of_row = 0.3F;
  constexpr float narrowest = 84;
  constexpr float padding = 36;
  const std::string letters = pinyin_->letters();
  const float width =
      pass.ui.text_width(letters, {.size = word_size, .weight = ui::Weight::bold}) + padding;
  if (letters.size() < 2 || width > row.w * most_of_row) return false;
  const Area seat = row.take_right(std::max(width, narrowest), landscape_gap);
  return caps_.draw(pass.ui, "candidate.letters", seat,
                    {.words = letters, .look = ui::Look::side_key, .size = word_size});
}

// Over the rows, with backspace where it is otherwise not to be seen.
Keyboard::Tapped Keyboard::draw_all_candidates(const Pass& pass, Area area, float row,
                                               float between) {
  Area foot = area.take_bottom(row, between);
  const Area last_seat = foot.take_right((foot.w - 3 * between) / 4, between);
  const bool erased = draw_cap(pass, {"backspace", last_seat});
  const auto index = candidates_.draw_page(pass.ui, caps_, *pinyin_, area, foot, between);
  if (index) return {"candidate", *index};
  return erased ? Tapped{"backspace"} : Tapped{};
}

Keyboard::Tapped Keyboard::draw_tabs(const Pass& pass, Area row,
                                     const std::vector<std::string_view>& names) {
  const float gap = sizes_for(pass.ui.metrics()).gap;
  const std::vector<Area> places = row.columns(std::vector<float>(names.size(), 1.0F), gap);
  Tapped tapped;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (draw_cap(pass, {names[i], places[i]})) tapped = {names[i]};
  }
  return tapped;
}

void Keyboard::draw_composition(const Pass& pass, Area row) const {
  ui::Ui& ui = pass.ui;
  row = row.inset(8, 0);
  const ui::TextStyle small{.size = ui::type::caption, .color = ui.colors().ink2, .max_lines = 1};
  if (!composing()) {
    ui.label(row, ui.tr("keyboard.how_to_begin"), small);
    return;
  }
  const ui::TextStyle big{
      .size = ui::type::button, .weight = ui::Weight::bold, .line = 1.15F, .max_lines = 1};
  const std::string preedit = pinyin_->preedit();
  const std::string hint = ui.tr("keyboard.how_to_choose");
  const float hint_width = ui.text_width(hint, small) + 4;
  constexpr float between = 10;
  if (ui.text_width(preedit, big) + between + hint_width <= row.w) {
    ui.label(row.take_right(hint_width, between), hint, small);
  }
  ui.label(row, preedit, big);
}

bool Keyboard::draw_cap(const Pass& pass, const Cap& cap) {
  ui::Ui& ui = pass.ui;
  const NamedCap* named = named_cap(cap.name);
  if (named == nullptr) {
    std::string words;
    base::append_utf8(words, shifted(first_character(cap.name)));
    const float size = layout(pass.kind, pass.mode).even ? figure_size : letter_size;
    return caps_.draw(ui, key_id(cap.name), cap.area,
                      {.words = words, .size = size, .weight = ui::Weight::regular});
  }
  const bool is_finish = cap.name == "finish";
  const Tab* tab = find_tab(cap.name);
  const std::string words = is_finish ? std::string(pass.finish) : ui.tr(named->words);
  CapFace face{.words = words, .icon = named->icon, .look = ui::Look::side_key, .size = word_size};
  face.icon_alone = tab == nullptr && !named->icon.empty();
  face.repeats = cap.name == "backspace";
  if (tab != nullptr) face.look = tab->mode == pass.mode ? ui::Look::selected : ui::Look::normal;
  if (cap.name == "shift" && shift_ == Shift::once) face.look = ui::Look::selected;
  if (cap.name == "shift" && shift_ == Shift::locked) face.look = ui::Look::primary;
  if (is_finish) face.look = ui::Look::selected, face.size = finish_size;
  return caps_.draw(ui, fmt::format("{}.{}", tab == nullptr ? "key" : "tab", cap.name), cap.area,
                    face);
}

// ---- what a tap does ----------------------------------------------------------------------------

bool Keyboard::act(const Pass& pass, Tapped tapped) {
  const std::string_view cap = tapped.name;
  if (cap.empty()) return false;
  if (const Tab* tab = find_tab(cap)) {
    settle(pass.field);
    chosen_mode_ = tab->mode;
    shift_ = Shift::off;
  } else if (cap == "candidate") {
    choose(pass.field, tapped.candidate);
  } else if (cap == "letters") {
    take_letters(pass.field);
  } else if (cap == "shift") {
    shift_ = shift_ == Shift::off    ? Shift::once
             : shift_ == Shift::once ? Shift::locked
                                     : Shift::off;
  } else if (cap == "backspace") {
    erase(pass.field);
  } else if (cap == "space") {
    type(pass, U' ');
  } else if (cap == "finish") {
    settle(pass.field);
    return true;
  } else {
    type(pass, shifted(first_character(cap)));
    if (shift_ == Shift::once) shift_ = Shift::off;
  }
  return false;
}

bool Keyboard::take_real_keys(const Pass& pass) {
  ui::Ui& ui = pass.ui;
  const Layout& keys = layout(pass.kind, pass.mode);
  bool touched = false;
  for (const char32_t character : ui.take_characters()) {
    touched = true;
    if (pass.kind == Kind::text) {
      type(pass, character);
    } else if (const std::string_view cap = cap_of(keys, character); !cap.empty()) {
      type(pass, first_character(cap));
    }
  }
  while (ui.take_key(ui::Key::backspace)) erase(pass.field), touched = true;
  while (ui.take_key(ui::Key::left)) pass.field.move_left(), touched = true;
  while (ui.take_key(ui::Key::right)) pass.field.move_right(), touched = true;
  if (touched) ui.redraw();
  if (ui.has_focus() || !ui.take_key(ui::Key::enter)) return false;
  settle(pass.field);
  return true;
}

void Keyboard::type(const Pass& pass, char32_t character) {
  if (pass.mode == Mode::pinyin && compose(pass, character)) return;
  settle(pass.field);
  std::string text;
  base::append_utf8(text, character);
  pass.field.insert(text);
}

// False when the character is none of the composition: a sign, a capital letter, a figure.
bool Keyboard::compose(const Pass& pass, char32_t character) {
  if (is_letter(character) || (composing() && character == U'\'')) {
    candidates_.fold();
    // A letter too many is dropped; what stands goes on.
    pinyin_->key(static_cast<char>(character));
    return true;
  }
  if (!composing()) return false;
  if (character == U' ') {
    const bool word = keeps_letters(pass.field);
    settle(pass.field);
    if (word) pass.field.insert(" ");
    return true;
  }
  if (character >= U'1' && character < U'1' + Candidates::in_row) {
    choose(pass.field, character - U'1');
    return true;
  }
  return false;
}

void Keyboard::erase(ui::TextField& field) {
  candidates_.fold();
  if (composing()) {
    pinyin_->backspace();
  } else {
    field.backspace();
  }
}

void Keyboard::choose(ui::TextField& field, std::size_t index) {
  candidates_.fold();
  field.insert(pinyin_->choose(index));
}

// Ends the composition by its first candidates; letters that mean nothing stay letters.
void Keyboard::settle(ui::TextField& field) {
  if (keeps_letters(field)) return take_letters(field);
  std::string before;
  while (composing() && pinyin_->preedit() != before) {
    before = pinyin_->preedit();
    choose(field, 0);
  }
  if (!composing()) return;
  field.insert(before);
  drop();
}

void Keyboard::take_letters(ui::TextField& field) {
  field.insert(pinyin_->letters());
  drop();
}

bool Keyboard::keeps_letters(const ui::TextField& field) const {
  return composing() && !field.kept_letters().empty() && field.kept_letters() == pinyin_->letters();
}

void Keyboard::drop() {
  candidates_.fold();
  pinyin_->clear();
}

}  // namespace input
