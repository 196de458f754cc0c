#include "kiosk/law/ranker.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "kiosk/law/law_store.h"
#include "tests/kiosk/law/small_collections.h"
#include "tests/kiosk/law/small_ranking.h"

using law::Feature;
using law::LawStore;
using test::day;

namespace {

struct Fixture {
  test::TempFolder folder;
  base::Path library = test::library_of(folder, test::small_book());
  base::Path file = folder / "ranking.bin";

  base::Path write(const law::Learned& learned) {
    REQUIRE(base::replace_file(file, encode(learned, law::feature_print)));
    return file;
  }
  static std::vector<std::string> found(LawStore& store, std::string_view text) {
    std::vector<std::string> list;
    const auto ranked = store.rank({text, day(2026, 11, 23), 20, {}});
    REQUIRE(ranked);
    for (const auto& each : *ranked) {
      list.push_back(law::short_title(each.law_title) + each.label);
    }
    return list;
  }
};

}  // namespace

TEST_CASE_FIXTURE(
    Fixture, "What answered a question stands first for one like it, though it shares no word") {
  auto learned = test::learned_of({{"山里天黑", "登山法", {2, 0}}});
  test::grow_one(learned, Feature::article_share, 0.5F);
  LawStore store = *LawStore::open(library);
  const std::string question = "山里天黑雨伞遗失";
  REQUIRE(found(store, question).front() == "借伞法第三条之一");
  REQUIRE(store.use_ranking(write(learned)));
  CHECK(found(store, question).front() == "登山法第二条");
  CHECK(found(store, "雨伞遗失").front() != "登山法第二条");
}

TEST_CASE_FIXTURE(Fixture, "A ranking that cannot be used leaves the order by words") {
  LawStore store = *LawStore::open(library);
  const auto before = found(store, "雨伞遗失怎么办");
  CHECK(store.use_ranking(folder / "none.bin").error().code == "file_unreadable");
  REQUIRE(base::replace_file(file, "something else"));
  CHECK(store.use_ranking(file).error().code == "ranking_format");
  CHECK(found(store, "雨伞遗失怎么办") == before);
}

TEST_CASE_FIXTURE(Fixture, "A learned article that a library does not have is passed over") {
  auto learned =
      test::learned_of({{"山里天黑", "登山法", {99, 0}}, {"月亮上的税", "月亮税法", {1, 0}}});
  test::grow_one(learned, Feature::article_share, 0.5F);
  LawStore store = *LawStore::open(library);
  const auto before = found(store, "雨伞遗失怎么办");
  REQUIRE(store.use_ranking(write(learned)));
  auto after = found(store, "雨伞遗失怎么办");
  CHECK(std::ranges::is_permutation(after, before));
}

TEST_CASE_FIXTURE(Fixture, "A repealed article that was learned stays behind its successor") {
  auto learned = test::learned_of({{"雨伞登记", "雨具暂行条例", {2, 0}}});
  test::grow_one(learned, Feature::article_share, 0.5F);
  LawStore store = *LawStore::open(library);
  REQUIRE(store.use_ranking(write(learned)));
  const auto list = found(store, "雨伞登记");
  const auto repealed = std::find(list.begin(), list.end(), "雨具暂行条例第二条");
  const auto successor = std::find_if(
      list.begin(), list.end(), [](const std::string& each) { return each.starts_with("借伞法"); });
  REQUIRE(successor != list.end());
  CHECK(successor < repealed);
}

TEST_CASE_FIXTURE(Fixture, "Talk that is like no question about the law is no good match") {
  auto learned = test::learned_of({{"雨伞遗失要赔吗", "借伞法", {3, 1}}});
  LawStore store = *LawStore::open(library);
  const auto good = [&store](std::string_view text) {
    const auto answer = store.search({text, day(2026, 11, 23), 5, {}});
    REQUIRE(answer);
    return answer->good_match;
  };
  REQUIRE(good("夜间登山结伴"));
  REQUIRE(store.use_ranking(write(learned)));
  CHECK_FALSE(good("夜间登山结伴"));
  CHECK(good("雨伞遗失赔"));
  CHECK(good("登山法"));
  CHECK(good("登山法第一条"));
}

TEST_CASE_FIXTURE(Fixture, "A learned question that is left out knows nothing of itself") {
  const auto learned =
      test::learned_of({{"山里天黑", "登山法", {2, 0}}, {"雨伞遗失", "借伞法", {3, 1}}});
  const auto opened = law::LearnedFile::open(write(learned), law::feature_print);
  REQUIRE(opened);
  const auto pack = law::Pack::open(library);
  REQUIRE(pack);
  law::Precedents precedents(*opened, *pack);
  precedents.weigh("山里天黑", {});
  CHECK(precedents.nearest() == doctest::Approx(1).epsilon(0.01));
  const auto best = [&precedents] {
    float score = 0;
    for (const auto& each : precedents.articles()) score = std::max(score, each.score);
    return score;
  };
  CHECK(best() == doctest::Approx(1).epsilon(0.01));
  precedents.weigh("山里天黑", 0);
  CHECK(precedents.nearest() == 0);
  CHECK(best() == 0);
}

TEST_CASE_FIXTURE(Fixture, "Candidates say what their place comes from") {
  auto learned = test::learned_of({{"山里天黑", "登山法", {2, 0}}});
  test::grow_one(learned, Feature::article_share, 0.5F);
  LawStore store = *LawStore::open(library);
  const auto opened = law::LearnedFile::open(write(learned), law::feature_print);
  REQUIRE(opened);
  auto pack = law::Pack::open(library);
  REQUIRE(pack);
  law::Ranker ranker(*opened, *pack);
  store.show_scores({"山里天黑雨伞遗失", day(2026, 11, 23), 20, {}},
                    [&](const law::RankingQuestion& question) {
                      const auto& list = ranker.rank(question);
                      REQUIRE(list.size() > 1);
                      CHECK(list[0].evidence.asked == 1);
                      CHECK(list[0].evidence.words == 0);
                      CHECK(list[1].evidence.asked == 0);
                      CHECK(list[1].evidence.words > 0);
                    });
}
