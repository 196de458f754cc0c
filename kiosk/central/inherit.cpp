#include "kiosk/central/inherit.h"

#include <array>

namespace central {
namespace {

// A record has the id of the op that made it. The version is the next one of the feed.
constexpr std::array give_record{
    "UPDATE booking SET kiosk_id = ?1, version = (SELECT version + 1 FROM center WHERE id = ?2) "
    "WHERE center_id = ?2 AND id = ?3",
    "UPDATE ticket SET kiosk_id = ?1, version = (SELECT version + 1 FROM center WHERE id = ?2) "
    "WHERE center_id = ?2 AND id = ?3",
    "UPDATE request SET kiosk_id = ?1, version = (SELECT version + 1 FROM center WHERE id = ?2) "
    "WHERE center_id = ?2 AND id = ?3",
    "UPDATE assist SET kiosk_id = ?1, version = (SELECT version + 1 FROM center WHERE id = ?2) "
    "WHERE center_id = ?2 AND id = ?3"};

Result<bool> is_gone(Transaction& transaction, std::string_view former, std::string_view heir) {
  const auto gone = TRY(transaction.database.integer(
      "SELECT before.contact_ms <= now.enrolled_ms FROM kiosk before, kiosk now "
      "WHERE before.center_id = ?1 AND before.id = ?2 AND now.center_id = ?1 AND now.id = ?3",
      transaction.center_id(), former, heir));
  return gone.value_or(0) != 0;
}

}  // namespace

Result<void> inherit(Transaction& transaction, std::string_view op_id, std::string_view former,
                     std::string_view heir) {
  if (former == heir || !TRY(is_gone(transaction, former, heir))) return {};
  TRY(transaction.database.run("UPDATE op SET kiosk_id = ? WHERE center_id = ? AND op_id = ?", heir,
                               transaction.center_id(), op_id));
  for (const std::string_view statement : give_record) {
    const auto given =
        TRY(transaction.database.run(statement, heir, transaction.center_id(), op_id));
    if (given != 0) TRY(next_version(transaction));
  }
  return {};
}

}  // namespace central
