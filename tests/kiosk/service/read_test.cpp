#include "kiosk/service/read.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/kiosk/service/sample_config.h"
#include "tests/support/world.h"

using Lines = std::vector<std::string>;
using test::problems;
using test::sample_config;
using test::sample_with;

TEST_CASE("a configuration without a mistake becomes the center, its menu and its services") {
  const service::ReadOutcome outcome = service::read_catalogue(sample_config());
  CHECK(problems(sample_config()) == Lines{});
  REQUIRE(outcome.catalogue);
  const service::Catalogue& catalogue = *outcome.catalogue;
  CHECK(catalogue.center.id == "sample");
  CHECK(catalogue.center.name.in("en") == "Center");
  CHECK(catalogue.center.phone.empty());
  CHECK(catalogue.center.hours.week[0].size() == 2);
  CHECK(catalogue.center.hours.week[1].empty());
  CHECK(catalogue.center.safety.front().sources.front().article == "第十三条");
  REQUIRE(catalogue.tiles.size() == 2);
  CHECK(catalogue.tiles[0].seat == service::Seat::first);
  CHECK(catalogue.tiles[1].service == "guide");
  CHECK(catalogue.services.size() == 4);
}

TEST_CASE("every citation comes with its place, for a checker that knows the laws") {
  const auto citations = service::read_catalogue(sample_config()).citations;
  CHECK(citations.size() == 5);
  const auto guide =
      std::ranges::find(citations, "services/guide.toml", &service::CitationPlace::file);
  REQUIRE(guide != citations.end());
  CHECK(guide->citation.law == "中华人民共和国公证法");
  CHECK(guide->citation.article == "第十一条");
  CHECK(guide->line == 6);
  CHECK(guide->column == 12);
}

TEST_CASE("a file that is missing or no TOML is named") {
  CHECK(problems({}) == Lines{"center.toml:1:1: the file is missing: write center.toml beside the "
                              "folder services",
                              "menu.toml:1:1: the file is missing: write menu.toml beside the "
                              "folder services"});
  const Lines broken = problems(sample_with("menu.toml", "\"first\"", "\"first"));
  REQUIRE(broken.size() == 1);
  CHECK(broken.front().starts_with("menu.toml:3:14: not TOML: "));
}

TEST_CASE("a mistyped key is named once, with the key that was meant") {
  CHECK(problems(sample_with("center.toml", "desk =", "dsek =")) ==
        Lines{"center.toml:4:1: unknown key `dsek`, did you mean `desk`?"});
}

TEST_CASE("a key that belongs nowhere is named with the keys known there") {
  CHECK(problems(sample_with("menu.toml", "seat = \"first\"", "seat = \"first\"\ncolour = 1")) ==
        Lines{"menu.toml:4:1: unknown key `colour`; known here: `line`, `seat`, `service`, "
              "`title`"});
}

TEST_CASE("a missing key is named at its table with what to write") {
  CHECK(problems(sample_with("center.toml", "id = \"reception\"\n", "")).front() ==
        "center.toml:11:1: `id` is missing: write id = \"…\"");
  CHECK(problems(sample_with("center.toml", "phone = \"\"\n", "")) ==
        Lines{"center.toml:1:1: `phone` is missing: write phone = \"…\", or phone = \"\" for \"not "
              "known\""});
}

TEST_CASE("a value of the wrong type is named with the type that belongs there") {
  CHECK(problems(sample_with("center.toml", "\"服务台\"", "5")) ==
        Lines{"center.toml:4:20: `zh-Hans` cannot be a whole number: write zh-Hans = \"…\""});
  CHECK(problems(sample_with("menu.toml", "[[tile]]\nservice = \"guide\"",
                             "[[tiles]]\nservice = \"guide\"")) ==
        Lines{"menu.toml:6:3: unknown key `tiles`, did you mean `tile`?"});
}

TEST_CASE("a text needs every language, says something, and is English where it says so") {
  CHECK(problems(sample_with("center.toml", ", en = \"Desk\"", "")) ==
        Lines{"center.toml:4:8: `en` is missing: write en = \"…\""});
  CHECK(problems(sample_with("center.toml", "\"Desk\"", "\" \"")) ==
        Lines{"center.toml:4:32: `en` is empty: write the text"});
  CHECK(problems(sample_with("center.toml", "\"Desk\"", "\"服务台\"")) ==
        Lines{"center.toml:4:32: Chinese characters in the English text: write it in English"});
  CHECK(problems(sample_with("center.toml", "en = \"Desk\"", "en = \"Desk\", fr = \"Bureau\"")) ==
        Lines{"center.toml:4:40: unknown key `fr`; known here: `en`, `zh-Hans`, `zh-Hant`"});
}

TEST_CASE("traditional characters may stand beside the two languages") {
  const auto outcome = service::read_catalogue(
      sample_with("center.toml", "en = \"Desk\"", "en = \"Desk\", zh-Hant = \"服務台\""));
  REQUIRE(outcome.catalogue);
  CHECK(outcome.catalogue->center.desk.in("zh-Hant") == "服務台");
}

TEST_CASE("hours that are no time, end before they start or overlap are named one by one") {
  CHECK(problems(sample_with("center.toml", "\"09:00-12:00\"", "\"9-12\"")) ==
        Lines{"center.toml:7:11: `9-12` is no opening time: write \"09:00-12:00\""});
  CHECK(problems(sample_with("center.toml", "\"13:30-17:00\"", "\"17:00-13:30\"")) ==
        Lines{"center.toml:7:26: `17:00-13:30` ends before it starts: write the earlier time "
              "first"});
  CHECK(problems(sample_with("center.toml", "\"13:30-17:00\"", "\"11:30-17:00\"")) ==
        Lines{"center.toml:7:26: `11:30-17:00` overlaps the hours before it: start at 12:00 or "
              "later"});
  CHECK(problems(sample_with("center.toml", "monday", "munday")) ==
        Lines{"center.toml:7:1: unknown key `munday`, did you mean `monday`?"});
}

