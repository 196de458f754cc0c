#include "kiosk/store/store.h"

#include <array>

#include "kiosk/store/schema.h"
#include "kiosk/store/sync_state.h"
#include "kiosk/wire/legal_day.h"
#include "kiosk/wire/messages.h"
#include "platform/crypto/crypto.h"

namespace store {
namespace {

using base::ErrorKind;
using base::fail;

constexpr std::size_t largest_op = std::size_t{256} << 10U;

Result<std::string> load_or_create_key(const base::Path& path, base::Chance& chance) {
  auto present = base::read_file(path, 1024);
  if (present) return std::move(*present);
  if (present.error().kind != ErrorKind::not_found) return present;
  std::array<std::byte, 32> bytes{};
  chance.fill(bytes);
  std::string key = crypto::base64({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  TRY(base::replace_file(path, key, 0600));
  return key;
}

Result<std::int64_t> next_sequence(sql::Database& database) {
  sql::Statement next = TRY(database.query("UPDATE sequence SET last = last + 1 RETURNING last"));
  if (!TRY(next.step())) return fail(ErrorKind::storage, "database", "sequence has no row");
  return next.integer(0);
}

std::optional<std::string> iso(std::optional<base::Date> day) {
  if (!day) return std::nullopt;
  return base::iso_date(*day);
}

std::string legal_day_of(const NewOp& op) {
  if (op.legal_day) return base::iso_date(*op.legal_day);
  return op.legal_day_unknown ? std::string(wire::unknown_legal_day) : std::string();
}

}  // namespace

Store::Store(sql::Database database, base::World world, base::TimeZone zone, std::string lookup_key)
    : database_(std::move(database)),
      world_(world),
      zone_(zone),
      lookup_key_(std::move(lookup_key)) {}

Result<Store> Store::open(const base::Path& folder, base::World world, base::TimeZone zone) {
  TRY(base::make_folder(folder, 0700));
  std::string key = TRY(load_or_create_key(folder / "lookup.key", world.chance));
  sql::Database database = TRY(sql::Database::open(folder / "kiosk.db"));
  // What is deleted is overwritten: rows of the outbox hold what visitors wrote.
  TRY(database.execute("PRAGMA secure_delete=ON"));
  TRY(database.migrate(schema()));
  Store store(std::move(database), world, zone, std::move(key));
  TRY(store.changed_elsewhere());
  return store;
}

Result<void> Store::migrate(std::string_view part, std::span<const sql::Migration> migrations) {
  return write([&](Writer&) -> Result<void> {
    const auto present =
        TRY(database_.integer("SELECT version FROM schema_part WHERE name = ?", part)).value_or(0);
    if (!migrations.empty() && present > migrations.back().version) {
      return fail(ErrorKind::refused, "newer_database", part);
    }
    for (const sql::Migration& each : migrations) {
      if (each.version <= present) continue;
      TRY(database_.execute(each.statements));
      TRY(
          database_.run("INSERT INTO schema_part VALUES (?1, ?2) "
                        "ON CONFLICT (name) DO UPDATE SET version = ?2",
                        part, each.version));
    }
    return {};
  });
}

Result<bool> Store::changed_elsewhere() {
  const std::int64_t version = TRY(database_.data_version());
  return std::exchange(seen_version_, version) != version;
}

std::string Store::keyed_hash(std::string_view words) const {
  return crypto::hmac_hex(lookup_key_, words);
}

Result<std::string> Writer::append(NewOp op) {
  const base::Instant now = store_.now();
  const SyncState sync = TRY(read_sync_state(store_));
  wire::Op message;
  message.id = base::uuid7(now, store_.world().chance);
  message.seq = TRY(next_sequence(database()));
  message.kind = op.kind;
  message.at = store_.zone().rfc3339(now);
  message.clock_trusted = store_.world().clock.certain();
  message.person = std::move(op.person);
  message.legal_day = legal_day_of(op);
  message.body = std::move(op.body);
  const std::string bytes = wire::to_json(message);
  if (bytes.size() > largest_op) return fail(ErrorKind::invalid, "op_too_large", op.kind);
  TRY(database().run(
      "INSERT INTO outbox (seq, id, kind, record, bytes, created_ms, legal_day, offline) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      message.seq, message.id, op.kind, op.record.empty() ? message.id : op.record,
      sql::Blob{bytes}, base::to_ms(now), iso(op.legal_day), !online(sync, now)));
  return message.id;
}

}  // namespace store
