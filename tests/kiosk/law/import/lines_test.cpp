#include "kiosk/law/import/lines.h"

#include <doctest/doctest.h>

using law::read_lines;

namespace {

std::vector<std::string> texts(std::string_view markdown) {
  std::vector<std::string> list;
  for (const law::Line& each : read_lines(markdown).lines) list.push_back(each.text);
  return list;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("Front matter, comments and empty lines leave no trace") {
  CHECK(texts("---\nsidebar: auto\n---\n\n# 借伞法\n\n<!-- FORCE BREAK -->\n文字<!-- 注 -->\n") ==
        Texts{"借伞法", "文字"});
  CHECK(texts("\xEF\xBB\xBF# 借伞法\r\n文字\r\n") == Texts{"借伞法", "文字"});
}

TEST_CASE("Headings keep their level, typographic blanks in numbered ones go") {
  const auto lines = read_lines("# 借伞法\n## 第一章　总 则\n### 第一节\n##\n#没有空格\n").lines;
  REQUIRE(lines.size() == 4);
  CHECK(lines[1].level == 2);
  CHECK(lines[1].text == "第一章 总则");
  CHECK(lines[2].level == 3);
  CHECK(lines[2].text == "第一节");
  CHECK(lines[3].level == 0);
}

TEST_CASE("Bold, italics, quotes and tags lose their signs") {
  CHECK(texts("**第一条**　文字\n*1988年通过*\n> 引文\n<td>1.5</td> <b>元</b>") ==
        Texts{"第一条　文字", "1988年通过", "引文", "1.5  元"});
  CHECK(texts("a < b") == Texts{"a < b"});
  CHECK(texts("<style>\n.x { color: red }\n</style>\n后") == Texts{"后"});
}

TEST_CASE("A table's rows become lines, its frame disappears") {
  CHECK(texts("| 级数 | 税率 |\n| ---- | :--: |\n| 1 | 3% |") == Texts{"级数　税率", "1　3%"});
}

TEST_CASE("Odd blanks become blanks, invisible signs go, a font's own signs are marked") {
  const auto clean = read_lines("第一条\u2002雨\u200B伞\uE010。");
  REQUIRE(clean.lines.size() == 1);
  CHECK(clean.lines[0].text == "第一条 雨伞〓。");
  CHECK(clean.unreadable == 1);
  CHECK(texts("甲\u202E乙\u2066丙\u0085丁") == Texts{"甲乙丙丁"});
}
