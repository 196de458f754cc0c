// Glyphs as coverage, rasterised by FreeType from font files mapped into memory. Knows no texture
// and keeps no picture: the Atlas does. One thread at a time.
#pragma once

#include <cstdint>
#include <memory>

#include "platform/base/file.h"
#include "platform/base/result.h"
#include "platform/device/coverage.h"

namespace device {

enum class Weight : std::uint8_t { regular, bold };

struct FontFiles {
  base::Path regular;
  base::Path bold;
  // Asked for characters the others lack, opened when first needed; it may be absent.
  base::Path rare;
  // Which face of the two collections: 2 Simplified Chinese, 3 Traditional (Noto Sans CJK).
  int face_index = 2;
};

// Where Debian's packages fonts-noto-cjk and fonts-hanazono put them. Does not look whether they
// are there: opening them says so.
FontFiles find_fonts();

class Fonts {
 public:
  // device: "no_font" when the regular or the bold file cannot be used.
  static base::Result<Fonts> open(const FontFiles& files);
  Fonts(Fonts&&) noexcept;
  Fonts& operator=(Fonts&&) noexcept;
  ~Fonts();

  // Pixels from this pen position to the next; not rounded.
  float advance(char32_t character, Weight weight, int px);
  // Valid until the next call. A character no font has gives the regular font's box for it.
  Coverage render(char32_t character, Weight weight, int px);

 private:
  struct State;
  explicit Fonts(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace device
