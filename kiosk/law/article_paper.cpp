#include "kiosk/law/article_paper.h"

#include <fmt/format.h>

#include <algorithm>

#include "kiosk/law/law_words.h"
#include "platform/base/text.h"

namespace law {
namespace {

std::string status_line(const ui::Ui& ui, const ArticlePaper& paper) {
  return status_words(ui, paper.page.version.status) + "  " +
         ui.tr("law.status_day", {{"day", base::iso_date(paper.day)}});
}

// Behind the last place in [begin, end) where a reader would pause; `end` when there is none.
std::size_t pause(const std::u32string& text, std::size_t begin, std::size_t end) {
  for (const std::u32string_view marks : {U"\n", U"。；", U"，、"}) {
    const std::size_t at = text.find_last_of(marks, end - 1);
    if (at != std::u32string::npos && at >= begin + (end - begin) / 2) return at + 1;
  }
  return end;
}

}  // namespace

std::vector<std::string> cut_text(std::string_view text, std::size_t longest) {
  std::vector<std::string> pieces;
  const std::u32string characters = base::decode_utf8(text);
  std::size_t begin = 0;
  while (begin < characters.size()) {
    std::size_t end = std::min(begin + longest, characters.size());
    if (end < characters.size()) end = pause(characters, begin, end);
    std::string piece;
    for (std::size_t i = begin; i < end; ++i) base::append_utf8(piece, characters[i]);
    pieces.push_back(std::move(piece));
    begin = end;
  }
  return pieces;
}

std::vector<std::string> article_qr_texts(const ui::Ui& ui, const ArticlePaper& paper) {
  const std::string head = "《" + paper.page.law.title + "》" + paper.page.article.label + "\n";
  const std::string foot = "\n" + status_line(ui, paper) + "\n" + paper.source + "\n" +
                           ui.tr("law.code_name") + " " + paper.code;
  // Room for head, number and foot in every code.
  const std::size_t around = base::count_characters(head) + base::count_characters(foot) + 8;
  const std::size_t room = longest_qr_text - std::min(around, longest_qr_text / 2);
  std::vector<std::string> texts = cut_text(paper.page.article.text, room);
  const std::size_t count = texts.size();
  for (std::size_t i = 0; i < count; ++i) {
    const std::string number = count > 1 ? fmt::format("{}/{}\n", i + 1, count) : std::string();
    texts[i] = number + head + texts[i] + (i + 1 == count ? foot : "");
  }
  return texts;
}

slip::Slip article_slip(const ui::Ui& ui, const ArticlePaper& paper) {
  slip::Slip sheet;
  sheet.center = paper.center;
  sheet.service = ui.tr("law.search");
  sheet.kind = ui.tr("law.slip_kind");
  const auto add = [&sheet](auto block) { sheet.blocks.push_back({std::move(block), false}); };
  add(slip::Text{.text = paper.page.law.title, .size = 32, .bold = true});
  for (const std::string& each : paper.page.path) add(slip::Text{.text = each, .size = 24});
  if (!paper.page.article.label.empty()) add(slip::Headline{paper.page.article.label});
  for (const Paragraph& each : paragraphs(paper.page.article.text)) {
    add(slip::Text{.text = std::string(each.text)});
  }
  add(slip::Rule{});
  add(slip::Text{.text = status_line(ui, paper), .bold = true});
  add(slip::Text{.text = paper.source, .size = 24});
  add(slip::Text{.text = ui.tr("flow.not_advice"), .size = 24});
  add(slip::Rule{});
  add(slip::Code{
      .label = ui.tr("law.code_name"), .code = paper.code, .use = ui.tr("law.code_use")});
  sheet.closing = paper.closing;
  return sheet;
}

}  // namespace law
