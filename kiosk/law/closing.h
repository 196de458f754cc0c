// What a law says about its own beginning and about the texts it ends: 自…起施行, 同时废止. Reads
// words only; whether a named text is in the library is for others. A sentence that could mean two
// things gives nothing and is handed back as not understood.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/clock.h"

namespace law {

struct Effect {
  std::optional<base::Date> day;
  bool on_publication = false;  // 自公布之日起施行
  bool on_adoption = false;     // 自通过之日起施行
  [[nodiscard]] bool said() const { return day || on_publication || on_adoption; }
};
// "本法自2021年1月1日起施行。" → the day; also 从…起, 于…施行 and "本法由…通过，自…起施行". A
// sentence about another text or a single article says nothing about this one.
Effect read_effect(std::string_view article);
// A sentence by which the text dates itself in a way read_effect() cannot turn into a day
// ("本条例自1985年度起施行", "本安排第一条自…起施行"); "" when there is none.
std::string unread_effect(std::string_view article);

struct Repeal {
  std::string title;               // without the outer 《》
  std::optional<base::Date> from;  // 自…起废止; else it ends when the repealing text begins
};

struct Repeals {
  std::vector<Repeal> whole;
  std::vector<std::string> partly;          // of these only single articles or rules end
  std::vector<std::string> not_understood;  // sentences that end something named, unclear what
};
// Reads "《甲》、《乙》同时废止", "废止《甲》", "下列规定予以废止：" with one title a line, and
// 停止执行, 不再适用, 失效 right behind a title. 《甲》中关于…的规定 and 《甲》第三条 are partly;
// what is named beside such a part, or ends only where it is 抵触 or 不一致, is not understood.
Repeals read_repeals(std::string_view article);

}  // namespace law
