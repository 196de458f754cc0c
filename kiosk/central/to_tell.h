// What visitors have to be told because it changed after they left (care rule 7): a task for a
// person, made in the transaction that changes the record. Knows no HTTP.
//
//   change ──► open ──outcome──► closed          the next change opens another
//                │ ▲
//                └─┴ another change takes the place of the one nobody has told yet
//
//   record              change
//   booking             confirmed, waitlisted, cancelled, refused, withdrawn, offered
//   request             accepted, refused, closed
//
// A record has one open task at most, and nothing closes it without an outcome: "reached",
// "not_reached", "not_wanted", "told_at_kiosk". The last is written by the server as well, when the
// visitor looks the case up by its code. How and whether somebody may be reached is what they
// answered (service::Question::wish); nothing stands for an answer that was not given.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/central/rules.h"

namespace central {

// A day, or until the booked time begins when that comes first.
inline constexpr base::Milliseconds tell_within = std::chrono::hours{24};

struct Told {
  std::string_view type;  // "booking" | "request"
  std::string_view record;
  std::string_view change;
  std::string_view reason = {};  // a sentence of staff, or a code: as in the record
};
// The record stands as it is told.
Result<void> tell(Transaction& transaction, const Told& what);

// What became of an op when its visitor had left before the server decided. A booking or request
// that was refused has no record: what is needed to reach the visitor is kept with the task.
Result<void> tell_late(Transaction& transaction, const Sender& sender, const wire::Op& op,
                       const Verdict& verdict);

// The visitor has read the case at a kiosk.
Result<void> told_at_kiosk(Transaction& transaction, std::string_view record);

struct Task {
  std::string record;
  std::string type;
  std::string service;
  std::string change;
  std::string reason;
  std::string day;          // of a booking's slot; "" for requests
  std::string start;        // "14:00"
  std::string name;         // personal
  std::string phone;        // personal; "" for none
  service::LocalText wish;  // how to reach them; empty when they were not asked
  base::Instant made;
  base::Instant due;
};
// Not closed, the first due first.
Result<std::vector<Task>> read_to_tell(sql::Database& database, const Center& center);

// invalid ("bad_message") for a word that is no outcome, refused ("state_changed") when nothing is
// open.
Result<void> close_to_tell(Transaction& transaction, std::string_view record,
                           std::string_view outcome);

// Closed tasks as old as calls, and those of records that are not kept any more.
Result<void> forget_told(Transaction& transaction);

}  // namespace central
