// The legal days that ops protect (care rule 8), outside of personal data: which of them a person
// must act on, and which kiosks have been silent so long that nobody here knows what they hold.
// Knows no law and no HTTP.
//
//   op with a day arrives ──► open ──outcome written by a person──► settled
//
// A day is in alarm while it is open and near (wire/legal_day.h), has passed, or its op was not
// taken. A day that the visitor could not say stands in the list until somebody has asked them.
// Rows go with their op's record (keeping.h) and not before they are settled.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kiosk/central/rules.h"

namespace central {

// A kiosk that is silent for longer has perhaps filed what nobody here knows of.
inline constexpr base::Milliseconds silent_after = std::chrono::hours{24};
// One that was not heard of for so long is no kiosk any more.
inline constexpr base::Milliseconds gone_after = std::chrono::days{90};

// In the transaction that decides the op; an op without a day changes nothing.
Result<void> note_legal_day(Transaction& transaction, const Sender& sender, const wire::Op& op,
                            bool taken);

struct LegalDay {
  std::string id;       // of the op, and of its record when there is one
  std::string kind;     // "intake.file"
  std::string service;  // "" when the op was not taken
  std::string day;      // ISO date, or wire::unknown_legal_day
  int days_left = 0;    // 0 for an unknown day
  bool alarm = false;
  bool taken = false;    // false: the op was rejected
  bool offline = false;  // made while the center could not have it
  base::Instant arrived;
  int kiosk = 0;  // number
};
struct Silent {
  int kiosk = 0;  // number
  base::Instant since;
};
struct LegalDays {
  std::vector<LegalDay> open;  // nearest first, unknown ones last
  std::vector<Silent> silent;
  [[nodiscard]] std::size_t alarms() const;
};
Result<LegalDays> read_legal_days(sql::Database& database, const Center& center, base::Instant now);

// A person writes down what came of it: "handed_in" | "told" | "not_needed"; invalid
// ("bad_message") for another word, refused ("state_changed") when it is settled already.
Result<void> settle_legal_day(Transaction& transaction, std::string_view id,
                              std::string_view outcome);

// Rows whose record is gone and that a person has settled.
Result<void> forget_legal_days(Transaction& transaction);

}  // namespace central
