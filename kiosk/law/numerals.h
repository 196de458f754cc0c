// Chinese numerals in law text: numbers with units ("一千二百六十") and years digit by digit
// ("二〇二一"). Knows nothing of articles.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace law {

// "三十八", "一百零五", "一千二百六十", "二〇二一", "两", "38", "３８" → the number, at most
// 99,999. 〇, 零 and ○ are the same zero. Nothing when the text is not wholly a number.
std::optional<int> parse_number(std::string_view text);

// 38 → "三十八", 105 → "一百零五", 10 → "十", 1010 → "一千零一十"; 1 to 9,999.
std::string chinese_number(int number);

// A character parse_number() understands.
bool is_numeral(char32_t character);

}  // namespace law