TEST_CASE("a source is a law's full name, a blank and an article") {
  for (const std::string_view wrong : {"中华人民共和国反家庭暴力法", "第十三条",
                                       "中华人民共和国反家庭暴力法 13", "Law 第十三条"}) {
    const std::string source = "中华人民共和国反家庭暴力法 第十三条";
    CHECK(problems(sample_with("center.toml", source, wrong)) ==
          Lines{"center.toml:18:12: `" + std::string(wrong) +
                "` cites no article: write \"中华人民共和国公证法 第十一条\""});
  }
  CHECK(problems(sample_with("center.toml", "第十三条", "第一百二十条之一")) == Lines{});
}

TEST_CASE("a telephone number has digits only") {
  CHECK(problems(sample_with("center.toml", "phone = \"\"", "phone = \"ask\"")) ==
        Lines{"center.toml:5:9: `ask` is no telephone number: write digits, \"-\" and \"+\""});
}

TEST_CASE("an icon that is not among the pictures is named, when the pictures are known") {
  const std::set<std::string> icons = {"phone",  "info",      "consult", "room",
                                       "notary", "mediation", "video"};
  CHECK(problems(sample_config(), icons) == Lines{});
  CHECK(problems(sample_with("center.toml", "icon = \"phone\"", "icon = \"phon\""), icons) ==
        Lines{"center.toml:17:8: there is no icon `phon`, did you mean `phone`?"});
  CHECK(problems(sample_with("center.toml", "icon = \"phone\"", "icon = \"phon\"")) == Lines{});
}

TEST_CASE("a tile leads to a service that is there and sits on a seat that is there") {
  CHECK(problems(sample_with("menu.toml", "\"consult\"", "\"consolt\"")) ==
        Lines{"menu.toml:2:11: there is no service `consolt`, did you mean `consult`?"});
  CHECK(problems(sample_with("menu.toml", "\"small\"", "\"smal\"")) ==
        Lines{"menu.toml:8:8: `smal` is no seat, did you mean `small`?"});
}

TEST_CASE("large tiles have a line, small ones have none") {
  CHECK(problems(sample_with("menu.toml", "seat = \"small\"", "seat = \"main\"")) ==
        Lines{"menu.toml:6:1: `line` is missing: write line = { … }"});
  CHECK(problems(sample_with("menu.toml", "seat = \"first\"", "seat = \"small\"")) ==
        Lines{"menu.toml:5:8: a small tile shows its title only: take the line away"});
}

TEST_CASE("a menu fuller than home is named at the first tile without a seat") {
  const auto with_tiles = [](std::string_view seat, int count) {
    service::Files files = sample_config();
    for (int i = 0; i < count; ++i) {
      files["menu.toml"] += "[[tile]]\nservice = \"guide\"\nseat = \"" + std::string(seat) +
                            "\"\ntitle = { zh-Hans = \"指南\", en = \"Guide\" }\n";
      if (seat != "small") files["menu.toml"] += "line = { zh-Hans = \"看看\", en = \"Read\" }\n";
    }
    return problems(files);
  };
  CHECK(with_tiles("small", 8) == Lines{});
  CHECK(with_tiles("small", 9) == Lines{"menu.toml:44:8: home seats 9 `small` tiles: give this one "
                                        "another seat or take it away"});
  CHECK(with_tiles("main", 4) == Lines{});
  CHECK(with_tiles("main", 5) == Lines{"menu.toml:32:8: home seats 4 `main` tiles: give this one "
                                       "another seat or take it away"});
  CHECK(with_tiles("first", 1) == Lines{"menu.toml:12:8: home seats 1 `first` tile: give this one "
                                        "another seat or take it away"});
  CHECK(with_tiles("search", 2) == Lines{"menu.toml:17:8: home seats 1 `search` tile: give this "
                                         "one another seat or take it away"});
}

TEST_CASE("all mistakes of all files come in one pass, in the order of their places") {
  service::Files files = sample_with("center.toml", "\"Desk\"", "\"\"");
  files["menu.toml"].replace(files["menu.toml"].find("\"first\""), 7, "\"frist\"");
  files["services/notary.toml"].replace(files["services/notary.toml"].find("\"B\""), 3, "\"b\"");
  const service::ReadOutcome outcome = service::read_catalogue(files);
  CHECK_FALSE(outcome.catalogue);
  REQUIRE(outcome.problems.size() == 3);
  CHECK(outcome.problems[0].file == "center.toml");
  CHECK(outcome.problems[1].file == "menu.toml");
  CHECK(outcome.problems[2].file == "services/notary.toml");
}

TEST_CASE("a folder is read by the names the reader knows; other files are left alone") {
  const test::TempFolder folder;
  REQUIRE(base::make_folder(folder / "services"));
  REQUIRE(base::replace_file(folder / "center.toml", "a"));
  REQUIRE(base::replace_file(folder / "kiosk.toml", "b"));
  REQUIRE(base::replace_file(folder / "services/notary.toml", "c"));
  REQUIRE(base::replace_file(folder / "services/notary.toml~", "d"));
  const auto files = service::load_folder(folder.path());
  REQUIRE(files);
  CHECK(*files == service::Files{{"center.toml", "a"}, {"services/notary.toml", "c"}});
  const auto nowhere = service::load_folder(folder / "nowhere");
  REQUIRE_FALSE(nowhere);
  CHECK(nowhere.error().kind == base::ErrorKind::not_found);
}
