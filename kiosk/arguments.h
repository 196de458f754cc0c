// The command line of the program kiosk. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "platform/base/file.h"
#include "platform/base/result.h"

namespace kiosk {

struct Arguments {
  base::Path data;             // must be given
  base::Path config;           // folder with kiosk.toml, center.toml, menu.toml, services/
  base::Path assets;           // folder with text/ and icons/
  base::Path pinyin;           // made by platform/debian/deploy-pinyin; "": no pinyin
  base::Path laws;             // library file; "": what the settings say
  std::string server;          // "": what the settings say
  base::Path server_ca;        // "": what the settings say
  base::Path enrol_code_file;  // one-time code from the office; "": none
  base::Path touch_map;        // see touch_map.h; "": none
  bool fullscreen = false;
  bool landscape = false;
  bool offline = false;  // no server at all, kiosk number 1
};

extern const std::string_view usage;

// invalid with a sentence for people in Error::detail.
base::Result<Arguments> parse_arguments(std::span<const std::string> words);

}  // namespace kiosk
