#include "platform/device/atlas.h"

#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <numbers>

#include "tests/platform/device/drawing.h"
#include "tests/support/world.h"

namespace {

using device::Atlas;
using device::Sprite;
using device::Weight;

int texel(const Atlas& atlas, const Sprite& sprite, int x, int y) {
  const auto at =
      static_cast<std::size_t>(sprite.y + y) * Atlas::side + static_cast<std::size_t>(sprite.x + x);
  return atlas.pixels()[at];
}

// Ink of the sprite in whole texels.
double ink(const Atlas& atlas, const Sprite& sprite) {
  double sum = 0;
  for (int y = 0; y < sprite.h; ++y) {
    for (int x = 0; x < sprite.w; ++x) sum += texel(atlas, sprite, x, y) / 255.0;
  }
  return sum;
}

}  // namespace

TEST_CASE("a Han character has ink inside its ideographic box and advances by its size") {
  Atlas atlas = test::open_atlas();
  const int px = 46;
  const Sprite& sprite = atlas.glyph(U'法', Weight::regular, px);
  CHECK(ink(atlas, sprite) > px * px * 0.1);
  CHECK(ink(atlas, sprite) < px * px * 0.5);
  CHECK(sprite.advance == px);
  CHECK(-sprite.top <= device::ascent(px) + 1);
  CHECK(sprite.top + sprite.h <= device::descent(px) + 1);
  CHECK(sprite.left >= 0);
  CHECK(sprite.left + sprite.w <= px);
}

TEST_CASE("the baseline divides the box of every size without a gap") {
  for (int px = 1; px < 300; ++px) CHECK(device::ascent(px) + device::descent(px) == px);
}

TEST_CASE("bold has more ink than regular") {
  Atlas atlas = test::open_atlas();
  const double regular = ink(atlas, atlas.glyph(U'申', Weight::regular, 32));
  CHECK(ink(atlas, atlas.glyph(U'申', Weight::bold, 32)) > regular * 1.2);
}

TEST_CASE("a text is measured without rasterising it") {
  Atlas atlas = test::open_atlas();
  for (const char32_t character : U"法律 Law 12348。") {
    const float measured = atlas.advance(character, Weight::bold, 30);
    CHECK(measured == atlas.glyph(character, Weight::bold, 30).advance);
  }
  CHECK(atlas.advance(U'1', Weight::regular, 40) == atlas.advance(U'8', Weight::regular, 40));
}

TEST_CASE("the same glyph is rasterised once; another size or weight is another sprite") {
  Atlas atlas = test::open_atlas();
  const Sprite& first = atlas.glyph(U'调', Weight::regular, 30);
  const Sprite& again = atlas.glyph(U'调', Weight::regular, 30);
  CHECK(&first == &again);
  CHECK(&first != &atlas.glyph(U'调', Weight::regular, 32));
  CHECK(&first != &atlas.glyph(U'调', Weight::bold, 30));
}

TEST_CASE("a blank has an advance and nothing to draw") {
  Atlas atlas = test::open_atlas();
  const Sprite& blank = atlas.glyph(U' ', Weight::regular, 30);
  CHECK(blank.w == 0);
  CHECK(blank.advance > 0);
  CHECK_FALSE(atlas.overflowed());
}

TEST_CASE("characters above U+FFFF are drawn, and unknown ones as the box for missing glyphs") {
  Atlas atlas = test::open_atlas();
  const Sprite& rare = atlas.glyph(U'𠮷', Weight::regular, 40);
  const Sprite& missing = atlas.glyph(U'\U0010FFFD', Weight::regular, 40);
  CHECK(ink(atlas, rare) > 100);
  CHECK(ink(atlas, missing) > 50);
  CHECK(rare.w != missing.w);
}

TEST_CASE("a rare character of a name comes from the second font when it is installed" *
          doctest::skip(!std::filesystem::exists(device::find_fonts().rare))) {
  device::FontFiles without = device::find_fonts();
  without.rare.clear();
  auto poor = Atlas::open(without, KIOSK_ICONS);
  REQUIRE(poor.has_value());
  Atlas rich = test::open_atlas();
  const char32_t rare = 0x20101;  // Extension B, not in Noto Sans CJK
  const double box = ink(*poor, poor->glyph(rare, Weight::regular, 40));
  CHECK(ink(rich, rich.glyph(rare, Weight::regular, 40)) != box);
  CHECK(rich.advance(rare, Weight::regular, 40) == 40);
}

