#include "platform/device/raster.h"

#include <imgui/imgui.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <span>

namespace device {
namespace {

constexpr int tile_width = 64;
constexpr int tile_height = 32;

// Atlas::generation and where its texels are, for the length of one frame.
struct Texture {
  const std::uint8_t* texels;
  std::uint64_t generation;

  [[nodiscard]] const std::uint8_t* at(int x, int y) const {
    return texels + static_cast<std::ptrdiff_t>(y) * Atlas::side + x;
  }
};

struct Colour {
  std::uint32_t rgb;    // 0x00RRGGBB
  std::uint32_t alpha;  // 0 to 255
};

Colour colour_of(ImU32 packed) {
  const auto channel = [packed](unsigned shift) { return packed >> shift & 0xffU; };
  return {channel(IM_COL32_R_SHIFT) << 16U | channel(IM_COL32_G_SHIFT) << 8U |
              channel(IM_COL32_B_SHIFT),
          channel(IM_COL32_A_SHIFT)};
}

// Source over destination. Two channels are mixed in one multiplication, with alpha widened to
// 0 … 256, so that nothing and everything are exact.
std::uint32_t mix(std::uint32_t below, std::uint32_t above, std::uint32_t alpha) {
  const std::uint32_t over = alpha + (alpha >> 7U);
  const std::uint32_t under = 256 - over;
  const std::uint32_t red_blue =
      ((above & 0xff00ffU) * over + (below & 0xff00ffU) * under) >> 8U & 0xff00ffU;
  const std::uint32_t green =
      ((above & 0x00ff00U) * over + (below & 0x00ff00U) * under) >> 8U & 0x00ff00U;
  return red_blue | green;
}

// a × b for parts of 255, rounded.
std::uint32_t part(std::uint32_t a, std::uint32_t b) {
  return (a * b + 127) / 255;
}

// What is drawn: a plain rectangle, a rectangle of texels one to a pixel, or a triangle.
struct Primitive {
  enum class Kind : std::uint8_t { fill, sprite, triangle };
  Kind kind;
  Colour colour;
  Rect bounds;                                // clipped
  int texel_x = 0, texel_y = 0;               // of a sprite: texel = pixel + this
  std::array<const ImDrawVert*, 3> corner{};  // of a triangle

  [[nodiscard]] bool hides(const Rect& place) const {
    return kind == Kind::fill && colour.alpha == 255 && bounds.contains(place);
  }
};

// ---- hashing -----------------------------------------------------------------------------------

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

// ---- reading draw lists ------------------------------------------------------------------------

// The first pixel whose centre lies at or behind `edge`. Far outside is as good as outside.
int first_pixel(float edge) {
  return static_cast<int>(std::ceil(std::clamp(edge, -1e6F, 1e6F) - 0.5F));
}

Rect pixels_between(const ImVec2& from, const ImVec2& to) {
  return {first_pixel(from.x), first_pixel(from.y), first_pixel(to.x), first_pixel(to.y)};
}

int texel_near(float coordinate) {
  return static_cast<int>(std::lround(coordinate * static_cast<float>(Atlas::side)));
}

bool same(const ImVec2& a, const ImVec2& b) {
  return a.x == b.x && a.y == b.y;
}

// Two triangles 0 1 2, 0 2 3 over consecutive vertices, as ImDrawList::PrimRect writes them.
bool is_quad(const ImDrawIdx* index) {
  const unsigned a = index[0];
  return index[1] == a + 1 && index[2] == a + 2 && index[3] == a && index[4] == a + 2 &&
         index[5] == a + 3;
}

// Upper left, upper right, lower right, lower left of a rectangle with parallel texture and one
// colour.
bool is_upright(const ImDrawVert* v) {
  const auto upright = [](const ImVec2& a, const ImVec2& b, const ImVec2& c, const ImVec2& d) {
    return a.y == b.y && b.x == c.x && c.y == d.y && d.x == a.x;
  };
  return upright(v[0].pos, v[1].pos, v[2].pos, v[3].pos) &&
         upright(v[0].uv, v[1].uv, v[2].uv, v[3].uv) && v[0].pos.x <= v[2].pos.x &&
         v[0].pos.y <= v[2].pos.y && v[0].col == v[1].col && v[0].col == v[2].col &&
         v[0].col == v[3].col;
}

// Turns one frame's draw lists into primitives, in drawing order, without those that are nowhere
// to be seen.
class Reader {
 public:
  Reader(Rect canvas, std::vector<Primitive>& primitives)
      : canvas_(canvas), primitives_(primitives) {}

  void read(const ImDrawList& list) {
    for (const ImDrawCmd& command : list.CmdBuffer) {
      if (command.UserCallback != nullptr) continue;
      const ImVec4& clip = command.ClipRect;
      clip_ = intersect(canvas_, pixels_between({clip.x, clip.y}, {clip.z, clip.w}));
      if (clip_.empty()) continue;
      read(list.VtxBuffer.Data + command.VtxOffset,
           {list.IdxBuffer.Data + command.IdxOffset, command.ElemCount});
    }
  }

