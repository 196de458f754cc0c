#include "kiosk/law/index.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "kiosk/law/index_builder.h"
#include "platform/base/text.h"
#include "tests/support/world.h"

using law::Index;
using law::Scores;
using law::Term;

namespace {

constexpr Term rain = static_cast<Term>(U'雨') << 32U | U'伞';

std::vector<Index::Weighted> entries(const Index& index,
                                     const std::vector<law::WeightedTerm>& terms) {
  std::vector<Index::Weighted> list;
  for (const law::WeightedTerm& each : terms) {
    const auto entry = index.find(each.term);
    if (entry) list.push_back({*entry, static_cast<float>(each.weight)});
  }
  return list;
}

struct Built {
  law::BuiltIndex bytes;
  Index index;

  explicit Built(const std::vector<std::pair<std::uint32_t, std::string>>& documents) {
    law::IndexBuilder builder;
    std::uint32_t last = 0;
    for (const auto& [document, text] : documents) {
      builder.add(document, text);
      last = document;
    }
    const std::uint32_t count = builder.documents();
    bytes = std::move(builder).finish();
    index = Index({bytes.heads, bytes.dictionary, bytes.postings}, count, last);
  }

  Scores score(const std::vector<law::WeightedTerm>& terms,
               std::uint64_t budget = Index::no_budget) {
    Scores scores;
    scores.reset(index.last());
    index.add(entries(index, terms), budget, scores);
    return scores;
  }
};

std::vector<std::uint32_t> documents(const std::vector<law::Ranked>& ranked) {
  std::vector<std::uint32_t> list;
  for (const law::Ranked& each : ranked) list.push_back(each.document);
  return list;
}

// Documents 1 … count, every third with the word, every 30th with it five times over.
Built many(std::uint32_t count) {
  std::vector<std::pair<std::uint32_t, std::string>> texts;
  for (std::uint32_t i = 1; i <= count; ++i) {
    texts.emplace_back(i, i % 30 == 0  ? "雨伞雨伞雨伞雨伞雨伞"
                          : i % 3 == 0 ? "雨伞，登山"
                                       : "登山");
  }
  return Built(texts);
}

}  // namespace

TEST_CASE("A term names the documents that have it; more often and shorter weighs more") {
  Built built({{1, "雨伞雨伞"}, {7, "雨伞很长很长很长很长的一句话"}, {300, "登山"}});
  const auto entry = built.index.find(rain);
  REQUIRE(entry);
  CHECK(entry->frequency == 2);
  std::map<std::uint32_t, unsigned> levels;
  Index::for_each(*entry,
                  [&](std::uint32_t document, unsigned level) { levels[document] = level; });
  REQUIRE(levels.size() == 2);
  CHECK(levels[1] > levels[7]);
  CHECK(levels[7] >= 1);
  CHECK(levels[1] <= law::impact_levels);
  CHECK_FALSE(built.index.find(rain + 1));
  CHECK_FALSE(built.index.find(0));
  CHECK_FALSE(Index().find(rain));
}

TEST_CASE("Every term of a large dictionary is found again with all its documents") {
  std::vector<std::pair<std::uint32_t, std::string>> texts;
  std::map<Term, std::vector<std::uint32_t>> expected;
  test::SeededChance chance;
  for (std::uint32_t i = 1; i <= 600; ++i) {
    std::u32string text;
    for (int c = 0; c < 12; ++c) text += static_cast<char32_t>(U'一' + chance.below(200));
    texts.emplace_back(i * 3, base::encode_utf8(text));
    std::vector<Term> terms;
    law::append_terms(texts.back().second, terms);
    std::sort(terms.begin(), terms.end());
    terms.erase(std::unique(terms.begin(), terms.end()), terms.end());
    for (const Term each : terms) expected[each].push_back(i * 3);
  }
  const Built built(texts);
  for (const auto& [term, list] : expected) {
    const auto entry = built.index.find(term);
    REQUIRE(entry);
    std::vector<std::uint32_t> found;
    Index::for_each(*entry, [&](std::uint32_t document, unsigned) { found.push_back(document); });
    std::sort(found.begin(), found.end());
    CHECK(found == list);
    CHECK(entry->frequency == list.size());
  }
}

