// The law pack that the server carries: the file in front of a folder that `kioskctl laws pack`
// fills. Knows its name, its size and its bytes, nothing of what they mean.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "platform/base/file.h"
#include "platform/base/mapped_file.h"
#include "platform/base/result.h"

namespace central {

class LawPack {
 public:
  // Of folder/current → SHA256.lawpack. Nothing when the folder has none yet; invalid ("bad_hash")
  // when the file is not what its name says.
  static base::Result<std::optional<LawPack>> open(const base::Path& folder);

  [[nodiscard]] const std::string& sha256() const { return sha256_; }
  [[nodiscard]] std::string_view bytes() const { return file_.bytes(); }

 private:
  LawPack(std::string sha256, base::MappedFile file)
      : sha256_(std::move(sha256)), file_(std::move(file)) {}

  std::string sha256_;
  base::MappedFile file_;
};

// Bytes of a file, from the first one on.
struct ByteRange {
  std::size_t begin = 0;
  std::size_t size = 0;
  bool operator==(const ByteRange&) const = default;
};
inline constexpr std::size_t longest_range = std::size_t{1} << 20U;
// "bytes=0-499" (RFC 9110 section 14.1.2) within a file of `size` bytes. Nothing for anything else:
// several ranges, one without both ends, one that begins behind the file or is longer than
// longest_range.
std::optional<ByteRange> parse_range(std::string_view header, std::size_t size);

}  // namespace central
