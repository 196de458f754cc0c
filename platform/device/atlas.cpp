#include "platform/device/atlas.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "platform/device/icon.h"
#include "platform/device/icon_pen.h"

namespace device {
namespace {

// The white corner: texel (1, 1), where white_uv points, with a neighbour on each side.
constexpr int white_side = 4;

struct Place {
  int x;
  int y;
};

// Rows of sprites of about one height, filled from the left. A sprite goes into the first row
// with room that is at most a quarter too high for it, or opens a row.
class Shelves {
 public:
  std::optional<Place> put(int width, int height) {
    for (Shelf& shelf : shelves_) {
      const bool fits = shelf.height >= height && shelf.height <= height + height / 4 + slack;
      if (fits && shelf.used + width <= Atlas::side) return take(shelf, width);
    }
    if (next_y_ + height > Atlas::side || width > Atlas::side) return std::nullopt;
    shelves_.push_back({.y = next_y_, .height = height, .used = 0});
    next_y_ += height;
    return take(shelves_.back(), width);
  }

 private:
  static constexpr int slack = 4;
  struct Shelf {
    int y;
    int height;
    int used;
  };
  static Place take(Shelf& shelf, int width) {
    return {std::exchange(shelf.used, shelf.used + width), shelf.y};
  }

  std::vector<Shelf> shelves_;
  int next_y_ = 0;
};

enum class Kind : std::uint64_t { glyph, icon, disc };

// From the top: kind, detail (weight, or stroke in tenths), px, character or number of the icon.
std::uint64_t key_of(Kind kind, std::uint64_t what, int px, std::uint64_t detail) {
  return static_cast<std::uint64_t>(kind) << 62U | detail << 31U |
         static_cast<std::uint64_t>(px) << 21U | what;
}

// How much of the texel (x, y) a circle around (0, 0) covers, by sixteen level cuts.
std::uint8_t disc_texel(double radius, int x, int y) {
  constexpr int cuts = 16;
  double covered = 0;
  for (int cut = 0; cut < cuts; ++cut) {
    const double height = y + (cut + 0.5) / cuts;
    const double half = std::sqrt(std::max(0.0, radius * radius - height * height));
    covered += std::clamp(half - x, 0.0, 1.0);
  }
  return static_cast<std::uint8_t>(std::lround(covered * 255 / cuts));
}

std::vector<std::uint8_t> disc_texels(int radius) {
  const auto side = static_cast<std::size_t>(2 * radius);
  std::vector<std::uint8_t> texels(side * side);
  for (int y = 0; y < radius; ++y) {
    for (int x = 0; x < radius; ++x) {
      const std::uint8_t value = disc_texel(radius, x, y);
      for (const int row : {radius - 1 - y, radius + y}) {
        for (const int column : {radius - 1 - x, radius + x}) {
          texels[static_cast<std::size_t>(row) * side + static_cast<std::size_t>(column)] = value;
        }
      }
    }
  }
  return texels;
}

struct NamedIcon {
  std::uint64_t number;
  Icon lines;
};
using Icons = std::map<std::string, NamedIcon, std::less<>>;

base::Result<Icons> read_icons(const base::Path& folder) {
  Icons icons;
  for (const base::Path& file : TRY(base::list_files(folder, ".svg"))) {
    auto lines = parse_icon(TRY(base::read_file(file, std::size_t{1} << 16U)));
    if (!lines) {
      return base::fail(lines.error().kind, lines.error().code,
                        file.string() + ": " + lines.error().detail);
    }
    icons.emplace(file.stem().string(), NamedIcon{icons.size() + 1, std::move(*lines)});
  }
  return icons;
}

// Stands for an icon that is not there.
NamedIcon missing_icon() {
  const std::vector<IconStep> corners = {{.end = {21, 3}}, {.end = {21, 21}}, {.end = {3, 21}}};
  return {0, {{.start = {3, 3}, .steps = corners, .closed = true}}};
}

struct Free {
  void operator()(std::uint8_t* memory) const { std::free(memory); }
};
using Texels = std::unique_ptr<std::uint8_t[], Free>;

constexpr std::size_t row_at(int y) {
  return static_cast<std::size_t>(y) * Atlas::side;
}

// From calloc, so that parts never drawn into never become memory of this process.
Texels blank_texels() {
  Texels texels(static_cast<std::uint8_t*>(std::calloc(row_at(Atlas::side), 1)));
  if (!texels) std::abort();
  for (int y = 0; y < white_side; ++y) std::memset(&texels[row_at(y)], 0xff, white_side);
  return texels;
}

Shelves shelves_beside_white() {
  Shelves shelves;
  shelves.put(white_side, white_side);
  return shelves;
}

}  // namespace

struct Atlas::State {
  Fonts fonts;
  IconPen pen;
  Icons icons;
  NamedIcon missing = missing_icon();
  Texels texels = blank_texels();
  Shelves shelves = shelves_beside_white();
  std::unordered_map<std::uint64_t, Sprite> sprites;
  std::uint32_t generation = 0;
  bool overflowed = false;

