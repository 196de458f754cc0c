// Han characters one at a time: their simplified form and how they are pronounced. Knows no words;
// a character outside the tables of GB 2312 has no reading here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace law {

// "勞動報酬" → "劳动报酬"; what is simplified, Latin or unknown stays.
std::string simplified(std::string_view text);

// The syllables of a character without tones, "xing" and "hang" of 行; empty when not known.
std::vector<std::string_view> readings(char32_t character);

}  // namespace law