TEST_CASE("The heaviest documents are scored first when a budget ends the reading") {
  Built built = many(3'000);
  const auto all = documents(built.score({{rain, 2}}).best(5'000));
  CHECK(all.size() == 1'000);
  const auto some = documents(built.score({{rain, 2}}, 50).best(5'000));
  CHECK(some.size() == 100);
  for (const std::uint32_t each : some) CHECK(each % 30 == 0);
}

TEST_CASE("Weights and impacts of the terms add up") {
  Built built({{1, "雨伞"}, {2, "雨伞"}, {3, "雨"}});
  const Scores scores = built.score({{U'雨', 1}, {rain, 10}});
  CHECK(scores.at(1) == scores.at(2));
  CHECK(scores.at(1) > 5 * scores.at(3));
  CHECK(documents(scores.best(2)) == std::vector<std::uint32_t>{1, 2});
}

TEST_CASE("The best come first, equals in the order of the documents, zeros not at all") {
  Scores scores;
  scores.reset(2'000);
  for (const auto& [document, value] :
       std::map<std::uint32_t, float>{{1'999, 2}, {700, 5}, {3, 2}, {5, 3}}) {
    scores.touch(document) = value;
  }
  CHECK(documents(scores.best(3)) == std::vector<std::uint32_t>{700, 5, 3});
  CHECK(scores.best(100).size() == 4);
  CHECK(scores.best(0).empty());
}

TEST_CASE("Scores are cleared, capped, scaled and joined by stretches of documents") {
  Scores scores;
  scores.reset(5'000);
  for (std::uint32_t i = 0; i <= 5'000; i += 100) scores.touch(i) = 4;
  scores.clear(0, 950);
  scores.cap(1'000, 99'999, 2);
  CHECK(scores.at(900) == 0);
  CHECK(scores.highest() == 2);
  CHECK(scores.highest(0, 999) == 0);
  Scores more;
  more.reset(5'000);
  more.touch(7) = 3;
  scores.scale(0.5F);
  scores.add(more, 2);
  CHECK(scores.at(7) == 6);
  CHECK(scores.at(1'000) == 1);
  scores.reset(10);
  CHECK(scores.highest() == 0);
  CHECK(scores.at(7) == 0);
}

TEST_CASE("The same documents give the same bytes") {
  CHECK(many(500).bytes.postings == many(500).bytes.postings);
  CHECK(many(500).bytes.dictionary == many(500).bytes.dictionary);
}

TEST_CASE("Damaged bytes are read to their end and no further") {
  const Built whole = many(900);
  test::SeededChance chance;
  for (int round = 0; round < 2'000; ++round) {
    law::BuiltIndex damaged = whole.bytes;
    for (std::string* part : {&damaged.heads, &damaged.dictionary, &damaged.postings}) {
      (*part)[chance.below(static_cast<std::uint32_t>(part->size()))] =
          static_cast<char>(chance.below(256));
      if (chance.below(2) == 0)
        part->resize(chance.below(static_cast<std::uint32_t>(part->size())));
    }
    damaged.heads.resize(damaged.heads.size() / 16 * 16);
    Index index({damaged.heads, damaged.dictionary, damaged.postings}, 900, 900);
    Scores scores;
    scores.reset(900);
    index.add(entries(index, {{U'雨', 1}, {U'山', 1}, {rain, 1}}), 500, scores);
    CHECK(scores.best(10).size() <= 10);
  }
}

TEST_CASE("A rare term weighs more than a common one, none less than nothing") {
  CHECK(law::inverse_frequency(1000, 1) > law::inverse_frequency(1000, 100));
  CHECK(law::inverse_frequency(1000, 1000) > 0);
  CHECK(law::inverse_frequency(10, 500) > 0);
}
