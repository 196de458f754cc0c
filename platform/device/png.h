// Pictures as PNG files (libpng). Writes only. Any thread.
#pragma once

#include <string>

#include "platform/base/file.h"
#include "platform/base/result.h"
#include "platform/device/canvas.h"

namespace device {

// The bytes of a PNG file: RGB, eight bits each; or one bit a dot.
base::Result<std::string> encode_png(const Canvas& canvas);
base::Result<std::string> encode_png(const Bitmap& bitmap);

// Replaces the file in one step; `mode` as for chmod(2).
base::Result<void> write_png(const Canvas& canvas, const base::Path& path, unsigned mode = 0644);
base::Result<void> write_png(const Bitmap& bitmap, const base::Path& path, unsigned mode = 0644);

}  // namespace device
