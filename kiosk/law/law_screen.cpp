#include "kiosk/law/law_screen.h"

#include <fmt/format.h>

#include <variant>
#include <vector>

#include "kiosk/law/law_words.h"
#include "kiosk/law/reader.h"
#include "kiosk/law/search_page.h"
#include "kiosk/ui/patterns.h"

namespace law {
namespace {

using ui::Area;

// Search, then whatever was opened from it; "back" goes the same way home.
struct SearchPlace {};
struct CategoryPlace {
  Category category;
  std::vector<LawSummary> laws;
};
struct LawPlace {
  LawPage page;
  std::vector<Chapter> chapters;
  std::vector<ArticleLine> articles;
};
struct ArticlePlace {
  Id article;
};
using Place = std::variant<SearchPlace, CategoryPlace, LawPlace, ArticlePlace>;

class LawScreen final : public ui::Screen {
 public:
  explicit LawScreen(const ScreenParts& parts) : parts_(parts), search_(parts_), reader_(parts_) {
    places_.push_back({SearchPlace{}, {}});
  }

  ui::Go draw(ui::Ui& ui, const ui::Page& page) override {
    const base::Date today = parts_.zone.date(parts_.clock.now());
    Area body = page.body.inset(ui.metrics().margin(), 0);
    body.take_top(24);
    if (!std::holds_alternative<SearchPlace>(places_.back().place)) body.take_bottom(20);
    ui::Go go = ui::Go::stay();
    const std::size_t depth = places_.size();
    Entry& entry = places_.back();
    if (std::holds_alternative<SearchPlace>(entry.place)) {
      go = draw_search(ui, body, today);
    } else if (const auto* category = std::get_if<CategoryPlace>(&entry.place)) {
      draw_category(ui, body, *category, entry.scroll, today);
    } else if (const auto* law = std::get_if<LawPlace>(&entry.place)) {
      draw_law(ui, body, *law, entry.scroll);
    } else {
      go = draw_article(ui, body, today);
    }
    if (places_.size() != depth) ui.redraw();
    switch (ui::action_bar(
        ui, page, {.back = depth > 1, .primary = ui.tr("law.end"), .primary_icon = "home"})) {
      case ui::Action::back:
        places_.pop_back();
        if (const auto* at = std::get_if<ArticlePlace>(&places_.back().place)) {
          reader_.show(at->article);
        }
        ui.redraw();
        break;
      case ui::Action::stop: return ui::Go::end_visit();
      case ui::Action::primary: return ui::Go::home();
      default: break;
    }
    return go;
  }

  [[nodiscard]] std::string name() const override {
    switch (places_.back().place.index()) {
      case 0: return "law.search";
      case 1: return "law.category";
      case 2: return "law.law";
      default: return "law.article";
    }
  }
  [[nodiscard]] ui::Idle idle() const override { return ui::Idle::reading; }

 private:
  struct Entry {
    Place place;
    ui::Kinetic scroll;
  };

  ui::Go draw_search(ui::Ui& ui, Area area, base::Date today) {
    const SearchPage::Wish wish = search_.draw(ui, area, today);
    if (wish.article) open_article(*wish.article);
    if (wish.law) open_law(*wish.law, today);
    if (wish.category) {
      auto laws = parts_.store.laws(*wish.category);
      if (laws) places_.push_back({CategoryPlace{*wish.category, *std::move(laws)}, {}});
    }
    return wish.go;
  }

  void draw_category(ui::Ui& ui, Area area, const CategoryPlace& place, ui::Kinetic& scroll,
                     base::Date today) {
    area = ui::question(ui, area, category_words(ui, place.category));
    std::vector<ui::ListItem> items;
    for (const LawSummary& each : place.laws) {
      items.push_back(
          {fmt::format("{}", each.id), {.icon = "law", .title = each.title, .chevron = true}});
    }
    const int touched = ui::list(ui, "law", area, scroll, items);
    if (touched >= 0) open_law(place.laws[static_cast<std::size_t>(touched)].id, today);
  }

