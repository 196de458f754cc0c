#include "platform/device/raster.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "tests/platform/device/drawing.h"

namespace {

using device::Atlas;
using device::Canvas;
using device::Raster;
using device::Rect;
using device::Weight;
using test::Drawing;

constexpr device::Size screen{256, 128};

bool covers(const std::vector<Rect>& damage, int x, int y) {
  return std::any_of(damage.begin(), damage.end(),
                     [x, y](const Rect& rect) { return rect.contains({x, y, x + 1, y + 1}); });
}

// A little of everything a screen draws.
void draw_page(Drawing& drawing, Atlas& atlas, int row_y, ImU32 row_colour) {
  drawing.fill({0, 0, screen.width, screen.height}, test::white);
  drawing.fill({10, row_y, 90, row_y + 20}, row_colour);
  drawing.sprite(atlas.glyph(U'法', Weight::bold, 30), 120, 40, test::blue);
  drawing.sprite(atlas.disc(20), 150, 60, IM_COL32(0, 80, 90, 128));
  drawing.list().AddLine({20, 100}, {230, 110}, test::red, 3);
  drawing.list().AddCircleFilled({210, 40}, 17, test::blue);
}

}  // namespace

TEST_CASE("a plain rectangle fills exactly its pixels") {
  Atlas atlas = test::open_atlas();
  Raster raster;
  Canvas canvas;
  Drawing drawing(screen);
  drawing.fill({10, 20, 30, 40}, test::red);
  raster.draw(drawing.data(), atlas, canvas);
  REQUIRE(canvas.width == screen.width);
  REQUIRE(canvas.height == screen.height);
  for (int y = 0; y < canvas.height; ++y) {
    for (int x = 0; x < canvas.width; ++x) {
      const bool inside = x >= 10 && x < 30 && y >= 20 && y < 40;
      CHECK(canvas.row(y)[x] == (inside ? 0xff0000U : 0U));
    }
  }
}

TEST_CASE("half transparent ink lets half of what is below through") {
  Atlas atlas = test::open_atlas();
  Raster raster;
  Canvas canvas;
  Drawing drawing(screen);
  drawing.fill({0, 0, 100, 100}, test::white);
  drawing.fill({0, 0, 100, 100}, IM_COL32(0, 0, 0, 128));
  raster.draw(drawing.data(), atlas, canvas);
  CHECK((canvas.row(50)[50] & 0xffU) == doctest::Approx(127).epsilon(0.01));
}

TEST_CASE("a sprite is copied texel by texel in the colour of its vertices") {
  Atlas atlas = test::open_atlas();
  Raster raster;
  Canvas canvas;
  Drawing drawing(screen);
  const device::Sprite& glyph = atlas.glyph(U'书', Weight::regular, 40);
  drawing.sprite(glyph, 100, 50, test::red);
  raster.draw(drawing.data(), atlas, canvas);
  for (int y = 0; y < glyph.h; ++y) {
    for (int x = 0; x < glyph.w; ++x) {
      const auto at = static_cast<std::size_t>(glyph.y + y) * Atlas::side +
                      static_cast<std::size_t>(glyph.x + x);
      const int texel = atlas.pixels()[at];
      const std::uint32_t pixel = canvas.row(50 + y)[100 + x];
      CHECK((pixel & 0x00ffffU) == 0);
      CHECK(std::abs(static_cast<int>(pixel >> 16U) - texel) <= 1);
    }
  }
}

TEST_CASE("nothing is drawn outside the clip rectangle, whatever the shape") {
  Atlas atlas = test::open_atlas();
  Raster raster;
  Canvas canvas;
  Drawing drawing(screen);
  drawing.list().PushClipRect({40, 30}, {100, 70});
  drawing.fill({0, 0, 256, 64}, test::red);
  drawing.sprite(atlas.glyph(U'国', Weight::bold, 100), 20, 20, test::blue);
  drawing.list().AddCircleFilled({70, 50}, 60, test::white);
  drawing.list().PopClipRect();
  raster.draw(drawing.data(), atlas, canvas);
  for (int y = 0; y < canvas.height; ++y) {
    for (int x = 0; x < canvas.width; ++x) {
      const bool inside = x >= 40 && x < 100 && y >= 30 && y < 70;
      CHECK((canvas.row(y)[x] != 0) == inside);
    }
  }
}

