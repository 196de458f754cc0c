#include "kiosk/central/rules.h"

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

Rule find_rule(std::string_view kind) {
  for (const Kind& each : kinds) {
    if (each.name == kind) return each.rule;
  }
  return nullptr;
}

}  // namespace central
