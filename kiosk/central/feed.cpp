#include "kiosk/central/feed.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace central {
namespace {

constexpr std::string_view cursor_prefix = "c1:";

std::int64_t version_of(std::string_view cursor) {
  if (!cursor.starts_with(cursor_prefix)) return 0;
  cursor.remove_prefix(cursor_prefix.size());
  std::int64_t version = 0;
  const auto [end, error] = std::from_chars(cursor.data(), cursor.data() + cursor.size(), version);
  const bool whole = error == std::errc{} && end == cursor.data() + cursor.size();
  return whole ? std::max<std::int64_t>(version, 0) : 0;
}

// What every part of the feed asks for.
struct Ask {
  Transaction& transaction;
  std::string_view kiosk_id;
  std::int64_t since = 0;
  std::size_t limit = 0;
  std::vector<wire::Change>& changes;

  [[nodiscard]] std::string today() const { return base::iso_date(transaction.today()); }
  [[nodiscard]] std::string time(std::int64_t ms) const {
    return transaction.center.zone.rfc3339(base::from_ms(ms));
  }
};

Result<void> add_slots(Ask& ask) {
  sql::Statement row = TRY(ask.transaction.database.query(
      "SELECT key, version, service, way, day, start_time, end_time, capacity, "
      "taken + held + leased, room FROM slot WHERE center_id = ? AND version > ? AND day >= ? "
      "ORDER BY version LIMIT ?",
      ask.transaction.center_id(), ask.since, ask.today(), ask.limit));
  while (TRY(row.step())) {
    const wire::SlotState state{row.string(2),
                                row.string(3),
                                row.string(4),
                                row.string(5),
                                row.string(6),
                                static_cast<int>(row.integer(7)),
                                static_cast<int>(row.integer(8)),
                                row.string(9)};
    ask.changes.push_back({"slot", row.string(0), row.integer(1), false, wire::to_json(state)});
  }
  return {};
}

Result<void> add_tickets(Ask& ask) {
  sql::Statement row = TRY(ask.transaction.database.query(
      "SELECT id, version, service, day, number, state, position, counter, called_ms FROM ticket "
      "WHERE center_id = ? AND version > ? AND day >= ? ORDER BY version LIMIT ?",
      ask.transaction.center_id(), ask.since, ask.today(), ask.limit));
  while (TRY(row.step())) {
    const wire::TicketState state{row.string(2),
                                  row.string(3),
                                  row.string(4),
                                  row.string(5),
                                  row.integer(6),
                                  row.string(7),
                                  row.is_null(8) ? "" : ask.time(row.integer(8))};
    ask.changes.push_back({"ticket", row.string(0), row.integer(1), false, wire::to_json(state)});
  }
  return {};
}

// Bookings, requests and calls: `query` gives id, version, state, slot, reason, time of the change.
Result<void> add_records(Ask& ask, std::string_view type, std::string_view query) {
  sql::Statement row = TRY(ask.transaction.database.query(query, ask.transaction.center_id(),
                                                          ask.kiosk_id, ask.since, ask.limit));
  while (TRY(row.step())) {
    const wire::RecordState state{row.string(2), row.string(3), row.string(4),
                                  ask.time(row.integer(5))};
    ask.changes.push_back(
        {std::string(type), row.string(0), row.integer(1), false, wire::to_json(state)});
  }
  return {};
}

// Who starts from nothing has nothing to forget.
Result<void> add_gone(Ask& ask) {
  if (ask.since == 0) return {};
  sql::Statement row = TRY(ask.transaction.database.query(
      "SELECT op_id, gone_version, CASE kind WHEN 'booking.request' THEN 'booking' "
      "WHEN 'intake.file' THEN 'request' ELSE 'assist' END FROM op "
      "WHERE center_id = ? AND kiosk_id = ? AND gone_version > ? ORDER BY gone_version LIMIT ?",
      ask.transaction.center_id(), ask.kiosk_id, ask.since, ask.limit));
  while (TRY(row.step())) {
    ask.changes.push_back({row.string(2), row.string(0), row.integer(1), true, "{}"});
  }
  return {};
}

}  // namespace

Result<FeedPage> read_feed(Transaction& transaction, std::string_view kiosk_id,
                           std::string_view cursor, std::size_t page_size) {
  FeedPage page;
  // Read first: what others commit meanwhile has a higher version, and comes once more next time.
  const std::int64_t newest = TRY(read_state(transaction)).version;
  std::int64_t since = version_of(cursor);
  if (since > newest) since = 0;
  page.afresh = since == 0;
  // One more than a page from each part: enough to merge, and to see whether anything is left.
  Ask ask{transaction, kiosk_id, since, page_size + 1, page.changes};
  TRY(add_slots(ask));
  TRY(add_tickets(ask));
  TRY(add_records(ask, "booking",
                  "SELECT id, version, state, slot, withdrawn, changed_ms FROM booking "
                  "WHERE center_id = ? AND kiosk_id = ? AND version > ? ORDER BY version LIMIT ?"));
  TRY(add_records(ask, "request",
                  "SELECT id, version, state, '', reason, changed_ms FROM request "
                  "WHERE center_id = ? AND kiosk_id = ? AND version > ? ORDER BY version LIMIT ?"));
  TRY(add_records(ask, "assist",
                  "SELECT id, version, state, '', '', changed_ms FROM assist "
                  "WHERE center_id = ? AND kiosk_id = ? AND version > ? ORDER BY version LIMIT ?"));
  TRY(add_gone(ask));
  std::sort(page.changes.begin(), page.changes.end(),
            [](const wire::Change& a, const wire::Change& b) { return a.version < b.version; });
  page.more = page.changes.size() > page_size;
  if (page.more) page.changes.resize(page_size);
  const std::int64_t read_up_to = page.more ? page.changes.back().version : newest;
  page.cursor = fmt::format("{}{}", cursor_prefix, read_up_to);
  return page;
}

}  // namespace central
