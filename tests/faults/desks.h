// What visitors of a kiosk can do, as its screens do it: the four stores over one database. For
// programs that play visitors without a screen.
#pragma once

#include "kiosk/assist/assist_store.h"
#include "kiosk/booking/booking_store.h"
#include "kiosk/intake/intake_store.h"
#include "kiosk/ticket/ticket_store.h"

namespace faults {

struct Desks {
  // The store outlives them.
  static base::Result<Desks> open(store::Store& store) {
    return Desks{TRY(booking::BookingStore::open(store)), TRY(ticket::TicketStore::open(store)),
                 TRY(intake::IntakeStore::open(store)), assist::AssistStore(store)};
  }

  booking::BookingStore bookings;
  ticket::TicketStore tickets;
  intake::IntakeStore requests;
  assist::AssistStore calls;
};

}  // namespace faults
