// Requests on disk: what was filed here, and what has become of it. Keeps no answer and no code of
// its own: those stand in the op until the center has it and its days are over. One a thread, like
// its Store.
#pragma once

#include "kiosk/intake/intake.h"
#include "kiosk/store/case_index.h"
#include "kiosk/store/store.h"

namespace intake {

// What the receipt shows; code and last4 are not kept in this form.
struct Filed {
  std::string id;
  std::string code;                          // "7K4M2-9QXRC"
  std::string last4;                         // of the phone, or four digits made for the slip
  std::optional<base::Date> legal_day = {};  // the earliest it protects
  base::Date day{};                          // on which it was filed
};
// Care 8: so little time is left that the signed form has to go there today, by other means.
bool act_today(const Filed& filed, State state);

struct Status {
  std::string service;
  std::string way;
  State state = State::sending;
  std::string reason;   // the center's words or code; "" when it gave none
  std::string receipt;  // short form of the center's signed receipt; "" while there is none
};

class IntakeStore {
 public:
  // Brings its tables up to date and drops requests of more than two years ago.
  static Result<IntakeStore> open(store::Store& store);

  // One transaction: row, outbox and case index. invalid: the code of the first answer that does
  // not pass.
  Result<Filed> file(const service::Service& service, const Draft& draft);
  // not_found ("request_unknown") for one that was not made at this kiosk.
  Result<Status> status(std::string_view id);
  // By what the visitor types, without the network. invalid: "code_form", "last4_form". The answer
  // may name a record of another kind: the code does not tell the visitor which.
  Result<store::CaseAnswer> find(std::string_view code, std::string_view last4);

 private:
  explicit IntakeStore(store::Store& store) : store_(store) {}

  store::Store& store_;
};

}  // namespace intake
