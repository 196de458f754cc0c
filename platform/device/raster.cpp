#include "platform/device/raster.h"

#include <imgui/imgui.h>

#include <cstring>
#include <utility>

#include "platform/device/paint.h"
#include "platform/device/primitive.h"

namespace device {
namespace {

constexpr int tile_width = 64;
constexpr int tile_height = 32;
constexpr Colour black{.rgb = 0, .alpha = 255};

// Multiplying by 2^64 / golden ratio spreads every bit upwards; the shift brings it down again.
std::uint64_t stir(std::uint64_t hash, std::uint64_t value) {
  hash = (hash ^ value) * 0x9E3779B97F4A7C15U;
  return hash ^ hash >> 32U;
}

std::uint64_t pair(int high, int low) {
  return static_cast<std::uint64_t>(static_cast<std::uint32_t>(high)) << 32U |
         static_cast<std::uint32_t>(low);
}

std::uint64_t bits_of(float value) {
  std::uint32_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}

std::uint64_t stir_corner(std::uint64_t hash, const ImDrawVert& corner) {
  hash = stir(hash, bits_of(corner.pos.x) << 32U | bits_of(corner.pos.y));
  hash = stir(hash, bits_of(corner.uv.x) << 32U | bits_of(corner.uv.y));
  return stir(hash, corner.col);
}

// Equal hashes stand for equal pixels inside `place`: a fill that grows elsewhere keeps its hash
// here.
std::uint64_t stir_primitive(std::uint64_t hash, const Primitive& primitive, const Rect& place,
                             std::uint64_t generation) {
  hash = stir(hash, pair(place.x0, place.y0));
  hash = stir(hash, pair(place.x1, place.y1));
  if (primitive.kind == Primitive::Kind::triangle) {
    for (const ImDrawVert* corner : primitive.corner) hash = stir_corner(hash, *corner);
    return stir(hash, generation);
  }
  hash = stir(hash, std::uint64_t{primitive.colour.alpha} << 32U | primitive.colour.rgb);
  if (primitive.kind == Primitive::Kind::fill) return hash;
  return stir(stir(hash, pair(primitive.texel_x, primitive.texel_y)), generation + 1);
}

struct Tile {
  Rect place;
  std::uint64_t shown = 0;             // hash of what the canvas has
  std::uint64_t wanted = 0;            // hash of what this frame has
  std::vector<std::uint32_t> members;  // numbers of the primitives to draw, in order
};

// Joins a run of changed tiles to the same run in the row above.
void append_run(std::vector<Rect>& damage, const Rect& run) {
  for (Rect& above : damage) {
    if (above.y1 == run.y0 && above.x0 == run.x0 && above.x1 == run.x1) {
      above.y1 = run.y1;
      return;
    }
  }
  damage.push_back(run);
}

}  // namespace

struct Raster::State {
  Size size;
  int columns = 0;
  std::vector<Tile> tiles;  // row after row
  std::vector<Primitive> primitives;
  bool all = true;  // the next draw() draws every tile

  void fit(Size wanted, Canvas& canvas) {
    if (canvas.width != wanted.width || canvas.height != wanted.height) {
      canvas = Canvas(wanted.width, wanted.height);
      all = true;
    }
    if (size == wanted) return;
    size = wanted;
    all = true;
    tiles.clear();
    columns = (size.width + tile_width - 1) / tile_width;
    for (int y = 0; y < size.height; y += tile_height) {
      for (int x = 0; x < size.width; x += tile_width) {
        const Rect tile{x, y, x + tile_width, y + tile_height};
        tiles.push_back({.place = intersect(tile, canvas.bounds()), .members = {}});
      }
    }
  }

  // Gives every tile the primitives that touch it, without those a later one hides.
  void sort_into_tiles(std::uint64_t generation) {
    for (Tile& tile : tiles) {
      tile.members.clear();
      tile.wanted = 1;
    }
    for (std::uint32_t number = 0; number < primitives.size(); ++number) {
      const Rect& bounds = primitives[number].bounds;
      for (int row = bounds.y0 / tile_height; row <= (bounds.y1 - 1) / tile_height; ++row) {
        for (int column = bounds.x0 / tile_width; column <= (bounds.x1 - 1) / tile_width;
             ++column) {
          add(tiles[static_cast<std::size_t>(row * columns + column)], number, generation);
        }
      }
    }
  }

  void add(Tile& tile, std::uint32_t number, std::uint64_t generation) {
    const Primitive& primitive = primitives[number];
    if (primitive.hides(tile.place)) {
      tile.members.clear();
      tile.wanted = 1;
    }
    tile.members.push_back(number);
    tile.wanted =
        stir_primitive(tile.wanted, primitive, intersect(primitive.bounds, tile.place), generation);
  }

  void draw_tile(const Tile& tile, const Texture& texture, Canvas& canvas) const {
    if (tile.members.empty() || !primitives[tile.members.front()].hides(tile.place)) {
      paint({.kind = Primitive::Kind::fill, .colour = black, .bounds = tile.place}, tile.place,
            texture, canvas);
    }
    for (const std::uint32_t number : tile.members) {
      paint(primitives[number], tile.place, texture, canvas);
    }
  }

  // Draws what changed and says where, run after run.
  std::vector<Rect> draw_changed(const Texture& texture, Canvas& canvas) {
    std::vector<Rect> damage;
    Rect run;
    for (Tile& tile : tiles) {
      const bool continues = !run.empty() && run.x1 == tile.place.x0 && run.y0 == tile.place.y0;
      const bool changed = all || tile.shown != tile.wanted;
      if (!run.empty() && !(continues && changed)) append_run(damage, std::exchange(run, {}));
      if (!changed) continue;
      draw_tile(tile, texture, canvas);
      tile.shown = tile.wanted;
      run = run.empty() ? tile.place : Rect{run.x0, run.y0, tile.place.x1, run.y1};
    }
    if (!run.empty()) append_run(damage, run);
    all = false;
    return damage;
  }
};

Raster::Raster() : state_(std::make_unique<State>()) {}
Raster::Raster(Raster&&) noexcept = default;
Raster& Raster::operator=(Raster&&) noexcept = default;
Raster::~Raster() = default;

std::vector<Rect> Raster::draw(const ImDrawData& frame, const Atlas& atlas, Canvas& canvas) {
  const Size size{static_cast<int>(frame.DisplaySize.x), static_cast<int>(frame.DisplaySize.y)};
  const Texture texture{atlas.pixels().data()};
  state_->fit(size, canvas);
  read_primitives(frame, size, state_->primitives);
  state_->sort_into_tiles(atlas.generation());
  return state_->draw_changed(texture, canvas);
}

void Raster::invalidate() {
  state_->all = true;
}

}  // namespace device
