// One texture of coverage (how much of each texel is ink) that holds every glyph, icon and round
// corner on the screen, rasterised when first asked for. Knows no colours, no text layout, no
// ImGui: kiosk/ui places sprites as textured quads and tints them. UI thread only.
//
// Sizes are whole pixels. A sprite is drawn one texel to one pixel, so the pen must stand on a
// whole pixel: round the sum of the advances, not each of them. A Han character advances by px.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "platform/base/file.h"
#include "platform/base/result.h"
#include "platform/device/font.h"

namespace device {

struct Sprite {
  // Place in the texture, texels; w or h of 0: nothing to draw (blanks).
  int x = 0, y = 0, w = 0, h = 0;
  // From the pen on the baseline (glyphs) or from the upper left corner of its box (icons, discs)
  // to the sprite's upper left corner; y grows downwards, so a glyph's top is mostly negative.
  int left = 0, top = 0;
  // From this pen position to the next.
  float advance = 0;
};

// Where the baseline stands in the ideographic box of px × px: look.md section 14.
constexpr int ascent(int px) {
  return (px * 88 + 50) / 100;
}
constexpr int descent(int px) {
  return px - ascent(px);
}

class Atlas {
 public:
  static constexpr int side = 2048;
  // Texture coordinate (the same for u and v) of a texel that is all ink, for plain fills.
  static constexpr float white_uv = 1.5F / side;

  // Opens both fonts and reads every *.svg of the folder. device: "no_font"; invalid: "bad_icon"
  // with the file's name; not_found without the folder.
  static base::Result<Atlas> open(const FontFiles& fonts, const base::Path& icons_folder);
  Atlas(Atlas&&) noexcept;
  Atlas& operator=(Atlas&&) noexcept;
  ~Atlas();

  // Sprites stay valid, and stay where they are, until reset(). A character no font has gives the
  // font's own box for missing glyphs. 1 ≤ px ≤ 512.
  const Sprite& glyph(char32_t character, Weight weight, int px);
  // The same as glyph().advance, without rasterising.
  [[nodiscard]] float advance(char32_t character, Weight weight, int px);

  // The icon in a box of px × px; `stroke` is the pen's width on the 24 grid (look.md section 6).
  // A name that is not in the folder gives an empty square, for people to see and tests to find.
  const Sprite& icon(std::string_view name, int px, float stroke = 2.0F);
  [[nodiscard]] bool has_icon(std::string_view name) const;

  // A filled circle of 2 radius × 2 radius texels; its quarters are round corners.
  const Sprite& disc(int radius);

  // True when something asked for since reset() did not fit and came back empty. The caller then
  // ends the frame, calls reset() and draws it again, once: what one frame shows fits many times
  // over.
  [[nodiscard]] bool overflowed() const;
  // Forgets every sprite.
  void reset();
  // Counts the resets: a place in the texture means something else after each.
  [[nodiscard]] std::uint32_t generation() const;

  // side × side texels, row after row.
  [[nodiscard]] std::span<const std::uint8_t> pixels() const;

 private:
  struct State;
  explicit Atlas(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace device
