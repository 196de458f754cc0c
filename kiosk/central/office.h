// What staff do with the center's records, and the one view of them that the office page shows.
// Knows no HTTP; who may ask is decided in office_routes.h. The view holds personal data.
#pragma once

#include <string>
#include <string_view>

#include "kiosk/central/center.h"

namespace central {

// Everything the office page shows, as JSON:
//
//   { "center": TEXT, "time": rfc3339, "today": "2026-11-23", "done_today": 11,
//     "tickets":  [ {"id", "number", "service": TEXT, "matter": TEXT, "state", "issued": bool,
//                    "drawn_at", "called_at", "calls": 2, "counter", "kiosk": 2} ],     today's
//     "bookings": [ {"id", "day", "start", "end", "service": TEXT, "topic": TEXT, "way": TEXT,
//                    "room": TEXT, "name", "phone", "state", "kiosk",
//                    "withdrawn": "day_closed", "withdrawn_for": TEXT} ],           from today on
//     "requests": [ {"id", "filed_at", "service": TEXT, "way": TEXT, "state", "reason", "kiosk",
//                    "answers": [ {"question": TEXT, "part", "kind", "values": [TEXT]} ]} ],
//     "calls":    [ {"id", "place", "state", "asked_at", "kiosk"} ],                   not done
//     "kiosks":   [ {"number", "enrolled_at", "contact_at"} ],
//     "to_tell":  [ {"id", "type": "booking" | "request", "service": TEXT, "change", "reason",
//                    "day", "start", "name", "phone", "wish": TEXT | null, "made_at", "due_at",
//                    "overdue": bool} ],                    to_tell.h, open, the first due first
//     "legal_days": {"open": [ {"id", "kind", "service": TEXT, "day": "2026-11-25" | "unknown",
//                               "days_left": 2, "alarm": bool, "taken": bool, "offline": bool,
//                               "arrived_at", "kiosk"} ],           legal_days.h, not settled
//                    "silent": [ {"kiosk", "since"} ]},
//     "calendar": {"year": 2027, "statutory": bool} | null,    service::calendar_gap
//     "keeping":  {"days": {"bookings": 90, "requests", "tickets", "calls"}, "last_at": rfc3339|"",
//                  "erased": {"bookings": 12, "requests", "answers", "tickets", "calls"}} }
//
//   TEXT := {"zh-Hans": "…", "en": "…"}     part := "" | "name" | "contact" | "phone" | "no_phone"
//   kind := "text" | "consent" | "choice" | "day"
// "withdrawn" is "" while the seat is offered; its reason is empty when only the hours have
// changed.
Result<std::string> office_view(sql::Database& database, const Center& center, base::Instant now);

// All refuse ("state_changed") when the record is no longer in a state this starts from: somebody
// else was faster, or the visitor gave it back.

enum class TicketStep { call, recall, done, no_show };
// Only a ticket whose paper is out is called; one that did not come may be called again.
Result<void> step_ticket(Transaction& transaction, std::string_view id, TicketStep step,
                         std::string_view counter);

//   received ──► reviewing ──► accepted ──► closed
//                    └──► refused | closed
// Visitors read `reason`; refused and closed need one: invalid ("reason_missing", "reason_long").
inline constexpr std::size_t longest_reason = 500;  // characters
Result<void> step_request(Transaction& transaction, std::string_view id, std::string_view state,
                          std::string_view reason);

//   open ──► accepted ──► done
Result<void> step_call(Transaction& transaction, std::string_view id, std::string_view state);

}  // namespace central
