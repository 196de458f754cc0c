// Tickets on disk: the draw, the number that the visitor holds, and giving it back. The number is
// on disk before anything is printed or shown, and never changes afterwards: paper wins over any
// later answer of the center. One a thread, like its Store.
//
//   draw() ─► drawing ──settle()──► waiting ──give_back()──► given back
//                └────► refused (the queue is closed)
#pragma once

#include "kiosk/service/catalogue.h"
#include "kiosk/store/store.h"
#include "kiosk/ticket/ticket.h"

namespace ticket {

using base::Result;

struct Drawn {
  std::string id;
  base::Tick since;  // for settle()
};

class TicketStore {
 public:
  // Brings its tables up to date, drops tickets of last week, and gives back every draw that a
  // crash left without a number: nobody holds it, so it must not be called.
  static Result<TicketStore> open(store::Store& store);

  // One transaction: row and op, today's queue. `matter` may be empty.
  Result<Drawn> draw(const service::Service& service, std::string_view matter);
  // Fixes the number as soon as there is one to fix; until then the ticket stays in `drawing`, and
  // the caller asks again after a wake-up or when answer_patience has passed. Asking again after
  // that changes nothing. not_found ("ticket_unknown").
  Result<Ticket> settle(const Drawn& drawn);
  // Also takes back a draw that has no number yet (the visitor left). Twice is once.
  Result<void> give_back(std::string_view id);

  // not_found ("ticket_unknown")
  Result<Ticket> find(std::string_view id);
  // Who is called earlier, as far as the feed has told.
  Result<Ahead> ahead(std::string_view id);
  // People who wait for the service today; nothing while that is not known.
  Result<std::optional<int>> waiting(std::string_view service);
  // The number called last today, of any service; nothing when none was or it is not known.
  Result<std::optional<Called>> now_called();

 private:
  explicit TicketStore(store::Store& store) : store_(store) {}
  Result<void> give_back_leftovers();
  Result<Settling> settling_of(const Drawn& drawn, std::string& number);
  Result<void> fix_number(store::Writer& writer, const Ticket& ticket, std::string number,
                          bool own_series);
  Result<std::string> take_own_number(store::Writer& writer, const Ticket& ticket);
  Result<std::int64_t> position(std::string_view id);

  store::Store& store_;
};

}  // namespace ticket
