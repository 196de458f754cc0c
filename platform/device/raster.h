// Draws ImGui's draw lists into a Canvas in software, and only where the picture changed. Knows
// no window and no widget. UI thread only.
//
// The picture is cut into tiles. Each tile remembers a hash of everything drawn over it; a tile
// whose hash is what it was keeps its pixels. What is fast: axis-parallel rectangles (PrimRect,
// PrimRectUV, AddRectFilled without rounding), plain or with one texel a pixel. Everything else
// (lines, circles, polygons) is drawn as triangles with interpolated colour, so ImGui's own
// antialiasing works; style.AntiAliasedLinesUseTex must be off. Every command is taken to use
// the atlas as its texture; user callbacks are skipped. Blending: source over, in sRGB values.
#pragma once

#include <memory>
#include <vector>

#include "platform/device/atlas.h"
#include "platform/device/canvas.h"

struct ImDrawData;

namespace device {

class Raster {
 public:
  Raster();
  Raster(Raster&&) noexcept;
  Raster& operator=(Raster&&) noexcept;
  ~Raster();

  // Brings the canvas to what `frame` shows; gives it the frame's size first. Returns the places
  // that may have changed, without overlap: empty when the frame equals the one before. Where
  // nothing is drawn the canvas is black. Always hand it the canvas of the last call.
  std::vector<Rect> draw(const ImDrawData& frame, const Atlas& atlas, Canvas& canvas);
  // The next draw() draws everything.
  void invalidate();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace device
