#include "kiosk/ctl/laws_pack_command.h"

#include <doctest/doctest.h>

#include <array>

#include "console.h"
#include "kiosk/law/law_store.h"

using test::Answer;
using test::says;

namespace {

// The words are no law's.
struct Fixture {
  test::TempFolder folder;
  std::string laws = (folder / "laws").string();
  std::string out = (folder / "packs").string();

  Fixture() { write("第一条 雨天借伞，适用本法。"); }

  void write(std::string_view article) {
    const base::Path file = folder / "laws/社会法/借伞法(2020-05-01).md";
    REQUIRE(base::make_folder(file.parent_path()));
    REQUIRE(base::replace_file(file,
                               "# 借伞法\n\n<!-- INFO END -->\n\n" + std::string(article) + "\n"));
  }

  Answer run(const std::vector<std::string>& words) {
    const std::array commands{ctl::laws_pack_command()};
    return test::answer_of(commands, words);
  }

  std::string first_article() {
    auto store = law::LawStore::open(folder / "packs/current");
    REQUIRE(store);
    const auto page = *store->article(1, {});
    REQUIRE(page);
    return page->article.text;
  }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "A pack is in front under its hash, and the one before is kept") {
  const Answer first = run({"laws", "pack", laws, "--out", out});
  CHECK(first.code == ctl::done);
  CHECK(says(first.out, "in front     "));
  CHECK_FALSE(says(first.out, "before"));
  write("第一条 晴天也可以借伞。");
  const Answer second = run({"laws", "pack", laws, "--out", out});
  CHECK(second.code == ctl::done);
  CHECK(says(second.out, "before       "));
  CHECK(says(second.out, "to fetch     "));
  CHECK(first_article() == "晴天也可以借伞。");
  const Answer back = run({"laws", "pack", "--out", out, "--back"});
  CHECK(back.code == ctl::done);
  CHECK(first_article() == "雨天借伞，适用本法。");
}

TEST_CASE_FIXTURE(Fixture, "The same texts give the same pack") {
  const Answer first = run({"laws", "pack", laws, "--out", out});
  const Answer again = run({"laws", "pack", laws, "--out", out});
  CHECK(first.out == again.out);
}

TEST_CASE_FIXTURE(Fixture, "What cannot be done fails, what is not understood is misuse") {
  CHECK(run({"laws", "pack", "/nowhere", "--out", out}).code == ctl::failed);
  CHECK(run({"laws", "pack", "--out", out, "--back"}).code == ctl::failed);
  CHECK(run({"laws", "pack", "--out", out}).code == ctl::misused);
  CHECK(run({"laws", "pack", laws}).code == ctl::misused);
  CHECK(run({"laws", "pack", laws, "--out", out, "--back"}).code == ctl::misused);
}
