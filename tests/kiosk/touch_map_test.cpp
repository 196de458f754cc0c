#include "kiosk/touch_map.h"

#include <doctest/doctest.h>

#include "tests/support/world.h"

namespace {

constexpr ui::Area screen{.x = 0, .y = 0, .w = 1080, .h = 1920};

ui::Node button(std::string_view id, ui::Area bounds) {
  ui::Node node;
  node.role = ui::Role::button;
  node.id = id;
  node.label = "张三";
  node.bounds = bounds;
  node.view = screen;
  return node;
}

std::string text_of(const base::Path& file) {
  const auto text = base::read_file(file);
  return text ? *text : std::string("no file");
}

}  // namespace

TEST_CASE("The touch map tells the middle of each control in pixels, and no word") {
  const test::TempFolder folder;
  kiosk::TouchMap map(folder / "map");
  REQUIRE(map.update({button("home.consult", {.x = 100, .y = 200, .w = 300, .h = 100})}, 0.5F));
  CHECK(text_of(folder / "map") == "home.consult\t125\t125\n");
}

TEST_CASE("What cannot be tapped now is not in the touch map") {
  const test::TempFolder folder;
  kiosk::TouchMap map(folder / "map");
  ui::Node off = button("off", {.x = 0, .y = 0, .w = 100, .h = 100});
  off.enabled = false;
  const ui::Node scrolled_away = button("away", {.x = 0, .y = 1900, .w = 100, .h = 100});
  const ui::Node plain_text = button("", {.x = 0, .y = 0, .w = 100, .h = 100});
  const ui::Node there = button("there", {.x = 0, .y = 0, .w = 100, .h = 100});
  REQUIRE(map.update({off, scrolled_away, plain_text, there}, 1));
  CHECK(text_of(folder / "map") == "there\t50\t50\n");
}

TEST_CASE("The touch map is written again only when something has moved") {
  const test::TempFolder folder;
  kiosk::TouchMap map(folder / "map");
  const ui::Node here = button("next", {.x = 0, .y = 0, .w = 100, .h = 100});
  const ui::Node moved = button("next", {.x = 0, .y = 50, .w = 100, .h = 100});
  REQUIRE(map.update({here}, 1));
  std::filesystem::remove(folder / "map");
  REQUIRE(map.update({here}, 1));
  CHECK_FALSE(std::filesystem::exists(folder / "map"));
  REQUIRE(map.update({moved}, 1));
  CHECK(text_of(folder / "map") == "next\t50\t100\n");
}

TEST_CASE(
    "Without a file the touch map writes nothing; a file that cannot be written is an error") {
  const test::TempFolder folder;
  const std::vector<ui::Node> nodes{button("next", {.x = 0, .y = 0, .w = 100, .h = 100})};
  CHECK(kiosk::TouchMap("").update(nodes, 1));
  CHECK(std::filesystem::is_empty(folder.path()));
  CHECK_FALSE(kiosk::TouchMap(folder / "missing/map").update(nodes, 1));
}
