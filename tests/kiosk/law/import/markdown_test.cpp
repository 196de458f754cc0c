#include "kiosk/law/import/markdown.h"

#include <doctest/doctest.h>

#include "tests/kiosk/law/small_collections.h"

using law::ArticleNumber;
using law::FileRole;
using law::LawText;
using law::read_law_text;

namespace {

LawText read(std::string_view markdown, FileRole role = FileRole::whole) {
  auto text = read_law_text(markdown, role);
  REQUIRE(text);
  return *text;
}

LawText body(const std::string& lines) {
  return read("# 借伞法\n\n<!-- INFO END -->\n\n" + lines);
}

std::vector<std::string> labels(const LawText& text) {
  std::vector<std::string> list;
  for (const law::Unit& each : text.units) list.push_back(each.label);
  return list;
}

using Labels = std::vector<std::string>;

}  // namespace

TEST_CASE("A LawRefBook file gives title, history, chapters and articles") {
  const LawText text =
      read(test::book_text("中华人民共和国借伞法", "2020年5月1日 通过\n\n2020年7月1日 施行",
                           "## 第一编 通则\n\n### 第一章 总 则\n\n第一条 甲。\n\n乙。\n\n"
                           "## 第二编 归还\n\n第二条 丙。"));
  CHECK(text.title == "中华人民共和国借伞法");
  CHECK(text.history == std::vector<std::string>{"2020年5月1日 通过", "2020年7月1日 施行"});
  REQUIRE(text.units.size() == 2);
  CHECK(text.units[0].text == "甲。\n乙。");
  CHECK(text.path(text.units[0].heading, " / ") == "第一编 通则 / 第一章 总则");
  CHECK(text.path(text.units[1].heading, " / ") == "第二编 归还");
}

TEST_CASE("A just-laws file is told from its history without an end mark") {
  const LawText text = read(
      "---\nsidebar: auto\n---\n\n# 中华人民共和国借伞法\n\n2020年5月1日借伞大会通过\n\n"
      "根据2021年6月1日《关于修改〈借伞法〉的决定》修正\n\n## 第一章　总则\n\n**第一条**　甲。\n");
  CHECK(text.history.size() == 2);
  REQUIRE(text.units.size() == 1);
  CHECK(text.units[0].number == ArticleNumber{1, 0});
  CHECK(text.units[0].text == "甲。");
}

TEST_CASE("A paragraph about a third person or another article begins no article") {
  const LawText text = body(
      "第三条 甲。\n第三人主张权利的，应当准许。\n第三十条第二款规定的情形除外。\n第四条　乙。");
  CHECK(labels(text) == Labels{"第三条", "第四条"});
  CHECK(text.units[0].text == "甲。\n第三人主张权利的，应当准许。\n第三十条第二款规定的情形除外。");
}

TEST_CASE("Inserted articles, odd blanks and a blank before 条 are understood") {
  const LawText text = body(
      "第十七条 甲。\n第十七条之一　乙。\n**第十八条**\u2002丙。\n第一百二十八 "
      "条丁。\n第十九条\n戊。");
  CHECK(labels(text) ==
        Labels{"第十七条", "第十七条之一", "第十八条", "第一百二十八条", "第十九条"});
  CHECK(text.units[1].number == ArticleNumber{17, 1});
  CHECK(text.units[3].text == "丁。");
  CHECK(text.units[4].text == "戊。");
}

TEST_CASE("Text before the first article and annexes behind the last are kept under their names") {
  const LawText text = body(
      "为正确审理案件，制定本解释。\n## 序言\n雨，从天而降。\n## 第一章 总则\n第一条 甲。\n"
      "## 附件一\n雨伞目录。");
  CHECK(labels(text) == Labels{"引言", "序言", "第一条", "附件一"});
  CHECK(text.count_articles() == 1);
}

TEST_CASE("A text without articles is cut at its sections") {
  const LawText text =
      body("导语。\n一、将第一条修改为：“甲。”\n“乙。”\n二、本决定自公布之日起施行。");
  CHECK(labels(text) == Labels{"引言", "一、", "二、"});
  CHECK(text.units[1].text == "将第一条修改为：“甲。”\n“乙。”");
}

TEST_CASE("A text with numbered points under section headings is cut at the points") {
  const LawText text =
      body("## 一、执行机构\n1.甲。\n（1）乙；\n2.丙。\n## 二、管辖\n3.丁，宽2.5米。");
  CHECK(labels(text) == Labels{"1.", "2.", "3."});
  CHECK(text.path(text.units[2].heading, "/") == "二、管辖");
}

TEST_CASE("Plain text is cut into pieces of an article's size") {
  std::string lines;
  for (int i = 0; i < 40; ++i)
    lines += "这一行讲的是雨伞应当怎样借出、怎样保管以及怎样归还的道理。\n";
  const LawText text = body(lines);
  CHECK(text.units.size() >= 2);
  for (const law::Unit& each : text.units) {
    CHECK(each.label == "正文");
    CHECK(each.text.size() < 2'000);
  }
}

TEST_CASE("A part has no title; its first heading is a chapter") {
  LawText whole = read("# 借伞法典\n\n2020年5月1日通过\n");
  CHECK(whole.units.empty());
  append_part(whole, read("# 第一编　通则\n\n第一条 甲。", FileRole::part));
  append_part(whole, read("# 第二编　归还\n\n## 第一章 期限\n\n第二条 乙。", FileRole::part));
  REQUIRE(whole.units.size() == 2);
  CHECK(whole.path(whole.units[1].heading, "/") == "第二编 归还/第一章 期限");
}

TEST_CASE("What is no text is refused with its reason") {
  const std::string binary("# 借伞法\n\0\1\2", 15);
  CHECK(read_law_text(binary).error().code == "binary");
  CHECK(read_law_text("# \xFF\xFE").error().code == "not_utf8");
  CHECK(read_law_text("没有标题").error().code == "no_title");
  CHECK(read_law_text("").error().code == "no_title");
  CHECK(read_law_text("---\nbookCollapseSection: true\n---\n").error().code == "no_title");
}

TEST_CASE("Pitfall 8: a case quotes articles and has none") {
  const auto text = law::read_law_text(
      "# 借伞案\n\n## 法律依据\n\n第三条 雨停归还。\n\n第四条 遗失赔偿。", law::FileRole::told);
  REQUIRE(text);
  CHECK(text->count_articles() == 0);
  REQUIRE(text->units.size() == 1);
  CHECK(text->units[0].label == "法律依据");
  CHECK(text->units[0].text == "第三条 雨停归还。\n第四条 遗失赔偿。");
}
