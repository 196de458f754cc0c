// The shipped words against real texts and real questions, when KIOSK_TEST_LAWS names the folder
// that holds the archives and stard-train.json. The questions stay there: tests/bench/law/
// services.tsv has their ids only, and tells how they were labelled.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>

#include "kiosk/law/characters.h"
#include "kiosk/law/finder.h"
#include "kiosk/law/glossary.h"
#include "kiosk/law/help.h"
#include "kiosk/law/import/archive.h"
#include "kiosk/law/law_store.h"
#include "platform/base/text.h"
#include "tests/kiosk/law/shipped_topics.h"
#include "tests/kiosk/law/small_collections.h"

namespace {

constexpr std::string_view archives[] = {"just-laws.tar.zst", "lawrefbook.tar.zst"};

std::optional<base::Path> real_data() {
  const char* path = std::getenv("KIOSK_TEST_LAWS");
  if (path != nullptr) return base::Path(path);
  MESSAGE("skipped: KIOSK_TEST_LAWS is not set");
  return std::nullopt;
}

law::Collection read(const base::Path& archive) {
  auto collection = law::read_collection(archive);
  REQUIRE(collection);
  return std::move(*collection);
}

// A library made of one archive.
struct Library {
  test::TempFolder folder;
  std::optional<law::LawStore> store;
  explicit Library(const base::Path& archive) {
    const law::Gathered gathered = law::gather(read(archive), {});
    REQUIRE(law::write_library(gathered, {}, folder / "laws.db", [](auto, auto, auto) {}));
    auto opened = law::LawStore::open(folder / "laws.db");
    REQUIRE(opened);
    store = std::move(*opened);
  }
};

struct Labelled {
  std::string question;
  std::string split;
  std::string service;
  std::set<std::string> limits;  // {"none"}, or {"-"} when nobody can say
};

std::vector<Labelled> labelled(const base::Path& data) {
  const auto json = base::read_file(data / "stard-train.json");
  REQUIRE(json);
  std::map<std::string, std::string> questions;
  for (const auto& each : nlohmann::json::parse(*json)) {
    questions[std::to_string(each["id"].get<int>())] = each["query"].get<std::string>();
  }
  const auto table = base::read_file(base::Path(SOURCE_FOLDER) / "tests/bench/law/services.tsv");
  REQUIRE(table);
  std::vector<Labelled> rows;
  for (const std::string_view line : base::split(*table, '\n')) {
    if (line.empty() || line.starts_with('#')) continue;
    const auto fields = base::split(line, '\t');
    REQUIRE(fields.size() == 4);
    const auto question = questions.find(std::string(fields[0]));
    REQUIRE(question != questions.end());
    Labelled row{question->second, std::string(fields[1]), std::string(fields[2]), {}};
    for (const std::string_view limit : base::split(fields[3], ',')) row.limits.emplace(limit);
    rows.push_back(std::move(row));
  }
  return rows;
}

struct Score {
  int questions = 0;
  int first_right = 0;
  int limits_told = 0;  // where the label says what is right
  int limits_right = 0;
  int limits_expected = 0;
  [[nodiscard]] double first() const { return static_cast<double>(first_right) / questions; }
  [[nodiscard]] double limits() const {
    return limits_told == 0 ? 1 : static_cast<double>(limits_right) / limits_told;
  }
};

void add(const Labelled& row, const law::Help& help, Score& score) {
  score.questions += 1;
  score.first_right += help.services.front() == row.service ? 1 : 0;
  if (row.limits.contains("-")) return;
  score.limits_expected += row.limits.contains("none") ? 0 : 1;
  if (help.limits.empty()) return;
  score.limits_told += 1;
  const bool right = std::ranges::all_of(
      help.limits, [&](const law::TimeLimit* limit) { return row.limits.contains(limit->id); });
  score.limits_right += right ? 1 : 0;
}

law::Help ask(law::LawStore& store, const law::Topics& topics, const std::string& question) {
  const auto ranked =
      store.rank({.text = question, .day = test::day(2026, 11, 23), .limit = 10, .kind = {}});
  REQUIRE(ranked);
  std::vector<law::FoundArticle> found;
  for (const law::RankedArticle& each : *ranked) {
    found.push_back(
        {each.law_title, law::parse_article_number(each.label).value_or(law::ArticleNumber{})});
  }
  return help_for(topics, law::simplified(question), found);
}

}  // namespace