  void draw_law(ui::Ui& ui, Area area, const LawPlace& place, ui::Kinetic& scroll) {
    const VersionSummary& version = place.page.front();
    area.take_top(ui.heading(area, place.page.law.title, 40), 10);
    const std::string status = status_words(ui, version.status);
    const float chip = ui.chip(area.x, area.y, status, status_tone(version.status.kind));
    ui.text({area.x + chip + 16, area.y + 4, area.w - chip - 16, 70},
            source_words(ui, parts_.store.info()),
            {.size = ui::type::caption, .color = ui.colors().ink2});
    area.take_top(64, 10);
    if (place.page.repealed_by) {
      const std::string words = ui.tr(
          "law.repealed_by",
          {{"law", place.page.repealed_by->law_title}, {"article", place.page.repealed_by->label}});
      if (ui.button(
              "law.successor", area.take_top(96, 16), words,
              {.look = ui::Look::attention, .icon = "next", .icon_behind = true, .size = 26})) {
        open_article(place.page.repealed_by->article);
        return;
      }
    }
    draw_contents(ui, area, place, scroll);
  }

  // Chapters as headings, articles as rows of one height: only those in view are drawn.
  void draw_contents(ui::Ui& ui, Area area, const LawPlace& place, ui::Kinetic& scroll) {
    constexpr float row = 112;
    constexpr float gap = 12;
    const Area start =
        ui.begin_scroll("contents", {area.x - 12, area.y, area.w + 28, area.h}, scroll);
    float y = start.y + 6;
    std::size_t chapter = 0;
    std::optional<Id> chosen;
    for (const ArticleLine& each : place.articles) {
      // A chapter's heading stands before its first article; parents come right before children.
      while (chapter < place.chapters.size() && (place.chapters[chapter].first_article == each.id ||
                                                 place.chapters[chapter].id == each.chapter)) {
        const bool seen = y < area.bottom() && y + 60 > area.y;
        if (seen) {
          ui.text({area.x, y + 8, area.w, 60}, place.chapters[chapter].title,
                  {.size = 28,
                   .weight = ui::Weight::bold,
                   .color = ui.colors().on_tint,
                   .max_lines = 1});
        }
        y += 60;
        ++chapter;
      }
      if (y < area.bottom() && y + row > area.y && draw_row(ui, {area.x, y, area.w, row}, each)) {
        chosen = each.id;
      }
      y += row + gap;
    }
    ui.end_scroll(y);
    if (chosen) open_article(*chosen);
  }

  static bool draw_row(ui::Ui& ui, Area area, const ArticleLine& article) {
    const ui::Ui::Face face = ui.control(
        fmt::format("article.{}", article.id), area, ui::Look::normal, ui::space::radius_button,
        {ui::Role::button, {}, article.label, {}, {}, true, false});
    Area inside = face.inside.inset(24, 8);
    if (!article.label.empty()) {
      const ui::TextStyle bold{.size = 28, .weight = ui::Weight::bold, .max_lines = 1};
      ui.label(inside.take_left(std::max(210.0F, ui.text_width(article.label, bold)), 20),
               article.label, bold);
    }
    const auto parts = paragraphs(article.text);
    if (!parts.empty()) {
      ui.label(inside, parts.front().text,
               {.size = 24, .color = ui.colors().ink2, .line = 1.4F, .max_lines = 2});
    }
    return face.activated;
  }

  ui::Go draw_article(ui::Ui& ui, Area area, base::Date today) {
    const Reader::Wish wish = reader_.draw(ui, area, today);
    if (wish.article) {
      places_.back().place = ArticlePlace{*wish.article};
      reader_.show(*wish.article);
      ui.redraw();
    }
    if (wish.law) open_law(*wish.law, today);
    return wish.go;
  }

  void open_article(Id id) {
    places_.push_back({ArticlePlace{id}, {}});
    reader_.show(id);
  }

  void open_law(Id id, base::Date today) {
    auto page = parts_.store.law(id, today);
    if (!page || !*page) return;
    auto chapters = parts_.store.chapters((*page)->front().id);
    auto articles = parts_.store.articles((*page)->front().id);
    if (!chapters || !articles) return;
    places_.push_back(
        {LawPlace{**std::move(page), *std::move(chapters), *std::move(articles)}, {}});
  }

  ScreenParts parts_;
  SearchPage search_;
  Reader reader_;
  std::vector<Entry> places_;
};

}  // namespace

std::unique_ptr<ui::Screen> make_law_screen(const ScreenParts& parts) {
  return std::make_unique<LawScreen>(parts);
}

}  // namespace law
