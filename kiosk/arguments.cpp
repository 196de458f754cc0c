#include "kiosk/arguments.h"

#include "platform/base/options.h"

namespace kiosk {

const std::string_view usage =
    "usage: kiosk --data DIR --config DIR --assets DIR [OPTION...]\n"
    "\n"
    "  --data DIR              database, keys and slips of this kiosk\n"
    "  --config DIR            kiosk.toml, center.toml, menu.toml, services/\n"
    "  --assets DIR            text/ and icons/\n"
    "  --pinyin DIR            dictionary made by platform/debian/deploy-pinyin\n"
    "  --laws-db FILE          law library made by kioskctl laws import\n"
    "  --server URL            central server; default: as kiosk.toml says\n"
    "  --server-ca FILE        PEM: who vouches for the server; default: as kiosk.toml says\n"
    "  --enrol-code-file FILE  one-time code from the office; the file is removed once read\n"
    "  --fullscreen            the whole screen; default: a window for a desk\n"
    "  --windowed              a window for a desk\n"
    "  --portrait              a screen that stands upright (default)\n"
    "  --landscape             a screen that lies\n"
    "  --offline               no server at all: kiosk number 1\n"
    "  --touch-map FILE        for acceptance tests: keeps in FILE where the controls are\n"
    "  --help                  this text\n"
    "\n"
    "Exit codes: 0 stopped as wished, 1 something failed, 2 cannot start like this.\n";

base::Result<Arguments> parse_arguments(std::span<const std::string> words) {
  const base::OptionNames known{{"data", "config", "assets", "pinyin", "laws-db", "server",
                                 "server-ca", "enrol-code-file", "touch-map"},
                                {"fullscreen", "windowed", "portrait", "landscape", "offline"}};
  const base::Options options = TRY(base::parse_options(words, known));
  const auto wrong = [](std::string_view sentence) {
    return base::fail(base::ErrorKind::invalid, "arguments", sentence);
  };
  if (!options.positional.empty()) return wrong("unknown word: " + options.positional.front());
  for (const std::string_view needed : {"data", "config", "assets"}) {
    if (options.value(needed).empty()) return wrong("--" + std::string(needed) + " is missing");
  }
  if (options.has("fullscreen") && options.has("windowed")) {
    return wrong("--fullscreen and --windowed exclude each other");
  }
  if (options.has("portrait") && options.has("landscape")) {
    return wrong("--portrait and --landscape exclude each other");
  }
  return Arguments{.data = options.value("data"),
                   .config = options.value("config"),
                   .assets = options.value("assets"),
                   .pinyin = options.value("pinyin"),
                   .laws = options.value("laws-db"),
                   .server = std::string(options.value("server")),
                   .server_ca = options.value("server-ca"),
                   .enrol_code_file = options.value("enrol-code-file"),
                   .touch_map = options.value("touch-map"),
                   .fullscreen = options.has("fullscreen"),
                   .landscape = options.has("landscape"),
                   .offline = options.has("offline")};
}

}  // namespace kiosk