TEST_CASE("every Chinese word of the glossary stands in the laws") {
  const auto data = real_data();
  if (!data) return;
  std::string texts;
  for (const std::string_view archive : archives) {
    for (const auto& file : read(*data / archive).files) texts += file.content;
  }
  const auto toml = base::read_file(base::Path(SOURCE_FOLDER) / "config/law/glossary.toml");
  REQUIRE(toml);
  const auto outcome = law::read_glossary(*toml);
  REQUIRE(outcome.glossary);
  for (const std::string& word : outcome.glossary->words()) {
    CHECK_MESSAGE(texts.find(word) != std::string::npos, word);
  }
}

TEST_CASE("every law and article that topics and limits rest on is in the collections") {
  const auto data = real_data();
  if (!data) return;
  const law::Topics topics = test::shipped_topics();
  Library newer(*data / archives[0]);
  Library broader(*data / archives[1]);
  const auto holds = [](Library& library, const std::string& law, int article) {
    const auto found = library.store->check_citation(law, law::article_label({article, 0}),
                                                     test::day(2026, 11, 23));
    REQUIRE(found);
    return *found == law::CitationCheck::found;
  };
  for (const law::Topic& topic : topics.topics) {
    for (const law::ArticleRange& range : topic.articles) {
      for (const int article : {std::max(range.first, 1), std::max(range.last, 1)}) {
        CHECK_MESSAGE(
            (holds(newer, range.law_key, article) || holds(broader, range.law_key, article)),
            range.law_key << " " << article);
      }
    }
  }
  for (const law::TimeLimit& limit : topics.limits) {
    for (const service::Citation& source : limit.sources) {
      const auto number = law::parse_article_number(source.article);
      REQUIRE(number);
      CHECK_MESSAGE(
          (holds(newer, source.law, number->number) || holds(broader, source.law, number->number)),
          source.law << " " << source.article);
    }
  }
}

TEST_CASE("the first service is right for 85 of 100 real questions, and time limits for 95") {
  const auto data = real_data();
  if (!data) return;
  const law::Topics topics = test::shipped_topics();
  const std::vector<Labelled> rows = labelled(*data);
  for (const std::string_view archive : archives) {
    Library library(*data / archive);
    std::map<std::string, Score> scores;
    for (const Labelled& row : rows) {
      add(row, ask(*library.store, topics, row.question), scores[row.split]);
    }
    REQUIRE(scores.size() == 2);
    for (const auto& [split, score] : scores) {
      MESSAGE(archive << ", " << split << ": " << score.questions
                      << " questions, first service right " << score.first() << ", limits right "
                      << score.limits_right << " of " << score.limits_told << " told ("
                      << score.limits_expected << " expected)");
      CHECK(score.questions >= 150);
      CHECK(score.first() >= 0.85);
      CHECK(score.limits() >= 0.95);
    }
  }
}

TEST_CASE("what people say in a few words leads to the law that speaks of it") {
  const auto data = real_data();
  if (!data) return;
  Library library(*data / archives[1]);
  const base::Path source = SOURCE_FOLDER;
  REQUIRE(library.store->use_ranking(source / "assets/law/ranking.bin"));
  const auto content = law::load_law_content(source / "config");
  REQUIRE(content);
  const law::Suggestions no_suggestions;
  law::Finder finder(*library.store, *content, no_suggestions);
  constexpr std::pair<std::string_view, std::string_view> asked[] = {
      {"我老公打我", "反家庭暴力法"},
      {"请不起律师", "法律援助法"},
      {"彩礼能要回来吗", "彩礼"},
      {"网上买东西不退款", "消费者权益保护法"},
      {"快递丢了", "快递暂行条例"},
      {"他欠我钱不还", "民间借贷"},
      {"老板三个月没发工资怎么办", "劳动合同法"},
      {"房東不退壓金", "民法典"},
      {"unpaid wages", "劳动"},
  };
  for (const auto& [question, law] : asked) {
    const auto found = finder.find(question, test::day(2026, 11, 23), 3);
    REQUIRE(found);
    CHECK_MESSAGE(found->answer.good_match, question);
    CHECK_MESSAGE(std::ranges::any_of(found->answer.hits,
                                      [&](const law::Hit& hit) {
                                        return hit.law.title.find(law) != std::string::npos;
                                      }),
                  question);
  }
}
