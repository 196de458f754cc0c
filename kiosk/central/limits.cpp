#include "kiosk/central/limits.h"

#include <fmt/format.h>

#include "platform/crypto/crypto.h"

namespace central {
namespace {

Result<bool> count_up(Transaction& transaction, std::string_view service, base::Date day,
                      std::string_view who, int limit) {
  const auto changed = TRY(transaction.database.run(
      "INSERT INTO booking_count (center_id, day, service, who, bookings) VALUES (?, ?, ?, ?, 1) "
      "ON CONFLICT (center_id, day, service, who) "
      "DO UPDATE SET bookings = booking_count.bookings + 1 WHERE booking_count.bookings < ?",
      transaction.center_id(), base::iso_date(day), service, who, limit));
  return changed == 1;
}

}  // namespace

wire::DayKey person_key(const Center& center, base::Date day) {
  const std::string iso = base::iso_date(day);
  return {iso, crypto::hmac_hex(center.case_secret, "person|" + iso)};
}

Result<std::string_view> count_booking(Transaction& transaction, const service::Service& service,
                                       const Booker& booker) {
  const bool person = !booker.person.empty();
  const int limit = person ? service.slots.per_person_day : service.slots.no_phone_per_hour;
  if (limit == 0) return std::string_view();
  const std::string who =
      person ? booker.person : fmt::format("{}|{}", booker.kiosk_id, booker.at.time.hour());
  if (TRY(count_up(transaction, service.id, booker.at.date, who, limit))) {
    return std::string_view();
  }
  return std::string_view(person ? "limit_person" : "limit_no_phone");
}

Result<void> uncount_booking(Transaction& transaction, std::string_view service,
                             std::string_view person) {
  if (person.empty()) return {};
  TRY(
      transaction.database.run("UPDATE booking_count SET bookings = bookings - 1 "
                               "WHERE center_id = ? AND service = ? AND who = ? AND bookings > 0",
                               transaction.center_id(), service, person));
  return {};
}

Result<void> forget_bookers(Transaction& transaction) {
  const base::Date today = transaction.today();
  TRY(transaction.database.run("DELETE FROM booking_count WHERE center_id = ? AND day < ?",
                               transaction.center_id(), base::iso_date(today)));
  TRY(transaction.database.run(
      "UPDATE booking SET person = '' WHERE center_id = ? AND person <> '' AND made_ms < ?",
      transaction.center_id(), base::to_ms(transaction.center.zone.instant(today, {}))));
  return {};
}

}  // namespace central
