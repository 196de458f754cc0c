#include "platform/device/png.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "tests/platform/device/picture.h"
#include "tests/support/world.h"

using device::Bitmap;
using device::Canvas;

TEST_CASE("a picture written as PNG reads back pixel by pixel") {
  Canvas canvas(37, 19);
  for (int y = 0; y < 19; ++y) {
    for (int x = 0; x < 37; ++x) {
      canvas.row(y)[x] = static_cast<std::uint32_t>(x << 18 | y << 9 | (x ^ y));
    }
  }
  const auto bytes = device::encode_png(canvas);
  REQUIRE(bytes.has_value());
  CHECK(test::decode_png(*bytes).pixels == canvas.pixels);
}

TEST_CASE("a slip becomes a PNG of one bit a dot, in a file only its owner reads") {
  test::TempFolder folder;
  Bitmap bitmap(45, 8);
  for (int i = 0; i < 8; ++i) bitmap.blacken(5 * i, i);
  const base::Path path = folder / "slip.png";
  REQUIRE(device::write_png(bitmap, path, 0600));
  const auto bytes = base::read_file(path);
  REQUIRE(bytes.has_value());
  CHECK((*bytes)[24] == 1);  // bit depth in the IHDR chunk
  CHECK(device::threshold(test::decode_png(*bytes)) == bitmap);
  struct stat kind{};
  REQUIRE(::stat(path.c_str(), &kind) == 0);
  CHECK((kind.st_mode & 0777) == 0600);
}

TEST_CASE("a folder that is not there is an error of storage, and nothing is left behind") {
  const auto written = device::write_png(Canvas(4, 4), "/nowhere/at/all.png");
  REQUIRE_FALSE(written.has_value());
  CHECK(written.error().code == "file_unwritable");
}

TEST_CASE("an empty picture is refused") {
  CHECK_FALSE(device::encode_png(Canvas()).has_value());
}
