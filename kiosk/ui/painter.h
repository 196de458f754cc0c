// Draws rectangles, round corners, glyphs and icons in u into an ImDrawList, everything as quads of
// the one atlas texture. Knows the metrics, no theme, no widget. UI thread only; serves screens and
// slips alike.
#pragma once

#include <string_view>
#include <vector>

#include "kiosk/ui/area.h"
#include "kiosk/ui/metrics.h"
#include "kiosk/ui/paragraph.h"
#include "kiosk/ui/theme.h"
#include "platform/device/atlas.h"

struct ImDrawList;

namespace ui {

using device::Weight;

enum class Align { left, center, right };

struct TextStyle {
  float size = type::body;  // u
  Weight weight = Weight::regular;
  Color color = 0;  // 0: the caller's default
  Align align = Align::left;
  float line = 1.35F;  // line height as a multiple of the size
  int max_lines = 0;   // 0: as many as it takes; more are cut with …
};

// A paragraph broken to a width, ready to draw. Offsets point into the text it was made from.
struct TextBlock {
  std::vector<Line> lines;
  float width = 0;   // of the widest line, u
  float height = 0;  // u
};

class Painter {
 public:
  Painter(device::Atlas& atlas, const Metrics& metrics) : atlas_(&atlas), metrics_(&metrics) {}
  // Where the following calls draw.
  void target(ImDrawList& list) { list_ = &list; }

  void fill(Area area, Color color);
  void fill_rounded(Area area, float radius, Color color);
  // A closed ring of `thickness` inside the area, drawn as two fills: `inner` is what it encloses.
  void ring(Area area, float radius, float thickness, Color color, Color inner);
  void icon(Area box, std::string_view name, float size, Color color);
  void dashes(float x, float y, float width, Color color);

  [[nodiscard]] float advance(std::string_view text, float size, Weight weight) const;
  [[nodiscard]] float line_height(const TextStyle& style) const;
  [[nodiscard]] TextBlock layout(std::string_view text, const TextStyle& style, float width) const;
  // Draws a laid-out block with its upper left corner at x, y; `width` is the box for alignment.
  void block(float x, float y, float width, std::string_view text, const TextBlock& block,
             const TextStyle& style);
  // One line; the pen starts at x; y is the upper edge of the line box.
  void line(float x, float y, std::string_view text, const TextStyle& style);

  [[nodiscard]] device::Atlas& atlas() const { return *atlas_; }
  [[nodiscard]] const Metrics& metrics() const { return *metrics_; }
  [[nodiscard]] ImDrawList& list() const { return *list_; }

 private:
  struct Pixels {
    int x0, y0, x1, y1;
  };
  [[nodiscard]] Pixels pixels(Area area) const;
  void quad(Pixels place, Color color);
  void sprite(int x, int y, const device::Sprite& sprite, Color color);

  device::Atlas* atlas_;
  const Metrics* metrics_;
  ImDrawList* list_ = nullptr;
};

}  // namespace ui
