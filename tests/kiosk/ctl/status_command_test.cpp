#include "kiosk/ctl/status_command.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "kiosk/ctl/laws_import_command.h"
#include "kiosk/store/packs.h"
#include "platform/crypto/crypto.h"
#include "tests/kiosk/ctl/console.h"
#include "tests/support/stored.h"

using test::must;
using test::says;

namespace {

// A kiosk that runs (its store stays open) and the command beside it.
struct Fixture {
  test::Stored kiosk;
  store::Store store = kiosk.open();

  test::Answer status(std::vector<std::string> more = {}) {
    std::vector<std::string> words{"status", "--data", kiosk.folder.path().string()};
    words.insert(words.end(), more.begin(), more.end());
    const std::array commands{ctl::status_command(), ctl::laws_import_command()};
    return test::answer_of(commands, words);
  }
  nlohmann::json json() {
    const test::Answer answer = status({"--json"});
    REQUIRE(answer.code == ctl::done);
    return nlohmann::json::parse(answer.out);
  }
  // As the sync thread leaves it after a complete exchange.
  void exchange(const std::string& error = {}) {
    must(store.write([&](store::Writer& writer) {
      store::SyncState state;
      state.kiosk_id = "0199c0de-0000-7000-8000-000000000001";
      state.number = 3;
      state.center_id = "sample";
      state.last_success = store.now();
      state.last_error = error;
      return store::save_sync_state(writer, state);
    }));
  }
  std::string put_pack_into_force(const std::string& bytes) {
    const std::string sha256 = crypto::sha256_hex(bytes);
    must(store.write([&](store::Writer& writer) -> base::Result<void> {
      TRY(store::add_candidate(writer, {"catalogue", sha256, bytes}));
      return store::put_into_force(writer, "catalogue", sha256);
    }));
    return sha256;
  }
  // A library of one law with two articles; the words are no law's.
  base::Path import_laws() {
    const base::Path laws = kiosk.folder / "laws";
    REQUIRE(base::make_folder(laws / "行政法"));
    REQUIRE(base::replace_file(laws / "行政法/借伞法(2017-09-01).md",
                               "# 中华人民共和国借伞法\n\n2017年9月1日 通过\n\n"
                               "<!-- INFO END -->\n\n第一条 一。\n\n第二条 二。\n"));
    base::Path library = kiosk.folder / "laws.db";
    const std::array commands{ctl::laws_import_command()};
    REQUIRE(test::answer_of(commands, {"laws", "import", laws.string(), "--db", library.string()})
                .code == ctl::done);
    return library;
  }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "A kiosk that has never met a center says so") {
  const test::Answer answer = status();
  CHECK(answer.code == ctl::done);
  CHECK(answer.out ==
        "kiosk         1, not enrolled with any center\n"
        "online        no\n"
        "last success  never\n"
        "last error    none\n"
        "waiting       0\n"
        "refused       0\n"
        "content       as installed\n"
        "law library   none\n");
}

TEST_CASE_FIXTURE(Fixture, "What waits is counted and dated while the kiosk runs") {
  test::append(store, "booking.request");
  kiosk.clock.advance(std::chrono::minutes{3});
  test::append(store, "assist.call");
  CHECK(says(status().out, "waiting       2, oldest 2026-11-23T09:42:00+08:00\n"));
  CHECK(json()["waiting"] == 2);
  CHECK(json()["oldest"] == "2026-11-23T09:42:00+08:00");
}

TEST_CASE_FIXTURE(Fixture, "What was refused is counted by its reason and no longer waits") {
  for (const std::string code : {"slot_past", "slot_full", "slot_past"}) {
    const std::string id = test::append(store, "booking.request");
    test::answer(store, id, wire::Outcome::rejected, "{}", code);
  }
  CHECK(says(status().out,
             "refused       3\n              1 slot_full\n              2 slot_past\n"));
  const nlohmann::json told = json();
  CHECK(told["refused"] == 3);
  CHECK(told["refused_because"] == nlohmann::json{{"slot_full", 1}, {"slot_past", 2}});
  CHECK(told["waiting"] == 0);
  CHECK(told["oldest"].is_null());
}

TEST_CASE_FIXTURE(Fixture,
                  "A kiosk in touch with its center is online; one whose last try failed "
                  "is not, and says why") {
  exchange();
  CHECK(says(status().out,
             "kiosk         3 of sample\nonline        yes\n"
             "last success  2026-11-23T09:42:00+08:00\nlast error    none\n"));
  CHECK(json()["online"] == true);
  exchange("timeout");
  CHECK(says(status().out, "online        no\n"));
  CHECK(says(status().out, "last error    timeout\n"));
  const nlohmann::json told = json();
  CHECK(told["online"] == false);
  CHECK(told["last_error"] == "timeout");
  CHECK(told["kiosk"] == 3);
  CHECK(told["center"] == "sample");
  CHECK(told["enrolled"] == true);
}

TEST_CASE_FIXTURE(Fixture, "The content in force is told by its hash, the law text by its day") {
  const std::string sha256 = put_pack_into_force("a menu");
  const base::Path library = import_laws();
  CHECK(says(status().out, "content       catalogue " + sha256 + "\n"));
  CHECK(says(status().out, " 1 laws, 2 articles\n"));
  CHECK(json()["packs"]["catalogue"] == sha256);
  CHECK(json()["laws"]["laws"] == 1);
  CHECK(json()["laws"]["articles"] == 2);

  const base::Path elsewhere = kiosk.folder / "elsewhere.db";
  CHECK(says(status({"--laws-db", elsewhere.string()}).out, "law library   none\n"));
  std::filesystem::rename(library, elsewhere);
  CHECK(says(status({"--laws-db", elsewhere.string()}).out, " 1 laws, 2 articles\n"));
}

TEST_CASE_FIXTURE(Fixture, "Asking for the state changes nothing in the kiosk's database") {
  exchange();
  REQUIRE_FALSE(must(store.changed_elsewhere()));
  REQUIRE(status().code == ctl::done);
  CHECK_FALSE(must(store.changed_elsewhere()));
}

TEST_CASE("Status of a folder no kiosk has run on fails in one line and makes no folder") {
  const test::TempFolder folder;
  const std::string nowhere = (folder / "kiosk").string();
  const std::array commands{ctl::status_command()};
  const test::Answer answer = test::answer_of(commands, {"status", "--data", nowhere});
  CHECK(answer.code == ctl::failed);
  CHECK(answer.out.empty());
  CHECK(answer.err == "kioskctl: no kiosk has run on " + nowhere + " yet; start it once first\n");
  CHECK_FALSE(std::filesystem::exists(nowhere));
}

TEST_CASE("Status without a folder, or with a word too many, is misuse") {
  const std::array commands{ctl::status_command()};
  CHECK(test::answer_of(commands, {"status"}).code == ctl::misused);
  CHECK(test::answer_of(commands, {"status", "--data", "x", "y"}).code == ctl::misused);
  CHECK(test::answer_of(commands, {"status", "--help"}).code == ctl::done);
}
