// 条文码: the code under a printed article. Typed later, on any kiosk with any library, it tells
// which article was printed and whether its words are still the same. Made from the article alone:
// nothing about the visitor, nothing stored.
//
//   code := "L-" case code                     "L-7K4M2-9QXRC", see kiosk/wire/case_code.h
//   the 45 bits: 27 of the hash of the law's key and the number, then 18 of the hash of the words
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "kiosk/law/law.h"

namespace law {

struct ArticleCode {
  std::uint32_t place = 0;  // two of 60,000 articles share it once in 2,000 articles
  std::uint32_t words = 0;
  bool operator==(const ArticleCode&) const = default;
};

// `law_key` as title_key() gives it. Both are pure and stay the same for ever: codes are on paper.
std::uint32_t code_of_place(std::string_view law_key, ArticleNumber number);
// Blanks and line ends do not count.
std::uint32_t code_of_words(std::string_view text);

std::string to_text(const ArticleCode& code);
// "L-7K4M2-9QXRC", also with other dashes, blanks and small letters. Nothing for anything else.
std::optional<ArticleCode> parse_article_code(std::string_view typed);

}  // namespace law
