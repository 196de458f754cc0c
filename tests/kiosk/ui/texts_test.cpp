#include "kiosk/ui/texts.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "tests/support/world.h"

namespace {

void write(const test::TempFolder& folder, const std::string& language, const std::string& feature,
           const std::string& toml) {
  std::filesystem::create_directories(folder / language);
  const base::Path file = base::Path(folder / language) / (feature + ".toml");
  REQUIRE(base::replace_file(file, toml, 0600));
}

}  // namespace

TEST_CASE("a sentence is found by feature and name, with its holes filled") {
  const test::TempFolder folder;
  write(folder, "en", "ticket", "yours = \"Your number is {number}\"\n");
  write(folder, "zh-Hans", "ticket", "yours = \"您的号是 {number}\"\n");
  const auto texts = ui::Texts::load(folder.path());
  REQUIRE(texts);
  CHECK(texts->get("en", "ticket.yours", {{"number", "B1-01"}}) == "Your number is B1-01");
  CHECK(texts->get("zh-Hans", "ticket.yours", {{"number", "B1-01"}}) == "您的号是 B1-01");
  CHECK(texts->has("en", "ticket.yours"));
  CHECK_FALSE(texts->has("en", "ticket.theirs"));
}

TEST_CASE("a sentence that is missing is seen on the screen") {
  const test::TempFolder folder;
  write(folder, "en", "ticket", "yours = \"x\"\n");
  const auto texts = ui::Texts::load(folder.path());
  REQUIRE(texts);
  CHECK(texts->get("en", "ticket.theirs") == "⟦ticket.theirs⟧");
}

TEST_CASE("a file that cannot be read is named with its line") {
  const test::TempFolder folder;
  write(folder, "en", "ticket", "yours = \"x\"\ntheirs = \n");
  const auto texts = ui::Texts::load(folder.path());
  REQUIRE_FALSE(texts);
  CHECK(texts.error().code == "bad_text_file");
  CHECK(texts.error().detail.find("ticket.toml") != std::string::npos);
  CHECK(texts.error().detail.find("2") != std::string::npos);
}
