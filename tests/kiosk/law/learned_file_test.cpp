#include "kiosk/law/learned_file.h"

#include <doctest/doctest.h>

#include "kiosk/law/trees.h"
#include "tests/kiosk/law/small_ranking.h"
#include "tests/support/world.h"

using law::Feature;
using law::LearnedFile;

namespace {

struct Fixture {
  test::TempFolder folder;
  base::Path path = folder / "ranking.bin";
  law::Learned learned = test::learned_of({{"伞丢了要赔吗", "借伞法", {3, 1}}});

  Fixture() { test::grow_one(learned, Feature::pairs_share, 0.5F); }
  base::Result<LearnedFile> open(const std::string& bytes,
                                 std::uint32_t features = law::feature_print) {
    REQUIRE(base::replace_file(path, bytes));
    return LearnedFile::open(path, features);
  }
  base::Result<LearnedFile> open() { return open(encode(learned, law::feature_print)); }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "A learned ranking is read as it was written") {
  const auto file = open();
  REQUIRE(file);
  CHECK(file->questions() == 1);
  const auto answers = file->records<law::Answer>(law::LearnedSection::answers);
  REQUIRE(answers.size() == 1);
  CHECK(answers[0].share == 1);
}

TEST_CASE_FIXTURE(Fixture, "A learned ranking with any byte changed or missing is refused") {
  const std::string bytes = encode(learned, law::feature_print);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string changed = bytes;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    INFO("byte " << i);
    const bool opened = open(changed).has_value();
    CHECK_FALSE(opened);
  }
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{7}, sizeof(law::LearnedHeader), bytes.size() - 8}) {
    CHECK_FALSE(open(bytes.substr(0, size)));
  }
  CHECK(open(bytes));
}

TEST_CASE_FIXTURE(Fixture, "A learned ranking for other features is refused") {
  const auto file = open(encode(learned, law::feature_print), law::feature_print + 1);
  REQUIRE_FALSE(file);
  CHECK(file.error().code == "ranking_format");
}

TEST_CASE_FIXTURE(Fixture, "Numbers that lead outside of the file are refused") {
  SUBCASE("an answer to no question") {
    learned.answers[0].question = 1;
  }
  SUBCASE("an answer that is no article") {
    learned.answers[0].article = 1;
  }
  SUBCASE("uses beyond the end") {
    learned.terms[0].uses = 1000;
  }
  SUBCASE("a use of no question") {
    learned.uses[0].question = 9;
  }
  SUBCASE("a kernel that is too small") {
    learned.kernel.clear();
  }
  SUBCASE("expansions beyond the end") {
    learned.expansion_ranges[0].count = 1;
  }
  SUBCASE("a tree that leads back") {
    learned.nodes[0].left = 0;
  }
  SUBCASE("a tree that leads out") {
    learned.nodes[0].left = 2;
  }
  SUBCASE("a cut that is none") {
    learned.nodes[0].cut = 1;
  }
  SUBCASE("a feature that is none") {
    learned.nodes[0].feature = law::feature_count;
  }
  SUBCASE("a leaf that leads on") {
    learned.nodes[1].left = 2;
  }
  SUBCASE("a lay line of no article") {
    learned.lay_lines = {0};
  }
  SUBCASE("an empty tree") {
    learned.tree_ranges[0].count = 0;
  }
  CHECK_FALSE(open());
}

TEST_CASE_FIXTURE(Fixture, "A tree goes left below its cut, else right, and trees add up") {
  learned.tree_ranges.push_back(learned.tree_ranges[0]);
  const auto file = open();
  REQUIRE(file);
  law::Trees trees(*file);
  std::vector<float> rows(3 * law::feature_count, 0);
  const auto feature = static_cast<std::size_t>(Feature::pairs_share);
  rows[0 * law::feature_count + feature] = 0.4F;
  rows[1 * law::feature_count + feature] = 0.5F;
  rows[2 * law::feature_count + feature] = 0.6F;
  std::vector<float> scores(3, 9);
  trees.score(rows, scores);
  CHECK(scores == std::vector<float>{0, 2, 2});
}
