#include "kiosk/law/pack_folder.h"

#include <doctest/doctest.h>

#include "tests/support/world.h"

using law::PackFolder;

namespace {

struct Fixture {
  test::TempFolder folder;
  PackFolder packs = *PackFolder::open(folder / "packs");

  std::string put(std::string_view bytes) {
    const std::string name = *packs.add(bytes);
    REQUIRE(packs.switch_to(name));
    return name;
  }
  [[nodiscard]] std::string in_front() const { return *base::read_file(packs.current()); }
  [[nodiscard]] std::size_t count() const {
    return base::list_files(folder / "packs", ".lawpack")->size();
  }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "An empty folder has nothing in front and nothing to go back to") {
  CHECK(packs.current_name().empty());
  CHECK(packs.roll_back().error().code == "no_previous_pack");
}

TEST_CASE_FIXTURE(Fixture, "A new pack comes to the front, one is kept, older ones go") {
  const std::string first = put("first");
  const std::string second = put("second");
  CHECK(in_front() == "second");
  CHECK(packs.current_name() == second);
  CHECK(packs.previous_name() == first);
  put("third");
  CHECK(packs.previous_name() == second);
  CHECK(count() == 2);
}

TEST_CASE_FIXTURE(Fixture, "Going back and forth changes two packs over") {
  const std::string first = put("first");
  const std::string second = put("second");
  REQUIRE(packs.roll_back());
  CHECK(in_front() == "first");
  CHECK(packs.previous_name() == second);
  REQUIRE(packs.roll_back());
  CHECK(packs.current_name() == second);
  CHECK(packs.previous_name() == first);
}

TEST_CASE_FIXTURE(Fixture, "A pack that is already in front keeps the one before it") {
  const std::string first = put("first");
  put("second");
  put("second");
  CHECK(packs.previous_name() == first);
}

TEST_CASE_FIXTURE(Fixture, "A damaged or missing pack does not come to the front") {
  put("first");
  const std::string name = *packs.add("second");
  REQUIRE(base::replace_file(folder / "packs" / (name + ".lawpack"), "broken"));
  CHECK(packs.switch_to(name).error().code == "bad_hash");
  CHECK_FALSE(packs.switch_to(std::string(64, '0')));
  CHECK(in_front() == "first");
  CHECK(packs.previous_name().empty());
}

TEST_CASE_FIXTURE(Fixture, "What is open stays readable when another pack comes to the front") {
  put("first");
  const base::Path opened = std::filesystem::canonical(packs.current());
  put("second");
  CHECK(*base::read_file(opened) == "first");
}
