#include "kiosk/ticket/ticket_slip.h"

#include <fmt/format.h>

#include "kiosk/slip/slip_words.h"
#include "kiosk/ui/dates.h"

namespace ticket {

std::string ahead_words(const ui::Ui& ui, const Ahead& ahead) {
  if (!ahead.people) return ui.tr("ticket.ahead_unknown");
  if (*ahead.people == 0) return ui.tr("ticket.ahead_none");
  return ui.tr("ticket.ahead_some", {{"count", fmt::format("{}", *ahead.people)}});
}

slip::Slip ticket_slip(const ui::Ui& ui, const SlipFacts& facts) {
  const std::string& language = ui.language();
  const service::Choice* matter = facts.service.choice(facts.ticket.matter);
  slip::Slip paper;
  paper.center = facts.center.name.in(language);
  paper.service = facts.service.name.in(language);
  paper.kind = ui.tr("ticket.slip_kind");
  paper.neutral = facts.service.discreet || (matter != nullptr && matter->discreet);
  const auto add = [&paper](auto block, bool tells_service = false) {
    paper.blocks.push_back({std::move(block), tells_service});
  };
  add(slip::Number{facts.ticket.number});
  if (!facts.service.where.empty()) {
    add(slip::Text{.text = facts.service.where.in(language),
                   .size = 32,
                   .bold = true,
                   .align = slip::Align::center});
  }
  add(slip::Rule{});
  add(slip::Text{.text = ahead_words(ui, facts.ahead), .bold = true});
  add(slip::Fact{ui.tr("ticket.day"), ui::short_date(ui, facts.ticket.day)});
  if (facts.ahead.may_interleave) add(slip::Text{.text = ui.tr("ticket.interleave")});
  std::vector<slip::PaperToBring> papers;
  if (matter != nullptr) {
    for (const std::string& id : matter->papers) {
      if (const service::Paper* each = facts.service.paper(id)) {
        papers.push_back({each->name.in(language), facts.brought.contains(id)});
      }
    }
  }
  if (!papers.empty()) {
    add(slip::Rule{});
    add(slip::papers(ui, matter->name.in(language), std::move(papers)));
  }
  add(slip::Rule{});
  for (const service::LocalText& promise : facts.service.promises) {
    add(slip::Text{.text = promise.in(language)}, true);
  }
  add(slip::Text{.text = ui.tr("ticket.call_rule")});
  paper.closing = slip::closing(ui, facts.kiosk);
  return paper;
}

}  // namespace ticket