 private:
  void read(const ImDrawVert* vertices, std::span<const ImDrawIdx> indices) {
    for (std::size_t at = 0; at + 3 <= indices.size();) {
      const ImDrawIdx* index = &indices[at];
      if (at + 6 <= indices.size() && is_quad(index) && quad(vertices + index[0])) {
        at += 6;
      } else {
        triangle({vertices + index[0], vertices + index[1], vertices + index[2]});
        at += 3;
      }
    }
  }

  // False when it has to be drawn as two triangles: turned, scaled or between pixels.
  bool quad(const ImDrawVert* v) {
    if (!is_upright(v)) return false;
    const Rect whole = pixels_between(v[0].pos, v[2].pos);
    Primitive primitive{.kind = Primitive::Kind::fill,
                        .colour = colour_of(v[0].col),
                        .bounds = intersect(whole, clip_)};
    if (!same(v[0].uv, v[2].uv)) {
      const int x = texel_near(v[0].uv.x);
      const int y = texel_near(v[0].uv.y);
      const Rect texels{x, y, texel_near(v[2].uv.x), texel_near(v[2].uv.y)};
      if (texels.width() != whole.width() || texels.height() != whole.height()) return false;
      if (!Rect{0, 0, Atlas::side, Atlas::side}.contains(texels)) return false;
      primitive.kind = Primitive::Kind::sprite;
      primitive.texel_x = x - whole.x0;
      primitive.texel_y = y - whole.y0;
    } else if (v[0].uv.x != Atlas::white_uv || v[0].uv.y != Atlas::white_uv) {
      return false;
    }
    keep(primitive);
    return true;
  }

  void triangle(const std::array<const ImDrawVert*, 3>& corner) {
    const auto [left, right] = std::minmax({corner[0]->pos.x, corner[1]->pos.x, corner[2]->pos.x});
    const auto [top, bottom] = std::minmax({corner[0]->pos.y, corner[1]->pos.y, corner[2]->pos.y});
    Rect bounds = pixels_between({left, top}, {right, bottom});
    // A centre that lies exactly on the last edge belongs to it.
    ++bounds.x1, ++bounds.y1;
    keep({.kind = Primitive::Kind::triangle,
          .colour = colour_of(corner[0]->col),
          .bounds = intersect(bounds, clip_),
          .corner = corner});
  }

  void keep(const Primitive& primitive) {
    if (primitive.bounds.empty()) return;
    if (primitive.kind != Primitive::Kind::triangle && primitive.colour.alpha == 0) return;
    primitives_.push_back(primitive);
  }

  Rect canvas_;
  Rect clip_;
  std::vector<Primitive>& primitives_;
};

// ---- drawing -----------------------------------------------------------------------------------

void draw_fill(const Primitive& primitive, const Rect& place, Canvas& canvas) {
  const auto [rgb, alpha] = primitive.colour;
  for (int y = place.y0; y < place.y1; ++y) {
    std::uint32_t* const begin = canvas.row(y) + place.x0;
    std::uint32_t* const end = canvas.row(y) + place.x1;
    if (alpha == 255) {
      std::fill(begin, end, rgb);
    } else {
      for (std::uint32_t* pixel = begin; pixel != end; ++pixel) *pixel = mix(*pixel, rgb, alpha);
    }
  }
}

void draw_sprite(const Primitive& primitive, const Rect& place, const Texture& texture,
                 Canvas& canvas) {
  const auto [rgb, alpha] = primitive.colour;
  for (int y = place.y0; y < place.y1; ++y) {
    std::uint32_t* const pixel = canvas.row(y) + place.x0;
    const std::uint8_t* const texel =
        texture.at(place.x0 + primitive.texel_x, y + primitive.texel_y);
    for (int x = 0; x < place.width(); ++x) {
      if (texel[x] == 0) continue;
      const std::uint32_t coverage = alpha == 255 ? texel[x] : part(texel[x], alpha);
      pixel[x] = coverage == 255 ? rgb : mix(pixel[x], rgb, coverage);
    }
  }
}

// Corners in 1/256 pixels: which pixels a triangle has is exact whole-number arithmetic, so a
// tile redrawn alone has the pixels of a picture drawn whole.
struct Point {
  std::int64_t x;
  std::int64_t y;
};

Point point_of(const ImVec2& at) {
  const auto fixed = [](float v) { return std::llround(std::clamp(v, -1e6F, 1e6F) * 256); };
  return {fixed(at.x), fixed(at.y)};
}

// Twice the area of a, b, p: positive when p lies to the right of a → b (y grows downwards).
std::int64_t side_of(const Point& a, const Point& b, const Point& p) {
  return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
}

// Of two triangles that share an edge exactly one has the pixels whose centre lies on it.
bool owns_edge(const Point& a, const Point& b) {
  return a.y == b.y ? b.x > a.x : b.y < a.y;
}

class Triangle {
 public:
  explicit Triangle(const Primitive& primitive) : corner_(primitive.corner) {
    for (std::size_t i = 0; i < 3; ++i) point_[i] = point_of(corner_[i]->pos);
    area_ = side_of(point_[0], point_[1], point_[2]);
    if (area_ < 0) {
      std::swap(corner_[1], corner_[2]);
      std::swap(point_[1], point_[2]);
      area_ = -area_;
    }
    flat_ = corner_[0]->col == corner_[1]->col && corner_[0]->col == corner_[2]->col;
    plain_ = same(corner_[0]->uv, corner_[1]->uv) && same(corner_[0]->uv, corner_[2]->uv);
  }

