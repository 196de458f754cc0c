#include "kiosk/law/about_page.h"

#include <fmt/format.h>

#include "kiosk/law/law_words.h"
#include "kiosk/ui/patterns.h"

namespace law {
namespace {

using ui::Area;

std::string percent(double share) {
  return fmt::format("{:.0f}", share * 100);
}

std::string megabytes(std::uint64_t bytes) {
  constexpr double megabyte = 1e6;
  return fmt::format("{:.0f}", std::max(1.0, static_cast<double>(bytes) / megabyte));
}

std::string score_words(const ui::Ui& ui, const LibraryInfo& info) {
  if (!info.score) return ui.tr("law.about_unranked");
  return ui.tr("law.about_score", {{"questions", fmt::format("{}", info.score->questions)},
                                   {"ten", percent(info.score->recall_10)},
                                   {"hundred", percent(info.score->recall_100)}});
}

}  // namespace

void draw_about(ui::Ui& ui, Area area, const LibraryInfo& info, ui::Kinetic& scroll) {
  Area column = ui::begin_column(ui, "about", area, scroll);
  column.take_top(ui.heading(column, ui.tr("law.about_title"), 40), 16);
  const auto part = [&](const std::string& title, const std::string& words) {
    column.take_top(ui.heading(column, title, 30), 8);
    column.take_top(ui.text(column, words, {.size = 28, .line = 1.55F}), ui::space::group);
  };
  part(ui.tr("law.about_texts"),
       ui.tr("law.about_size", {{"laws", fmt::format("{}", info.laws)},
                                {"articles", fmt::format("{}", info.articles)},
                                {"size", megabytes(info.bytes)}}) +
           "\n" + source_words(ui, info));
  part(ui.tr("law.about_force"), ui.tr("law.about_force_line"));
  part(ui.tr("law.about_search"), score_words(ui, info));
  part(ui.tr("law.about_question"), ui.tr("law.about_question_line"));
  ui.end_scroll(column.y);
}

}  // namespace law
