#include "kiosk/app/home_screen.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "kiosk/ui/patterns.h"

namespace app {
namespace {

using ui::Area;

class HomeScreen final : public ui::Screen {
 public:
  HomeScreen(const service::Catalogue& catalogue, const FactSource& facts)
      : catalogue_(catalogue), facts_(facts) {}

  ui::Go draw(ui::Ui& ui, const ui::Page& page) override {
    go_ = ui::Go::stay();
    Area body = page.body.inset(ui.metrics().margin(), 0);
    body.take_bottom(20);
    if (ui.metrics().portrait()) {
      draw_portrait(ui, body);
    } else {
      draw_landscape(ui, body);
    }
    return go_;
  }

  [[nodiscard]] std::string name() const override { return "home"; }
  [[nodiscard]] ui::Idle idle() const override { return ui::Idle::none; }
  [[nodiscard]] bool has_actions() const override { return false; }

 private:
  // From the lower end up: what is small keeps its size, the first door takes what is left.
  void draw_portrait(ui::Ui& ui, Area body) {
    body.take_top(36);
    body.take_top(ui.heading(body, ui.tr("home.greeting"), ui::type::h1), 18);
    draw_offline(ui, body);
    draw_privacy(ui, body.take_bottom(72, 16));
    draw_called(ui, body);
    const auto small = seats(service::Seat::small);
    if (!small.empty()) {
      const float height = ui::grid_height(static_cast<int>(small.size()), 3, 136, 18);
      draw_tiles(ui, small, body.take_bottom(height, 22), 3, 136, 18);
    }
    const auto main = seats(service::Seat::main);
    const float rows = static_cast<float>((main.size() + 1) / 2);
    constexpr float hero_least = 256;
    constexpr float search = 96;
    const float left = body.h - hero_least - search - 2 * 22;
    const float tile = std::min((left + 22) / std::max(rows, 1.0F) - 22, 286.0F);
    const float height = ui::grid_height(static_cast<int>(main.size()), 2, tile, 22);
    draw_tiles(ui, main, body.take_bottom(height, 22), 2, tile, 22);
    draw_search(ui, body.take_bottom(search, 22));
    draw_hero(ui, body);
  }

  void draw_landscape(ui::Ui& ui, Area body) {
    body.take_top(32);
    Area left = body.take_left(672, 40);
    left.take_top(ui.heading(left, ui.tr("home.greeting"), ui::type::h1), 20);
    draw_offline(ui, left);
    draw_privacy(ui, left.take_bottom(96, 12));
    draw_called(ui, left);
    Area search = left.take_bottom(96, 22);
    draw_hero(ui, left.take_top(std::min(left.h, 330.0F)));
    draw_search(ui, search);
    const auto main = seats(service::Seat::main);
    const auto small = seats(service::Seat::small);
    const float small_height =
        small.empty() ? 0 : ui::grid_height(static_cast<int>(small.size()), 3, 110, 18) + 22;
    const Area upper = body.take_top(body.h - small_height, 22);
    const float rows = static_cast<float>((main.size() + 1) / 2);
    draw_tiles(ui, main, upper, 2, std::min((upper.h + 22) / rows - 22, 250.0F), 22);
    draw_tiles(ui, small, body, 3, 110, 18);
  }

  [[nodiscard]] std::vector<const service::Tile*> seats(service::Seat seat) const {
    std::vector<const service::Tile*> found;
    for (const service::Tile& each : catalogue_.tiles) {
      if (each.seat == seat) found.push_back(&each);
    }
    return found;
  }

  [[nodiscard]] ui::TileFace face(ui::Ui& ui, const service::Tile& tile) const {
    ui::TileFace face{.icon = {}, .title = tile.title.in(ui.language())};
    if (!tile.line.empty()) face.line = tile.line.in(ui.language());
    if (const service::Service* service = catalogue_.find(tile.service)) {
      face.icon = service->icon;
      const Fact fact = facts_.fact(*service, ui);
      face.fact = fact.words;
      face.tone = fact.tone;
    }
    return face;
  }

