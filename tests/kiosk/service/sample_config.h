// The smallest configuration without a mistake: a center, its days off, its menu, a guide, a
// booking, a ticket and an intake. Tests change one place and look at what the reader says of it.
#pragma once

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/service/read.h"

namespace test {

inline service::Files sample_config() {
  return {{"center.toml", R"(id = "sample"
name = { zh-Hans = "中心", en = "Center" }
address = { zh-Hans = "地址", en = "Address" }
desk = { zh-Hans = "服务台", en = "Desk" }
phone = ""
[hours]
monday = ["09:00-12:00", "13:30-17:00"]
[[room]]
id = "green"
name = { zh-Hans = "绿厅", en = "Green room" }
[[role]]
id = "reception"
name = { zh-Hans = "接待", en = "Reception" }
[[safety]]
name = { zh-Hans = "报警", en = "Police" }
text = { zh-Hans = "打 110", en = "Call 110" }
icon = "phone"
sources = ["中华人民共和国反家庭暴力法 第十三条"]
)"},
          {"holidays.toml", R"([[year]]
year = 2026
notice = "放假通知"
[[year.holiday]]
name = { zh-Hans = "国庆节", en = "National Day" }
from = "2026-10-01"
to = "2026-10-07"
[[year.make_up]]
day = "2026-10-10"
hours_of = "monday"
)"},
          {"menu.toml", R"([[tile]]
service = "consult"
seat = "first"
title = { zh-Hans = "咨询", en = "Advice" }
line = { zh-Hans = "约律师", en = "Book a lawyer" }
[[tile]]
service = "guide"
seat = "small"
title = { zh-Hans = "指南", en = "Guide" }
)"},
          {"services/guide.toml", R"(kind = "guide"
name = { zh-Hans = "指南", en = "Guide" }
icon = "info"
about = { zh-Hans = "介绍", en = "About" }
offline = { zh-Hans = "照常", en = "Works" }
sources = ["中华人民共和国公证法 第十一条"]
next = ["consult"]
)"},
          {"services/consult.toml", R"(kind = "booking"
name = { zh-Hans = "咨询", en = "Advice" }
icon = "consult"
about = { zh-Hans = "介绍", en = "About" }
offline = { zh-Hans = "存下", en = "Kept" }
[slots]
minutes = 30
horizon_days = 14
soonest_minutes = 60
[[way]]
id = "onsite"
name = { zh-Hans = "当面", en = "In person" }
icon = "room"
capacity = 2
[[topic]]
id = "wage"
name = { zh-Hans = "工资", en = "Wages" }
papers = ["contract"]
[[paper]]
id = "contract"
name = { zh-Hans = "合同", en = "Contract" }
[[question]]
id = "contact"
kind = "self"
title = { zh-Hans = "怎么称呼您？", en = "Your name?" }
purpose = { zh-Hans = "认出您", en = "To know you" }
basis = ["中华人民共和国个人信息保护法 第十三条"]
days_kept = 90
readers = ["reception"]
)"},
          {"services/notary.toml", R"(kind = "ticket"
name = { zh-Hans = "公证", en = "Notary" }
icon = "notary"
letter = "B"
about = { zh-Hans = "介绍", en = "About" }
offline = { zh-Hans = "照常", en = "Works" }
[hours]
tuesday = ["10:00-11:00"]
[[matter]]
id = "will"
name = { zh-Hans = "遗嘱", en = "Will" }
)"},
          {"services/mediation.toml", R"(kind = "intake"
name = { zh-Hans = "调解", en = "Mediation" }
icon = "mediation"
about = { zh-Hans = "介绍", en = "About" }
offline = { zh-Hans = "存下", en = "Kept" }
[[way]]
id = "remote"
name = { zh-Hans = "远程", en = "By video" }
icon = "video"
[[question]]
id = "safe"
kind = "safety"
title = { zh-Hans = "安全吗？", en = "Safe?" }
[[question]]
id = "evidence"
kind = "evidence"
title = { zh-Hans = "材料？", en = "Papers?" }
sensitive = true
purpose = { zh-Hans = "准备", en = "To prepare" }
basis = ["中华人民共和国个人信息保护法 第二十九条"]
days_kept = 180
readers = ["reception"]
[[question.choice]]
id = "medical"
name = { zh-Hans = "病历", en = "Medical records" }
[[question]]
id = "consent"
kind = "consent"
title = { zh-Hans = "同意吗？", en = "Agreed?" }
text = { zh-Hans = "写明用处", en = "What for" }
drops = ["evidence"]
purpose = { zh-Hans = "记下同意", en = "To record it" }
basis = ["中华人民共和国个人信息保护法 第二十九条"]
days_kept = 180
readers = ["reception"]
)"}};
}

// The sample with the first `from` of one file replaced; a test that finds no `from` is wrong
// itself and gets a file name that no expectation holds.
inline service::Files sample_with(const std::string& file, std::string_view from,
                                  std::string_view to) {
  service::Files files = sample_config();
  std::string& text = files[file];
  const auto at = text.find(from);
  if (at == std::string::npos) return {{"the sample has no such text", ""}};
  text.replace(at, from.size(), to);
  return files;
}

// What the reader says, one line a problem.
inline std::vector<std::string> problems(
    const service::Files& files, const std::optional<std::set<std::string>>& icons = std::nullopt) {
  std::vector<std::string> lines;
  for (const service::Problem& problem : service::read_catalogue(files, icons).problems) {
    lines.push_back(service::to_line(problem));
  }
  return lines;
}

}  // namespace test

// A failed comparison shows the lines.
template <>
struct doctest::StringMaker<std::vector<std::string>> {
  static String convert(const std::vector<std::string>& lines) {
    std::string all;
    for (const std::string& line : lines) all += "\n  " + line;
    return all.c_str();
  }
};
