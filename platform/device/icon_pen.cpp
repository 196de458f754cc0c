#include "platform/device/icon_pen.h"

#include <ft2build.h>

#include <cmath>
#include <cstdint>
#include <vector>
#include FT_FREETYPE_H
#include FT_OUTLINE_H
#include FT_STROKER_H

namespace device {
namespace {

struct CloseLibrary {
  void operator()(FT_Library library) const { FT_Done_FreeType(library); }
};
using Library = std::unique_ptr<FT_LibraryRec_, CloseLibrary>;

struct CloseStroker {
  void operator()(FT_Stroker stroker) const { FT_Stroker_Done(stroker); }
};
using Stroker = std::unique_ptr<FT_StrokerRec_, CloseStroker>;

// From the grid to FreeType's 1/64 pixels, whose y grows upwards.
struct Scale {
  int px;
  [[nodiscard]] FT_Pos length(double units) const { return std::lround(units * px * 64 / 24); }
  [[nodiscard]] FT_Vector point(IconPoint p) const { return {length(p.x), length(24 - p.y)}; }
};

void trace(FT_Stroker stroker, const IconLine& line, Scale scale) {
  FT_Vector start = scale.point(line.start);
  FT_Stroker_BeginSubPath(stroker, &start, line.closed ? 0 : 1);
  for (const IconStep& step : line.steps) {
    FT_Vector end = scale.point(step.end);
    if (step.curved) {
      FT_Vector first = scale.point(step.control[0]);
      FT_Vector second = scale.point(step.control[1]);
      FT_Stroker_CubicTo(stroker, &first, &second, &end);
    } else {
      FT_Stroker_LineTo(stroker, &end);
    }
  }
  if (line.closed) FT_Stroker_LineTo(stroker, &start);
  FT_Stroker_EndSubPath(stroker);
}

// Fills what the pen has gone over since FT_Stroker_Set.
void fill_stroke(FT_Library library, FT_Stroker stroker, const FT_Bitmap& bitmap) {
  FT_UInt points = 0;
  FT_UInt contours = 0;
  FT_Outline outline{};
  FT_Stroker_GetCounts(stroker, &points, &contours);
  if (FT_Outline_New(library, points, static_cast<FT_Int>(contours), &outline) != 0) return;
  outline.n_points = 0;
  outline.n_contours = 0;
  FT_Stroker_Export(stroker, &outline);
  FT_Outline_Get_Bitmap(library, &outline, &bitmap);
  FT_Outline_Done(library, &outline);
}

}  // namespace

struct IconPen::State {
  Library library;
  Stroker stroker;
  std::vector<std::uint8_t> texels;
};

IconPen::IconPen(std::unique_ptr<State> state) : state_(std::move(state)) {}
IconPen::IconPen(IconPen&&) noexcept = default;
IconPen& IconPen::operator=(IconPen&&) noexcept = default;
IconPen::~IconPen() = default;

base::Result<IconPen> IconPen::open() {
  FT_Library library = nullptr;
  FT_Stroker stroker = nullptr;
  auto state = std::make_unique<State>();
  if (FT_Init_FreeType(&library) == 0) state->library.reset(library);
  if (!state->library || FT_Stroker_New(library, &stroker) != 0) {
    return base::fail(base::ErrorKind::device, "no_font", "FreeType does not start");
  }
  state->stroker.reset(stroker);
  return IconPen(std::move(state));
}

Coverage IconPen::draw(const Icon& icon, int px, float stroke) {
  const Scale scale{px};
  FT_Stroker stroker = state_->stroker.get();
  FT_Stroker_Set(stroker, scale.length(stroke / 2), FT_STROKER_LINECAP_ROUND,
                 FT_STROKER_LINEJOIN_ROUND, 0);
  for (const IconLine& line : icon) trace(stroker, line, scale);

  auto& texels = state_->texels;
  texels.assign(static_cast<std::size_t>(px) * static_cast<std::size_t>(px), 0);
  FT_Bitmap bitmap{};
  bitmap.rows = bitmap.width = static_cast<unsigned>(px);
  bitmap.pitch = px;
  bitmap.buffer = texels.data();
  bitmap.num_grays = 256;
  bitmap.pixel_mode = FT_PIXEL_MODE_GRAY;
  fill_stroke(state_->library.get(), stroker, bitmap);
  return {.texels = texels.data(), .pitch = px, .width = px, .height = px};
}

}  // namespace device
