// Zstandard (RFC 8878) behind two words: a text becomes one frame, a frame becomes the text again.
// Whole values only, no streams.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "platform/base/result.h"

namespace zstd {

// Makes frames; keeps the library's working memory from one to the next. The same text gives the
// same bytes only with the same version of the library.
class Packer {
 public:
  // `level` as the library counts, 1 (fast) to 19 (small).
  explicit Packer(int level);
  // storage ("zstd") when there is no memory left.
  base::Result<std::string> pack(std::string_view text);

 private:
  struct Free {
    void operator()(void* context) const;
  };
  std::unique_ptr<void, Free> context_;
  int level_;
};

// Reads frames, hostile ones too; keeps the library's working memory from one to the next.
class Unpacker {
 public:
  Unpacker();
  // invalid ("zstd") when the frame is damaged or is not exactly `size` bytes when unpacked.
  base::Result<std::string> unpack(std::string_view frame, std::size_t size);

 private:
  struct Free {
    void operator()(void* context) const;
  };
  std::unique_ptr<void, Free> context_;
};

}  // namespace zstd
