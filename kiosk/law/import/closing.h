// What a law says about its own beginning and about the texts it ends: 自…起施行, 同时废止. Reads
// words only; whether a named text is in the library is for others.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/clock.h"

namespace law {

// A day written in a text and where: "2021年1月1日", "2021 年 3 月 1 日", "二〇二一年一月一日".
struct WrittenDay {
  base::Date day{};
  std::size_t begin = 0;  // bytes
  std::size_t end = 0;
};
// Every real day from 1949 to 2199, in the order of the text.
std::vector<WrittenDay> written_days(std::string_view text);

struct Effect {
  std::optional<base::Date> day;
  bool on_publication = false;  // 自公布之日起施行
  [[nodiscard]] bool said() const { return day || on_publication; }
};
// "本法自2021年1月1日起施行。" → the day. A sentence about another text or a single article says
// nothing about this one.
Effect read_effect(std::string_view article);

// Titles between 《》 that the article ends with 同时废止, 即行废止 or 废止, without the outer
// marks. A repeal of single articles (《…》第三条同时废止) names no whole text and is left out.
std::vector<std::string> read_repeals(std::string_view article);

// The lines between title and text ("2020年5月28日 …通过", "2021年1月1日 施行").
struct History {
  std::optional<base::Date> newest;     // the last adoption, amendment or publication
  std::optional<base::Date> effective;  // the last day named as 施行
  std::optional<base::Date> published;  // the last day named as 公布 or 发布
};
History read_history(const std::vector<std::string>& lines);

}  // namespace law
