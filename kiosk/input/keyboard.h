// The on-screen keyboard: pinyin, Latin letters, digits and signs, docked under the field that is
// being typed into. What is typed on a real keyboard goes the same way. Knows no screen, keeps
// nothing beyond reset(), and reaches Chinese only through Composer. UI thread only.
//
// The program owns one and hands it to the screens. A screen with an active field, in each pass:
//
//   const ui::Area keys = input::Keyboard::place(ui, body, input::Kind::text);   // first
//   …question, field (style.active = true)…
//   if (keyboard.draw(ui, keys, field, input::Kind::text, ui.tr("keyboard.finish"))) …
//
// What is being composed is shown in the field (TextField::composing) and is no part of its text
// yet. It becomes text by Space, a candidate, a sign, the finish key, another tab, and by any
// touch beside the keyboard: a button there finds the field complete when it is let go. Beside the
// candidates stand the letters themselves, for what is no pinyin: English, initials. Where the
// screen understands those (TextField::keep_letters) they become the text unless a candidate is
// touched.
//
// Ids: "key.q" (small, also where a capital stands), "key.，", "key.shift", "key.backspace",
// "key.space", "key.finish"; "candidate.0", "candidate.more", "candidate.letters",
// "candidate.fewer", "candidate.next", "candidate.previous"; "tab.pinyin", "tab.abc", "tab.digits",
// "tab.symbols".
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/input/keyboard_candidates.h"
#include "kiosk/input/keyboard_cap.h"
#include "kiosk/input/keyboard_composer.h"
#include "kiosk/input/keyboard_layout.h"
#include "kiosk/ui/ui.h"

namespace input {

class Keyboard {
 public:
  // Without a composer (nullptr) there is no pinyin tab. It outlives the keyboard.
  explicit Keyboard(Composer* pinyin) : pinyin_(pinyin) {}

  // Takes the keyboard's place off the lower end of the content: the whole width of the screen in
  // portrait, 892 × 420 at the right in landscape; lower on compact screens.
  static ui::Area place(const ui::Ui& ui, ui::Area& content, Kind kind);
  static float height(const ui::Ui& ui, Kind kind);

  // True when the finish key, which says `finish`, or Enter was touched.
  [[nodiscard]] bool draw(ui::Ui& ui, ui::Area area, ui::TextField& field, Kind kind,
                          std::string_view finish);

  // The visit is over.
  void reset();

 private:
  enum class Shift { off, once, locked };
  // What one pass works on.
  struct Pass {
    ui::Ui& ui;
    ui::TextField& field;
    Kind kind;
    Mode mode;
    std::string_view finish;
  };
  // The cap that was tapped in this pass; for "candidate" which.
  struct Tapped {
    std::string_view name;
    std::size_t candidate = 0;
  };

  [[nodiscard]] Mode mode(const ui::Ui& ui, Kind kind) const;
  [[nodiscard]] bool composing() const;
  [[nodiscard]] char32_t shifted(char32_t character) const;
  [[nodiscard]] std::vector<std::string_view> tab_names(const Pass& pass) const;

  Tapped draw_keys(const Pass& pass, ui::Area area);
  Tapped draw_rows(const Pass& pass, ui::Area area, float between,
                   const std::vector<std::string_view>& beside_space);
  Tapped draw_all_candidates(const Pass& pass, ui::Area area, float row, float between);
  Tapped draw_tabs(const Pass& pass, ui::Area row, const std::vector<std::string_view>& names);
  void draw_composition(const Pass& pass, ui::Area row) const;
  bool draw_cap(const Pass& pass, const Cap& cap);
  bool draw_letters(const Pass& pass, ui::Area& row);

  // True when the visitor finished.
  bool act(const Pass& pass, Tapped tapped);
  bool take_real_keys(const Pass& pass);
  void type(const Pass& pass, char32_t character);
  bool compose(const Pass& pass, char32_t character);
  void erase(ui::TextField& field);
  void choose(ui::TextField& field, std::size_t index);
  void settle(ui::TextField& field);
  void take_letters(ui::TextField& field);
  [[nodiscard]] bool keeps_letters(const ui::TextField& field) const;
  void drop();

  Composer* pinyin_;
  std::optional<Mode> chosen_mode_;
  Shift shift_ = Shift::off;
  Caps caps_;
  Candidates candidates_;
};

}  // namespace input
