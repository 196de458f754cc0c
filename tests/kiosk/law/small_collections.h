// Small made-up law texts in the two real layouts; no sentence of them is anybody's law.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "kiosk/law/import/gather.h"
#include "kiosk/law/import/library_store.h"
#include "tests/support/world.h"

namespace test {

using PathAndText = std::pair<std::string, std::string>;

inline law::Collection collection_of(const std::vector<PathAndText>& files) {
  law::Collection collection;
  for (const auto& [path, text] : files) collection.files.push_back({path, text});
  return collection;
}

// "# title", history lines, end mark, body: a file of LawRefBook.
inline std::string book_text(const std::string& title, const std::string& history,
                             const std::string& body) {
  return "# " + title + "\n\n" + history + "\n\n<!-- INFO END -->\n\n" + body + "\n";
}

inline base::Date day(int year, unsigned month, unsigned of_month) {
  return {std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{of_month}};
}

// A small LawRefBook: three national laws, an interpretation, a case, an amendment, a local rule.
inline std::vector<PathAndText> small_book() {
  return {
      {"laws/README.md", "---\ndraft: true\n---\n本项目收集法律。\n"},
      {"laws/社会法/_index.md", "---\nbookCollapseSection: true\n---\n"},
      {"laws/社会法/借伞法(2020-05-01).md",
       book_text("中华人民共和国借伞法", "2020年5月1日 借伞大会通过",
                 "## 第一章 总 则\n\n"
                 "第一条 为了保护借伞人和出借人的合法权益，制定本法。\n\n"
                 "第二条 雨天借伞，适用本法。\n\n"
                 "## 第二章 归还\n\n"
                 "第三条 借伞人应当在雨停后三日内归还雨伞，并支付使用费：\n\n"
                 "（一）晴天归还的，每把一元；\n\n（二）雨天归还的，免费。\n\n"
                 "第三条之一 雨伞遗失的，借伞人应当赔偿。\n\n"
                 "第四条 本法自2020年7月1日起施行。《雨具暂行条例》同时废止。")},
      {"laws/行政法规/雨具暂行条例(2001-02-03).md",
       book_text("雨具暂行条例", "2001年2月3日 发布",
                 "第一条 雨具包括雨伞、雨衣和雨靴。\n\n第二条 出借雨伞应当登记。\n\n"
                 "第三条 本条例自发布之日起施行。")},
      {"laws/民法商法/登山法(2018-01-01).md",
       book_text("中华人民共和国登山法", "2018年1月1日 登山大会通过",
                 "第一条 登山应当结伴。\n\n第二条 本法自2018年3月1日起施行。")},
      {"laws/民法商法/登山法(2024-06-01).md",
       book_text("中华人民共和国登山法", "2018年1月1日 登山大会通过\n\n2024年6月1日 登山大会修订",
                 "第一条 登山应当结伴并携带绳索。\n\n第二条 夜间禁止登山。\n\n"
                 "第三条 本法自2024年9月1日起施行。")},
      {"laws/司法解释/关于适用《借伞法》的解释(2021-03-04).md",
       book_text("最高人民法院关于适用《中华人民共和国借伞法》的解释", "2021年3月4日 公布",
                 "为正确审理借伞纠纷案件，制定本解释。\n\n"
                 "第一条 借伞法第三条所称雨停，以气象台公告为准。\n\n"
                 "第二条 本解释自2021年4月1日起施行。")},
      {"laws/案例/借伞/甲诉乙借伞案.md",
       "# 雨停三日后归还雨伞应当支付使用费\n\n<!-- INFO END -->\n\n## "
       "基本案情\n\n甲借给乙雨伞。\n"},
      {"laws/刑法/登山法修正案.md", book_text("中华人民共和国登山法修正案", "2019年5月6日 通过",
                                              "一、将登山法第一条修改为：“登山应当结伴并携带绳索。”"
                                              "\n\n二、本修正案自公布之日起施行。")},
      {"laws/DLC/北京地方法规/地方性法规/北京/北京市借伞规定(2022-08-08).md",
       book_text("北京市借伞规定", "2022年8月8日 通过",
                 "第一条 地铁站应当出借雨伞。\n\n第二条 本规定自2022年9月1日起施行。")},
  };
}

// Imports into folder/laws.db and answers with its path.
inline base::Path library_of(const TempFolder& folder, const std::vector<PathAndText>& files,
                             std::string_view region = {}) {
  const base::Path file = folder / "laws.db";
  const auto gathered = law::gather(collection_of(files), region);
  const auto counts = law::write_library(gathered, region, file, [](auto, auto, auto) {});
  if (!counts) std::abort();
  return file;
}

}  // namespace test
