#include "kiosk/law/compare.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>

#include "platform/base/text.h"

using law::ArticleChange;
using law::ArticleText;
using law::Change;
using law::compare_texts;
using law::compare_versions;
using law::Piece;

namespace {

// "甲[-乙][+丙]丁"
std::string marked(std::string_view before, std::string_view after) {
  std::string text;
  for (const Piece& each : compare_texts(before, after)) {
    const bool kept = each.kind == Piece::Kind::kept;
    if (!kept) text += each.kind == Piece::Kind::removed ? "[-" : "[+";
    text += each.text;
    if (!kept) text += "]";
  }
  return text;
}

std::string side(const std::vector<Piece>& pieces, Piece::Kind not_of_it) {
  std::string text;
  for (const Piece& each : pieces) {
    if (each.kind != not_of_it) text += each.text;
  }
  return text;
}

// The texts belong to the caller.
std::vector<ArticleText> numbered(const std::vector<std::string_view>& texts) {
  std::vector<ArticleText> articles;
  for (const std::string_view each : texts) {
    articles.push_back({{static_cast<int>(articles.size()) + 1, 0}, each});
  }
  return articles;
}

const std::string borrow = "借伞人应当在雨停后三日内归还雨伞。";
const std::string lost = "雨伞遗失的，借伞人应当按照原价赔偿出借人的损失。";
const std::string lend = "出借人不得出借有孔的雨伞，违者处一元罚款。";

}  // namespace

TEST_CASE("Inside an article what was taken out and put in is marked, numbers whole") {
  CHECK(marked("借伞人必须归还雨伞。", "借伞人应当归还雨伞。") == "借伞人[-必须][+应当]归还雨伞。");
  CHECK(marked("处100元罚款", "处1000元罚款") == "处[-100][+1000]元罚款");
  CHECK(marked("归还雨伞。", "及时归还雨伞。") == "[+及时]归还雨伞。");
  CHECK(marked("相同。", "相同。") == "相同。");
  CHECK(marked("", "新。") == "[+新。]");
  CHECK(marked("旧。", "") == "[-旧。]");
}

TEST_CASE("Scattered equal characters are not picked out of a rewritten sentence") {
  CHECK(marked("前甲的乙后", "前丙的丁后") == "前[-甲的乙][+丙的丁]后");
}

TEST_CASE("Pieces make both texts again, whatever they are") {
  std::mt19937 random(20261123);
  const std::vector<std::string> letters{"甲", "乙", "丙", "，", "\n", "1", "2", "a", "\xFF"};
  for (int round = 0; round < 500; ++round) {
    std::string a;
    std::string b;
    for (std::size_t i = random() % 40; i > 0; --i) a += letters[random() % letters.size()];
    for (std::size_t i = random() % 40; i > 0; --i) b += letters[random() % letters.size()];
    const auto pieces = compare_texts(a, b);
    CHECK(side(pieces, Piece::Kind::added) == a);
    CHECK(side(pieces, Piece::Kind::removed) == b);
  }
}

TEST_CASE("Long texts without anything in common are compared at once") {
  std::string a;
  std::string b;
  for (int i = 0; i < 60'000; ++i) {
    base::append_utf8(a, static_cast<char32_t>(0x4E00 + i % 9'000));
    base::append_utf8(b, static_cast<char32_t>(0x8000 + i % 5'000));
  }
  const auto pieces = compare_texts(a, b);
  CHECK(side(pieces, Piece::Kind::added) == a);
  CHECK(side(pieces, Piece::Kind::removed) == b);
}

TEST_CASE("Articles belong together by their words, whatever their number") {
  const auto before = numbered({borrow, lost, "旧规定，不再需要。"});
  const std::string market_price = base::replace_all(lost, "原价", "市价");
  const auto after = numbered({borrow, lend, market_price});
  const auto changes = compare_versions(before, after);
  REQUIRE(changes.size() == 4);
  CHECK(changes[0].change == Change::same);
  CHECK(changes[1].change == Change::added);
  CHECK(changes[1].after == 1);
  CHECK(changes[2].change == Change::moved);
  CHECK(changes[2].before == 1);
  CHECK(changes[2].after == 2);
  CHECK(changes[3].change == Change::gone);
  CHECK(changes[3].before == 2);
}

TEST_CASE("One number with other words is changed, with nothing in common it is gone and added") {
  const auto changed =
      compare_versions(numbered({borrow}), numbered({base::replace_all(borrow, "三日", "五日")}));
  REQUIRE(changed.size() == 1);
  CHECK(changed[0].change == Change::changed);
  const auto replaced = compare_versions(numbered({borrow}), numbered({lend}));
  REQUIRE(replaced.size() == 2);
  CHECK(replaced[0].change == Change::gone);
  CHECK(replaced[1].change == Change::added);
}

TEST_CASE("Every article of both versions stands in the comparison once") {
  std::mt19937 random(7);
  const std::vector<std::string> texts{borrow, lost, lend, "", "。", borrow + lost};
  for (int round = 0; round < 200; ++round) {
    std::vector<std::string_view> a(random() % 9);
    std::vector<std::string_view> b(random() % 9);
    for (std::string_view& each : a) each = texts[random() % texts.size()];
    for (std::string_view& each : b) each = texts[random() % texts.size()];
    std::vector<int> seen_a(a.size());
    std::vector<int> seen_b(b.size());
    for (const ArticleChange& each : compare_versions(numbered(a), numbered(b))) {
      if (each.before) ++seen_a[*each.before];
      if (each.after) ++seen_b[*each.after];
    }
    CHECK(seen_a == std::vector<int>(a.size(), 1));
    CHECK(seen_b == std::vector<int>(b.size(), 1));
  }
}
