#include "kiosk/law/reader.h"

#include <fmt/format.h>

#include <array>
#include <span>

#include "kiosk/law/law_words.h"
#include "kiosk/ui/patterns.h"

namespace law {
namespace {

using ui::Area;

constexpr std::size_t citing_shown = 60;  // the most cited article of the real texts has 29
constexpr std::array<float, 4> text_sizes{28, 34, 42, 52};  // u

}  // namespace

void Reader::show(Id article, base::Date day, const Help& asked) {
  article_ = article;
  day_ = day;
  asked_ = asked;
  page_.reset();
  scroll_.jump(0);
}

Reader::Wish Reader::draw(ui::Ui& ui, Area area, base::Date today) {
  Wish wish;
  if (!page_) {
    auto page = parts_.store.article(article_, day_);
    page_ = page ? *std::move(page) : std::optional<ArticlePage>{};
    cited_by_ = parts_.store.citing(article_, citing_shown);
  }
  if (!page_) {
    ui.band(area, ui.tr("law.unreadable"), ui::Tone::error, "error");
    return wish;
  }
  draw_tools(ui, area.take_bottom(88, 20), *page_, wish);
  draw_text(ui, area, *page_, today, wish);
  return wish;
}

void Reader::draw_tools(ui::Ui& ui, Area area, const ArticlePage& page, Wish& wish) {
  const std::vector<Area> seats = area.columns({1.35F, 1.1F, 1.2F, 1.05F, 0.65F, 0.65F}, 12);
  const auto tool = [&](std::string_view id, Area seat, const std::string& words,
                        std::string_view icon, bool possible) {
    return ui.button(id, seat, words,
                     {.look = possible ? ui::Look::normal : ui::Look::quiet,
                      .icon = icon,
                      .size = 26,
                      .radius = ui::space::radius_key});
  };
  if (tool("reader.previous", seats[0], ui.tr("law.previous"), "back", page.previous != 0)) {
    wish.article = page.previous;
  }
  if (tool("reader.next", seats[1], ui.tr("law.next"), "next", page.next != 0)) {
    wish.article = page.next;
  }
  if (tool("reader.law", seats[2], ui.tr("law.whole"), "law", true)) wish.law = page.law.id;
  wish.take_away = tool("reader.take", seats[3], ui.tr("law.take"), "qr", true);
  if (tool("reader.smaller", seats[4], ui.tr("law.smaller"), {}, size_ > 0)) {
    --size_;
    ui.redraw();
  }
  if (tool("reader.larger", seats[5], ui.tr("law.larger"), {}, size_ + 1 < text_sizes.size())) {
    ++size_;
    ui.redraw();
  }
}

void Reader::draw_text(ui::Ui& ui, Area area, const ArticlePage& page, base::Date today,
                       Wish& wish) {
  const ui::Palette& c = ui.colors();
  area.take_top(ui.text(area, page.law.title, {.size = 32, .weight = ui::Weight::bold}), 10);
  float x = area.x +
            ui.chip(area.x, area.y, status_words(ui, page.version.status),
                    status_tone(page.version.status.kind)) +
            16;
  std::string source = source_words(ui, page.version);
  if (day_ != today) source = ui.tr("law.as_of", {{"day", base::iso_date(day_)}}) + "  " + source;
  const ui::TextStyle small{.size = ui::type::caption, .color = c.ink2};
  const float room = area.right() - x;
  const float height = std::max(38.0F, ui.text_height(source, small, room));
  ui.text({x, area.y + 4, room, height}, source, small);
  area.take_top(height + 4, 14);
  draw_old(ui, area, page.version.collected, today, parts_.old_days);
  if (page.repealed_by) {
    const std::string words = ui.tr("law.repealed_by", {{"law", page.repealed_by->law_title},
                                                        {"article", page.repealed_by->label}});
    if (ui.button("reader.successor", area.take_top(96, 16), words,
                  {.look = ui::Look::attention, .icon = "next", .icon_behind = true, .size = 26})) {
      wish.article = page.repealed_by->article;
    }
  }
  Area column = ui::begin_column(ui, "reader", area, scroll_);
  std::string path;
  for (const std::string& each : page.path) path += (path.empty() ? "" : "  ›  ") + each;
  if (!path.empty()) {
    column.take_top(ui.text(column, path, {.size = 24, .color = c.ink2, .line = 1.4F}), 14);
  }
  if (!page.article.label.empty()) {
    column.take_top(ui.text(column, page.article.label,
                            {.size = 44, .weight = ui::Weight::bold, .color = c.on_tint}),
                    12);
  }
  const float size = text_sizes[size_];
  for (const Paragraph& each : paragraphs(page.article.text)) {
    Area line = column;
    if (each.item) line.take_left(size * 1.5F);
    column.take_top(ui.text(line, each.text, {.size = size, .line = 1.7F}), size * 0.35F);
  }
  column.take_top(24);
  draw_help(ui, column, page, today, wish);
  draw_citing(ui, column, wish);
  column.take_top(ui.text(column, ui.tr("law.not_advice", {{"day", base::iso_date(day_)}}), small),
                  32);
  ui.end_scroll(column.y);
}

// From an article to a person (care 4).
void Reader::draw_help(ui::Ui& ui, Area& column, const ArticlePage& page, base::Date today,
                       Wish& wish) {
  const FoundArticle found{page.law.title, page.article.number};
  const Help help =
      asked_.topic != nullptr ? asked_ : help_for(parts_.topics, {}, std::span(&found, 1));
  const HelpPanel::Wish helped = help_.draw(ui, column, "reader.help", help, today);
  if (helped.article) wish.article = helped.article;
  if (helped.go.to != ui::Go::To::stay) wish.go = helped.go;
}

// Interpretations and rules that speak of the article: where it is explained.
void Reader::draw_citing(ui::Ui& ui, Area& column, Wish& wish) {
  if (cited_by_.empty()) return;
  column.take_top(ui.text(column, ui.tr("law.cited_by"), {.size = 28, .weight = ui::Weight::bold}),
                  12);
  for (const CitedBy& each : cited_by_) {
    const ui::RowFace face{.icon = "law",
                           .title = each.law_title + "　" + each.label,
                           .line = each.elder ? ui.tr("law.cited_by_elder") : std::string(),
                           .chevron = true};
    if (ui::list_row(ui, fmt::format("reader.cited.{}", each.article),
                     column.take_top(ui::row_height(ui, face, column.w), 12), face)) {
      wish.article = each.article;
    }
  }
}

}  // namespace law
