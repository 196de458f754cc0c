// How big things are on the configured glass. Screens think in u (1 u = 0.311 mm for an eye at
// 70 cm, the visual angle of 1 dp on a phone); only this file turns u into pixels. Knows no colour.
//
// Sources: MIIT elderly-friendly app norm (2021) for dp, EN 301 549 cl. 5.1.4 and US 508 402.4
// for the capital heights behind the millimetre floors.
#pragma once

namespace ui {

struct Display {
  int width_px = 1080;
  int height_px = 1920;
  double diagonal_inch = 27.0;
  double viewing_cm = 70.0;
  // A window on a desk shows the whole screen in small, whatever its shape; millimetres mean
  // nothing there.
  bool preview = false;
};

class Metrics {
 public:
  explicit Metrics(const Display& display);

  [[nodiscard]] float scale() const { return scale_; }    // pixels per u
  [[nodiscard]] float width() const { return width_; }    // of the screen, in u
  [[nodiscard]] float height() const { return height_; }  // of the screen, in u
  [[nodiscard]] bool portrait() const { return height_ >= width_; }
  // Less than 960 u across: margins shrink, second lines of tiles go.
  [[nodiscard]] bool compact() const;
  [[nodiscard]] float margin() const { return compact() ? 32.0F : 48.0F; }
  // Where the answers begin on a lying screen: left of it stand the head of a flow and, in the
  // bottom bar, what every screen has.
  [[nodiscard]] float side() const { return compact() ? 604.0F : 704.0F; }
  // Height of the bar every screen has at its lower end; lying it holds the actions too.
  [[nodiscard]] float bottom_bar() const;
  // False when the screen is too small for any layout (short side under 860 u).
  [[nodiscard]] bool usable() const;

  [[nodiscard]] int px(float u) const;
  // Font size: never under the floor of 6.6 mm or 20 px, always even (fewer sizes to rasterise).
  [[nodiscard]] int text_px(float u) const;

 private:
  float scale_ = 1.0F;
  float width_ = 0.0F;
  float height_ = 0.0F;
  int text_floor_px_ = 0;
};

}  // namespace ui
