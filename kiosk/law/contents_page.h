// A law: its status, what can be done with it, and its chapters and articles. Drawing only.
#pragma once

#include <optional>
#include <vector>

#include "kiosk/law/law_screen.h"

namespace law {

// A law as it stood on a day.
struct LawContents {
  LawPage page;
  std::vector<Chapter> chapters;
  std::vector<ArticleLine> articles;
  base::Date day;
  bool today = true;
};

struct ContentsWish {
  std::optional<Id> article;
  std::optional<base::Date> as_of;  // the day on which a text that waits takes effect
  bool number = false;              // go to an article by its number
  bool day = false;                 // see the law as of another day
  bool changes = false;             // see what changed from version to version
};

ContentsWish draw_contents(ui::Ui& ui, ui::Area area, const LawContents& contents,
                           ui::Kinetic& scroll);

}  // namespace law
