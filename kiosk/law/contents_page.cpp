#include "kiosk/law/contents_page.h"

#include <fmt/format.h>

#include <algorithm>

#include "kiosk/law/law_words.h"
#include "kiosk/ui/patterns.h"

namespace law {
namespace {

using ui::Area;

void draw_status(ui::Ui& ui, Area& area, const LawContents& contents) {
  const Status& status = contents.page.front().status;
  const std::string words = status_words(ui, status);
  const ui::TextStyle small{.size = ui::type::caption, .color = ui.colors().ink2};
  const float chip = ui.chip(area.x, area.y, words, status_tone(status.kind)) + 16;
  std::string line = source_words(ui, contents.page.front());
  if (!contents.today) {
    line = ui.tr("law.as_of", {{"day", base::iso_date(contents.day)}}) + "  " + line;
  }
  const Area seat{area.x + chip, area.y + 4, area.w - chip, 70};
  area.take_top(std::max(44.0F, ui.text(seat, line, small) + 4), 14);
}

void draw_successor(ui::Ui& ui, Area& area, const LawContents& contents, ContentsWish& wish) {
  if (!contents.page.repealed_by) return;
  const RepealedBy& end = *contents.page.repealed_by;
  const std::string words =
      ui.tr("law.repealed_by", {{"law", end.law_title}, {"article", end.label}});
  if (ui.button("law.successor", area.take_top(96, 16), words,
                {.look = ui::Look::attention, .icon = "next", .icon_behind = true, .size = 26})) {
    wish.article = end.article;
  }
}

// A text that has not begun to hold is never in front; from here it can be read.
void draw_coming(ui::Ui& ui, Area& area, const LawContents& contents, ContentsWish& wish) {
  const auto& versions = contents.page.versions;
  const auto coming = std::ranges::find_if(versions, [](const VersionSummary& each) {
    return !each.front && each.status.kind == StatusKind::not_yet && each.status.since;
  });
  if (coming == versions.end()) return;
  const base::Date day = *coming->status.since;
  if (ui.button("law.coming", area.take_top(96, 16),
                ui.tr("law.coming", {{"day", base::iso_date(day)}}),
                {.look = ui::Look::attention, .icon = "next", .icon_behind = true, .size = 26})) {
    wish.as_of = day;
  }
}

void draw_tools(ui::Ui& ui, Area& area, const LawContents& contents, ContentsWish& wish) {
  const std::vector<Area> seats = area.take_top(84, 14).columns({1, 1, 1}, 14);
  const auto tool = [&](std::string_view id, Area seat, const std::string& words,
                        std::string_view icon) {
    return ui.button(id, seat, words, {.icon = icon, .size = 26, .radius = ui::space::radius_key});
  };
  wish.number = tool("law.number", seats[0], ui.tr("law.to_number"), "search");
  wish.day = tool("law.day", seats[1], ui.tr("law.to_day"), "calendar");
  if (contents.page.versions.size() < 2) return;
  wish.changes = tool("law.changes", seats[2], ui.tr("law.to_changes"), "history");
}

bool draw_row(ui::Ui& ui, Area area, const ArticleLine& article) {
  const ui::Ui::Face face = ui.control(fmt::format("article.{}", article.id), area,
                                       ui::Look::normal, ui::space::radius_button,
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

// Chapters as headings, articles as rows of one height: only those in view are drawn.
std::optional<Id> draw_articles(ui::Ui& ui, Area area, const LawContents& contents,
                                ui::Kinetic& scroll) {
  constexpr float row = 112;
  constexpr float gap = 12;
  constexpr float heading = 60;
  const auto seen = [&area](float y, float height) {
    return y < area.bottom() && y + height > area.y;
  };
  const Area start =
      ui.begin_scroll("contents", {area.x - 12, area.y, area.w + 28, area.h}, scroll);
  float y = start.y + 6;
  auto chapter = contents.chapters.begin();
  std::optional<Id> chosen;
  for (const ArticleLine& each : contents.articles) {
    // A chapter's heading stands before its first article; parents come right before children.
    while (chapter != contents.chapters.end() &&
           (chapter->first_article == each.id || chapter->id == each.chapter)) {
      if (seen(y, heading)) {
        ui.text(
            {area.x, y + 8, area.w, heading}, chapter->title,
            {.size = 28, .weight = ui::Weight::bold, .color = ui.colors().on_tint, .max_lines = 1});
      }
      y += heading;
      ++chapter;
    }
    if (seen(y, row) && draw_row(ui, {area.x, y, area.w, row}, each)) chosen = each.id;
    y += row + gap;
  }
  ui.end_scroll(y);
  return chosen;
}

}  // namespace

ContentsWish draw_contents(ui::Ui& ui, Area area, const LawContents& contents,
                           ui::Kinetic& scroll) {
  ContentsWish wish;
  area.take_top(ui.heading(area, contents.page.law.title, 40), 10);
  draw_status(ui, area, contents);
  draw_successor(ui, area, contents, wish);
  draw_coming(ui, area, contents, wish);
  draw_tools(ui, area, contents, wish);
  if (const auto chosen = draw_articles(ui, area, contents, scroll)) wish.article = chosen;
  return wish;
}

}  // namespace law
