// The kiosks of a center: how one is let in, who it is afterwards, when it was last heard of. Knows
// no HTTP.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kiosk/central/center.h"
#include "kiosk/wire/messages.h"

namespace central {

inline constexpr base::Milliseconds enrol_code_lives = std::chrono::minutes{10};

// A fresh one-time code, in the form of a case code. Only its hash is kept, so it is shown once.
Result<std::string> make_enrol_code(sql::Database& database, const std::string& center_id,
                                    base::World world);

// refused ("code_invalid") for a code that is unknown, used or too old. The same key with the same
// code is answered as before: the first answer may have got lost. A key that is known here keeps
// its kiosk, number and records under any new code: one key, one machine. Nobody gets in by
// somebody else's key, since every later request is signed by its secret half. A kiosk that was
// let in after a backup was made, which was then restored, gets the number on its papers again.
Result<wire::EnrolResponse> enrol(Transaction& transaction, const wire::EnrolRequest& request,
                                  base::Chance& chance);

struct Kiosk {
  std::string id;
  int number = 0;
  std::string public_key;  // base64url ed25519
};
Result<std::optional<Kiosk>> find_kiosk(sql::Database& database, const std::string& center_id,
                                        std::string_view id);

Result<std::int64_t> count_kiosks_since(sql::Database& database, const std::string& center_id,
                                        base::Instant last_contact);

struct Contact {
  base::Instant before;  // the contact before this one
  std::int64_t applied_through = 0;
};
// Notes that the kiosk was heard of now.
Result<Contact> note_contact(Transaction& transaction, std::string_view kiosk_id);

// Notes that the ops with these seqs have results; `through` is where the kiosk stood before. The
// highest seq below which every op has one.
Result<std::int64_t> note_results(Transaction& transaction, std::string_view kiosk_id,
                                  std::int64_t through, std::vector<std::int64_t> seqs);

}  // namespace central
