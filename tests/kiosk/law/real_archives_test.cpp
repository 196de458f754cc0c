// The two real collections, when KIOSK_TEST_LAWS names the folder that holds both archives.
//
// just-laws lists 311 laws. The national part of LawRefBook was counted elsewhere as 1,425 laws
// with 59,910 articles, by files: the eight files of 民法典 as eight laws and one private guide
// among them. Here 民法典 is one law and the guide is left out, which makes 1,417; pieces without a
// number (said before the first article, annexes, sections) are counted with the articles, as
// there.
#include <doctest/doctest.h>

#include <cstdlib>

#include "kiosk/law/import/archive.h"
#include "kiosk/law/law_store.h"
#include "tests/kiosk/law/small_collections.h"

using law::CitationCheck;
using law::LawStore;
using law::StatusKind;
using test::day;

namespace {

const base::Date today = day(2026, 11, 23);

struct Real {
  test::TempFolder folder;
  law::Gathered gathered;
  std::optional<LawStore> store;

  explicit Real(const std::string& archive) {
    const char* path = std::getenv("KIOSK_TEST_LAWS");
    if (path == nullptr) {
      MESSAGE("skipped: KIOSK_TEST_LAWS is not set");
      return;
    }
    auto collection = law::read_collection(base::Path(path) / archive);
    REQUIRE(collection);
    gathered = law::gather(std::move(*collection), {});
    REQUIRE(law::write_library(gathered, {}, folder / "laws.db", [](auto, auto, auto) {}));
    store = *LawStore::open(folder / "laws.db");
  }

  [[nodiscard]] std::size_t count_laws(bool with_cases = true) const {
    std::size_t count = 0;
    for (const law::Law& each : gathered.laws) {
      count += with_cases || each.kind != law::Kind::court_case ? 1 : 0;
    }
    return count;
  }

  [[nodiscard]] std::size_t count_kind(law::Kind kind) const {
    std::size_t count = 0;
    for (const law::Law& each : gathered.laws) count += each.kind == kind ? 1 : 0;
    return count;
  }

  [[nodiscard]] std::size_t count_pieces() const {
    std::size_t count = 0;
    for (const law::Law& each : gathered.laws) {
      if (each.kind != law::Kind::court_case) count += each.versions.back().text.units.size();
    }
    return count;
  }

  CitationCheck cites(std::string_view law, std::string_view article) {
    return *store->check_citation(law, article, today);
  }

