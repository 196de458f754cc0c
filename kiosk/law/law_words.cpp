#include "kiosk/law/law_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>

namespace law {
namespace {

struct Named {
  std::string_view chinese;  // as the collections write it
  std::string_view key;      // of the text that names it in the visitor's language
};

// The branches of Chinese law as the National People's Congress sorts them, and the sorts of text
// beside them. A category that is not here keeps the collection's word.
constexpr auto branches = std::to_array<Named>({
    {"宪法", "law.category_constitution"},
    {"宪法相关法", "law.category_constitutional"},
    {"民法典", "law.category_civil_code"},
    {"民法商法", "law.category_civil"},
    {"行政法", "law.category_administrative"},
    {"经济法", "law.category_economic"},
    {"社会法", "law.category_social"},
    {"生态环境法", "law.category_environment"},
    {"刑法", "law.category_criminal"},
    {"诉讼与非诉讼程序法", "law.category_procedure"},
    {"行政法规", "law.category_regulations"},
    {"司法解释", "law.category_interpretations"},
    {"部门规章", "law.category_rules"},
    {"案例", "law.category_cases"},
    {"其他", "law.category_other"},
});

// The places whose local rules LawRefBook holds.
constexpr auto places = std::to_array<Named>({
    {"北京", "law.place_beijing"},
    {"上海", "law.place_shanghai"},
    {"重庆", "law.place_chongqing"},
    {"广东", "law.place_guangdong"},
    {"河南", "law.place_henan"},
    {"山东", "law.place_shandong"},
    {"浙江", "law.place_zhejiang"},
});

std::string in_language(const ui::Ui& ui, std::span<const Named> table, const std::string& name) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&name](const Named& each) { return each.chinese == name; });
  return found == table.end() ? name : ui.tr(found->key);
}

std::string collected_words(const ui::Ui& ui, const std::string& collection,
                            const std::optional<base::Date>& collected) {
  const std::string day = collected ? base::iso_date(*collected) : ui.tr("law.day_unknown");
  return ui.tr("law.source", {{"collection", collection}, {"day", day}});
}

}  // namespace

std::string status_words(const ui::Ui& ui, const Status& status) {
  const std::string key = fmt::format("law.status_{}", status_name(status.kind));
  if (status.kind == StatusKind::in_force && status.until) {
    return ui.tr("law.status_in_force_until", {{"day", base::iso_date(*status.until)}});
  }
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
  return collected_words(ui, info.collection, info.collected);
}

std::string source_words(const ui::Ui& ui, const VersionSummary& version) {
  const std::string words = collected_words(ui, version.source, version.collected);
  return version.issuer.empty() ? words : version.issuer + "  " + words;
}

std::string old_words(const ui::Ui& ui, const std::optional<base::Date>& collected,
                      base::Date today, int old_days) {
  const bool old = collected && std::chrono::sys_days(today) - std::chrono::sys_days(*collected) >
                                    std::chrono::days{old_days};
  return old ? ui.tr("law.old", {{"day", base::iso_date(*collected)}}) : std::string();
}

void draw_old(ui::Ui& ui, ui::Area& column, const std::optional<base::Date>& collected,
              base::Date today, int old_days) {
  const std::string words = old_words(ui, collected, today, old_days);
  if (words.empty()) return;
  constexpr float icon_size = 30;
  const ui::TextStyle style{.size = 24, .color = ui.colors().ink2, .line = 1.35F};
  ui::Area line = column;
  line.take_left(icon_size, 10);
  ui.icon({column.x, column.y, icon_size, icon_size}, "warning", icon_size, ui.colors().ink2);
  column.take_top(std::max(icon_size, ui.text(line, words, style)), 12);
}

std::string reason_words(const ui::Ui& ui, Reason reason) {
  switch (reason) {
    case Reason::words: return ui.tr("law.reason_words");
    case Reason::heading: return ui.tr("law.reason_heading");
    case Reason::asked: return ui.tr("law.reason_asked");
    case Reason::alike: return ui.tr("law.reason_alike");
    case Reason::example: return ui.tr("law.reason_example");
    case Reason::cited: return ui.tr("law.reason_cited");
    case Reason::printed: return ui.tr("law.reason_printed");
    case Reason::ended: return ui.tr("law.reason_ended");
    case Reason::near: break;
  }
  return ui.tr("law.reason_near");
}

std::string version_words(const ui::Ui& ui, const VersionSummary& version) {
  if (version.dated) return ui.tr("law.version", {{"day", base::iso_date(*version.dated)}});
  return ui.tr("law.version_undated");
}

std::string category_words(const ui::Ui& ui, const Category& category) {
  const std::string name =
      category.region.empty()
          ? in_language(ui, branches, category.name)
          : ui.tr("law.local", {{"place", in_language(ui, places, category.region)}});
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
