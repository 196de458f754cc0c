#include "kiosk/app/home_screen.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "kiosk/ui/patterns.h"

namespace app {
namespace {

using ui::Area;

constexpr int main_columns = 2;
constexpr float main_tile_most = 286;

// What differs between screens, in u.
struct Sizes {
  float top, greeting, gap;
  float hero;  // height of the first door: standing the least, lying the most
  float search;
  int small_columns;
  float small_tile, small_gap;
};
constexpr Sizes standing{.top = 36,
                         .greeting = ui::type::h1,
                         .gap = 22,
                         .hero = 256,
                         .search = 96,
                         .small_columns = 3,
                         .small_tile = 136,
                         .small_gap = 18};
constexpr Sizes lying{.top = 32,
                      .greeting = ui::type::h1,
                      .gap = 22,
                      .hero = 330,
                      .search = 96,
                      .small_columns = 3,
                      .small_tile = 110,
                      .small_gap = 18};
constexpr Sizes small_standing{.top = 14,
                               .greeting = 48,
                               .gap = 14,
                               .hero = 212,
                               .search = 88,
                               .small_columns = 2,
                               .small_tile = 88,
                               .small_gap = 14};
constexpr Sizes small_lying{.top = 16,
                            .greeting = 44,
                            .gap = 14,
                            .hero = 400,
                            .search = 84,
                            .small_columns = 3,
                            .small_tile = 84,
                            .small_gap = 14};

const Sizes& sizes_for(const ui::Metrics& metrics) {
  if (metrics.compact()) return metrics.portrait() ? small_standing : small_lying;
  return metrics.portrait() ? standing : lying;
}

class HomeScreen final : public ui::Screen {
 public:
  HomeScreen(const service::Catalogue& catalogue, const FactSource& facts)
      : catalogue_(catalogue), facts_(facts) {}

  ui::Go draw(ui::Ui& ui, const ui::Page& page) override {
    go_ = ui::Go::stay();
    Area body = page.body.inset(ui.metrics().margin(), 0);
    body.take_bottom(20);
    const Sizes& sizes = sizes_for(ui.metrics());
    if (ui.metrics().portrait()) {
      draw_portrait(ui, body, sizes);
    } else if (ui.metrics().compact()) {
      draw_low(ui, body, sizes);
    } else {
      draw_landscape(ui, body, sizes);
    }
    return go_;
  }

  [[nodiscard]] std::string name() const override { return "home"; }
  [[nodiscard]] ui::Idle idle() const override { return ui::Idle::none; }
  [[nodiscard]] bool has_actions() const override { return false; }

 private:
  // From the lower end up: what is small keeps its size, the first door takes what is left.
  void draw_portrait(ui::Ui& ui, Area body, const Sizes& sizes) {
    body.take_top(sizes.top);
    body.take_top(ui.heading(body, ui.tr("home.greeting"), sizes.greeting), 18);
    draw_offline(ui, body);
    draw_privacy(ui, body.take_bottom(64, sizes.gap));
    draw_called(ui, body);
    draw_small_tiles(ui, body, sizes);
    const float tiles = body.h - sizes.hero - sizes.search - 2 * sizes.gap;
    draw_main_tiles(ui, body.take_bottom(main_height(tiles, sizes), sizes.gap), sizes);
    draw_search(ui, body.take_bottom(sizes.search, sizes.gap));
    draw_hero(ui, body);
  }

  void draw_landscape(ui::Ui& ui, Area body, const Sizes& sizes) {
    body.take_top(sizes.top);
    Area left = body.take_left(672, 40);
    left.take_top(ui.heading(left, ui.tr("home.greeting"), sizes.greeting), 20);
    draw_offline(ui, left);
    draw_privacy(ui, left.take_bottom(96, 12));
    draw_doors(ui, left, body, sizes);
  }

  // Hardly any height: what is said to everybody stands beside the greeting and across the screen.
  void draw_low(ui::Ui& ui, Area body, const Sizes& sizes) {
    draw_privacy(ui, body.take_bottom(64, 12));
    body.take_top(sizes.top);
    Area greeting = body;
    Area left = body.take_left(560, 32);
    const float height = ui.heading(left, ui.tr("home.greeting"), sizes.greeting);
    greeting.take_left(592);
    const float top = greeting.y;
    draw_offline(ui, greeting);
    const float used = std::max(height + sizes.gap, greeting.y - top);
    left.take_top(used), body.take_top(used);
    draw_doors(ui, left, body, sizes);
  }

