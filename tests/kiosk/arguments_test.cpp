#include "kiosk/arguments.h"

#include <doctest/doctest.h>

#include <vector>

namespace {

const std::vector<std::string> needed{"--data", "d", "--config", "c", "--assets", "a"};

base::Result<kiosk::Arguments> parse(const std::vector<std::string>& more) {
  std::vector<std::string> words = needed;
  words.insert(words.end(), more.begin(), more.end());
  return kiosk::parse_arguments(words);
}

std::string complaint(const base::Result<kiosk::Arguments>& arguments) {
  return arguments ? std::string() : arguments.error().detail;
}

}  // namespace

TEST_CASE("Three folders are enough: an upright window on a desk, as the settings say") {
  const auto arguments = parse({});
  REQUIRE(arguments);
  CHECK(arguments->data == "d");
  CHECK(arguments->config == "c");
  CHECK(arguments->assets == "a");
  CHECK_FALSE(arguments->landscape);
  CHECK_FALSE(arguments->fullscreen);
  CHECK_FALSE(arguments->offline);
  CHECK(arguments->server.empty());
  CHECK(arguments->laws.empty());
  CHECK(arguments->touch_map.empty());
}

TEST_CASE("Every option of the command line arrives where it belongs") {
  const auto arguments = parse({"--pinyin", "p", "--laws-db", "l", "--server", "http://s",
                                "--server-ca", "ca", "--enrol-code-file", "e", "--touch-map", "t",
                                "--fullscreen", "--landscape", "--offline"});
  REQUIRE(arguments);
  CHECK(arguments->pinyin == "p");
  CHECK(arguments->laws == "l");
  CHECK(arguments->server == "http://s");
  CHECK(arguments->server_ca == "ca");
  CHECK(arguments->enrol_code_file == "e");
  CHECK(arguments->touch_map == "t");
  CHECK(arguments->fullscreen);
  CHECK(arguments->landscape);
  CHECK(arguments->offline);
}

TEST_CASE("A folder that is missing is named") {
  for (const std::string_view folder : {"data", "config", "assets"}) {
    CAPTURE(folder);
    std::vector<std::string> words;
    for (std::size_t i = 0; i < needed.size(); i += 2) {
      if (needed[i] == "--" + std::string(folder)) continue;
      words.insert(words.end(), {needed[i], needed[i + 1]});
    }
    CHECK(complaint(kiosk::parse_arguments(words)) == "--" + std::string(folder) + " is missing");
  }
}

TEST_CASE("What contradicts itself or is not known is refused") {
  CHECK(complaint(parse({"--fullscreen", "--windowed"})) ==
        "--fullscreen and --windowed exclude each other");
  CHECK(complaint(parse({"--portrait", "--landscape"})) ==
        "--portrait and --landscape exclude each other");
  CHECK(complaint(parse({"upright"})) == "unknown word: upright");
  CHECK_FALSE(parse({"--upright"}));
  CHECK_FALSE(parse({"--server"}));
}
