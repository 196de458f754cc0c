#include "kiosk/law/law_screen.h"

#include <fmt/format.h>

#include <algorithm>
#include <variant>
#include <vector>

#include "kiosk/law/about_page.h"
#include "kiosk/law/article_paper.h"
#include "kiosk/law/changes_page.h"
#include "kiosk/law/contents_page.h"
#include "kiosk/law/law_words.h"
#include "kiosk/law/number_page.h"
#include "kiosk/law/reader.h"
#include "kiosk/law/search_page.h"
#include "kiosk/law/take_away_page.h"
#include "kiosk/slip/slip_words.h"
#include "kiosk/ui/patterns.h"

namespace law {
namespace {

using ui::Area;

// Search, then whatever was opened from it; "back" goes the same way home.
struct SearchPlace {};
struct CategoryPlace {
  Category category;
  std::vector<LawSummary> laws;
  ui::Kinetic scroll = {};
};
struct LawPlace {
  LawContents contents;
  ui::Kinetic scroll = {};
};
struct NumberPlace {
  NumberPage page;
};
struct ChangesPlace {
  ChangesPage page;
};
struct ArticlePlace {
  Id article;
  base::Date day;  // as of which the law was opened
  Help asked;      // what helps with the question that led here
};
struct TakeAwayPlace {
  TakeAwayPage page;
  slip::Slip slip;
};
struct PrintPlace {
  slip::Receipt receipt;
  slip::Slip slip;
};
struct AboutPlace {
  ui::Kinetic scroll = {};
};
using Place = std::variant<SearchPlace, AboutPlace, CategoryPlace, LawPlace, NumberPlace,
                           ChangesPlace, ArticlePlace, TakeAwayPlace, PrintPlace>;

class LawScreen final : public ui::Screen {
 public:
  explicit LawScreen(const ScreenParts& parts) : parts_(parts), search_(parts_), reader_(parts_) {
    places_.emplace_back(SearchPlace{});
  }

  ui::Go draw(ui::Ui& ui, const ui::Page& page) override {
    today_ = parts_.zone.date(parts_.clock.now());
    Area body = page.body.inset(ui.metrics().margin(), 0);
    body.take_top(24);
    if (!std::holds_alternative<SearchPlace>(places_.back())) body.take_bottom(20);
    const std::size_t depth = places_.size();
    const ui::Go go =
        std::visit([&](auto& place) { return draw_place(ui, body, place); }, places_.back());
    take_next();
    if (places_.size() != depth) ui.redraw();
    switch (ui::action_bar(
        ui, page, {.back = depth > 1, .primary = ui.tr("law.end"), .primary_icon = "home"})) {
      case ui::Action::back: go_back(ui); break;
      case ui::Action::stop: return ui::Go::end_visit();
      case ui::Action::primary: return ui::Go::home();
      default: break;
    }
    return go;
  }

  [[nodiscard]] std::string name() const override {
    constexpr const char* names[] = {"law.search",  "law.about",     "law.category",
                                     "law.law",     "law.number",    "law.changes",
                                     "law.article", "law.take_away", "law.print"};
    return names[places_.back().index()];
  }
  [[nodiscard]] ui::Idle idle() const override { return ui::Idle::reading; }

 private:
  // A place is opened after the one that asks for it has been drawn: it may move in memory.
  void open(Place place) { next_.emplace(std::move(place)); }
  void take_next() {
    if (!next_) return;
    const auto* article = std::get_if<ArticlePlace>(&*next_);
    // Turning pages is one step back.
    if (article != nullptr && std::holds_alternative<ArticlePlace>(places_.back())) {
      places_.pop_back();
    }
    if (article != nullptr) reader_.show(article->article, article->day, article->asked);
    places_.push_back(*std::move(next_));
    next_.reset();
  }

  void go_back(ui::Ui& ui) {
    places_.pop_back();
    if (const auto* at = std::get_if<ArticlePlace>(&places_.back())) {
      reader_.show(at->article, at->day, at->asked);
    }
    ui.redraw();
  }

  ui::Go draw_place(ui::Ui& ui, Area area, SearchPlace& /*place*/) {
    const SearchPage::Wish wish = search_.draw(ui, area, today_);
    if (wish.article) open_article(*wish.article, today_, search_.help());
    if (wish.compared) open_comparison(ui, *wish.compared);
    if (wish.law) open_law(*wish.law, today_);
    if (wish.category) {
      auto laws = parts_.store.laws(*wish.category);
      if (laws) open(CategoryPlace{*wish.category, *std::move(laws)});
    }
    if (wish.about) open(AboutPlace{});
    return wish.go;
  }

  ui::Go draw_place(ui::Ui& ui, Area area, AboutPlace& place) const {
    draw_about(ui, area, parts_.store.info(), place.scroll);
    return ui::Go::stay();
  }

  ui::Go draw_place(ui::Ui& ui, Area area, CategoryPlace& place) {
    area = ui::question(ui, area, category_words(ui, place.category));
    std::vector<ui::ListItem> items;
    for (const LawSummary& each : place.laws) {
      items.push_back(
          {fmt::format("{}", each.id), {.icon = "law", .title = each.title, .chevron = true}});
    }
    const int touched = ui::list(ui, "law", area, place.scroll, items);
    if (touched >= 0) open_law(place.laws[static_cast<std::size_t>(touched)].id, today_);
    return ui::Go::stay();
  }

