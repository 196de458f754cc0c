#include "kiosk/law/index.h"

#include <doctest/doctest.h>

#include <map>

using law::IndexBuilder;
using law::Term;

namespace {

struct Stored {
  std::uint32_t frequency = 0;
  std::string postings;
};

std::map<Term, Stored> build(const std::vector<std::pair<std::uint32_t, std::string>>& documents) {
  IndexBuilder builder;
  for (const auto& [document, text] : documents) builder.add(document, text);
  std::map<Term, Stored> index;
  Term last = 0;
  const auto done = builder.finish(
      [&](Term term, std::uint32_t frequency, std::string_view postings) -> base::Result<void> {
        CHECK(term > last);
        last = term;
        index[term] = {frequency, std::string(postings)};
        return {};
      });
  REQUIRE(done);
  return index;
}

Term pair_of(char32_t a, char32_t b) {
  return static_cast<Term>(a) << 32U | b;
}

std::vector<Term> terms(std::string_view text) {
  std::vector<Term> list;
  law::append_terms(text, list);
  return list;
}

}  // namespace

TEST_CASE("A text is indexed by its characters and neighbouring pairs; marks divide") {
  CHECK(terms("借伞，雨") == std::vector<Term>{U'借', U'伞', pair_of(U'借', U'伞'), U'雨'});
  CHECK(terms("ＡＰ p２") == terms("ap P2"));
  CHECK(terms("，。 ").empty());
}

TEST_CASE("Postings name the documents that have the term, more often and shorter weighs more") {
  const auto index = build({{1, "雨伞雨伞"}, {7, "雨伞很长很长很长很长的一句话"}, {300, "登山"}});
  const Stored& umbrella = index.at(pair_of(U'雨', U'伞'));
  CHECK(umbrella.frequency == 2);
  std::vector<float> scores(301, 0);
  law::accumulate(umbrella.postings, 1, scores);
  CHECK(scores[1] > scores[7]);
  CHECK(scores[7] > 0);
  CHECK(scores[300] == 0);
}

TEST_CASE("The best come first, equals in the order of the documents, zeros not at all") {
  const std::vector<float> scores{0, 2, 5, 2, 0, 3};
  const auto best = law::best(scores, 3);
  REQUIRE(best.size() == 3);
  CHECK(best[0].document == 2);
  CHECK(best[1].document == 5);
  CHECK(best[2].document == 1);
  CHECK(law::best(scores, 100).size() == 4);
  CHECK(law::best(scores, 0).empty());
}

TEST_CASE("Damaged postings touch no memory beyond the scores") {
  std::vector<float> scores(4, 0);
  law::accumulate("\x03", 1, scores);                                   // ends before the impact
  law::accumulate("\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 1, scores);           // a number without end
  law::accumulate(std::string_view("\x7F\x10\x7F\x10", 4), 1, scores);  // far beyond
  CHECK(scores == std::vector<float>{0, 0, 0, 0});
}

TEST_CASE("A rare term weighs more than a common one, none less than nothing") {
  CHECK(law::inverse_frequency(1000, 1) > law::inverse_frequency(1000, 100));
  CHECK(law::inverse_frequency(1000, 1000) > 0);
  CHECK(law::inverse_frequency(10, 500) > 0);
}

TEST_CASE("Weights of a term said twice add up") {
  const auto sums = law::merged({{5, 1}, {3, 0.5}, {5, 0.5}});
  REQUIRE(sums.size() == 2);
  CHECK(sums[0].term == 3);
  CHECK(sums[1].weight == doctest::Approx(1.5));
}