  law::Status status(std::string_view law, int article, base::Date on = today) {
    const auto id = *store->find_article(law, {article, 0}, on);
    REQUIRE_MESSAGE(id, law);
    return (*store->article(*id, on))->version.status;
  }
};

void check_just_laws_is_whole(Real& real) {
  MESSAGE("just-laws: " << real.count_kind(law::Kind::law) << " laws, "
                        << real.count_kind(law::Kind::amendment) << " amendments, "
                        << real.count_pieces() << " articles and other pieces");
  CHECK(real.count_kind(law::Kind::law) == 311);
  CHECK(real.count_kind(law::Kind::amendment) == 17);
  CHECK(real.store->info().collected == day(2026, 6, 26));
  for (const law::FileAccount& each : real.gathered.files) {
    if (each.fate == law::Fate::left_out) CHECK(each.note == "index_page");
  }
}

void check_large_laws_are_whole(Real& real) {
  CHECK(real.cites("民法典", "第一条") == CitationCheck::found);
  CHECK(real.cites("民法典", "第一千二百六十条") == CitationCheck::found);
  CHECK(real.cites("民法典", "第一千二百六十一条") == CitationCheck::article_missing);
  CHECK(real.cites("刑法", "第一百二十条之一") == CitationCheck::found);
  CHECK(real.cites("宪法", "第一百四十三条") == CitationCheck::found);
}

// 生态环境法典 art. 1242
void check_environment_laws_are_repealed(Real& real) {
  for (const std::string_view law :
       {"环境保护法", "环境影响评价法", "海洋环境保护法", "大气污染防治法", "水污染防治法",
        "土壤污染防治法", "固体废物污染环境防治法", "噪声污染防治法", "放射性污染防治法",
        "清洁生产促进法"}) {
    CHECK_MESSAGE(real.status(law, 1).kind == StatusKind::repealed, law);
    CHECK_MESSAGE(real.status(law, 1).since == day(2026, 8, 15), law);
    CHECK_MESSAGE(real.status(law, 1, day(2026, 8, 14)).kind == StatusKind::in_force, law);
  }
  const auto id = **real.store->find_article("环境保护法", {1, 0}, today);
  const auto by = (*real.store->article(id, today))->repealed_by;
  REQUIRE(by);
  CHECK(by->law_title == "中华人民共和国生态环境法典");
  CHECK(by->label == "第一千二百四十二条");
  CHECK(real.status("生态环境法典", 1).kind == StatusKind::in_force);
}

void check_trade_mark_law_waits(Real& real) {
  CHECK(real.status("商标法", 1).kind == StatusKind::in_force);
  CHECK(real.status("商标法", 1).until == day(2027, 1, 1));
  const auto id = **real.store->find_article("商标法", {1, 0}, today);
  const auto page = **real.store->law((*real.store->article(id, today))->law.id, today);
  REQUIRE(page.versions.size() == 2);
  CHECK(page.versions[0].status.kind == StatusKind::not_yet);
  CHECK(page.versions[0].status.since == day(2027, 1, 1));
  CHECK(page.versions[1].front);
}

void check_law_ref_book_is_whole(Real& real) {
  const std::size_t laws = real.count_laws(false);
  const std::size_t pieces = real.count_pieces();
  MESSAGE("LawRefBook, national part: " << laws << " laws, " << pieces
                                        << " articles and other pieces, "
                                        << real.count_kind(law::Kind::court_case) << " cases");
  CHECK(laws == 1'417);
  CHECK(pieces > 59'910 * 0.99);
  CHECK(pieces < 59'910 * 1.01);
  CHECK(real.store->info().collected == day(2025, 4, 19));
}

void check_newest_versions_are_in_front(Real& real) {
  CHECK(real.cites("公司法", "第二百六十六条") == CitationCheck::found);
  CHECK(real.cites("公司法", "第二百六十七条") == CitationCheck::article_missing);
  CHECK(real.cites("民法典", "第一千二百六十条") == CitationCheck::found);
  CHECK(real.status("公司法", 1).kind == StatusKind::unknown);
  CHECK(real.status("印花税暂行条例", 1).kind == StatusKind::repealed);
  const auto code = **real.store->find_article("民法典", {1165, 0}, today);
  CHECK((*real.store->article(code, today))->path.front() == "侵权责任编");
}

void check_everyday_words_find_articles(Real& real) {
  const auto wages = *real.store->search({"老板三个月没发工资怎么办", today, 5, {}});
  REQUIRE_FALSE(wages.hits.empty());
  CHECK(wages.hits[0].law.short_title == "劳动合同法");
  const auto dog = *real.store->search({"狗咬人", today, 5, {}});
  REQUIRE_FALSE(dog.hits.empty());
  CHECK(dog.hits[0].label == "第一千二百四十五条");
  const auto cited = *real.store->search({"民法典1165", today, 5, {}});
  REQUIRE_FALSE(cited.hits.empty());
  CHECK(cited.hits[0].label == "第一千一百六十五条");
}

}  // namespace

TEST_CASE("just-laws is read whole, and what it proves about repealed and coming law is shown") {
  Real real("just-laws.tar.zst");
  if (!real.store) return;
  check_just_laws_is_whole(real);
  check_large_laws_are_whole(real);
  check_environment_laws_are_repealed(real);
  check_trade_mark_law_waits(real);
}

TEST_CASE("LawRefBook's national part is read whole, newest versions in front, and searched") {
  Real real("lawrefbook.tar.zst");
  if (!real.store) return;
  check_law_ref_book_is_whole(real);
  check_newest_versions_are_in_front(real);
  check_everyday_words_find_articles(real);
}