  ui::Go draw_place(ui::Ui& ui, Area area, LawPlace& place) {
    const ContentsWish wish = draw_contents(ui, area, place.contents, place.scroll);
    if (wish.article) open_article(*wish.article, place.contents.day, {});
    if (wish.number) open(NumberPlace{{parts_, NumberPage::Asks::article}});
    if (wish.day) open(NumberPlace{{parts_, NumberPage::Asks::day}});
    if (wish.as_of) open_law(place.contents.page.law.id, *wish.as_of);
    if (wish.changes) open_changes(ui, place.contents);
    return ui::Go::stay();
  }

  // The law it was asked of stands behind it.
  ui::Go draw_place(ui::Ui& ui, Area area, NumberPlace& place) {
    const NumberPage::Answer answer = place.page.draw(ui, area);
    const auto& contents = std::get<LawPlace>(places_[places_.size() - 2]).contents;
    if (answer.article) {
      const auto found =
          std::ranges::find(contents.articles, *answer.article, &ArticleLine::number);
      if (found != contents.articles.end()) {
        open_article(found->id, contents.day, {});
      } else {
        place.page.refuse(
            ui.tr("law.no_such_article", {{"label", article_label(*answer.article)}}));
      }
    }
    if (answer.day && !open_law(contents.page.law.id, *answer.day)) {
      place.page.refuse(ui.tr("law.no_version"));
    }
    return ui::Go::stay();
  }

  ui::Go draw_place(ui::Ui& ui, Area area, ChangesPlace& place) {
    place.page.draw(ui, area);
    return ui::Go::stay();
  }

  ui::Go draw_place(ui::Ui& ui, Area area, ArticlePlace& place) {
    const Reader::Wish wish = reader_.draw(ui, area, today_);
    if (wish.article) open_article(*wish.article, place.day, place.asked);
    if (wish.law) open_law(*wish.law, place.day);
    if (wish.take_away && reader_.page()) open_take_away(ui, *reader_.page());
    return wish.go;
  }

  ui::Go draw_place(ui::Ui& ui, Area area, TakeAwayPlace& place) {
    if (place.page.draw(ui, area)) open(PrintPlace{slip::Receipt(parts_.press), place.slip});
    return ui::Go::stay();
  }

  ui::Go draw_place(ui::Ui& ui, Area area, PrintPlace& place) {
    place.receipt.print_once(place.slip);
    place.receipt.draw(ui, area, {.icon = "paper", .title = ui.tr("law.printed"), .line = {}},
                       place.slip);
    return ui::Go::stay();
  }

  void open_article(Id id, base::Date day, const Help& asked) {
    open(ArticlePlace{id, day, asked});
  }

  bool open_law(Id id, base::Date day) {
    auto page = parts_.store.law(id, day);
    if (!page || !*page) return false;
    const VersionSummary& shown = (*page)->front();
    // Before its first version began there was no such law.
    if (day != today_ && shown.status.kind == StatusKind::not_yet) return false;
    auto chapters = parts_.store.chapters(shown.id);
    auto articles = parts_.store.articles(shown.id);
    if (!chapters || !articles) return false;
    open(LawPlace{
        {**std::move(page), *std::move(chapters), *std::move(articles), day, day == today_}});
    return true;
  }

  // The version that is read against the one before it; the oldest against the next.
  void open_changes(const ui::Ui& ui, const LawContents& contents) {
    const std::vector<VersionSummary>& versions = contents.page.versions;
    const auto shown = std::ranges::find(versions, contents.page.front().id, &VersionSummary::id);
    if (shown == versions.end()) return;
    const auto after = std::next(shown) == versions.end() ? std::prev(shown) : shown;
    const auto before = std::next(after);
    const auto then = parts_.store.articles(before->id);
    const auto now = parts_.store.articles(after->id);
    if (!then || !now) return;
    open(ChangesPlace{{ui.tr("law.changes_title", {{"before", version_words(ui, *before)},
                                                   {"after", version_words(ui, *after)}}),
                       changed_articles(*then, *now)}});
  }

  // What a printed article said against what stands in its place today.
  void open_comparison(const ui::Ui& ui, const PrintedArticle& printed) {
    const auto was = parts_.store.article(printed.was, today_);
    const auto now = parts_.store.article(printed.now, today_);
    if (!was || !now || !*was || !*now) return;
    open(ChangesPlace{{ui.tr("law.printed_title", {{"law", (*now)->law.title}}),
                       {changed_article((*was)->article, (*now)->article)}}});
  }

  // The paper tells the status of the day it is printed, as of whichever day the text was read.
  void open_take_away(const ui::Ui& ui, const ArticlePage& shown) {
    const auto today = parts_.store.article(shown.article.id, today_);
    const auto code = parts_.store.code(shown.article.id);
    if (!code || !today || !*today) return;
    const ArticlePage& page = **today;
    const ArticlePaper paper{page,
                             parts_.catalogue.center.name.in(ui.language()),
                             source_words(ui, page.version),
                             to_text(*code),
                             today_,
                             slip::closing(ui, parts_.kiosk)};
    open(TakeAwayPlace{TakeAwayPage(article_qr_texts(ui, paper)), article_slip(ui, paper)});
  }

  ScreenParts parts_;
  SearchPage search_;
  Reader reader_;
  std::vector<Place> places_;
  std::optional<Place> next_;
  base::Date today_{};
};

}  // namespace

std::unique_ptr<ui::Screen> make_law_screen(const ScreenParts& parts) {
  return std::make_unique<LawScreen>(parts);
}

}  // namespace law
