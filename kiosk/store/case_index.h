// Where a case code leads, without a network and without keeping the code: rows are found by a
// keyed hash of code and last four digits (care 19). Five wrong tries lock a code for an hour.
#pragma once

#include "kiosk/store/store.h"

namespace store {

// Both in canonical form: wire::parse_case_code, four digits.
struct CaseKey {
  std::string_view code;
  std::string_view last4;
};

// What a visitor typed, in canonical form. invalid: "code_form", "last4_form".
struct TypedCase {
  std::string code;
  std::string last4;
};
Result<TypedCase> parse_typed_case(std::string_view code, std::string_view last4);

struct CaseAnswer {
  enum class Kind { found, no_match, locked };
  Kind kind = Kind::no_match;
  std::string type;    // when found: "booking" | "request"
  std::string record;  // when found: id of the record
};

// Inside the transaction that makes the record.
Result<void> index_case(Writer& writer, CaseKey key, std::string_view type,
                        std::string_view record);

// Counts wrong tries, so it writes. no_match says nothing about which half was wrong.
Result<CaseAnswer> find_case(Store& store, CaseKey key);

// Cases of two years ago, and wrong tries of yesterday.
Result<void> drop_old_cases(Writer& writer);

}  // namespace store
