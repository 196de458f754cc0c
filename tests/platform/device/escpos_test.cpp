#include "platform/device/escpos.h"

#include <doctest/doctest.h>

#include "platform/device/png.h"
#include "tests/platform/device/paper.h"
#include "tests/platform/device/picture.h"
#include "tests/support/world.h"

using device::Bitmap;

TEST_CASE("the bytes for the printer are the picture, whatever its width and height") {
  for (const device::Size size : {device::Size{576, 1}, {576, 128}, {384, 129}, {9, 700}}) {
    INFO(size.width, " x ", size.height);
    const Bitmap picture = test::speckled(size);
    const test::Paper paper = test::read_escpos(device::escpos_raster(picture));
    CHECK(paper.picture.height == size.height);
    CHECK(paper.picture.bits == picture.bits);
    CHECK(paper.tallest_band <= 128);
    CHECK(paper.cut);
  }
}

TEST_CASE("a code survives the way through the printer" * doctest::skip(!test::has_zbar())) {
  test::TempFolder folder;
  const std::string text = "https://example.org/s/BJDC-7K3M-Q9";
  const Bitmap code = test::draw_code(*device::qr(text), 6);
  const test::Paper paper = test::read_escpos(device::escpos_raster(code));
  const base::Path file = folder / "paper.png";
  REQUIRE(device::write_png(paper.picture, file));
  CHECK(test::zbar(file) == text);
}

TEST_CASE("paper and cover are reported only when the printer says so itself") {
  const auto code_of = [](std::string_view answer) {
    const auto status = device::escpos_status(answer);
    return status ? std::string() : status.error().code;
  };
  CHECK(code_of("\x12\x12").empty());
  CHECK(code_of("\x16\x12") == "cover_open");
  CHECK(code_of("\x32\x12") == "paper_out");
  CHECK(code_of("\x12\x72") == "paper_out");
  CHECK(code_of("\x12\x1e").empty());  // nearly out of paper still prints
  CHECK(code_of("").empty());
  CHECK(code_of("\x16").empty());
  CHECK(code_of("HT").empty());  // no status: its fixed bits are wrong
}
