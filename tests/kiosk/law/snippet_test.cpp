#include "kiosk/law/snippet.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "platform/base/text.h"

using law::make_snippet;
using law::Snippet;

namespace {

std::vector<law::Term> terms(std::string_view text) {
  std::vector<law::Term> list;
  law::append_terms(text, list);
  std::sort(list.begin(), list.end());
  return list;
}

std::vector<std::string> marked(const Snippet& snippet) {
  std::vector<std::string> words;
  for (const auto& [begin, end] : snippet.matches) {
    words.push_back(snippet.text.substr(begin, end - begin));
  }
  return words;
}

}  // namespace

TEST_CASE("Matching words are marked, neighbouring matches as one") {
  const auto snippet = make_snippet("借伞人应当归还雨伞。", terms("归还雨伞"));
  CHECK(snippet.text == "借伞人应当归还雨伞。");
  CHECK(marked(snippet) == std::vector<std::string>{"归还雨伞"});
}

TEST_CASE("A long article is shown where it matches, between dots") {
  std::string article;
  for (int i = 0; i < 30; ++i) article += "这里讲别的事情，";
  article += "借伞人应当归还雨伞。";
  for (int i = 0; i < 30; ++i) article += "这里讲别的事情，";
  const auto snippet = make_snippet(article, terms("归还雨伞"), 40);
  CHECK(marked(snippet) == std::vector<std::string>{"归还雨伞"});
  CHECK(snippet.text.starts_with("…"));
  CHECK(snippet.text.ends_with("…"));
  CHECK(base::count_characters(snippet.text) <= 42);
}

TEST_CASE("Lines become one line, and without a match the begin is shown") {
  const auto snippet = make_snippet("甲。\n乙。", terms("登山"));
  CHECK(snippet.text == "甲。 乙。");
  CHECK(snippet.matches.empty());
  CHECK(make_snippet("", terms("登山")).text.empty());
}

TEST_CASE("A single character typed is marked by itself") {
  CHECK(marked(make_snippet("雨伞与雨衣", terms("雨"))) == std::vector<std::string>{"雨", "雨"});
}