  const Sprite* find(std::uint64_t key) const {
    const auto known = sprites.find(key);
    return known == sprites.end() ? nullptr : &known->second;
  }

  // Without room the sprite is remembered empty, so that one frame asks for it only once.
  const Sprite& add(std::uint64_t key, const Coverage& coverage, float advance) {
    Sprite sprite{.left = coverage.left, .top = coverage.top, .advance = advance};
    if (coverage.width > 0 && coverage.height > 0) {
      if (const auto place = shelves.put(coverage.width, coverage.height)) {
        sprite.x = place->x, sprite.y = place->y;
        sprite.w = coverage.width, sprite.h = coverage.height;
        copy(coverage, *place);
      } else {
        overflowed = true;
      }
    }
    return sprites.emplace(key, sprite).first->second;
  }

  void copy(const Coverage& coverage, Place place) const {
    for (int y = 0; y < coverage.height; ++y) {
      std::memcpy(&texels[row_at(place.y + y) + static_cast<std::size_t>(place.x)],
                  coverage.texels + y * coverage.pitch, static_cast<std::size_t>(coverage.width));
    }
  }
};

Atlas::Atlas(std::unique_ptr<State> state) : state_(std::move(state)) {}
Atlas::Atlas(Atlas&&) noexcept = default;
Atlas& Atlas::operator=(Atlas&&) noexcept = default;
Atlas::~Atlas() = default;

base::Result<Atlas> Atlas::open(const FontFiles& files, const base::Path& icons_folder) {
  Fonts fonts = TRY(Fonts::open(files));
  IconPen pen = TRY(IconPen::open());
  Icons icons = TRY(read_icons(icons_folder));
  return Atlas(std::make_unique<State>(std::move(fonts), std::move(pen), std::move(icons)));
}

const Sprite& Atlas::glyph(char32_t character, Weight weight, int px) {
  const auto key = key_of(Kind::glyph, character, px, static_cast<std::uint64_t>(weight));
  if (const Sprite* known = state_->find(key)) return *known;
  const float width = state_->fonts.advance(character, weight, px);
  return state_->add(key, state_->fonts.render(character, weight, px), width);
}

float Atlas::advance(char32_t character, Weight weight, int px) {
  return state_->fonts.advance(character, weight, px);
}

const Sprite& Atlas::icon(std::string_view name, int px, float stroke) {
  const auto found = state_->icons.find(name);
  const NamedIcon& icon = found == state_->icons.end() ? state_->missing : found->second;
  const auto tenths = static_cast<std::uint64_t>(std::lround(stroke * 10));
  const auto key = key_of(Kind::icon, icon.number, px, tenths);
  if (const Sprite* known = state_->find(key)) return *known;
  return state_->add(key, state_->pen.draw(icon.lines, px, stroke), static_cast<float>(px));
}

bool Atlas::has_icon(std::string_view name) const {
  return state_->icons.contains(name);
}

const Sprite& Atlas::disc(int radius) {
  const auto key = key_of(Kind::disc, 0, radius, 0);
  if (const Sprite* known = state_->find(key)) return *known;
  const int side_px = 2 * radius;
  const std::vector<std::uint8_t> texels = disc_texels(radius);
  const Coverage coverage{
      .texels = texels.data(), .pitch = side_px, .width = side_px, .height = side_px};
  return state_->add(key, coverage, static_cast<float>(side_px));
}

bool Atlas::overflowed() const {
  return state_->overflowed;
}

void Atlas::reset() {
  state_->sprites.clear();
  state_->shelves = shelves_beside_white();
  state_->overflowed = false;
  ++state_->generation;
}

std::uint32_t Atlas::generation() const {
  return state_->generation;
}

std::span<const std::uint8_t> Atlas::pixels() const {
  return {state_->texels.get(), row_at(side)};
}

}  // namespace device
