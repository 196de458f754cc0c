#include "kiosk/law/law_frame.h"

#include <doctest/doctest.h>

#include "tests/kiosk/law/small_collections.h"

using law::LawFrame;
using law::parse_frame;

namespace {

LawFrame umbrella_law() {
  LawFrame frame{"借伞法", law::Kind::law, "社会法", "", {}};
  law::FrameVersion version;
  version.title = "中华人民共和国借伞法";
  version.source = "LawRefBook";
  version.path = "laws/社会法/借伞法.md";
  version.issuer = "借伞大会";
  version.adopted = test::day(2020, 4, 30);
  version.published = test::day(2020, 5, 3);
  version.dated = test::day(2020, 5, 1);
  version.facts.effective = {test::day(2020, 7, 1), test::day(2021, 5, 2)};
  version.facts.repealed = true;
  version.facts.repealed_from.day = test::day(2026, 8, 15);
  version.repeal = law::FrameRepeal{"just-laws", "laws/新法.md", "新法", 12};
  version.listed = true;
  version.searched = true;
  version.history = {"2020年5月1日 通过", "2020年6月1日 公布"};
  version.headings = {{-1, 1, "第一章 总则"}, {0, 2, "第一节"}};
  version.units = {{{1, 0}, "第一条", "甲。\n（一）乙；", 1}, {{}, "附件", "", -1}};
  frame.versions = {version, version};
  return frame;
}

}  // namespace

TEST_CASE("A law is the same after writing and reading") {
  const std::string text = law::write_frame(umbrella_law());
  const auto read = parse_frame(text);
  REQUIRE(read);
  CHECK(law::write_frame(*read) == text);
  REQUIRE(read->versions.size() == 2);
  const law::FrameVersion& version = read->versions[1];
  CHECK(version.facts.effective.known_by == test::day(2021, 5, 2));
  CHECK(version.repeal->unit == 12);
  CHECK(version.repeal->source == "just-laws");
  CHECK(version.source == "LawRefBook");
  CHECK(version.issuer == "借伞大会");
  CHECK(version.adopted == test::day(2020, 4, 30));
  CHECK(version.published == test::day(2020, 5, 3));
  CHECK(version.listed);
  CHECK(version.history[1] == "2020年6月1日 公布");
  CHECK(version.headings[1].parent == 0);
  CHECK(version.units[0].text == "甲。\n（一）乙；");
  CHECK(version.units[0].heading == 1);
  CHECK(version.units[1].label == "附件");
  CHECK(version.units[1].text.empty());
}

TEST_CASE("Keys of a later time are skipped") {
  std::string text = law::write_frame(umbrella_law());
  text.insert(text.find("version\n") + 8, "colour blue\n");
  CHECK(parse_frame(text));
}

TEST_CASE("A line break in a title cannot make another line") {
  LawFrame frame = umbrella_law();
  frame.title = "借伞法\nversion";
  CHECK(parse_frame(law::write_frame(frame))->title == "借伞法 version");
}

TEST_CASE("What is not of the grammar is refused") {
  const std::string text = law::write_frame(umbrella_law());
  for (const std::string_view wrong :
       {"", "law 2\n", "law 1\n", "law 1\ntitle a\nversion\n", "law 1\nkind 99\nversion\n",
        "law 1\nversion\nunit 1 0 -1 99 第一条\nshort\n", "law 1\nversion\nunit 1 0 0 1 a\nb\n",
        "law 1\nversion\nheading 1 0 loop\nunit 1 0 -1 1 a\nb\n",
        "law 1\nversion\ndated tomorrow\nunit 1 0 -1 1 a\nb\n"}) {
    CHECK_FALSE(parse_frame(wrong));
  }
  CHECK_FALSE(parse_frame(std::string_view(text).substr(0, text.size() - 1)));
}

TEST_CASE("Damage is refused or read as other words, without a crash") {
  const std::string whole = law::write_frame(umbrella_law());
  test::SeededChance chance;
  const auto size = static_cast<std::uint32_t>(whole.size());
  for (int round = 0; round < 5'000; ++round) {
    std::string text = whole;
    text[chance.below(size)] = static_cast<char>(chance.below(256));
    if (chance.below(4) == 0) text.resize(chance.below(size));
    if (const auto read = parse_frame(text)) CHECK_FALSE(read->versions.empty());
  }
}
