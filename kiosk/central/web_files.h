// The office page and the description of the API as they were when the program was built:
// assets/web, the icons it uses and wire/openapi.json, made part of the program by embed.cmake, so
// that the server needs no folder of files beside it.
#pragma once

#include <span>
#include <string_view>

namespace central {

struct WebFile {
  std::string_view path;  // as asked for: "/office.css"
  std::string_view content_type;
  std::string_view bytes;
};

std::span<const WebFile> web_files();

}  // namespace central
