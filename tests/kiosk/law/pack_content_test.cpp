#include "kiosk/law/pack_content.h"

#include <doctest/doctest.h>

#include "platform/base/text.h"
#include "platform/crypto/crypto.h"
#include "tests/kiosk/law/small_collections.h"

using law::FrameStock;
using law::Pack;
using law::PackHead;
using law::Stretch;

namespace {

constexpr std::uint64_t no_limit = ~std::uint64_t{0};

std::string pack_of(const std::vector<test::PathAndText>& files) {
  const auto gathered = law::gather(test::collection_of(files), {});
  return *law::make_pack(gathered, {}, [](auto, auto, auto) {});
}

PackHead head_of(const std::string& pack) {
  return *law::read_head(pack.substr(0, *law::head_size(pack)));
}

// Laws with enough words of their own that the texts are what a pack is made of.
std::vector<test::PathAndText> many_laws(int laws, int changed) {
  std::vector<test::PathAndText> files;
  for (int i = 0; i < laws; ++i) {
    test::SeededChance chance(static_cast<std::uint64_t>(i < changed ? i + 100'000 : i + 1));
    std::string body;
    for (int article = 1; article <= 20; ++article) {
      body += law::article_label({article, 0}) + " ";
      for (int c = 0; c < 60; ++c) {
        base::append_utf8(body, static_cast<char32_t>(U'一' + chance.below(2'000)));
      }
      body += "。\n\n";
    }
    const std::string title = "第" + std::to_string(i) + "号借伞法";
    files.emplace_back("laws/社会法/" + title + ".md", test::book_text(title, "", body));
  }
  return files;
}

struct Fixture {
  test::TempFolder folder;

  Pack opened(const std::string& bytes) {
    REQUIRE(base::replace_file(folder / "a.lawpack", bytes));
    return *Pack::open(folder / "a.lawpack");
  }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "A pack is made again from its head and the laws, byte for byte") {
  const std::string whole = pack_of(test::small_book());
  const PackHead head = head_of(whole);
  FrameStock stock;
  for (const Stretch& each : law::missing_laws(head, stock, 200)) {
    stock.add(head, each.first, std::string_view(whole).substr(each.begin, each.size));
  }
  CHECK(law::missing_laws(head, stock, 200).empty());
  CHECK(*law::assemble_pack(head, stock, crypto::sha256_hex(whole)) == whole);
}

TEST_CASE_FIXTURE(Fixture, "A month's changes take a small part of the pack") {
  const std::string before = pack_of(many_laws(350, 0));
  const std::string after = pack_of(many_laws(352, 2));  // two changed, two new
  const Pack own = opened(before);
  FrameStock stock;
  stock.add(own);
  const PackHead head = head_of(after);
  CHECK(*law::bytes_to_fetch(after, stock) * 20 <= after.size());  // 5 %
  // Without a pack before, all laws; the index is made at the other end.
  CHECK(*law::bytes_to_fetch(after, {}) < after.size());
  std::size_t laws = 0;
  const auto missing = law::missing_laws(head, stock, no_limit);
  for (const Stretch& each : missing) {
    laws += each.laws;
    stock.add(head, each.first, std::string_view(after).substr(each.begin, each.size));
  }
  CHECK(laws == 4);
  CHECK(*law::assemble_pack(head, stock, crypto::sha256_hex(after)) == after);
}

TEST_CASE_FIXTURE(Fixture, "The day of the collection alone changes no law") {
  auto files = test::small_book();
  law::Collection collection = test::collection_of(files);
  collection.packed = test::day(2026, 6, 1);
  const auto june = law::gather(std::move(collection), {});
  collection = test::collection_of(files);
  collection.packed = test::day(2026, 7, 1);
  const auto july = law::gather(std::move(collection), {});
  const Pack own = opened(*law::make_pack(june, {}, [](auto, auto, auto) {}));
  const std::string newer = *law::make_pack(july, {}, [](auto, auto, auto) {});
  FrameStock stock;
  stock.add(own);
  CHECK(law::missing_laws(head_of(newer), stock, no_limit).empty());
}

TEST_CASE_FIXTURE(Fixture, "A transfer that was cut goes on with what is missing") {
  const std::string whole = pack_of(test::small_book());
  const PackHead head = head_of(whole);
  const auto all = law::missing_laws(head, FrameStock(), no_limit);
  REQUIRE(all.size() == 1);
  FrameStock stock;
  stock.add(head, 0, std::string_view(whole).substr(all[0].begin, all[0].size / 2));
  CHECK(law::assemble_pack(head, stock, crypto::sha256_hex(whole)).error().code == "law_missing");
  const auto rest = law::missing_laws(head, stock, no_limit);
  REQUIRE(rest.size() == 1);
  CHECK(rest[0].laws < all[0].laws);
  stock.add(head, rest[0].first, std::string_view(whole).substr(rest[0].begin, rest[0].size));
  CHECK(law::assemble_pack(head, stock, crypto::sha256_hex(whole)));
}

TEST_CASE_FIXTURE(Fixture, "What is not what its hash says is not taken") {
  const std::string whole = pack_of(test::small_book());
  const PackHead head = head_of(whole);
  std::string texts = whole.substr(head.size);
  texts[3] = static_cast<char>(texts[3] ^ 1);
  FrameStock stock;
  stock.add(head, 0, texts);
  const auto missing = law::missing_laws(head, stock, no_limit);
  REQUIRE(missing.size() == 1);
  CHECK(missing[0].laws == 1);
  stock.add(head, 0, std::string_view(whole).substr(head.size));
  CHECK(law::assemble_pack(head, stock, std::string(64, '0')).error().code == "bad_hash");
}

TEST_CASE("Bytes that are no head are refused") {
  CHECK_FALSE(law::head_size("short"));
  CHECK_FALSE(law::head_size(std::string(1'000, 'x')));
  const std::string whole = pack_of(test::small_book());
  const std::uint64_t size = *law::head_size(whole);
  CHECK(law::read_head(whole.substr(0, size)));
  CHECK_FALSE(law::read_head(whole.substr(0, size - 1)));
  CHECK_FALSE(law::read_head(whole));
}
