#include "kiosk/central/rules.h"

#include <algorithm>
#include <array>

namespace central {
namespace {

struct Kind {
  std::string_view name;
  Rule rule;
};

constexpr std::array kinds{
    Kind{"booking.request", request_booking}, Kind{"booking.move", move_booking},
    Kind{"booking.cancel", cancel_booking},   Kind{"ticket.draw", draw_ticket},
    Kind{"ticket.issue", issue_ticket},       Kind{"ticket.cancel", cancel_ticket},
    Kind{"intake.file", file_request},        Kind{"assist.call", call_person},
};

}  // namespace

base::Instant believed_time(const Transaction& transaction, const Sender& sender,
                            const wire::Op& op) {
  const base::Instant claimed = base::parse_rfc3339(op.at).value_or(transaction.now);
  const base::Instant earliest = std::min(sender.last_contact, transaction.now);
  return std::clamp(claimed, earliest, transaction.now);
}

Rule find_rule(std::string_view kind) {
  for (const Kind& each : kinds) {
    if (each.name == kind) return each.rule;
  }
  return nullptr;
}

}  // namespace central
