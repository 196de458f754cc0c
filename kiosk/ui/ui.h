// The frame a screen draws into: input of this pass, focus, theme, language, and the basic widgets.
// Every widget says what it is as it is drawn (role, name, state, bounds): that list serves the
// keyboard focus, the scripted visitor of the tests and, later, speech and the audit.
// Built on Dear ImGui for draw lists, clipping and press-release logic. UI thread only.
//
// A screen draws top to bottom with areas in u; a widget returns what happened to it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/ui/area.h"
#include "kiosk/ui/kinetic.h"
#include "kiosk/ui/metrics.h"
#include "kiosk/ui/painter.h"
#include "kiosk/ui/text_field.h"
#include "kiosk/ui/texts.h"
#include "kiosk/ui/theme.h"
#include "platform/base/clock.h"

struct ImDrawData;
struct ImGuiContext;

namespace ui {

enum class Role { button, choice, field, key, text, heading, image };

struct Node {
  Role role = Role::text;
  std::string id;     // "booking.next"; empty for plain text
  std::string label;  // as read out
  std::string value;  // state in words: "已选"; what a field holds
  Area bounds;        // u
  bool enabled = true;
  bool selected = false;
  Area view = {};  // where it may be seen: the scrolling view it stands in, or the screen
};

enum class Key { tab, back_tab, enter, escape, left, right, up, down, backspace, del };

// What reached the screen since the last pass. Positions in pixels.
struct Input {
  float x = 0;
  float y = 0;
  bool down = false;
  float wheel = 0;
  std::vector<Key> keys;
  std::u32string characters;
};

// How a control looks.
enum class Look {
  normal,
  primary,  // the one filled button
  attention,
  selected,
  quiet,     // disabled: `label` says why
  key,       // of a keyboard: filled while held, so that it is seen beside the finger
  side_key,  // one that writes nothing: shift, space
  lit_key,   // a key just after its touch, drawn as if held
};

enum class Tone { plain, tint, ok, attention, error };

class Ui {
 public:
  Ui(device::Atlas& atlas, const Texts& texts, const base::Clock& clock, const Metrics& metrics);
  Ui(const Ui&) = delete;
  Ui& operator=(const Ui&) = delete;
  ~Ui();

  // ---- one pass -------------------------------------------------------------------------------
  void begin(const Input& input);
  // Valid until the next begin().
  const ImDrawData& end();

  // ---- the visit ------------------------------------------------------------------------------
  [[nodiscard]] const std::string& language() const { return language_; }
  void set_language(std::string_view language) { language_ = language; }
  [[nodiscard]] Theme theme() const { return theme_; }
  void set_theme(Theme theme) { theme_ = theme; }
  [[nodiscard]] const Palette& colors() const { return palette(theme_); }
  [[nodiscard]] const Metrics& metrics() const { return metrics_; }
  void set_metrics(const Metrics& metrics) { metrics_ = metrics; }
  [[nodiscard]] Area screen() const { return {0, 0, metrics_.width(), metrics_.height()}; }
  [[nodiscard]] std::string tr(std::string_view key,
                               const std::vector<base::Hole>& holes = {}) const;
  [[nodiscard]] const Texts& texts() const { return texts_; }
  [[nodiscard]] base::Tick tick() const { return now_; }
  // Asks for another pass not later than this.
  void redraw_at(base::Tick when);
  void redraw() { redraw_at(now_); }
  [[nodiscard]] std::optional<base::Tick> next_redraw() const { return next_redraw_; }
  // Forgets focus and presses: a new screen, a wipe.
  void forget_interaction();

  // ---- drawing --------------------------------------------------------------------------------
  [[nodiscard]] Painter& painter() { return painter_; }
  // Wraps into the area's width from its top; returns the height used. Text that does not fit
  // is noted in overflows().
  float text(Area area, std::string_view words, TextStyle style = {});
  // The same, vertically in the middle of the area.
  void label(Area area, std::string_view words, TextStyle style = {});
  [[nodiscard]] float text_height(std::string_view words, const TextStyle& style, float width);
  [[nodiscard]] float text_width(std::string_view words, const TextStyle& style);
  // The style, in a smaller size where the words are too much for the area or a word of theirs is
  // too long for it.
  [[nodiscard]] TextStyle fitting(std::string_view words, TextStyle style, Area area);
  // A heading, in the list of nodes as such. Returns the height used.
  float heading(Area area, std::string_view words, float size = type::question);
  void icon(Area box, std::string_view name, float size, Color color);
  void rule(float x, float y, float width);
  // A panel: not to be pressed, so without a ledge.
  void panel(Area area);
  // A word of state on its tint; returns its width. x, y: upper left corner.
  float chip(float x, float y, std::string_view words, Tone tone, std::string_view icon = {});
  [[nodiscard]] float chip_width(std::string_view words, bool with_icon);
  // A sentence with an icon on a tinted band over the area's width; returns its height.
  float band(Area area, std::string_view words, Tone tone, std::string_view icon);