TEST_CASE("shapes that share an edge leave no gap and draw no pixel twice") {
  Atlas atlas = test::open_atlas();
  Raster raster;
  Canvas canvas;
  Drawing drawing(screen);
  const ImU32 glass = IM_COL32(255, 255, 255, 100);
  const ImVec2 centre{100.25F, 60.5F};
  const ImVec2 corner[] = {{20, 10}, {180.5F, 12}, {200, 110}, {31, 118.75F}};
  for (int i = 0; i < 4; ++i) {
    drawing.list().PrimReserve(3, 3);
    for (const ImVec2& at : {centre, corner[i], corner[(i + 1) % 4]}) {
      drawing.list().PrimVtx(at, {Atlas::white_uv, Atlas::white_uv}, glass);
    }
  }
  raster.draw(drawing.data(), atlas, canvas);
  const std::uint32_t once = canvas.row(60)[60];
  CHECK(once != 0);
  int touched = 0;
  for (const std::uint32_t pixel : canvas.pixels) {
    CHECK((pixel == 0 || pixel == once));
    if (pixel == once) ++touched;
  }
  CHECK(touched > 15'000);
}

TEST_CASE("colours run evenly over a triangle") {
  Atlas atlas = test::open_atlas();
  Raster raster;
  Canvas canvas;
  Drawing drawing(screen);
  drawing.list().AddRectFilledMultiColor({0, 0}, {200, 100}, IM_COL32_BLACK, test::white,
                                         test::white, IM_COL32_BLACK);
  raster.draw(drawing.data(), atlas, canvas);
  for (int x = 0; x < 200; ++x) {
    const double grey = canvas.row(50)[x] & 0xffU;
    CHECK(std::abs(grey - (x + 0.5) * 255 / 200) < 1.5);
  }
}

TEST_CASE("the first frame changes everything, the same frame again nothing") {
  Atlas atlas = test::open_atlas();
  Raster raster;
  Canvas canvas;
  Drawing first(screen);
  draw_page(first, atlas, 10, test::red);
  CHECK(raster.draw(first.data(), atlas, canvas) ==
        std::vector<Rect>{{0, 0, screen.width, screen.height}});
  Drawing second(screen);
  draw_page(second, atlas, 10, test::red);
  CHECK(raster.draw(second.data(), atlas, canvas).empty());
  raster.invalidate();
  CHECK(raster.draw(second.data(), atlas, canvas).size() == 1);
}

TEST_CASE("a changed rectangle damages the tiles it touches and no others") {
  Atlas atlas = test::open_atlas();
  Raster raster;
  Canvas canvas;
  Drawing before(screen);
  draw_page(before, atlas, 10, test::red);
  raster.draw(before.data(), atlas, canvas);
  Drawing after(screen);
  draw_page(after, atlas, 10, test::blue);
  const std::vector<Rect> damage = raster.draw(after.data(), atlas, canvas);
  CHECK(damage == std::vector<Rect>{{0, 0, 128, 32}});
}

TEST_CASE("a page redrawn where it changed equals the page drawn afresh") {
  Atlas atlas = test::open_atlas();
  Raster raster;
  Canvas canvas;
  for (int step = 0; step < 12; ++step) {
    const ImU32 colour = step % 2 == 0 ? test::red : IM_COL32(0, 120, 60, 90);
    Drawing drawing(screen);
    draw_page(drawing, atlas, 7 * step, colour);
    const Canvas old = canvas;
    const std::vector<Rect> damage = raster.draw(drawing.data(), atlas, canvas);
    Raster fresh_raster;
    Canvas fresh;
    fresh_raster.draw(drawing.data(), atlas, fresh);
    CHECK(canvas.pixels == fresh.pixels);
    if (step == 0) continue;
    for (int y = 0; y < canvas.height; ++y) {
      for (int x = 0; x < canvas.width; ++x) {
        if (canvas.row(y)[x] != old.row(y)[x]) CHECK(covers(damage, x, y));
      }
    }
  }
}

TEST_CASE("what a rectangle hides does not make its tiles change") {
  Atlas atlas = test::open_atlas();
  Raster raster;
  Canvas canvas;
  for (const int hidden_y : {5, 50}) {
    Drawing drawing(screen);
    drawing.fill({5, hidden_y, 40, hidden_y + 9}, test::red);
    drawing.fill({0, 0, screen.width, screen.height}, test::white);
    CHECK(raster.draw(drawing.data(), atlas, canvas).empty() == (hidden_y == 50));
  }
}

TEST_CASE("after the atlas was reset sprites are drawn again, plain rectangles are not") {
  Atlas atlas = test::open_atlas();
  Raster raster;
  Canvas canvas;
  const auto draw = [&] {
    Drawing drawing(screen);
    drawing.fill({0, 0, screen.width, screen.height}, test::white);
    drawing.sprite(atlas.glyph(U'章', Weight::regular, 24), 70, 36, test::blue);
    return raster.draw(drawing.data(), atlas, canvas);
  };
  draw();
  CHECK(draw().empty());
  atlas.reset();
  CHECK(draw() == std::vector<Rect>{{64, 32, 128, 64}});
}

TEST_CASE("another screen size is drawn whole") {
  Atlas atlas = test::open_atlas();
  Raster raster;
  Canvas canvas;
  for (const device::Size size : {screen, device::Size{100, 300}}) {
    Drawing drawing(size);
    drawing.fill({0, 0, 20, 20}, test::red);
    CHECK(raster.draw(drawing.data(), atlas, canvas) ==
          std::vector<Rect>{{0, 0, size.width, size.height}});
    CHECK(canvas.bounds() == Rect{0, 0, size.width, size.height});
  }
}

TEST_CASE("a sprite drawn larger than it is, or between pixels, is still drawn inside its place") {
  Atlas atlas = test::open_atlas();
  Raster raster;
  Canvas canvas;
  Drawing drawing(screen);
  const device::Sprite& disc = atlas.disc(10);
  const auto side = static_cast<float>(Atlas::side);
  const auto u = static_cast<float>(disc.x) / side;
  const auto v = static_cast<float>(disc.y) / side;
  drawing.list().PrimReserve(6, 4);
  drawing.list().PrimRectUV({50, 30}, {110, 90}, {u, v}, {u + 20 / side, v + 20 / side}, test::red);
  raster.draw(drawing.data(), atlas, canvas);
  CHECK(canvas.row(60)[80] == 0xff0000U);
  CHECK(canvas.row(31)[51] == 0);
  CHECK(canvas.row(60)[49] == 0);
  CHECK(canvas.row(60)[110] == 0);
}