TEST_CASE("a missing font is an error that names the file") {
  device::FontFiles files = device::find_fonts();
  files.bold = "/nowhere/bold.ttc";
  const auto atlas = Atlas::open(files, KIOSK_ICONS);
  REQUIRE_FALSE(atlas.has_value());
  CHECK(atlas.error().code == "no_font");
  CHECK(atlas.error().detail.find("/nowhere/bold.ttc") != std::string::npos);
}

TEST_CASE("every icon of the product is read and has ink; the tick stays inside its box") {
  Atlas atlas = test::open_atlas();
  const auto files = base::list_files(KIOSK_ICONS, ".svg");
  REQUIRE(files.has_value());
  CHECK(files->size() >= 75);
  for (const base::Path& file : *files) {
    INFO(file.string());
    CHECK(atlas.has_icon(file.stem().string()));
    CHECK(ink(atlas, atlas.icon(file.stem().string(), 44)) > 44);
  }
  const Sprite& check = atlas.icon("check", 44);
  CHECK(check.w == 44);
  CHECK(check.h == 44);
  // 4.5 to 19.5 on the 24 grid, and half a stroke around it.
  for (int i = 0; i < 44; ++i) {
    CHECK(texel(atlas, check, i, 0) == 0);
    CHECK(texel(atlas, check, 0, i) == 0);
    CHECK(texel(atlas, check, i, 43) == 0);
    CHECK(texel(atlas, check, 43, i) == 0);
  }
}

TEST_CASE("an icon with a thinner stroke is another sprite with less ink") {
  Atlas atlas = test::open_atlas();
  const double usual = ink(atlas, atlas.icon("law", 92));
  CHECK(ink(atlas, atlas.icon("law", 92, 1.6F)) < usual);
}

TEST_CASE("an icon nobody has drawn shows as an empty square") {
  Atlas atlas = test::open_atlas();
  CHECK_FALSE(atlas.has_icon("unicorn"));
  const Sprite& square = atlas.icon("unicorn", 48);
  CHECK(texel(atlas, square, 6, 24) == 255);
  CHECK(texel(atlas, square, 24, 24) == 0);
}

TEST_CASE("a malformed icon stops the start and is named") {
  test::TempFolder folder;
  REQUIRE(base::replace_file(folder / "broken.svg", "<svg viewBox=\"0 0 24 24\"><circle/></svg>"));
  const auto atlas = Atlas::open(device::find_fonts(), folder.path());
  REQUIRE_FALSE(atlas.has_value());
  CHECK(atlas.error().code == "bad_icon");
  CHECK(atlas.error().detail.find("broken.svg") != std::string::npos);
}

TEST_CASE("a disc covers the area of its circle and is the same from every side") {
  Atlas atlas = test::open_atlas();
  for (const int radius : {2, 8, 14, 20, 24, 60}) {
    INFO(radius);
    const Sprite& disc = atlas.disc(radius);
    CHECK(disc.w == 2 * radius);
    const double area = std::numbers::pi * radius * radius;
    CHECK(std::abs(ink(atlas, disc) - area) < area * 0.01 + 0.1);
    for (int y = 0; y < radius; ++y) {
      for (int x = 0; x < radius; ++x) {
        CHECK(texel(atlas, disc, x, y) == texel(atlas, disc, disc.w - 1 - x, y));
        CHECK(texel(atlas, disc, x, y) == texel(atlas, disc, x, disc.h - 1 - y));
      }
    }
  }
}

TEST_CASE("the texel for plain fills is all ink, before and after a reset") {
  Atlas atlas = test::open_atlas();
  const auto at = static_cast<std::size_t>(Atlas::white_uv * Atlas::side);
  CHECK(atlas.pixels()[at * Atlas::side + at] == 255);
  atlas.reset();
  CHECK(atlas.pixels()[at * Atlas::side + at] == 255);
}

TEST_CASE("a full texture says so, keeps what it has, and works again after a reset") {
  Atlas atlas = test::open_atlas();
  const Sprite first = atlas.glyph(U'一', Weight::regular, 200);
  const double first_ink = ink(atlas, first);
  char32_t next = 0x4E01;
  while (!atlas.overflowed() && next < 0x5000) atlas.glyph(next++, Weight::regular, 200);
  REQUIRE(atlas.overflowed());
  CHECK(next > 0x4E01 + 80);
  const Sprite& without_room = atlas.glyph(next - 1, Weight::regular, 200);
  CHECK(without_room.w == 0);
  CHECK(without_room.advance == 200);
  CHECK(ink(atlas, first) == first_ink);

  const auto before = atlas.generation();
  atlas.reset();
  CHECK(atlas.generation() == before + 1);
  CHECK_FALSE(atlas.overflowed());
  CHECK(ink(atlas, atlas.glyph(next - 1, Weight::regular, 200)) > 1000);
}