  // ---- controls -------------------------------------------------------------------------------
  // The ledge, face and focus ring of everything that can be pressed, and its press-release
  // logic. `pressed_by` faces move down while held; returns true when it was activated.
  struct Face {
    Area inside;  // where to draw the content, moved down while held
    Color ink;
    Color ink2;
    bool activated = false;
    bool held = false;  // a finger is on it now
  };
  Face control(std::string_view id, Area area, Look look, float radius, Node node,
               float ledge = space::ledge);

  struct ButtonStyle {
    Look look = Look::normal;
    std::string_view icon = {};
    bool icon_behind = false;
    float size = type::button;
    float radius = space::radius_button;
    Role role = Role::button;
    Weight weight = Weight::bold;
  };
  bool button(std::string_view id, Area area, std::string_view words, const ButtonStyle& style);
  bool button(std::string_view id, Area area, std::string_view words) {
    return button(id, area, words, ButtonStyle{});
  }

  // A typed text. `masked` shows dots. Returns true when it was touched.
  struct FieldStyle {
    bool active = false;
    bool lines = false;  // several lines, text at the top
    bool masked = false;
    std::string_view placeholder = {};
    std::string_view error = {};  // the sentence below the field; the field turns red
    Area error_seat = {};         // where that stands; of no width: right below
    std::string_view name = {};   // as read out
    float size = type::card;
  };
  bool field(std::string_view id, Area area, TextField& field, const FieldStyle& style);
  // Of the sentence below a field.
  [[nodiscard]] float error_height(std::string_view error, float width);

  // A scrolling view. Draw between begin_scroll and end_scroll, starting at the returned area
  // (whose height is the view's); end_scroll is told where the content ended.
  Area begin_scroll(std::string_view id, Area view, Kinetic& kinetic);
  void end_scroll(float content_bottom);

  // ---- keys -----------------------------------------------------------------------------------
  // Characters typed on a real keyboard in this pass; the soft keyboard takes them.
  std::u32string take_characters();
  bool take_key(Key key);
  [[nodiscard]] bool touched() const { return touched_; }
  // A finger came down in this pass, and not on this area.
  [[nodiscard]] bool pressed_beside(Area area) const;
  // Tab or arrows brought some control the focus: Enter is meant for it.
  [[nodiscard]] bool has_focus() const { return !focus_.empty(); }

  // ---- what was drawn -------------------------------------------------------------------------
  [[nodiscard]] const std::vector<Node>& nodes() const { return nodes_; }
  // Texts that were wider or higher than their box, or had a word broken inside, as
  // "text @ x,y w×h".
  [[nodiscard]] const std::vector<std::string>& overflows() const { return overflows_; }
  // Texts whose end is missing because they may take only so many lines.
  [[nodiscard]] const std::vector<std::string>& shortened() const { return shortened_; }
  void note(Node node);

 private:
  struct DestroyContext {
    void operator()(ImGuiContext* context) const;
  };
  struct Focusable {
    std::string id;
    Area bounds;
  };
  struct OpenScroll {
    Area view;
    Kinetic* kinetic;
  };

  bool press(std::string_view id, Area area, bool enabled, bool& held);
  void move_focus();
  void draw_focus_ring();
  void note_overflow(std::string_view words, Area area, const TextBlock& block);
  void note_shortened(std::string_view words, const TextBlock& block, const TextStyle& style);

  std::unique_ptr<ImGuiContext, DestroyContext> context_;
  const Texts& texts_;
  const base::Clock& clock_;
  Metrics metrics_;
  Painter painter_;
  std::string language_ = "zh-Hans";
  Theme theme_ = Theme::day;

  Input input_;
  bool was_down_ = false;
  bool touched_ = false;
  base::Tick now_{};
  std::optional<base::Tick> next_redraw_;
  std::string focus_;
  std::optional<Area> focus_ring_;
  std::vector<Focusable> focusable_;
  std::vector<Node> nodes_;
  std::vector<std::string> overflows_;
  std::vector<std::string> shortened_;
  std::vector<OpenScroll> scrolls_;
};

}  // namespace ui