  // Lying: the first door, the search and who is called at the left, the tiles at the right.
  void draw_doors(ui::Ui& ui, Area left, Area right, const Sizes& sizes) {
    draw_called(ui, left);
    const float hero = std::min(left.h - sizes.search - sizes.gap, sizes.hero);
    draw_hero(ui, left.take_top(hero, sizes.gap));
    draw_search(ui, left.take_top(sizes.search));
    draw_small_tiles(ui, right, sizes);
    draw_main_tiles(ui, right, sizes);
  }

  void draw_small_tiles(ui::Ui& ui, Area& area, const Sizes& sizes) {
    const auto tiles = seats(service::Seat::small);
    if (tiles.empty()) return;
    const auto seat = [&sizes](const Area& grid, std::size_t index) {
      return grid.cell(static_cast<int>(index), sizes.small_columns, sizes.small_tile,
                       sizes.small_gap);
    };
    const float height = ui::grid_height(static_cast<int>(tiles.size()), sizes.small_columns,
                                         sizes.small_tile, sizes.small_gap);
    const Area grid = area.take_bottom(height, sizes.gap);
    const float size = ui::small_title_size(ui, seat(grid, 0), titles(ui, tiles));
    for (std::size_t i = 0; i < tiles.size(); ++i) {
      if (ui::small_tile(ui, id_of(*tiles[i]), seat(grid, i), face(ui, *tiles[i]), size)) {
        open(*tiles[i]);
      }
    }
  }

  void draw_main_tiles(ui::Ui& ui, const Area& area, const Sizes& sizes) {
    const auto tiles = seats(service::Seat::main);
    const float height = main_tile_height(area.h, sizes);
    const auto seat = [&](std::size_t index) {
      return area.cell(static_cast<int>(index), main_columns, height, sizes.gap);
    };
    const float size = ui::main_title_size(ui, seat(0), titles(ui, tiles));
    for (std::size_t i = 0; i < tiles.size(); ++i) {
      if (ui::main_tile(ui, id_of(*tiles[i]), seat(i), face(ui, *tiles[i]), size)) open(*tiles[i]);
    }
  }

  static std::vector<std::string> titles(const ui::Ui& ui,
                                         const std::vector<const service::Tile*>& tiles) {
    std::vector<std::string> words;
    for (const service::Tile* each : tiles) words.push_back(each->title.in(ui.language()));
    return words;
  }

  // One tile's, where all of them may take up this much.
  [[nodiscard]] float main_tile_height(float room, const Sizes& sizes) const {
    const std::size_t count = seats(service::Seat::main).size();
    const auto rows = static_cast<float>((count + main_columns - 1) / main_columns);
    return std::min((room + sizes.gap) / std::max(rows, 1.0F) - sizes.gap, main_tile_most);
  }
  [[nodiscard]] float main_height(float room, const Sizes& sizes) const {
    return ui::grid_height(static_cast<int>(seats(service::Seat::main).size()), main_columns,
                           main_tile_height(room, sizes), sizes.gap);
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

  static std::string id_of(const service::Tile& tile) { return "home." + tile.service; }
  void open(const service::Tile& tile) { go_ = ui::Go::open(tile.service); }

  void draw_hero(ui::Ui& ui, Area area) {
    for (const service::Tile* tile : seats(service::Seat::first)) {
      ui::TileFace shown = face(ui, *tile);
      if (!shown.fact.empty()) shown.line += "\n" + shown.fact;
      if (ui::hero_tile(ui, id_of(*tile), area, shown)) open(*tile);
      return;
    }
  }

  void draw_search(ui::Ui& ui, Area area) {
    for (const service::Tile* tile : seats(service::Seat::search)) {
      const std::string title = tile->title.in(ui.language());
      const std::string example = tile->line.empty() ? "" : tile->line.in(ui.language());
      const ui::Ui::Face control =
          ui.control(id_of(*tile), area, ui::Look::normal, ui::space::radius_card,
                     {ui::Role::button, {}, title, {}, {}, true, false});
      if (control.activated) open(*tile);
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
    ui.label(inside, called,
             ui.fitting(called, {.size = 28, .weight = ui::Weight::bold, .line = 1.2F}, inside));
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
