#include "platform/device/paint.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace device {
namespace {

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

void draw_fill(const Colour& colour, const Rect& place, Canvas& canvas) {
  const auto [rgb, alpha] = colour;
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

}  // namespace

void paint(const Primitive& primitive, const Rect& place, const Texture& texture, Canvas& canvas) {
  const Rect inside = intersect(primitive.bounds, place);
  switch (primitive.kind) {
    case Primitive::Kind::fill: return draw_fill(primitive.colour, inside, canvas);
    case Primitive::Kind::sprite: return draw_sprite(primitive, inside, texture, canvas);
    case Primitive::Kind::triangle: return Triangle(primitive).draw(inside, texture, canvas);
  }
}

}  // namespace device
