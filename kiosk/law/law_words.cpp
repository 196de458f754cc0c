#include "kiosk/law/law_words.h"

#include <fmt/format.h>

#include <algorithm>

namespace law {

std::string status_words(const ui::Ui& ui, const Status& status) {
  const std::string key = fmt::format("law.status_{}", status_name(status.kind));
  if (status.kind == StatusKind::in_force || status.kind == StatusKind::unknown || !status.since) {
    return ui.tr(key);
  }
  return ui.tr(key + "_since", {{"day", base::iso_date(*status.since)}});
}

ui::Tone status_tone(StatusKind kind) {
  switch (kind) {
    case StatusKind::in_force: return ui::Tone::ok;
    case StatusKind::unknown: return ui::Tone::plain;
    case StatusKind::not_yet:
    case StatusKind::amended:
    case StatusKind::repealed: return ui::Tone::attention;
  }
  return ui::Tone::plain;
}

std::string source_words(const ui::Ui& ui, const LibraryInfo& info) {
  const std::string day =
      info.collected ? base::iso_date(*info.collected) : ui.tr("law.day_unknown");
  return ui.tr("law.source", {{"collection", info.collection}, {"day", day}});
}

std::string category_words(const ui::Ui& ui, const Category& category) {
  const std::string name =
      category.region.empty() ? category.name : category.region + " " + category.name;
  if (category.kind != Kind::amendment) return name;
  return ui.tr("law.amendments", {{"category", name}});
}

float marked_text(ui::Ui& ui, ui::Area area, const Snippet& snippet, const ui::TextStyle& style) {
  ui::Painter& painter = ui.painter();
  const ui::TextBlock block = painter.layout(snippet.text, style, area.w);
  const float step = painter.line_height(style);
  const auto width = [&](std::size_t from, std::size_t to) {
    return painter.advance(std::string_view(snippet.text).substr(from, to - from), style.size,
                           style.weight);
  };
  float y = area.y;
  std::size_t shown = block.lines.size();
  if (style.max_lines > 0) shown = std::min(shown, static_cast<std::size_t>(style.max_lines));
  for (std::size_t i = 0; i < shown; ++i, y += step) {
    const ui::Line& line = block.lines[i];
    for (const MatchRange& match : snippet.matches) {
      const std::size_t from = std::max(match.begin, line.begin);
      const std::size_t to = std::min(match.end, line.end);
      if (from >= to) continue;
      painter.fill(
          {area.x + width(line.begin, from), y + step * 0.08F, width(from, to), step * 0.84F},
          ui.colors().mark);
    }
  }
  return ui.text(area, snippet.text, style);
}

}  // namespace law
