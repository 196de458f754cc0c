#include "platform/device/primitive.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

#include "platform/device/atlas.h"

namespace device {
namespace {

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

}  // namespace

Colour colour_of(ImU32 packed) {
  const auto channel = [packed](unsigned shift) { return packed >> shift & 0xffU; };
  return {channel(IM_COL32_R_SHIFT) << 16U | channel(IM_COL32_G_SHIFT) << 8U |
              channel(IM_COL32_B_SHIFT),
          channel(IM_COL32_A_SHIFT)};
}

void read_primitives(const ImDrawData& frame, Size screen, std::vector<Primitive>& primitives) {
  primitives.clear();
  Reader reader({0, 0, screen.width, screen.height}, primitives);
  for (int i = 0; i < frame.CmdListsCount; ++i) reader.read(*frame.CmdLists[i]);
}

}  // namespace device
