#include "kiosk/law/suggestions.h"

#include <doctest/doctest.h>

#include "tests/support/must.h"
#include "tests/support/world.h"

using law::Suggestions;

namespace {

using Lines = std::vector<std::string>;

struct Fixture {
  test::TempFolder folder;
  Suggestions suggestions;

  Fixture() {
    REQUIRE(base::replace_file(folder / "a.tsv",
                               "# 借伞法\n1\t-\n2\t伞丢了要赔吗；借的伞丢了找谁；伞丢了\n"
                               "3\t伞丢了要赔吗\n"));
    REQUIRE(base::replace_file(folder / "b.tsv", "# 登山法\n1\t爬山摔伤谁赔"));
    suggestions = test::must(Suggestions::open(folder.path()));
  }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "Lines that begin with the words come first, then shorter ones, once") {
  CHECK(suggestions.find("伞丢", 9) == Lines{"伞丢了", "伞丢了要赔吗", "借的伞丢了找谁"});
  CHECK(suggestions.find("伞丢", 2) == Lines{"伞丢了", "伞丢了要赔吗"});
}

TEST_CASE_FIXTURE(Fixture, "The first and the last line of a file are found whole") {
  CHECK(suggestions.find("谁赔", 9) == Lines{"爬山摔伤谁赔"});
  CHECK(suggestions.find(" 爬山 ", 9) == Lines{"爬山摔伤谁赔"});
}

TEST_CASE_FIXTURE(Fixture,
                  "What is typed already, titles, numbers and one character suggest nothing") {
  CHECK(suggestions.find("爬山摔伤谁赔", 9).empty());
  CHECK(suggestions.find("借伞法", 9).empty());
  CHECK(suggestions.find("；借", 9).empty());
  CHECK(suggestions.find("伞", 9).empty());
  CHECK(suggestions.find("", 9).empty());
  CHECK(Suggestions().find("伞丢", 9).empty());
}

TEST_CASE("Without the folder there is nothing to suggest from, which is said") {
  const test::TempFolder folder;
  CHECK(Suggestions::open(folder / "none").error().kind == base::ErrorKind::not_found);
}
