// Where things stand in the two real collections: which file is a law, of what kind and category,
// which is an index page. Knows paths and titles, not the text inside.
//
//   just-laws   docs/CATEGORY/LAW/README.md            the law, or title and history of
//               docs/CATEGORY/LAW/NN-NAME.md           its parts
//               docs/CATEGORY/LAW/versions/DAY/README.md   the text that holds from that day
//               docs/category/CATEGORY.md              "# " Chinese name of the category
//               LAWS_PROGRESS.md                       更新时间：2026年6月26日
//   LawRefBook  CATEGORY/[…/]SHORT TITLE(DAY).md       DAY may be missing
//               DLC/北京地方法规/…/TITLE(DAY).md        local rules of one place
//               _index.md, README.md, 法律法规模版.md    no laws
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/law/import/archive.h"
#include "kiosk/law/law.h"

namespace law {

enum class LayoutKind { just_laws, law_ref_book };

// What a path alone says of its file.
struct Placement {
  enum class Role { law, part, version, none };
  Role role = Role::none;
  std::string folder;                // just-laws: of the law, joins parts and versions; else ""
  std::string category;              // Chinese name
  Kind kind = Kind::law;             // titles may refine it, see kind_by_title()
  std::string region;                // "北京" for local rules
  std::optional<base::Date> day;     // LawRefBook: in the file name
  std::optional<base::Date> starts;  // just-laws: versions/DAY
  std::string_view reason;           // Role::none: "index_page", "template", "guide"
};

class Layout {
 public:
  // Looks at all paths (and the small index pages) of a collection once.
  static Layout of(const Collection& collection);

  [[nodiscard]] LayoutKind kind() const { return kind_; }
  // "just-laws" or "LawRefBook".
  [[nodiscard]] std::string_view name() const;
  [[nodiscard]] Placement place(std::string_view path) const;
  // The day the collection describes: what it says itself, else the day it was packed.
  [[nodiscard]] std::optional<base::Date> collected() const { return collected_; }
  // just-laws lists the laws in force on that day; LawRefBook promises nothing.
  [[nodiscard]] bool lists_law_in_force() const { return kind_ == LayoutKind::just_laws; }

 private:
  [[nodiscard]] Placement place_just_laws(std::string_view path) const;
  [[nodiscard]] static Placement place_law_ref_book(std::string_view path);

  LayoutKind kind_ = LayoutKind::law_ref_book;
  std::string root_;                                            // before CATEGORY, with its '/'
  std::map<std::string, std::string, std::less<>> categories_;  // "economic" → "经济法"
  std::optional<base::Date> collected_;
};

// A 修正案 or 关于修改…的决定 changes another text, wherever it is filed.
Kind kind_by_title(std::string_view title, Kind filed);

}  // namespace law