  void draw(const Rect& place, const Texture& texture, Canvas& canvas) const {
    if (area_ == 0) return;
    for (int y = place.y0; y < place.y1; ++y) {
      std::uint32_t* const row = canvas.row(y);
      for (int x = place.x0; x < place.x1; ++x) {
        const Point centre{std::int64_t{x} * 256 + 128, std::int64_t{y} * 256 + 128};
        const Shares shares = shares_at(centre);
        if (!has(shares)) continue;
        const Colour colour = colour_at(shares);
        const std::uint32_t alpha = part(colour.alpha, coverage_at(shares, texture));
        row[x] = mix(row[x], colour.rgb, alpha);
      }
    }
  }

 private:
  // How much of each corner a pixel has, in parts of area_.
  using Shares = std::array<std::int64_t, 3>;

  [[nodiscard]] Shares shares_at(const Point& p) const {
    return {side_of(point_[1], point_[2], p), side_of(point_[2], point_[0], p),
            side_of(point_[0], point_[1], p)};
  }

  [[nodiscard]] bool has(const Shares& shares) const {
    for (std::size_t i = 0; i < 3; ++i) {
      if (shares[i] < 0) return false;
      if (shares[i] == 0 && !owns_edge(point_[(i + 1) % 3], point_[(i + 2) % 3])) return false;
    }
    return true;
  }

  [[nodiscard]] Colour colour_at(const Shares& shares) const {
    if (flat_) return colour_of(corner_[0]->col);
    std::uint32_t packed = 0;
    for (unsigned shift = 0; shift < 32; shift += 8) {
      std::int64_t sum = area_ / 2;
      for (std::size_t i = 0; i < 3; ++i) sum += shares[i] * (corner_[i]->col >> shift & 0xffU);
      packed |= static_cast<std::uint32_t>(sum / area_) << shift;
    }
    return colour_of(packed);
  }

  [[nodiscard]] std::uint32_t coverage_at(const Shares& shares, const Texture& texture) const {
    ImVec2 uv = corner_[0]->uv;
    if (!plain_) {
      double u = 0;
      double v = 0;
      for (std::size_t i = 0; i < 3; ++i) {
        u += static_cast<double>(shares[i]) * static_cast<double>(corner_[i]->uv.x);
        v += static_cast<double>(shares[i]) * static_cast<double>(corner_[i]->uv.y);
      }
      const auto whole = static_cast<double>(area_);
      uv = {static_cast<float>(u / whole), static_cast<float>(v / whole)};
    }
    const auto texel = [](float coordinate) {
      const int at = static_cast<int>(coordinate * static_cast<float>(Atlas::side));
      return std::clamp(at, 0, Atlas::side - 1);
    };
    return *texture.at(texel(uv.x), texel(uv.y));
  }

  std::array<const ImDrawVert*, 3> corner_;
  std::array<Point, 3> point_{};
  std::int64_t area_ = 0;
  bool flat_ = false;   // one colour
  bool plain_ = false;  // one texel
};

void draw_primitive(const Primitive& primitive, const Rect& tile, const Texture& texture,
                    Canvas& canvas) {
  const Rect place = intersect(primitive.bounds, tile);
  switch (primitive.kind) {
    case Primitive::Kind::fill: return draw_fill(primitive, place, canvas);
    case Primitive::Kind::sprite: return draw_sprite(primitive, place, texture, canvas);
    case Primitive::Kind::triangle: return Triangle(primitive).draw(place, texture, canvas);
  }
}

// ---- tiles -------------------------------------------------------------------------------------

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

  void read(const ImDrawData& frame) {
    primitives.clear();
    Reader reader({0, 0, size.width, size.height}, primitives);
    for (int i = 0; i < frame.CmdListsCount; ++i) reader.read(*frame.CmdLists[i]);
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
      draw_fill({.kind = Primitive::Kind::fill, .colour = {0, 255}, .bounds = tile.place},
                tile.place, canvas);
    }
    for (const std::uint32_t number : tile.members) {
      draw_primitive(primitives[number], tile.place, texture, canvas);
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
  const Texture texture{atlas.pixels().data(), atlas.generation()};
  state_->fit(size, canvas);
  state_->read(frame);
  state_->sort_into_tiles(texture.generation);
  return state_->draw_changed(texture, canvas);
}

void Raster::invalidate() {
  state_->all = true;
}

}  // namespace device
