#include "kiosk/law/pack_arrival.h"

#include <doctest/doctest.h>

#include "kiosk/law/law_store.h"
#include "kiosk/law/pack_builder.h"
#include "kiosk/law/pack_content.h"
#include "platform/base/text.h"
#include "platform/crypto/crypto.h"
#include "tests/kiosk/law/small_collections.h"

using law::PackFolder;

namespace {

std::string pack_of(const std::vector<test::PathAndText>& files) {
  const auto gathered = law::gather(test::collection_of(files), {});
  return *law::make_pack(gathered, {}, [](auto, auto, auto) {});
}

std::vector<test::PathAndText> changed_book() {
  auto files = test::small_book();
  files[2].second += "\n第五条 借伞人为学生的，使用费减半。\n";
  return files;
}

// A kiosk's folder, and a server that counts what it gives.
struct Fixture {
  test::TempFolder folder;
  PackFolder packs = *PackFolder::open(folder / "packs");
  std::string offered = pack_of(test::small_book());
  std::string name = crypto::sha256_hex(offered);
  std::uint64_t given = 0;
  std::size_t answers_left = 1'000;

  base::Result<std::string> give(std::uint64_t begin, std::uint64_t size) {
    CHECK(size <= law::longest_fetch);
    if (answers_left == 0) return base::fail(base::ErrorKind::offline, "timeout");
    --answers_left;
    given += size;
    return offered.substr(begin, size);
  }
  base::Result<bool> receive() {
    return law::receive_pack(packs, {name, offered.size()},
                             [this](auto begin, auto size) { return give(begin, size); });
  }
  void offer(std::string bytes) {
    offered = std::move(bytes);
    name = crypto::sha256_hex(offered);
    given = 0;
  }
  [[nodiscard]] std::string in_front() const { return *base::read_file(packs.current()); }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "The first pack comes whole but for what can be made from it") {
  REQUIRE(receive() == true);
  CHECK(in_front() == offered);
  CHECK(given < offered.size());
  CHECK(law::LawStore::open(packs.current())->present());
  CHECK_FALSE(std::filesystem::exists(packs.arriving()));
}

TEST_CASE_FIXTURE(Fixture, "Of a newer pack only the laws that changed are fetched") {
  REQUIRE(receive() == true);
  const std::uint64_t whole = given;
  const std::string before = name;
  offer(pack_of(changed_book()));
  REQUIRE(receive() == true);
  CHECK(in_front() == offered);
  CHECK(given < whole);
  CHECK(packs.previous_name() == before);
}

TEST_CASE_FIXTURE(Fixture, "A pack that is there is not fetched again, in front or kept") {
  REQUIRE(receive() == true);
  const std::string first = offered;
  offer(pack_of(changed_book()));
  REQUIRE(receive() == true);
  offer(first);
  REQUIRE(receive() == true);
  REQUIRE(receive() == true);
  CHECK(given == 0);
  CHECK(in_front() == first);
}

TEST_CASE_FIXTURE(Fixture, "After a cut nothing that arrived is fetched again") {
  // Laws of noise, so that they do not fit in one range.
  std::vector<test::PathAndText> files;
  test::SeededChance chance;
  for (int i = 0; i < 16; ++i) {
    std::string body;
    for (int c = 0; c < 60'000; ++c) {
      base::append_utf8(body, static_cast<char32_t>(U'一' + chance.below(64)));
    }
    const std::string title = "第" + std::to_string(i) + "号借伞法";
    files.emplace_back("laws/社会法/" + title + ".md",
                       test::book_text(title, "", "第一条 " + body + "。"));
  }
  offer(pack_of(files));
  answers_left = 4;  // the header, the head, two stretches of laws
  CHECK(receive().error().code == "timeout");
  CHECK(packs.current_name().empty());
  const std::uint64_t before_cut = given;
  answers_left = 1'000;
  REQUIRE(receive() == true);
  CHECK(in_front() == offered);
  // The head came twice, each law once.
  CHECK(given < offered.size() + 10'000);
  CHECK(before_cut > law::longest_fetch);
}

TEST_CASE_FIXTURE(Fixture, "A kept part that was damaged is fetched again") {
  REQUIRE(base::replace_file(packs.arriving(), std::string(1'000, 'x')));
  REQUIRE(receive() == true);
  CHECK(in_front() == offered);
}

TEST_CASE_FIXTURE(Fixture, "A broken or hostile answer leaves the library as it was") {
  REQUIRE(receive() == true);
  const std::string before = in_front();
  const std::string newer = pack_of(changed_book());
  offer(newer);
  SUBCASE("bytes that are not the law's") {
    std::fill(offered.begin() + static_cast<std::ptrdiff_t>(*law::head_size(offered)),
              offered.end(), 'x');
  }
  SUBCASE("no pack at all") {
    std::fill(offered.begin(), offered.end(), 'x');
  }
  SUBCASE("less than was asked for") {
    offered.resize(400);
  }
  SUBCASE("a pack of another name") {
    name = std::string(64, '0');
  }
  SUBCASE("a name that is a path") {
    name = "../../" + name;
  }
  SUBCASE("a pack without a law") {
    law::PackBuilder nothing("collection none\n");
    offer(*std::move(nothing).finish());
  }
  CHECK(receive().error().kind == base::ErrorKind::invalid);
  CHECK(in_front() == before);
  CHECK(packs.previous_name().empty());
}

TEST_CASE_FIXTURE(Fixture, "A folder that takes no more bytes is an error, not another library") {
  std::filesystem::create_directories(packs.arriving());  // cannot be written
  const auto received = receive();
  CHECK(received.error().kind == base::ErrorKind::storage);
  CHECK(packs.current_name().empty());
}

TEST_CASE_FIXTURE(Fixture, "Laws of packs that never came to their end do not fill the disk") {
  REQUIRE(base::replace_file(packs.arriving(), "x"));
  std::filesystem::resize_file(packs.arriving(), std::uint64_t{257} << 20U);
  answers_left = 2;  // the head alone
  CHECK_FALSE(receive());
  CHECK_FALSE(std::filesystem::exists(packs.arriving()));
  answers_left = 1'000;
  CHECK(receive() == true);
}
