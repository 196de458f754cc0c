#include "platform/zstd/zstd.h"

#include <zstd.h>

namespace zstd {

using base::ErrorKind;
using base::fail;
using base::Result;

void Packer::Free::operator()(void* context) const {
  ZSTD_freeCCtx(static_cast<ZSTD_CCtx*>(context));
}

Packer::Packer(int level) : context_(ZSTD_createCCtx()), level_(level) {}

Result<std::string> Packer::pack(std::string_view text) {
  std::string frame(ZSTD_compressBound(text.size()), '\0');
  if (!context_) return fail(ErrorKind::storage, "zstd", "no memory");
  const std::size_t size = ZSTD_compressCCtx(static_cast<ZSTD_CCtx*>(context_.get()), frame.data(),
                                             frame.size(), text.data(), text.size(), level_);
  if (ZSTD_isError(size) != 0) return fail(ErrorKind::storage, "zstd", ZSTD_getErrorName(size));
  frame.resize(size);
  frame.shrink_to_fit();
  return frame;
}

void Unpacker::Free::operator()(void* context) const {
  ZSTD_freeDCtx(static_cast<ZSTD_DCtx*>(context));
}

Unpacker::Unpacker() : context_(ZSTD_createDCtx()) {}

Result<std::string> Unpacker::unpack(std::string_view frame, std::size_t size) {
  if (!context_) return fail(ErrorKind::storage, "zstd", "no memory");
  std::string text(size, '\0');
  const std::size_t got = ZSTD_decompressDCtx(static_cast<ZSTD_DCtx*>(context_.get()), text.data(),
                                              text.size(), frame.data(), frame.size());
  if (ZSTD_isError(got) != 0) return fail(ErrorKind::invalid, "zstd", ZSTD_getErrorName(got));
  if (got != size) return fail(ErrorKind::invalid, "zstd", "a frame of another size");
  return text;
}

}  // namespace zstd
