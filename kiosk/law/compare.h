// What changed between two versions of a law, article by article, and inside an article word by
// word. Pure and without state; knows no library and no screen. 公司法 of 2018 against 2023 (218
// and 266 articles) takes some milliseconds.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "kiosk/law/law.h"

namespace law {

// A run of characters that stands in both texts or only in one.
struct Piece {
  enum class Kind { kept, removed, added };
  Kind kind = Kind::kept;
  std::string_view text;  // of the older text when kept or removed, of the newer when added
};

// `before` and `after` as pieces: kept and removed ones make the older text, kept and added ones
// the newer. Cut at characters, numbers and Latin words whole; scattered equal characters between
// two changes count as changed. Texts that are too different, or very long, are one removed and
// one added piece for each line that differs.
std::vector<Piece> compare_texts(std::string_view before, std::string_view after);

struct ArticleText {
  ArticleNumber number;   // {0, 0} for a piece without a number
  std::string_view text;  // the label not included
};

enum class Change {
  same,
  changed,  // same number, other words
  moved,    // the same or nearly the same words under another number
  added,    // only in the newer version
  gone,     // only in the older version
};

struct ArticleChange {
  Change change = Change::same;
  std::optional<std::size_t> before;  // position in the older version
  std::optional<std::size_t> after;   // position in the newer version
};

// Every article of both versions exactly once, in the order of the newer version; what is gone
// stands behind what was in front of it. Whose words are alike belong together, whatever their
// number; articles of one number with nothing in common are gone and added.
std::vector<ArticleChange> compare_versions(std::span<const ArticleText> before,
                                            std::span<const ArticleText> after);

}  // namespace law
