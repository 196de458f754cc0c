#include "kiosk/ui/metrics.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <utility>

TEST_CASE("on the reference screen a unit is a pixel") {
  const ui::Metrics metrics({.width_px = 1080, .height_px = 1920});
  CHECK(metrics.scale() == doctest::Approx(1).epsilon(0.005));
  CHECK(metrics.width() == doctest::Approx(1080).epsilon(0.005));
  CHECK(metrics.portrait());
  CHECK_FALSE(metrics.compact());
  CHECK(metrics.usable());
}

TEST_CASE("a lying screen of the same kind has the same units") {
  const ui::Metrics metrics({.width_px = 1920, .height_px = 1080});
  CHECK(metrics.scale() == doctest::Approx(1).epsilon(0.005));
  CHECK_FALSE(metrics.portrait());
}

TEST_CASE("denser screens have fewer units; a small one is compact, a smaller one refused") {
  const ui::Metrics compact({.width_px = 1080, .height_px = 1920, .diagonal_inch = 21.5});
  CHECK(compact.width() == doctest::Approx(860).epsilon(0.005));
  CHECK(compact.compact());
  CHECK(compact.margin() == 32);
  const ui::Metrics tablet({.width_px = 1080, .height_px = 1920, .diagonal_inch = 15});
  CHECK_FALSE(tablet.usable());
}

TEST_CASE("on huge screens the picture grows instead of getting lost in them") {
  const ui::Metrics metrics({.width_px = 1080, .height_px = 1920, .diagonal_inch = 43});
  CHECK(metrics.width() == doctest::Approx(1200));
}

TEST_CASE("who stands farther away gets larger letters") {
  const ui::Metrics near({.width_px = 1080, .height_px = 1920, .viewing_cm = 70});
  const ui::Metrics far({.width_px = 1080, .height_px = 1920, .viewing_cm = 80});
  CHECK(far.px(100) > near.px(100));
}

TEST_CASE("no letter is smaller than 6.6 mm on the glass, and sizes are even") {
  for (const double diagonal : {21.5, 27.0, 32.0, 43.0}) {
    const ui::Metrics metrics({.width_px = 1080, .height_px = 1920, .diagonal_inch = diagonal});
    const double ppi = std::hypot(1080, 1920) / diagonal;
    for (const float size : {8.0F, 22.0F, 26.0F, 46.0F}) {
      const int px = metrics.text_px(size);
      CHECK(px * 25.4 / ppi >= 6.6);
      CHECK(px >= 20);
      CHECK(px % 2 == 0);
    }
  }
}

TEST_CASE("a preview on a desk shows the whole screen in small") {
  const ui::Metrics metrics({.width_px = 540, .height_px = 960, .preview = true});
  CHECK(metrics.scale() == doctest::Approx(0.5));
  CHECK(metrics.width() == doctest::Approx(1080));
}

TEST_CASE("a window of another shape still holds the whole screen") {
  for (const auto& [width, height] : {std::pair{540, 740}, {960, 540}, {800, 600}, {700, 700}}) {
    CAPTURE(width);
    const ui::Metrics metrics({.width_px = width, .height_px = height, .preview = true});
    CHECK(std::min(metrics.width(), metrics.height()) >= doctest::Approx(1080));
    CHECK(std::max(metrics.width(), metrics.height()) >= doctest::Approx(1920));
    CHECK_FALSE(metrics.compact());
  }
}

TEST_CASE("a lying screen keeps more than half of its width for the answers") {
  for (const double diagonal : {21.5, 27.0, 43.0}) {
    const ui::Metrics metrics({.width_px = 1920, .height_px = 1080, .diagonal_inch = diagonal});
    CHECK(metrics.width() - metrics.side() - metrics.margin() > metrics.width() / 2);
  }
}
