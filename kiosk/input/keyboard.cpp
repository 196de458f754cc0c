#include "kiosk/input/keyboard.h"

#include <fmt/format.h>

#include <algorithm>

#include "platform/base/text.h"

namespace input {
namespace {

using ui::Area;

// Sizes of look.md section 9, in u.
constexpr float gap = 10;
constexpr float row_height = 92;
constexpr float pad_row_height = 110;
constexpr float composition_height = 44;
constexpr float tabs_height = 72;
constexpr float above_keys = 14;
constexpr float below_keys = 18;
constexpr float beside_keys = 20;

// In landscape the tabs stand beside the space key, and what is being composed is to be seen in
// the field alone.
constexpr float landscape_width = 892;
constexpr float landscape_height = 420;
constexpr float landscape_gap = 8;
constexpr float landscape_padding = 12;

constexpr float letter_size = 38;
constexpr float word_size = 26;
constexpr float finish_size = 30;

constexpr std::size_t row_candidates = 5;
constexpr int page_columns = 5;
constexpr int page_lines = 4;
constexpr std::size_t page_candidates = page_columns * page_lines;
constexpr float candidate_padding = 52;
constexpr float narrowest_candidate = 130;
constexpr float narrowest_more = 160;

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

float candidate_width(ui::Ui& ui, std::string_view text) {
  const ui::TextStyle style{.size = letter_size, .weight = ui::Weight::bold};
  return std::max(ui.text_width(text, style) + candidate_padding, narrowest_candidate);
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
  if (!ui.metrics().portrait()) return landscape_height;
  const auto rows = static_cast<float>(layout(kind, Mode::pinyin).rows.size());
  const float padding = above_keys + below_keys;
  if (kind != Kind::text) return padding + rows * (pad_row_height + gap) - gap;
  return padding + composition_height + gap + rows * (row_height + gap) + tabs_height;
}

Area Keyboard::place(const ui::Ui& ui, Area& content, Kind kind) {
  if (ui.metrics().portrait()) {
    const Area strip = content.take_bottom(height(ui, kind), ui::space::gap);
    return {0, strip.y, ui.screen().w, strip.h};
  }
  content.take_bottom(ui::space::gap);
  Area strip = content.take_bottom(height(ui, kind), ui::space::gap);
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
  if (!tapped.cap.empty() || field.composing() != preedit) ui.redraw();
  field.compose(preedit);
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
  const bool portrait = pass.ui.metrics().portrait();
  const float between = portrait ? gap : landscape_gap;
  std::vector<std::string_view> beside_space = tab_names(pass);
  Tapped tapped;
  Area inside = area.inset(landscape_padding, landscape_padding);
  if (portrait) {
    inside = area.inset(beside_keys, 0);
    inside.take_top(above_keys), inside.take_bottom(below_keys);
    if (!beside_space.empty()) {
      tapped = draw_tabs(pass, inside.take_bottom(tabs_height, gap), beside_space);
      beside_space.clear();
    }
    if (pass.mode == Mode::pinyin) {
      draw_composition(pass, inside.take_top(composition_height, gap));
    }
  }
  const std::vector<Cap> caps = spread(layout(pass.kind, pass.mode), inside, between, beside_space);
  const float row = caps.front().area.h;
  if (!pages_.empty()) {
    const Area foot = inside.take_bottom(row, between);
    const Tapped in_page = draw_page(pass, inside, foot);
    return in_page.cap.empty() ? tapped : in_page;
  }
  const bool with_candidates = composing();
  if (with_candidates) {
    const Tapped candidate = draw_candidates(pass, inside.take_top(row));
    if (!candidate.cap.empty()) tapped = candidate;
  }
  for (const Cap& cap : caps) {
    if (with_candidates && cap.row == 0) continue;
    if (draw_cap(pass, cap)) tapped = {cap.name};
  }
  return tapped;
}

Keyboard::Tapped Keyboard::draw_tabs(const Pass& pass, Area row,
                                     const std::vector<std::string_view>& names) {
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
  const ui::TextStyle big{.size = ui::type::button, .weight = ui::Weight::bold, .max_lines = 1};
  const std::string preedit = pinyin_->preedit();
  const std::string hint = ui.tr("keyboard.how_to_choose");
  const float hint_width = ui.text_width(hint, small) + 4;
  if (ui.text_width(preedit, big) + gap + hint_width <= row.w) {
    ui.label(row.take_right(hint_width, gap), hint, small);
  }
  ui.label(row, preedit, big);
}

Keyboard::Tapped Keyboard::draw_candidates(const Pass& pass, Area row) {
  ui::Ui& ui = pass.ui;
  const std::vector<std::string> texts = pinyin_->candidates(0, row_candidates + 1);
  Tapped tapped;
  std::size_t shown = 0;
  for (; shown < std::min(texts.size(), row_candidates); ++shown) {
    const float room = row.w - narrowest_more - gap;
    const float wanted = candidate_width(ui, texts[shown]);
    if (wanted > room && shown > 0) break;
    const Area place = row.take_left(std::min(wanted, room), gap);
    if (draw_candidate(ui, place, shown, texts[shown])) tapped = {"candidate", shown};
  }
  if (shown == texts.size()) return tapped;
  const std::string more = ui.tr("keyboard.more");
  const CapFace face{.words = more, .icon = "chevron-down", .look = ui::Look::normal};
  if (caps_.draw(ui, "candidate.more", row, face)) tapped = {"more"};
  return tapped;
}

Keyboard::Tapped Keyboard::draw_page(const Pass& pass, Area grid, Area foot) {
  ui::Ui& ui = pass.ui;
  const std::size_t first = pages_.back();
  const std::vector<std::string> texts = pinyin_->candidates(first, page_candidates + 1);
  std::vector<float> widths;
  for (const std::string& text : texts) widths.push_back(candidate_width(ui, text));
  const std::vector<Area> places = seats(widths, grid, page_columns, page_lines, gap);
  page_end_ = first + places.size();
  Tapped tapped;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (draw_candidate(ui, places[i], first + i, texts[i])) tapped = {"candidate", first + i};
  }
  const std::vector<Area> keys = foot.columns({1, 1, 1, 1}, gap);
  const auto turn = [&](std::size_t seat, std::string_view name, std::string_view key, bool can) {
    const std::string words = ui.tr(key);
    const CapFace face{.words = words, .look = can ? ui::Look::normal : ui::Look::quiet};
    if (caps_.draw(ui, fmt::format("candidate.{}", name), keys[seat], face)) tapped = {name};
  };
  turn(0, "fewer", "keyboard.fewer", true);
  turn(1, "previous", "keyboard.previous", pages_.size() > 1);
  turn(2, "next", "keyboard.next", places.size() < texts.size());
  if (draw_cap(pass, {"backspace", keys[3]})) tapped = {"backspace"};
  return tapped;
}

bool Keyboard::draw_candidate(ui::Ui& ui, Area area, std::size_t index, std::string_view text) {
  const bool first = index == 0;
  return caps_.draw(ui, fmt::format("candidate.{}", index), area,
                    {.words = text,
                     .look = first ? ui::Look::primary : ui::Look::key,
                     .size = letter_size,
                     .weight = first ? ui::Weight::bold : ui::Weight::regular});
}

bool Keyboard::draw_cap(const Pass& pass, const Cap& cap) {
  ui::Ui& ui = pass.ui;
  const NamedCap* named = named_cap(cap.name);
  if (named == nullptr) {
    std::string words;
    base::append_utf8(words, shifted(first_character(cap.name)));
    return caps_.draw(ui, key_id(cap.name), cap.area,
                      {.words = words, .size = letter_size, .weight = ui::Weight::regular});
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
  const std::string_view cap = tapped.cap;
  if (cap.empty()) return false;
  if (const Tab* tab = find_tab(cap)) {
    settle(pass.field);
    chosen_mode_ = tab->mode;
    shift_ = Shift::off;
  } else if (cap == "candidate") {
    choose(pass.field, tapped.candidate);
  } else if (cap == "more") {
    pages_ = {0};
  } else if (cap == "fewer") {
    pages_.clear();
  } else if (cap == "next") {
    pages_.push_back(page_end_);
  } else if (cap == "previous") {
    pages_.pop_back();
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
    pages_.clear();
    // A letter too many is dropped; what stands goes on.
    pinyin_->key(static_cast<char>(character));
    return true;
  }
  if (!composing()) return false;
  if (character == U' ') {
    settle(pass.field);
    return true;
  }
  if (character >= U'1' && character < U'1' + row_candidates) {
    choose(pass.field, character - U'1');
    return true;
  }
  return false;
}

void Keyboard::erase(ui::TextField& field) {
  pages_.clear();
  if (composing()) {
    pinyin_->backspace();
  } else {
    field.backspace();
  }
}

void Keyboard::choose(ui::TextField& field, std::size_t index) {
  pages_.clear();
  field.insert(pinyin_->choose(index));
}

// Ends the composition by its first candidates; letters that mean nothing stay letters.
void Keyboard::settle(ui::TextField& field) {
  std::string before;
  while (composing() && pinyin_->preedit() != before) {
    before = pinyin_->preedit();
    choose(field, 0);
  }
  if (!composing()) return;
  field.insert(before);
  drop();
}

void Keyboard::drop() {
  pages_.clear();
  pinyin_->clear();
}

}  // namespace input
