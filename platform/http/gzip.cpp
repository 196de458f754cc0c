#include "platform/http/gzip.h"

#include <zlib.h>

#include <array>
#include <cstdlib>

namespace http {
namespace {

constexpr int gzip_window = 15 + 16;  // zlib.h: 15 is the largest window, 16 asks for gzip framing
constexpr int memory_level = 8;       // zlib's own default

Bytef* bytes_of(std::string_view text) {
  // zlib's next_in lacks its const unless ZLIB_CONST is set; it is never written through.
  return reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
}

}  // namespace

std::string gzip(std::string_view bytes) {
  z_stream stream{};
  if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, gzip_window, memory_level,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    std::abort();  // out of memory
  }
  std::string packed(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = bytes_of(bytes);
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = bytes_of(packed);
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

base::Result<std::string> gunzip(std::string_view bytes, std::size_t limit) {
  z_stream stream{};
  if (inflateInit2(&stream, gzip_window) != Z_OK) std::abort();  // out of memory
  stream.next_in = bytes_of(bytes);
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::string text;
  std::array<char, std::size_t{1} << 14U> block{};
  int code = Z_OK;
  while (code == Z_OK && text.size() <= limit) {
    stream.next_out = reinterpret_cast<Bytef*>(block.data());
    stream.avail_out = static_cast<uInt>(block.size());
    code = inflate(&stream, Z_NO_FLUSH);
    text.append(block.data(), block.size() - stream.avail_out);
    if (code == Z_STREAM_END && stream.avail_in > 0) code = inflateReset(&stream);
  }
  inflateEnd(&stream);
  if (text.size() > limit) return base::fail(base::ErrorKind::invalid, "too_large");
  if (code != Z_STREAM_END) return base::fail(base::ErrorKind::invalid, "bad_gzip");
  return text;
}

}  // namespace http
