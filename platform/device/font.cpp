#include "platform/device/font.h"

#include <fmt/format.h>
#include <ft2build.h>

#include <optional>
#include <unordered_map>
#include FT_FREETYPE_H
#include FT_ADVANCES_H

namespace device {
namespace {

using base::ErrorKind;

struct CloseLibrary {
  void operator()(FT_Library library) const { FT_Done_FreeType(library); }
};
using Library = std::unique_ptr<FT_LibraryRec_, CloseLibrary>;

struct CloseFace {
  void operator()(FT_Face face) const { FT_Done_Face(face); }
};

struct Face {
  std::unique_ptr<FT_FaceRec_, CloseFace> handle;
  int px = 0;  // the size it is set to; 0 before the first
};

// Which glyph of which face stands for a character.
struct Choice {
  Face* face;
  FT_UInt glyph;
  float advance_em;  // advance in ems: the same at every size
};

base::Result<Face> open_face(FT_Library library, const base::Path& path, int index) {
  FT_Face handle = nullptr;
  // FreeType maps the file into memory: only the pages of glyphs in use are ever read.
  if (const FT_Error error = FT_New_Face(library, path.c_str(), index, &handle); error != 0) {
    return base::fail(ErrorKind::device, "no_font",
                      fmt::format("{} (face {}): FreeType error {}", path.string(), index, error));
  }
  return Face{{handle, CloseFace{}}};
}

std::uint32_t key_of(char32_t character, Weight weight) {
  return static_cast<std::uint32_t>(character) << 1U | (weight == Weight::bold ? 1U : 0U);
}

}  // namespace

FontFiles find_fonts() {
  const base::Path fonts = "/usr/share/fonts";
  return {.regular = fonts / "opentype/noto/NotoSansCJK-Regular.ttc",
          .bold = fonts / "opentype/noto/NotoSansCJK-Bold.ttc",
          .rare = fonts / "truetype/hanazono/HanaMinB.ttf"};
}

struct Fonts::State {
  FontFiles files;
  Library library;
  Face regular;
  Face bold;
  std::optional<Face> rare;
  bool rare_tried = false;
  std::unordered_map<std::uint32_t, Choice> choices;

  Face* rare_face() {
    if (!rare_tried) {
      rare_tried = true;
      if (auto opened = open_face(library.get(), files.rare, 0)) rare = std::move(*opened);
    }
    return rare ? &*rare : nullptr;
  }

  Choice choose(char32_t character, Weight weight) {
    Face& usual = weight == Weight::bold ? bold : regular;
    Face* face = &usual;
    FT_UInt glyph = FT_Get_Char_Index(usual.handle.get(), character);
    if (glyph == 0) {
      Face* other = rare_face();
      if (other != nullptr) glyph = FT_Get_Char_Index(other->handle.get(), character);
      if (glyph != 0) face = other;
    }
    FT_Fixed units = 0;
    FT_Get_Advance(face->handle.get(), glyph, FT_LOAD_NO_SCALE, &units);
    const auto em = static_cast<float>(face->handle->units_per_EM);
    return {face, glyph, static_cast<float>(units) / em};
  }

  const Choice& chosen(char32_t character, Weight weight) {
    const std::uint32_t key = key_of(character, weight);
    if (const auto known = choices.find(key); known != choices.end()) return known->second;
    return choices.emplace(key, choose(character, weight)).first->second;
  }
};

Fonts::Fonts(std::unique_ptr<State> state) : state_(std::move(state)) {}
Fonts::Fonts(Fonts&&) noexcept = default;
Fonts& Fonts::operator=(Fonts&&) noexcept = default;
Fonts::~Fonts() = default;

base::Result<Fonts> Fonts::open(const FontFiles& files) {
  FT_Library library = nullptr;
  if (FT_Init_FreeType(&library) != 0) {
    return base::fail(ErrorKind::device, "no_font", "FreeType does not start");
  }
  auto state = std::make_unique<State>();
  state->files = files;
  state->library.reset(library);
  state->regular = TRY(open_face(library, files.regular, files.face_index));
  state->bold = TRY(open_face(library, files.bold, files.face_index));
  return Fonts(std::move(state));
}

float Fonts::advance(char32_t character, Weight weight, int px) {
  return state_->chosen(character, weight).advance_em * static_cast<float>(px);
}

Coverage Fonts::render(char32_t character, Weight weight, int px) {
  const Choice& choice = state_->chosen(character, weight);
  const FT_Face face = choice.face->handle.get();
  if (choice.face->px != px) {
    FT_Set_Pixel_Sizes(face, 0, static_cast<FT_UInt>(px));
    choice.face->px = px;
  }
  // Light hinting sharpens level strokes and leaves widths and advances as they are.
  if (FT_Load_Glyph(face, choice.glyph, FT_LOAD_TARGET_LIGHT | FT_LOAD_RENDER) != 0) return {};
  const FT_GlyphSlot slot = face->glyph;
  return {.texels = slot->bitmap.buffer,
          .pitch = slot->bitmap.pitch,
          .width = static_cast<int>(slot->bitmap.width),
          .height = static_cast<int>(slot->bitmap.rows),
          .left = slot->bitmap_left,
          .top = -slot->bitmap_top};
}

}  // namespace device
