// The lines between title and text: who adopted, amended and published it and when. Reads words
// only.
//
//   just-laws   1993年12月29日第八届全国人民代表大会常务委员会第五次会议通过
//               根据2013年12月28日第十二届全国人民代表大会常务委员会第六次会议《…决定》第三次修正
//   LawRefBook  2020年5月28日 第十三届全国人民代表大会第三次会议通过
//               2021年1月1日 施行
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/clock.h"

namespace law {

struct History {
  std::optional<base::Date> newest;     // the last adoption, amendment or publication
  std::optional<base::Date> adopted;    // the first day named as 通过 (or 批准)
  std::optional<base::Date> amended;    // the last day named as 修正 or 修订
  std::optional<base::Date> published;  // the last day named as 公布 or 发布
  std::optional<base::Date> effective;  // the last day named as 施行
};
History read_history(const std::vector<std::string>& lines);

// The body that made the text: what its title begins with ("最高人民法院关于…"), else the first
// line that names one ("第八届全国人民代表大会常务委员会第五次会议通过" →
// "全国人民代表大会常务委员会"); "" when neither says.
std::string read_issuer(std::string_view title, const std::vector<std::string>& lines);

// `title` behind the bodies it begins with: "最高人民法院、最高人民检察院关于办理…" → "关于办理…".
std::string_view without_issuer(std::string_view title);

}  // namespace law
