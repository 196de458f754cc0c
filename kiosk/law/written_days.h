// Days written in Chinese text: "2021年1月1日", "2021 年 3 月 1 日", "二〇二一年一月一日". Knows
// nothing of laws.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "platform/base/clock.h"

namespace law {

struct WrittenDay {
  base::Date day{};
  std::size_t begin = 0;  // bytes
  std::size_t end = 0;
};

// The real day from 1949 to 2199 that begins exactly at `begin` (blanks before it are skipped).
std::optional<WrittenDay> written_day_at(std::string_view text, std::size_t begin);

// Every such day, in the order of the text.
std::vector<WrittenDay> written_days(std::string_view text);

}  // namespace law
