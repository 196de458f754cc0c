// What changed between two versions of a law, article by article: what stood there and what stands
// there now, the words that differ marked. Compared once, when the page is opened.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/law/compare.h"
#include "kiosk/law/law_screen.h"

namespace law {

struct ChangedArticle {
  Change change = Change::changed;
  std::string label;              // of the newer version; of the older one when it is gone
  std::string elder_label;        // when it had another
  std::optional<Snippet> before;  // whole text, what went marked
  std::optional<Snippet> after;   // whole text, what came marked
};

// Only what is not the same, in the order of the newer version.
std::vector<ChangedArticle> changed_articles(const std::vector<ArticleLine>& before,
                                             const std::vector<ArticleLine>& after);
// One article, whatever its number then and now.
ChangedArticle changed_article(const ArticleLine& before, const ArticleLine& after);

class ChangesPage {
 public:
  // `title` stands above: which versions are compared.
  ChangesPage(std::string title, std::vector<ChangedArticle> changes)
      : title_(std::move(title)), changes_(std::move(changes)) {}
  void draw(ui::Ui& ui, ui::Area area);

 private:
  void measure(ui::Ui& ui, float width);
  void draw_card(ui::Ui& ui, ui::Area card, const ChangedArticle& change) const;

  std::string title_;
  std::vector<ChangedArticle> changes_;
  std::vector<float> heights_;  // of the cards at `width_`: only those in view are drawn
  float width_ = 0;
  std::string language_;
  ui::Kinetic scroll_;
};

}  // namespace law
