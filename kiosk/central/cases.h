// Finding a record by what is printed on its slip: the case code, and for changes the last four
// digits as well. Keeps keyed hashes only (care 19). Knows no HTTP.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kiosk/central/center.h"
#include "kiosk/wire/messages.h"

namespace central {

// What the tables keep of a code. `code` in canonical form (wire::parse_case_code).
struct CaseKeys {
  std::string code;  // of the code alone
  std::string both;  // of code and last four digits
};
CaseKeys case_keys(const Center& center, std::string_view code, std::string_view last4);
// A canonical code and four digits.
bool well_formed(std::string_view code, std::string_view last4);

struct CaseAnswer {
  enum class Kind { found, no_match, locked };
  Kind kind = Kind::no_match;
  std::string type;  // "booking" | "request"
  std::string id;
};
inline constexpr base::Milliseconds lock_time = std::chrono::hours{1};
// Five wrong tries with one code, then lock_time in which nothing matches. Counts, so it writes.
Result<CaseAnswer> find_case(Transaction& transaction, std::string_view code,
                             std::string_view last4);

// What may be told to whoever holds the code: service, time, place and state.
Result<wire::LookupResponse> describe_case(sql::Database& database, const Center& center,
                                           const CaseAnswer& found);
// By the code alone; not_found ("code_unknown").
Result<wire::LookupResponse> status_of_code(sql::Database& database, const Center& center,
                                            std::string_view code);

}  // namespace central
