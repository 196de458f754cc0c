// The ticket's words on paper.
#pragma once

#include <set>
#include <string>

#include "kiosk/service/catalogue.h"
#include "kiosk/slip/slip.h"
#include "kiosk/ticket/ticket.h"
#include "kiosk/ui/ui.h"

namespace ticket {

struct SlipFacts {
  const service::Center& center;
  const service::Service& service;
  const Ticket& ticket;
  const Ahead& ahead;
  const std::set<std::string>& brought;  // ids of papers
  std::string_view kiosk;
};
slip::Slip ticket_slip(const ui::Ui& ui, const SlipFacts& facts);

// "前面还有 4 人", "现在不知道".
std::string ahead_words(const ui::Ui& ui, const Ahead& ahead);

}  // namespace ticket
