// Bookings on disk: what the visitor confirmed, and what has become of it. Keeps no name, no phone
// and no code of its own: those stand in the op until the center has it and its days are over.
// What a booking is now = its row JOIN the outbox JOIN the feed. One a thread, like its Store.
#pragma once

#include <map>

#include "kiosk/booking/booking.h"
#include "kiosk/store/case_index.h"
#include "kiosk/store/store.h"

namespace booking {

// What the slip shows; code and last4 are not kept in this form.
struct Submitted {
  std::string id;
  std::string code;   // "7K4M2-9QXRC"
  std::string last4;  // of the phone, or four digits made for the slip
};

struct Booking {
  std::string id;
  std::string service;
  std::string topic;
  std::string way;
  std::string slot;  // where it stands now: moves that the center accepted are in
};

struct Wish {
  std::string slot;  // "" for a cancellation
  WishState state = WishState::sending;
  std::string code;  // why refused
};

struct Status {
  Booking booking;
  State state = State::sending;
  std::string reason;        // why refused, or the center's sentence
  std::string receipt;       // short form of the center's signed receipt; "" while there is none
  std::optional<Wish> wish;  // the last move or cancellation asked for here
};

// A booking to be changed: what the visitor typed, and its id when a look-up gave one.
struct Reference {
  std::string code;
  std::string last4;
  std::string id;  // "": not known here; filed all the same
};

class BookingStore {
 public:
  // Brings its tables up to date and drops bookings of more than ninety days ago.
  static Result<BookingStore> open(store::Store& store);

  // One transaction: row, outbox and case index. invalid: a code of parse_name or parse_phone, or
  // "draft_incomplete".
  Result<Submitted> submit(const Draft& draft);
  // What the feed says of the service's slots from this day on. Cheap while nothing was written
  // since the last call: screens ask with every picture.
  Result<std::vector<Seats>> seats(std::string_view service, base::Date from);
  // not_found ("booking_unknown") for one that was not made at this kiosk.
  Result<Status> status(std::string_view id);
  // By what the visitor types, without the network. invalid: "code_form", "last4_form". The answer
  // may name a record of another kind: the code does not tell the visitor which.
  Result<store::CaseAnswer> find(std::string_view code, std::string_view last4);

  // Both file a wish and give its id; the booking stands until the center has accepted it.
  // invalid: "code_form", "last4_form", "slot_form".
  Result<std::string> move(const Reference& reference, std::string_view slot);
  Result<std::string> cancel(const Reference& reference);
  // not_found ("wish_unknown")
  Result<Wish> wish(std::string_view id);

 private:
  explicit BookingStore(store::Store& store) : store_(store) {}
  Result<Booking> read(std::string_view id);
  Result<std::string> file_wish(const Reference& reference, std::string_view kind,
                                std::string_view slot);

  // What the database told last, and how far it had been written then.
  struct Told {
    std::int64_t elsewhere = -1;
    std::int64_t here = -1;
    base::Date from;
    std::vector<Seats> seats;
  };
  Result<std::vector<Seats>> read_seats(std::string_view service, base::Date from);

  store::Store& store_;
  std::map<std::string, Told, std::less<>> told_;  // by service
};

}  // namespace booking
