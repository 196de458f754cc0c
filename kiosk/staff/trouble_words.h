// What went wrong with the center, the printer and the records, in words for staff. Takes the codes
// that platform/http, platform/device, kiosk/sync and the center's rules (kiosk/wire/messages.h)
// give. A code without words is shown itself, in brackets, so that it can be read out on the phone.
#pragma once

#include <string>
#include <string_view>

#include "kiosk/ui/ui.h"

namespace staff {

std::string contact_trouble(const ui::Ui& ui, std::string_view code);
std::string printer_trouble(const ui::Ui& ui, std::string_view code);
// Of an op: "booking.request" is a booking.
std::string record_words(const ui::Ui& ui, std::string_view kind);
// Why the center did not take a record.
std::string refusal_words(const ui::Ui& ui, std::string_view code);

}  // namespace staff
