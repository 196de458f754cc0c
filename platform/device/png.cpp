#include "platform/device/png.h"

#include <png.h>

#include <array>

namespace device {
namespace {

// libpng's simplified writer: no longjmp through our frames.
base::Result<std::string> encode(png_uint_32 format, Size size,
                                 const std::vector<std::uint8_t>& samples,
                                 const std::uint8_t* colours) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(size.width);
  image.height = static_cast<png_uint_32>(size.height);
  image.format = format;
  image.colormap_entries = colours == nullptr ? 0 : 2;
  png_alloc_size_t used = PNG_IMAGE_PNG_SIZE_MAX(image);
  std::string bytes(used, '\0');
  if (png_image_write_to_memory(&image, bytes.data(), &used, 0, samples.data(), 0, colours) == 0) {
    return base::fail(base::ErrorKind::invalid, "png_not_written", image.message);
  }
  bytes.resize(used);
  return bytes;
}

std::uint8_t byte_of(std::uint32_t pixel, unsigned shift) {
  return static_cast<std::uint8_t>(pixel >> shift & 0xffU);
}

}  // namespace

base::Result<std::string> encode_png(const Canvas& canvas) {
  std::vector<std::uint8_t> samples;
  samples.reserve(canvas.pixels.size() * 3);
  for (const std::uint32_t pixel : canvas.pixels) {
    for (const unsigned shift : {16U, 8U, 0U}) samples.push_back(byte_of(pixel, shift));
  }
  return encode(PNG_FORMAT_RGB, {canvas.width, canvas.height}, samples, nullptr);
}

base::Result<std::string> encode_png(const Bitmap& bitmap) {
  std::vector<std::uint8_t> samples;
  samples.reserve(static_cast<std::size_t>(bitmap.width) * static_cast<std::size_t>(bitmap.height));
  for (int y = 0; y < bitmap.height; ++y) {
    for (int x = 0; x < bitmap.width; ++x) samples.push_back(bitmap.black(x, y) ? 1 : 0);
  }
  // With two colours libpng packs eight dots a byte.
  constexpr std::array<std::uint8_t, 6> white_and_black = {255, 255, 255, 0, 0, 0};
  return encode(PNG_FORMAT_RGB_COLORMAP, {bitmap.width, bitmap.height}, samples,
                white_and_black.data());
}

base::Result<void> write_png(const Canvas& canvas, const base::Path& path, unsigned mode) {
  return base::replace_file(path, TRY(encode_png(canvas)), mode);
}

base::Result<void> write_png(const Bitmap& bitmap, const base::Path& path, unsigned mode) {
  return base::replace_file(path, TRY(encode_png(bitmap)), mode);
}

}  // namespace device
