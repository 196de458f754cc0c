#include "kiosk/staff/trouble_words.h"

#include <algorithm>
#include <span>

namespace staff {
namespace {

struct Words {
  std::string_view code;
  std::string_view key;
};

constexpr Words contact[] = {
    {"connect", "staff.contact_line"},
    {"timeout", "staff.contact_timeout"},
    {"tls", "staff.contact_tls"},
    {"broken_answer", "staff.contact_broken"},
    {"bad_gzip", "staff.contact_broken"},
    {"answer_too_large", "staff.contact_broken"},
    {"feed_too_large", "staff.contact_broken"},
    {"bad_url", "staff.contact_address"},
    {"http_404", "staff.contact_address"},
    {"no_route", "staff.contact_address"},
    {"skew", "staff.contact_clock"},
    {"unsigned", "staff.contact_unknown"},
    {"kiosk_unknown", "staff.contact_unknown"},
    {"bad_signature", "staff.contact_unknown"},
    {"http_401", "staff.contact_unknown"},
    {"http_403", "staff.contact_unknown"},
    {"code_invalid", "staff.contact_code"},
    {"code_unknown", "staff.contact_code"},
    {"too_many", "staff.contact_busy"},
    {"http_429", "staff.contact_busy"},
    {"http_502", "staff.contact_busy"},
    {"http_503", "staff.contact_busy"},
    {"busy", "staff.contact_busy"},
    {"unavailable", "staff.contact_busy"},
    {"storage", "staff.contact_storage"},
    {"storage_full", "staff.contact_storage"},
};

constexpr Words printer[] = {
    {"paper_out", "staff.printer_paper"},
    {"cover_open", "staff.printer_cover"},
    {"printer_unreachable", "staff.printer_unreachable"},
    {"bad_printer_target", "staff.printer_setting"},
};

constexpr Words record[] = {
    {"booking.request", "staff.record_booking"},
    {"booking.move", "staff.record_booking_move"},
    {"booking.cancel", "staff.record_booking_cancel"},
    {"ticket.draw", "staff.record_ticket"},
    {"ticket.issue", "staff.record_ticket"},
    {"ticket.cancel", "staff.record_ticket_cancel"},
    {"intake.file", "staff.record_intake"},
    {"assist.call", "staff.record_assist"},
};

constexpr Words refusal[] = {
    {"slot_unknown", "staff.refusal_slot_unknown"},
    {"slot_past", "staff.refusal_slot_past"},
    {"slot_full", "staff.refusal_slot_full"},
    {"slot_too_soon", "staff.refusal_too_soon"},
    {"slot_closed", "staff.refusal_closed"},
    {"limit_person", "staff.refusal_limit_person"},
    {"limit_no_phone", "staff.refusal_limit_no_phone"},
    {"service_unknown", "staff.refusal_service"},
    {"closed", "staff.refusal_closed"},
    {"no_match", "staff.refusal_no_match"},
    {"locked", "staff.refusal_locked"},
    {"number_taken", "staff.refusal_number"},
    {"already_over", "staff.refusal_over"},
    {"already_cancelled", "staff.refusal_over"},
    {"bad_body", "staff.refusal_unreadable"},
    {"id_reuse", "staff.refusal_conflict"},
    {"conflict", "staff.refusal_conflict"},
};

std::string words(const ui::Ui& ui, std::span<const Words> table, std::string_view code) {
  const auto own = std::ranges::find(table, code, &Words::code);
  if (own == table.end()) return ui.tr("staff.code", {{"code", std::string(code)}});
  return ui.tr(own->key);
}

}  // namespace

std::string contact_trouble(const ui::Ui& ui, std::string_view code) {
  return words(ui, contact, code);
}

std::string printer_trouble(const ui::Ui& ui, std::string_view code) {
  return words(ui, printer, code);
}

std::string record_words(const ui::Ui& ui, std::string_view kind) {
  return words(ui, record, kind);
}

std::string refusal_words(const ui::Ui& ui, std::string_view code) {
  return words(ui, refusal, code);
}

}  // namespace staff
