#include "kiosk/law/terms.h"

#include <doctest/doctest.h>

using law::Term;

namespace {

Term pair_of(char32_t a, char32_t b) {
  return static_cast<Term>(a) << 32U | b;
}

std::vector<Term> terms(std::string_view text) {
  std::vector<Term> list;
  law::append_terms(text, list);
  return list;
}

}  // namespace

TEST_CASE("A text is known by its characters and neighbouring pairs; marks divide") {
  CHECK(terms("借伞，雨") == std::vector<Term>{U'借', U'伞', pair_of(U'借', U'伞'), U'雨'});
  CHECK(terms("ＡＰ p２") == terms("ap P2"));
  CHECK(terms("，。 ").empty());
}

TEST_CASE("Weights of a term said twice add up") {
  const auto sums = law::merged({{5, 1}, {3, 0.5}, {5, 0.5}});
  REQUIRE(sums.size() == 2);
  CHECK(sums[0].term == 3);
  CHECK(sums[1].weight == doctest::Approx(1.5));
}
