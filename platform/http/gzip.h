// gzip (RFC 1952) of whole texts, by zlib. Knows nothing of HTTP. Any thread.
#pragma once

#include <string>
#include <string_view>

#include "platform/base/result.h"

namespace http {

std::string gzip(std::string_view bytes);
// One gzip member, or several one behind the other. invalid: "bad_gzip" when it is damaged or cut
// off, "too_large" as soon as more than `limit` bytes come out.
base::Result<std::string> gunzip(std::string_view bytes, std::size_t limit);

}  // namespace http