  void draw_hero(ui::Ui& ui, Area area) {
    for (const service::Tile* tile : seats(service::Seat::first)) {
      ui::TileFace shown = face(ui, *tile);
      if (!shown.fact.empty()) shown.line += "\n" + shown.fact;
      if (ui::hero_tile(ui, "home." + tile->service, area, shown))
        go_ = ui::Go::open(tile->service);
      return;
    }
  }

  void draw_search(ui::Ui& ui, Area area) {
    for (const service::Tile* tile : seats(service::Seat::search)) {
      const std::string title = tile->title.in(ui.language());
      const std::string example = tile->line.empty() ? "" : tile->line.in(ui.language());
      const ui::Ui::Face control =
          ui.control("home." + tile->service, area, ui::Look::normal, ui::space::radius_card,
                     {ui::Role::button, {}, title, {}, {}, true, false});
      if (control.activated) go_ = ui::Go::open(tile->service);
      Area inside = control.inside.inset(30, 0);
      ui.icon(inside.take_left(44, 16), "search", 40, ui.colors().ink);
      const ui::TextStyle bold{.size = 30, .weight = ui::Weight::bold, .max_lines = 1};
      ui.label(inside.take_left(ui.text_width(title, bold) + 2, 16), title, bold);
      const ui::TileFace shown = face(ui, *tile);
      if (!shown.fact.empty()) {
        const Area seat = inside.take_right(ui.chip_width(shown.fact, false), 16);
        ui.chip(seat.x, seat.center_y() - 19, shown.fact, shown.tone);
      }
      // An example cut short says nothing.
      const ui::TextStyle thin{.size = 30, .color = ui.colors().ink2, .max_lines = 1};
      if (ui.text_width(example, thin) <= inside.w) ui.label(inside, example, thin);
      return;
    }
  }

  void draw_tiles(ui::Ui& ui, const std::vector<const service::Tile*>& tiles, Area area,
                  int columns, float height, float gap) {
    for (std::size_t i = 0; i < tiles.size(); ++i) {
      const Area seat = area.cell(static_cast<int>(i), columns, height, gap);
      const std::string id = "home." + tiles[i]->service;
      const ui::TileFace shown = face(ui, *tiles[i]);
      const bool big = tiles[i]->seat == service::Seat::main;
      if (big ? ui::main_tile(ui, id, seat, shown) : ui::small_tile(ui, id, seat, shown)) {
        go_ = ui::Go::open(tiles[i]->service);
      }
    }
  }

  void draw_offline(ui::Ui& ui, Area& area) {
    const std::string outage = facts_.outage(ui);
    if (outage.empty()) return;
    area.take_top(ui.band(area, outage, ui::Tone::attention, "offline"), 20);
  }

  void draw_called(ui::Ui& ui, Area& area) {
    const std::string called = facts_.now_called(ui);
    if (called.empty()) return;
    const Area box = area.take_bottom(84, 18);
    ui.panel(box);
    Area inside = box.inset(28, 0);
    ui.icon(inside.take_left(44, 16), "bell", 36, ui.colors().on_tint);
    ui.label(inside, called, {.size = 28, .weight = ui::Weight::bold, .max_lines = 1});
  }

  void draw_privacy(ui::Ui& ui, Area area) {
    const std::string more = ui.tr("home.privacy_more");
    const ui::TextStyle style{.size = ui::type::caption, .color = ui.colors().ink2};
    const float width = ui.text_width(more, {.size = 24, .weight = ui::Weight::bold}) + 48;
    const Area seat = area.take_right(width, 16);
    if (ui.button("home.privacy", seat.centered(seat.w, 64), more, {.size = 24})) {
      go_ = ui::Go::open("privacy");
    }
    ui.icon(area.take_left(32, 14), "privacy", 30, ui.colors().ink2);
    ui.label(area, ui.tr("home.privacy"), style);
  }

  const service::Catalogue& catalogue_;
  const FactSource& facts_;
  ui::Go go_;
};

}  // namespace

std::unique_ptr<ui::Screen> make_home_screen(const service::Catalogue& catalogue,
                                             const FactSource& facts) {
  return std::make_unique<HomeScreen>(catalogue, facts);
}

}  // namespace app
