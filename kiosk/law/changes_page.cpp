#include "kiosk/law/changes_page.h"

#include "kiosk/law/law_words.h"
#include "kiosk/ui/patterns.h"

namespace law {
namespace {

using ui::Area;

constexpr float padding = 24;
constexpr float gap = 16;
const ui::TextStyle label_style{.size = 30, .weight = ui::Weight::bold, .line = 1.3F};
const ui::TextStyle small_style{.size = 24, .line = 1.4F};
const ui::TextStyle body_style{.size = ui::type::body, .line = 1.5F};

// The text one side of the comparison has, with the pieces marked that the other has not.
Snippet side(const std::vector<Piece>& pieces, Piece::Kind own) {
  Snippet text;
  for (const Piece& piece : pieces) {
    if (piece.kind != Piece::Kind::kept && piece.kind != own) continue;
    const std::size_t begin = text.text.size();
    text.text += piece.text;
    if (piece.kind == own) text.matches.push_back({begin, text.text.size()});
  }
  return text;
}

std::vector<ArticleText> texts_of(const std::vector<ArticleLine>& lines) {
  std::vector<ArticleText> texts;
  texts.reserve(lines.size());
  for (const ArticleLine& each : lines) texts.push_back({each.number, each.text});
  return texts;
}

std::string change_words(const ui::Ui& ui, const ChangedArticle& change) {
  switch (change.change) {
    case Change::added: return ui.tr("law.change_added");
    case Change::gone: return ui.tr("law.change_gone");
    case Change::moved: return ui.tr("law.change_moved", {{"label", change.elder_label}});
    case Change::same:
    case Change::changed: break;
  }
  return ui.tr("law.change_changed");
}

}  // namespace

ChangedArticle changed_article(const ArticleLine& before, const ArticleLine& after) {
  ChangedArticle changed;
  changed.change = before.number == after.number ? Change::changed : Change::moved;
  changed.label = after.label;
  changed.elder_label = before.label;
  if (before.text != after.text) {
    const std::vector<Piece> pieces = compare_texts(before.text, after.text);
    changed.before = side(pieces, Piece::Kind::removed);
    changed.after = side(pieces, Piece::Kind::added);
  }
  return changed;
}

std::vector<ChangedArticle> changed_articles(const std::vector<ArticleLine>& before,
                                             const std::vector<ArticleLine>& after) {
  std::vector<ChangedArticle> list;
  for (const ArticleChange& each : compare_versions(texts_of(before), texts_of(after))) {
    if (each.change == Change::same) continue;
    if (each.before && each.after) {
      list.push_back(changed_article(before[*each.before], after[*each.after]));
    } else if (each.after) {
      list.push_back(
          {Change::added, after[*each.after].label, {}, {}, Snippet{after[*each.after].text, {}}});
    } else if (each.before) {
      list.push_back({Change::gone,
                      before[*each.before].label,
                      {},
                      Snippet{before[*each.before].text, {}},
                      {}});
    }
  }
  return list;
}

void ChangesPage::measure(ui::Ui& ui, float width) {
  if (width == width_ && language_ == ui.language()) return;
  width_ = width;
  language_ = ui.language();
  heights_.clear();
  const float inner = width - 2 * padding;
  for (const ChangedArticle& each : changes_) {
    float height = 2 * padding + ui.text_height(each.label, label_style, inner) +
                   ui.text_height(change_words(ui, each), small_style, inner) + gap;
    for (const auto& text : {each.before, each.after}) {
      if (!text) continue;
      height += ui.text_height(ui.tr("law.before"), small_style, inner) + gap +
                ui.text_height(text->text, body_style, inner);
    }
    heights_.push_back(height);
  }
}

void ChangesPage::draw(ui::Ui& ui, Area area) {
  area = ui::question(ui, area, title_);
  if (changes_.empty()) {
    ui.band(area, ui.tr("law.nothing_changed"), ui::Tone::plain, "info");
    return;
  }
  Area column = ui::begin_column(ui, "changes", area, scroll_);
  measure(ui, column.w);
  for (std::size_t i = 0; i < changes_.size(); ++i) {
    const Area card = column.take_top(heights_[i], gap);
    if (card.y < area.bottom() && card.bottom() > area.y) draw_card(ui, card, changes_[i]);
  }
  ui.end_scroll(column.y);
}

void ChangesPage::draw_card(ui::Ui& ui, Area card, const ChangedArticle& change) const {
  ui.panel(card);
  Area inside = card.inset(padding, padding);
  inside.take_top(ui.text(inside, change.label, label_style));
  ui::TextStyle small = small_style;
  small.color = ui.colors().ink2;
  inside.take_top(ui.text(inside, change_words(ui, change), small), gap);
  const auto show = [&](const std::optional<Snippet>& text, std::string_view head) {
    if (!text) return;
    inside.take_top(ui.text(inside, ui.tr(std::string(head)), small));
    inside.take_top(marked_text(ui, inside, *text, body_style), gap);
  };
  show(change.before, "law.before");
  show(change.after, "law.after");
}

}  // namespace law
