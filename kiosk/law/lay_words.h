// How people say it and how the law says it: "老板" is 用人单位, "房东" is 出租人. Written by hand
// for this project from the wording of the laws; knows no library.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace law {

// The law's words for the everyday words in the query, each group once, in the order of the table.
std::vector<std::string_view> legal_words(std::string_view query);

}  // namespace law
