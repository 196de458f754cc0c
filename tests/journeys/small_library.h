// A small law library for scripted visitors, made of made-up texts in both layouts; no sentence is
// anybody's law.
#pragma once

#include "tests/kiosk/law/small_collections.h"

namespace test {

// The wording is what lay words for unpaid wages lead to.
inline base::Path small_library(const TempFolder& folder) {
  std::vector<PathAndText> files = small_book();
  std::string many = "## 第一章 总 则\n\n第一条 为了让撑伞人安心干活，制定本法。\n\n";
  for (const char* each : {"二", "三", "四", "五", "六", "七", "八", "九", "十"}) {
    many += std::string("第") + each + "条 撑伞的时候，应当看路、看人、看风向，不得戳到别人。\n\n";
  }
  many +=
      "## 第二章 工钱\n\n第十一条 "
      "雇人撑伞的，应当按月足额支付劳动报酬；拖欠工资的，由伞务部门责令支付：\n\n"
      "（一）下雨当天支付；\n\n（二）雨停以后三日内补足。\n\n"
      "第十二条 本法自2022年1月1日起施行。\n";
  files.emplace_back("laws/社会法/撑伞用工法(2021-12-01).md",
                     book_text("中华人民共和国撑伞用工法", "2021年12月1日 撑伞大会通过", many));
  std::vector<law::Collection> collections;
  collections.push_back(collection_of(files));
  collections.push_back(collection_of(
      {{"docs/category/README.md", "# 类别"},
       {"LAWS_PROGRESS.md", "> 更新时间：2026年6月26日"},
       {"docs/a/mark/README.md", "# 标记法\n\n2019年4月23日修正\n\n**第一条**　旧标记应当登记。"},
       {"docs/a/mark/versions/2027-01-01/README.md",
        "# 标记法\n\n2026年6月26日修订\n\n**第一条**　新标记应当登记并公告。"}}));
  const base::Path file = folder / "laws.db";
  const auto gathered = law::gather(std::move(collections), {});
  if (!law::write_library(gathered, {}, file, [](auto, auto, auto) {})) std::abort();
  return file;
}

}  // namespace test
