// 法律文本: laws, versions and articles as values, and the rules about them that need no library:
// article numbers, titles, the status of a text on a day. Knows no file, SQL or screen.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/clock.h"

namespace law {

// What sort of text it is; stored as its number, so the order stays.
enum class Kind {
  law = 0,             // 法律
  regulation = 1,      // 行政法规
  interpretation = 2,  // 司法解释
  rule = 3,            // 部门规章
  local = 4,           // 地方性法规
  amendment = 5,       // 修正案、修改决定: changes another text and is not the current law itself
  court_case = 6,      // 案例
  other = 7,           // standards and the like
};

// "law", "regulation", … for text keys ("law.kind.regulation") and reports.
std::string_view kind_name(Kind kind);

// 第三十八条之一 is {38, 1}; {0, 0} is a piece of text without a number (preamble, annex).
struct ArticleNumber {
  int number = 0;
  int branch = 0;
  auto operator<=>(const ArticleNumber&) const = default;
};

// The whole text as an article number: "第三十八条", "第一百二十条之一", "38", "第38条", "120.1".
std::optional<ArticleNumber> parse_article_number(std::string_view text);
// {120, 1} → "第一百二十条之一"; "" for {0, 0}.
std::string article_label(ArticleNumber number);

// "中华人民共和国劳动合同法（2012修正）" → "劳动合同法": the name people use.
std::string short_title(std::string_view title);
// Two titles mean the same law when their keys are equal: without 中华人民共和国, 《》, blanks,
// commas, quotes, bracket width and version suffixes such as "(2023-12-29)" and "（2021修正）".
std::string title_key(std::string_view title);

// A piece of an article's text as it is set: an item (项) begins with （一） or "1." and is
// indented, everything else is a paragraph (款).
struct Paragraph {
  std::string_view text;
  bool item = false;
};
// The lines of Article::text; the views live as long as `text`.
std::vector<Paragraph> paragraphs(std::string_view text);

enum class StatusKind { in_force, not_yet, amended, repealed, unknown };
// "in_force", … for text keys ("law.status.in_force").
std::string_view status_name(StatusKind kind);

// When something begins to hold. `day` is empty when only the fact is known, then `known_by` is a
// day on which it has certainly happened, empty when not even that.
struct Start {
  std::optional<base::Date> day;
  std::optional<base::Date> known_by;
  [[nodiscard]] bool known() const { return day || known_by; }
  // True: begun by then. False: not begun. Nothing: cannot be said.
  [[nodiscard]] std::optional<bool> begun(base::Date on) const;
};

// What the collections prove about one version of a law.
struct VersionFacts {
  Start effective;
  // A newer version of the same law.
  bool superseded = false;
  Start superseded_from;
  // Another text says 同时废止 of it.
  bool repealed = false;
  Start repealed_from;
  // The collection lists it as law in force on this day (just-laws does, LawRefBook does not).
  std::optional<base::Date> listed_in_force;
};

struct Status {
  StatusKind kind = StatusKind::unknown;
  // in_force, not_yet: when the text takes effect; amended, repealed: since when. May be empty.
  std::optional<base::Date> since;
  // in_force: a repeal or newer version that is already known to follow.
  std::optional<base::Date> until;
};

// The status on a day, by what is proven and nothing else: without proof it is unknown. A listing
// as law in force proves `listing_trusted_days` from its day on; the screen shows that day beside
// it.
Status status_on(const VersionFacts& facts, base::Date day);
inline constexpr int listing_trusted_days = 366;

}  // namespace law
