#include "kiosk/ui/ui.h"

#include <fmt/format.h>
#include <imgui/imgui.h>
#include <imgui/imgui_internal.h>

#include <algorithm>
#include <cmath>

#include "platform/base/text.h"

namespace ui {
namespace {

constexpr float focus_width = 6;
constexpr float focus_gap = 5;
constexpr float press_depth = 4;
constexpr float error_icon = 32;
constexpr float beside_error_icon = 14;

ImRect rect_px(Area area, const Metrics& metrics) {
  const float s = metrics.scale();
  return {{std::round(area.x * s), std::round(area.y * s)},
          {std::round(area.right() * s), std::round(area.bottom() * s)}};
}

struct Tones {
  Color fill;
  Color ink;
};

Tones tones(const Palette& colors, Tone tone) {
  switch (tone) {
    case Tone::plain: return {colors.sunken, colors.ink2};
    case Tone::tint: return {colors.tint, colors.on_tint};
    case Tone::ok: return {colors.ok_tint, colors.ok};
    case Tone::attention: return {colors.attn_tint, colors.on_attn};
    case Tone::error: return {colors.err_tint, colors.err};
  }
  return {colors.sunken, colors.ink2};
}

// What a control is painted with, by look.
struct Paint {
  Color face, edge, ledge, ink, ink2, pressed;
  float border;
};

Paint paint(const Palette& c, Look look) {
  const float border = c.control_border;
  switch (look) {
    case Look::normal: return {c.surface, c.edge, c.edge, c.ink, c.ink2, c.sunken, border};
    case Look::primary:
      return {c.primary,     c.primary,       c.primary_edge, c.on_primary,
              c.on_primary2, c.primary_press, border};
    case Look::attention:
      return {c.attn_tint, c.attn, c.attn, c.on_attn, c.on_attn, c.sunken, border};
    case Look::selected:
      return {c.tint, c.primary, c.primary, c.on_tint, c.on_tint, c.sunken, border + 2};
    case Look::quiet: return {c.bg, c.line, c.bg, c.ink2, c.ink2, c.bg, 2};
    case Look::key: return {c.surface, c.edge, c.edge, c.ink, c.ink2, c.surface, border};
    case Look::side_key: return {c.bg, c.edge, c.edge, c.ink, c.ink2, c.bg, border};
    case Look::lit_key:
      return {c.primary, c.primary, c.primary, c.on_primary, c.on_primary2, c.primary, border};
  }
  return {c.surface, c.edge, c.edge, c.ink, c.ink2, c.sunken, border};
}

}  // namespace

void Ui::DestroyContext::operator()(ImGuiContext* context) const {
  ImGui::DestroyContext(context);
}

Ui::Ui(device::Atlas& atlas, const Texts& texts, const base::Clock& clock, const Metrics& metrics)
    : context_(ImGui::CreateContext()),
      texts_(texts),
      clock_(clock),
      metrics_(metrics),
      painter_(atlas, metrics_) {
  ImGui::SetCurrentContext(context_.get());
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;
  io.LogFilename = nullptr;
  io.MouseDragThreshold = 1e6F;  // dragging is Kinetic's
  // ImGui insists on a font of its own; its texture is never used.
  io.Fonts->Flags |= ImFontAtlasFlags_NoBakedLines | ImFontAtlasFlags_NoMouseCursors;
  unsigned char* unused = nullptr;
  int width = 0;
  int height = 0;
  io.Fonts->GetTexDataAsAlpha8(&unused, &width, &height);
  io.Fonts->TexUvWhitePixel = {device::Atlas::white_uv, device::Atlas::white_uv};
  ImGuiStyle& style = ImGui::GetStyle();
  style.AntiAliasedLinesUseTex = false;
  style.WindowPadding = {0, 0};
  style.WindowBorderSize = 0;
  style.WindowRounding = 0;
}

Ui::~Ui() = default;

std::string Ui::tr(std::string_view key, const std::vector<base::Hole>& holes) const {
  return texts_.get(language_, key, holes);
}

void Ui::begin(const Input& input) {
  ImGui::SetCurrentContext(context_.get());
  const base::Tick before = now_;
  now_ = clock_.tick();
  input_ = input;
  touched_ = (input.down && !was_down_) || !input.keys.empty() || !input.characters.empty();
  next_redraw_.reset();
  focus_ring_.reset();
  nodes_.clear();
  overflows_.clear();
  shortened_.clear();
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {std::round(metrics_.width() * metrics_.scale()),
                    std::round(metrics_.height() * metrics_.scale())};
  io.DeltaTime = std::max(static_cast<float>((now_ - before).count()) / 1000.0F, 0.001F);
  io.MousePos = input.down || was_down_ ? ImVec2{input.x, input.y} : ImVec2{-FLT_MAX, -FLT_MAX};
  io.MouseDown[0] = input.down;
  io.MouseWheel = 0;
  ImGui::NewFrame();
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize(io.DisplaySize);
  ImGui::Begin("screen", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoScrollWithMouse);
  painter_.target(*ImGui::GetWindowDrawList());
  painter_.fill(screen(), colors().bg);
  move_focus();
  focusable_.clear();
}

const ImDrawData& Ui::end() {
  draw_focus_ring();
  ImGui::End();
  ImGui::Render();
  was_down_ = input_.down;
  return *ImGui::GetDrawData();
}

void Ui::redraw_at(base::Tick when) {
  if (!next_redraw_ || when < *next_redraw_) next_redraw_ = when;
}

void Ui::forget_interaction() {
  ImGui::SetCurrentContext(context_.get());
  ImGui::ClearActiveID();
  focus_.clear();
}

// Tab walks in drawing order; arrows go to the nearest control that way.
void Ui::move_focus() {
  if (focusable_.empty()) return;
  const auto present = std::find_if(focusable_.begin(), focusable_.end(),
                                    [this](const Focusable& each) { return each.id == focus_; });
  const bool none = present == focusable_.end();
  const auto index = present - focusable_.begin();
  const auto count = static_cast<std::ptrdiff_t>(focusable_.size());
  if (take_key(Key::tab)) {
    focus_ = focusable_[static_cast<std::size_t>(none ? 0 : (index + 1) % count)].id;
    return;
  }
  if (take_key(Key::back_tab)) {
    focus_ =
        focusable_[static_cast<std::size_t>(none ? count - 1 : (index + count - 1) % count)].id;
    return;
  }
  if (none) return;
  const auto toward = [&](Key key, float dx, float dy) {
    if (!take_key(key)) return;
    const Area from = present->bounds;
    float best = 1e9F;
    for (const Focusable& each : focusable_) {
      const float x = each.bounds.center_x() - from.center_x();
      const float y = each.bounds.center_y() - from.center_y();
      const float along = x * dx + y * dy;
      const float across = std::abs(x * dy) + std::abs(y * dx);
      if (along < 1 || along + 2 * across >= best) continue;
      best = along + 2 * across;
      focus_ = each.id;
    }
  };
  toward(Key::left, -1, 0);
  toward(Key::right, 1, 0);
  toward(Key::up, 0, -1);
  toward(Key::down, 0, 1);
}

void Ui::draw_focus_ring() {
  if (!focus_ring_) return;
  const float out = focus_gap + focus_width;
  const Area ring = focus_ring_->inset(-out, -out);
  const Color color = colors().focus;
  painter_.fill({ring.x, ring.y, ring.w, focus_width}, color);
  painter_.fill({ring.x, ring.bottom() - focus_width, ring.w, focus_width}, color);
  painter_.fill({ring.x, ring.y, focus_width, ring.h}, color);
  painter_.fill({ring.right() - focus_width, ring.y, focus_width, ring.h}, color);
}

bool Ui::take_key(Key key) {
  const auto found = std::find(input_.keys.begin(), input_.keys.end(), key);
  if (found == input_.keys.end()) return false;
  input_.keys.erase(found);
  return true;
}

bool Ui::pressed_beside(Area area) const {
  const float scale = metrics_.scale();
  return input_.down && !was_down_ && !area.contains(input_.x / scale, input_.y / scale);
}

std::u32string Ui::take_characters() {
  return std::exchange(input_.characters, {});
}

// ---- text ---------------------------------------------------------------------------------------

void Ui::note_overflow(std::string_view words, Area area, const TextBlock& block) {
  const float grace = 2;
  const bool fits = block.width <= area.w + grace && block.height <= area.h + grace;
  if (fits && !breaks_a_word(words, block.lines)) return;
  overflows_.push_back(fmt::format("{} @ {:.0f},{:.0f} {:.0f}x{:.0f} needs {:.0f}x{:.0f}", words,
                                   area.x, area.y, area.w, area.h, block.width, block.height));
}

void Ui::note_shortened(std::string_view words, const TextBlock& block, const TextStyle& style) {
  const bool all =
      style.max_lines == 0 || block.lines.size() <= static_cast<std::size_t>(style.max_lines);
  if (!all) shortened_.emplace_back(words);
}

void Ui::note(Node node) {
  node.view = screen();
  // A view inside another has been drawn within it.
  if (!scrolls_.empty()) node.view = scrolls_.back().view;
  nodes_.push_back(std::move(node));
}

float Ui::text(Area area, std::string_view words, TextStyle style) {
  if (style.color == 0) style.color = colors().ink;
  const TextBlock block = painter_.layout(words, style, area.w);
  note_shortened(words, block, style);
  note_overflow(words, area, block);
  painter_.block(area.x, area.y, area.w, words, block, style);
  note({Role::text, {}, std::string(words), {}, {area.x, area.y, area.w, block.height}});
  return block.height;
}

void Ui::label(Area area, std::string_view words, TextStyle style) {
  if (style.color == 0) style.color = colors().ink;
  const TextBlock block = painter_.layout(words, style, area.w);
  note_shortened(words, block, style);
  note_overflow(words, area, block);
  painter_.block(area.x, area.y + (area.h - block.height) / 2, area.w, words, block, style);
  note({Role::text, {}, std::string(words), {}, area});
}

float Ui::text_height(std::string_view words, const TextStyle& style, float width) {
  return painter_.layout(words, style, width).height;
}

float Ui::text_width(std::string_view words, const TextStyle& style) {
  return painter_.advance(words, style.size, style.weight);
}

TextStyle Ui::fitting(std::string_view words, TextStyle style, Area area) {
  const auto fits = [&] {
    const TextBlock block = painter_.layout(words, style, area.w);
    return block.height <= area.h && !breaks_a_word(words, block.lines);
  };
  while (style.size > type::caption && !fits()) style.size -= 2;
  return style;
}

float Ui::heading(Area area, std::string_view words, float size) {
  const TextStyle style{.size = size, .weight = Weight::bold, .color = colors().ink, .line = 1.3F};
  const TextBlock block = painter_.layout(words, style, area.w);
  note_overflow(words, area, block);
  painter_.block(area.x, area.y, area.w, words, block, style);
  note({Role::heading, {}, std::string(words), {}, {area.x, area.y, area.w, block.height}});
  return block.height;
}

void Ui::icon(Area box, std::string_view name, float size, Color color) {
  painter_.icon(box, name, size, color);
}

void Ui::rule(float x, float y, float width) {
  painter_.fill({x, y, width, 2}, colors().line);
}

void Ui::panel(Area area) {
  const float border = theme_ == Theme::high_contrast ? 3 : 2;
  painter_.ring(area, space::radius_card, border, colors().line, colors().surface);
}

float Ui::chip_width(std::string_view words, bool with_icon) {
  const TextStyle style{.size = type::caption, .weight = Weight::bold};
  return text_width(words, style) + 28 + (with_icon ? 32 : 0);
}

float Ui::chip(float x, float y, std::string_view words, Tone tone, std::string_view icon_name) {
  const Tones paint_with = tones(colors(), tone);
  const Area area{x, y, chip_width(words, !icon_name.empty()), 38};
  if (theme_ == Theme::high_contrast) {
    painter_.ring(area, space::radius_chip, 2, paint_with.ink, paint_with.fill);
  } else {
    painter_.fill_rounded(area, space::radius_chip, paint_with.fill);
  }
  Area inside = area.inset(14, 0);
  if (!icon_name.empty()) icon(inside.take_left(24, 8), icon_name, 24, paint_with.ink);
  label(inside, words,
        {.size = type::caption, .weight = Weight::bold, .color = paint_with.ink, .max_lines = 1});
  return area.w;
}

float Ui::band(Area area, std::string_view words, Tone tone, std::string_view icon_name) {
  const Tones paint_with = tones(colors(), tone);
  const TextStyle style{.size = type::body, .color = paint_with.ink, .line = 1.4F};
  const float height = std::max(text_height(words, style, area.w - 104), 36.0F) + 32;
  const Area box{area.x, area.y, area.w, height};
  painter_.ring(box, space::radius_button, 2,
                tone == Tone::attention ? colors().attn : paint_with.ink, paint_with.fill);
  Area inside = box.inset(20, 0);
  icon(inside.take_left(40, 16), icon_name, 36, paint_with.ink);
  label(inside, words, style);
  return height;
}

// ---- controls -----------------------------------------------------------------------------------

bool Ui::press(std::string_view id, Area area, bool enabled, bool& held) {
  held = false;
  if (!enabled) return false;
  const ImRect box = rect_px(area, metrics_);
  const ImGuiID item = ImGui::GetID(id.data(), id.data() + id.size());
  const bool visible = ImGui::ItemAdd(box, item);
  bool activated = false;
  if (visible) {
    bool hovered = false;
    activated = ImGui::ButtonBehavior(box, item, &hovered, &held);
    held = held && hovered;
  }
  focusable_.push_back({std::string(id), area});
  if (focus_ == id) {
    if (visible) focus_ring_ = area;
    if (take_key(Key::enter)) activated = true;
  }
  if (activated) focus_.clear();
  return activated;
}

Ui::Face Ui::control(std::string_view id, Area area, Look look, float radius, Node node,
                     float ledge) {
  node.id = id;
  node.bounds = area;
  node.enabled = look != Look::quiet;
  node.selected = node.selected || look == Look::selected;
  bool held = false;
  const bool activated = press(id, area, node.enabled, held);
  note(std::move(node));
  if (held && (look == Look::key || look == Look::side_key)) look = Look::lit_key;
  const Paint with = paint(colors(), look);
  Face face{area, with.ink, with.ink2, activated, held};
  if (look == Look::quiet) {
    painter_.ring(area, radius, with.border, with.edge, with.face);
  } else if (held || look == Look::lit_key) {
    const Area lowered{area.x, area.y + press_depth, area.w, area.h - press_depth};
    painter_.ring(lowered, radius, with.border, with.edge, with.pressed);
    face.inside = lowered;
  } else {
    painter_.fill_rounded(area, radius, with.ledge);
    Area upper = area;
    upper.take_bottom(ledge - with.border);
    if (with.edge != with.ledge) painter_.fill_rounded(upper, radius, with.edge);
    Area inner = area.inset(with.border, with.border);
    inner.h = area.h - ledge - with.border;
    painter_.fill_rounded(inner, std::max(0.0F, radius - with.border), with.face);
    face.inside.take_bottom(ledge);
  }
  return face;
}

bool Ui::button(std::string_view id, Area area, std::string_view words, const ButtonStyle& style) {
  const Face face = control(id, area, style.look, style.radius,
                            {style.role, {}, std::string(words), {}, {}, true, false});
  const float icon_size = style.icon.empty() ? 0 : std::max(style.size * 1.1F, 28.0F);
  const float between = style.icon.empty() || words.empty() ? 0 : 14;
  const float room = face.inside.w - 24 - icon_size - between;
  const TextStyle text_style = fitting(words,
                                       {.size = style.size,
                                        .weight = style.weight,
                                        .color = face.ink,
                                        .align = Align::center,
                                        .line = 1.2F},
                                       {face.inside.x, face.inside.y, room, face.inside.h});
  const TextBlock block = painter_.layout(words, text_style, room);
  Area content =
      face.inside.centered(std::min(block.width, room) + icon_size + between, face.inside.h);
  if (!style.icon.empty()) {
    const Area seat = style.icon_behind ? content.take_right(icon_size, between)
                                        : content.take_left(icon_size, between);
    painter_.icon(seat, style.icon, icon_size, face.ink);
  }
  note_overflow(words, {content.x, content.y, room, face.inside.h}, block);
  painter_.block(content.x, content.y + (content.h - block.height) / 2, content.w, words, block,
                 text_style);
  return face.activated;
}

bool Ui::field(std::string_view id, Area area, TextField& typed, const FieldStyle& style) {
  bool held = false;
  const bool touched = press(id, area, true, held);
  note({Role::field, std::string(id), std::string(style.name),
        style.masked ? std::string() : typed.text(), area, true, style.active});
  const bool wrong = !style.error.empty();
  const Color edge = wrong ? colors().err : style.active ? colors().primary : colors().edge;
  painter_.ring(area, space::radius_button, wrong || style.active ? 5 : 3, edge, colors().surface);
  const Area inside = area.inset(24, style.lines ? 18 : 0);
  TextStyle text_style{.size = style.size, .color = colors().ink, .line = 1.5F};

  std::string shown = typed.text();
  std::size_t caret = typed.caret();
  if (style.masked) {
    const std::size_t before = base::count_characters(std::string_view(shown).substr(0, caret));
    std::string dots;
    for (std::size_t i = 0; i < typed.characters(); ++i) dots += "●";
    shown = dots;
    caret = before * std::string_view("●").size();
  }
  const std::size_t composing_from = caret;
  shown.insert(caret, typed.composing());
  caret += typed.composing().size();

  if (shown.empty() && !style.placeholder.empty()) {
    constexpr float behind_caret = 10;
    text_style.color = colors().ink2;
    Area seat = inside;
    if (style.active) seat.take_left(behind_caret);
    const float height = text_height(style.placeholder, text_style, seat.w);
    if (!style.lines) seat = seat.centered(seat.w, height);
    text(seat, style.placeholder, text_style);
    text_style.color = colors().ink;
  }
  const float line_height = painter_.line_height(text_style);
  const TextBlock block = painter_.layout(shown, text_style, style.lines ? inside.w : 1e5F);
  // The line with the caret stays in view; a single line shifts left when it is too long.
  float caret_x = 0;
  std::size_t caret_line = 0;
  for (std::size_t i = 0; i < block.lines.size(); ++i) {
    if (block.lines[i].begin <= caret) caret_line = i;
  }
  const auto width_to = [&](std::size_t from, std::size_t to) {
    return painter_.advance(std::string_view(shown).substr(from, to - from), text_style.size,
                            text_style.weight);
  };
  const std::size_t line_begin = block.lines[caret_line].begin;
  caret_x = width_to(line_begin, std::max(caret, line_begin));
  const float shift_x = style.lines ? 0 : std::max(0.0F, caret_x - inside.w + 8);
  const float below = static_cast<float>(caret_line + 1) * line_height - inside.h;
  const float shift_y = style.lines ? std::max(0.0F, below) : 0;
  const float top = style.lines ? inside.y - shift_y : inside.y + (inside.h - line_height) / 2;
  const ImRect clip = rect_px(inside.inset(-6, style.lines ? -8 : 0), metrics_);
  ImGui::PushClipRect(clip.Min, clip.Max, true);
  painter_.block(inside.x - shift_x, top, inside.w, shown, block, text_style);
  const float caret_y = top + static_cast<float>(caret_line) * line_height;
  if (!typed.composing().empty() && composing_from >= line_begin) {
    const float from_x = inside.x - shift_x + width_to(line_begin, composing_from);
    painter_.fill({from_x, caret_y + line_height - 6, inside.x - shift_x + caret_x - from_x, 3},
                  colors().primary);
  }
  if (style.active) {
    painter_.fill(
        {inside.x - shift_x + caret_x, caret_y + line_height * 0.15F, 4, line_height * 0.7F},
        colors().primary);
  }
  ImGui::PopClipRect();
  if (wrong) {
    Area row = style.error_seat;
    if (row.w <= 0) row = {area.x, area.bottom() + 10, area.w, error_height(style.error, area.w)};
    icon(row.take_left(error_icon, beside_error_icon).take_top(error_icon), "error", error_icon,
         colors().err);
    text(row, style.error, {.size = type::body, .color = colors().err});
  }
  return touched;
}

float Ui::error_height(std::string_view error, float width) {
  const float words = width - error_icon - beside_error_icon;
  return std::max(error_icon, text_height(error, {.size = type::body}, words));
}

// ---- scrolling ----------------------------------------------------------------------------------

Area Ui::begin_scroll(std::string_view /*id*/, Area view, Kinetic& kinetic) {
  const float y = input_.y / metrics_.scale();
  const float x = input_.x / metrics_.scale();
  if (input_.down && !was_down_) {
    if (view.contains(x, y)) kinetic.press(y, now_);
  } else if (input_.down) {
    if (kinetic.held() && kinetic.drag(y, now_)) ImGui::ClearActiveID();
  } else if (kinetic.held()) {
    if (kinetic.dragging()) ImGui::ClearActiveID();
    kinetic.lift(now_);
  }
  if (input_.wheel != 0 && view.contains(x, y)) kinetic.wheel(input_.wheel);
  if (kinetic.glide(now_)) redraw();
  const ImRect clip = rect_px(view, metrics_);
  ImGui::PushClipRect(clip.Min, clip.Max, true);
  scrolls_.push_back({view, &kinetic});
  return view.moved(0, -kinetic.offset());
}

void Ui::end_scroll(float content_bottom) {
  const OpenScroll open = scrolls_.back();
  scrolls_.pop_back();
  ImGui::PopClipRect();
  const float before = open.kinetic->offset();
  const float content = content_bottom - open.view.y + before;
  open.kinetic->fit(content, open.view.h);
  if (open.kinetic->offset() != before) redraw();
  if (content > open.view.h + 1) {
    // A thin bar says that there is more, and where one is.
    const float length = std::max(open.view.h * open.view.h / content, 48.0F);
    const float travel = open.view.h - length;
    const float at = travel * open.kinetic->offset() / (content - open.view.h);
    painter_.fill_rounded({open.view.right() - 8, open.view.y + at, 8, length}, 4, colors().edge);
  }
}

}  // namespace ui
