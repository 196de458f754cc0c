#include "kiosk/law/search_page.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "kiosk/law/law_words.h"
#include "kiosk/ui/patterns.h"
#include "platform/base/text.h"

namespace law {
namespace {

using ui::Area;

constexpr std::size_t results_shown = 30;
constexpr float narrow = 940;  // u: no room for two categories in a row

}  // namespace

// Letters under composition belong to it where no Chinese stands yet: English, or initials.
std::string SearchPage::sought() const {
  const std::string& text = query_.text();
  const bool chinese = std::ranges::any_of(base::decode_utf8(text), base::is_han);
  return chinese ? text : text + query_.letters();
}

void SearchPage::search(base::Date today) {
  const std::string words = sought();
  if (words == searched_.text()) return;
  searched_.set(words);
  scroll_.jump(0);
  help_.fold();
  failed_ = false;
  found_ = {};
  query_.keep_letters({});
  found_something_ = !base::trim(query_.text()).empty();
  if (base::trim(words).empty()) return;
  auto found = parts_.finder.find(words, today, results_shown);
  const bool composing = words != query_.text();
  if (composing && found && found->letters_meant) query_.keep_letters(query_.letters());
  // Syllables on the way to Chinese text are not to be answered with "nothing fits".
  if (composing && found && !found->answer.good_match) {
    if (!found_something_) return;
    found = parts_.finder.find(query_.text(), today, results_shown);
  }
  failed_ = !found;
  found_something_ = true;
  if (found) found_ = *std::move(found);
}

SearchPage::Wish SearchPage::draw(ui::Ui& ui, Area content, base::Date today) {
  Wish wish;
  const Area whole = content;
  Area keys;
  if (typing_) keys = input::Keyboard::place(ui, content, input::Kind::text);
  Area row = content.take_top(96, 16);
  // A lying screen has room for the answers beside the keys, hardly any above them.
  if (typing_ && !ui.metrics().portrait()) {
    content.w = keys.x - ui::space::group - content.x;
    content.h = whole.bottom() - content.y;
  }
  const std::string clear = ui.tr("law.clear");
  if (!query_.text().empty() &&
      ui.button("search.clear", row.take_right(170, 16), clear, {.icon = "stop", .size = 26})) {
    query_.clear();
    parts_.keyboard.reset();
    typing_ = true;
    ui.redraw();
  }
  if (ui.field("search.query", row, query_,
               {.active = typing_,
                .placeholder = ui.tr("law.placeholder"),
                .name = ui.tr("law.search")})) {
    typing_ = true;
    ui.redraw();
  }
  if (typing_ && parts_.keyboard.draw(ui, keys, query_, input::Kind::text, ui.tr("law.see"))) {
    typing_ = false;
    ui.redraw();
  }
  if (sought() != searched_.text()) ui.redraw();
  search(today);
  if (!parts_.store.present()) {
    ui.band(content, ui.tr("law.no_library"), ui::Tone::attention, "info");
  } else if (failed_) {
    ui.band(content, ui.tr("law.unreadable"), ui::Tone::error, "error");
  } else if (!found_something_) {
    draw_categories(ui, content, today, wish);
  } else {
    draw_results(ui, content, today, wish);
  }
  return wish;
}

void SearchPage::draw_results(ui::Ui& ui, Area area, base::Date today, Wish& wish) {
  Area column = ui::begin_column(ui, "results", area, scroll_);
  column.take_top(4);
  draw_suggestions(ui, column);
  draw_old(ui, column, parts_.store.info().collected, today, parts_.old_days);
  draw_understood(ui, column);
  const SearchAnswer& answer = found_.answer;
  draw_printed(ui, column, wish);
  const bool weak = !answer.good_match && answer.laws.empty();
  const bool unfinished = typing_ && !found_.suggestions.empty();
  if (weak && !unfinished) draw_nothing(ui, column);
  // While somebody types the room belongs to the articles.
  if (weak || !typing_) draw_help(ui, column, today, wish);
  for (const NamedLaw& each : answer.laws) {
    const ui::RowFace face{.icon = "law",
                           .title = each.law.title,
                           .line = each.ended.empty() ? ui.tr("law.whole_law")
                                                      : ui.tr("law.ended", {{"law", each.ended}}),
                           .state = status_words(ui, each.status),
                           .chevron = true};
    if (ui::list_row(ui, fmt::format("result.law.{}", each.law.id),
                     column.take_top(ui::row_height(ui, face, column.w), 14), face)) {
      wish.law = each.law.id;
    }
  }
  if (!weak) {
    for (const Hit& hit : answer.hits) draw_hit(ui, column, hit, wish);
    column.take_top(ui.text(column, ui.tr("flow.not_advice"),
                            {.size = ui::type::caption, .color = ui.colors().ink2}),
                    16);
  }
  ui.end_scroll(column.y);
}

// While somebody types: whole questions to take instead.
void SearchPage::draw_suggestions(ui::Ui& ui, Area& column) {
  if (!typing_ || found_.suggestions.empty()) return;
  const ui::TextStyle small{.size = 24, .color = ui.colors().ink2};
  column.take_top(ui.text(column, ui.tr("law.suggestions"), small), 8);
  for (std::size_t i = 0; i < found_.suggestions.size(); ++i) {
    const std::string& words = found_.suggestions[i];
    if (!ui.button(fmt::format("suggestion.{}", i), column.take_top(72, 10), words,
                   {.icon = "search", .size = 26, .radius = ui::space::radius_key})) {
      continue;
    }
    query_.set(words);
    parts_.keyboard.reset();
    typing_ = false;
    ui.redraw();
  }
  column.take_top(6);
}

// What the words were taken for, when that is not what was typed.
void SearchPage::draw_understood(ui::Ui& ui, Area& column) const {
  const auto line = [&](const std::string& words) {
    column.take_top(ui.text(column, words, {.size = 26, .color = ui.colors().ink2, .line = 1.4F}),
                    12);
  };
  if (!found_.chinese.empty()) {
    line(
        ui.tr("law.from_english", {{"words", fmt::format("{}", fmt::join(found_.chinese, "、"))}}));
  }
  for (const Slip& slip : found_.slips) line(ui.tr("law.slip", {{"word", slip.meant}}));
}

// A code under a printed article: are its words still the law's?
void SearchPage::draw_printed(ui::Ui& ui, Area& column, Wish& wish) const {
  if (!found_.printed) return;
  const PrintedArticle& printed = *found_.printed;
  const bool gone = printed.now == 0;
  const bool unknown = printed.was == 0;
  const std::string words = ui.tr(printed.unchanged() ? "law.print_same"
                                  : gone              ? "law.print_gone"
                                  : unknown           ? "law.print_unknown"
                                                      : "law.print_changed");
  column.take_top(
      ui.band(column, words, printed.unchanged() ? ui::Tone::ok : ui::Tone::attention, "info"), 16);
  if (printed.unchanged() || gone || unknown) return;
  if (ui.button("printed.compare", column.take_top(96, 16), ui.tr("law.print_compare"),
                {.icon = "history", .size = 28})) {
    wish.compared = printed;
  }
}

void SearchPage::draw_help(ui::Ui& ui, Area& column, base::Date today, Wish& wish) {
  const HelpPanel::Wish helped = help_.draw_short(ui, column, "search.help", found_.help, today);
  if (helped.article) wish.article = helped.article;
  if (helped.go.to != ui::Go::To::stay) wish.go = helped.go;
}

void SearchPage::draw_hit(ui::Ui& ui, Area& column, const Hit& hit, Wish& wish) {
  const ui::TextStyle title{.size = 30, .weight = ui::Weight::bold, .line = 1.3F};
  const ui::TextStyle body{.size = ui::type::body, .line = 1.5F, .max_lines = 3};
  const std::string name = hit.law.short_title + "　" + hit.label;
  const std::string status = status_words(ui, hit.status);
  const float chip = ui.chip_width(status, false);
  const float width = column.w - 56;
  const float title_height = ui.text_height(name, title, width - chip - 20);
  const float body_height = ui.text_height(hit.snippet.text, body, width);
  const ui::TextStyle small{.size = 24, .color = ui.colors().ink2, .line = 1.3F};
  const std::string reason = reason_words(ui, hit.reason);
  const float reason_height = ui.text_height(reason, small, width);
  const Area card = column.take_top(title_height + body_height + reason_height + 64, 16);
  const ui::Ui::Face face =
      ui.control(fmt::format("result.{}", hit.article), card, ui::Look::normal,
                 ui::space::radius_card, {ui::Role::button, {}, name, status, {}, true, false});
  if (face.activated) wish.article = hit.article;
  Area inside = face.inside.inset(28, 20);
  ui.chip(inside.right() - chip, inside.y, status, status_tone(hit.status.kind));
  Area head = inside.take_top(title_height, 8);
  head.w -= chip + 20;
  ui.text(head, name, title);
  inside.take_top(marked_text(ui, inside, hit.snippet, body), 8);
  ui.text(inside, reason, small);
}

void SearchPage::draw_nothing(ui::Ui& ui, Area& column) {
  ui.icon(column.take_top(80, 8), "search", 64, ui.colors().ink2);
  column.take_top(ui.text(column, ui.tr("law.nothing"),
                          {.size = 30, .weight = ui::Weight::bold, .align = ui::Align::center}),
                  10);
  column.take_top(
      ui.text(column, ui.tr("law.nothing_line"),
              {.size = 26, .color = ui.colors().ink2, .align = ui::Align::center, .line = 1.45F}),
      24);
}

void SearchPage::draw_categories(ui::Ui& ui, Area area, base::Date today, Wish& wish) {
  if (!categories_) {
    auto read = parts_.store.categories();
    categories_ = read ? *std::move(read) : std::vector<Category>{};
  }
  const LibraryInfo& info = parts_.store.info();
  if (const std::string old = old_words(ui, info.collected, today, parts_.old_days); !old.empty()) {
    area.take_top(ui.band(area, old, ui::Tone::attention, "warning"), 14);
  }
  const std::string counts = ui.tr("law.counts", {{"laws", fmt::format("{}", info.laws)},
                                                  {"articles", fmt::format("{}", info.articles)}}) +
                             "  " + source_words(ui, info);
  constexpr float about_width = 190;
  constexpr float about_height = 72;
  Area line = area;
  const Area about = line.take_right(about_width, 16);
  const float height = ui.text(line, counts, {.size = 24, .color = ui.colors().ink2, .line = 1.4F});
  wish.about = ui.button("law.about", {about.x, about.y, about.w, about_height}, ui.tr("law.about"),
                         {.icon = "info", .size = 26, .radius = ui::space::radius_key});
  area.take_top(std::max(height, about_height), 14);
  std::vector<ui::ListItem> items;
  for (std::size_t i = 0; i < categories_->size(); ++i) {
    const Category& each = (*categories_)[i];
    items.push_back({fmt::format("{}", i),
                     {.icon = "law",
                      .title = category_words(ui, each),
                      .state = ui.tr("law.count", {{"count", fmt::format("{}", each.laws)}}),
                      .chevron = true}});
  }
  const int columns = area.w < narrow ? 1 : 2;
  const int touched = ui::list(ui, "category", area, scroll_, items, columns);
  if (touched >= 0) wish.category = (*categories_)[static_cast<std::size_t>(touched)];
}

}  // namespace law
