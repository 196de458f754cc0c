// The kiosk's database file: opens it, brings its tables up to date, and hands out the one way to
// write. Knows the outbox and the mirror of the center's states, but no feature and no network.
//
// One Store a thread (SQLite connections are not shared): the UI has one, the sync thread another,
// on the same file. Reading functions stand beside their subject: outbox.h, mirror.h, sync_state.h,
// packs.h, case_index.h, staff_pin.h. All errors are ErrorKind::storage unless said otherwise.
//
// DATA/kiosk.db   WAL, synchronous=FULL: what a transaction wrote survives a power cut
// DATA/lookup.key key of the hashes in case_index; apart, so that a copied database opens no case
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "platform/base/clock.h"
#include "platform/base/ids.h"
#include "platform/sql/database.h"

namespace store {

using base::Result;

class Writer;

class Store {
 public:
  // Creates the folder (mode 0700), the file and the key when they are missing. refused
  // ("newer_database") when a later release has written the file.
  static Result<Store> open(const base::Path& folder, base::World world,
                            base::TimeZone zone = base::china_time);

  [[nodiscard]] const base::World& world() const { return world_; }
  [[nodiscard]] base::TimeZone zone() const { return zone_; }
  [[nodiscard]] base::Instant now() const { return world_.clock.now(); }
  [[nodiscard]] base::Date today() const { return zone_.date(now()); }
  // For what is taken away because of its age.
  [[nodiscard]] base::Instant earliest() const { return world_.clock.earliest(); }

  // One transaction: `work(Writer&)` returns a Result; an error undoes everything it wrote.
  template <typename Work>
  std::invoke_result_t<Work, Writer&> write(Work work);

  // For reading; statements that change anything belong into write().
  [[nodiscard]] sql::Database& database() { return database_; }

  // Brings a feature's own tables up to date; its migrations are numbered apart from all others.
  Result<void> migrate(std::string_view part, std::span<const sql::Migration> migrations);

  // Another connection has committed since this said so last.
  Result<bool> changed_elsewhere();

  // Keyed hashes for case_index; `words` are parted by a character that no code contains.
  [[nodiscard]] std::string keyed_hash(std::string_view words) const;

 private:
  Store(sql::Database database, base::World world, base::TimeZone zone, std::string lookup_key);

  sql::Database database_;
  base::World world_;
  base::TimeZone zone_;
  std::string lookup_key_;
  std::int64_t seen_version_ = 0;
};

struct NewOp {
  std::string_view kind;    // "booking.move"
  std::string_view record;  // id of the record it belongs to; "" when the op itself makes one
  std::string body;         // a JSON object, from wire::to_json
  std::optional<base::Date> legal_day;
  std::string person = {};         // wire::Op::person
  bool legal_day_unknown = false;  // asked for, and nobody could say; then there is no legal_day
};

// A transaction that is open for writing. Lives inside Store::write only.
class Writer {
 public:
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  // Gives the op its id and the next sequence number and puts it into the outbox; the id comes
  // back. invalid ("op_too_large") above 256 KiB: such an op could block the ones behind it.
  Result<std::string> append(NewOp op);

  [[nodiscard]] Store& store() { return store_; }
  [[nodiscard]] sql::Database& database() { return store_.database(); }

 private:
  friend class Store;
  explicit Writer(Store& store) : store_(store) {}
  Store& store_;
};

template <typename Work>
std::invoke_result_t<Work, Writer&> Store::write(Work work) {
  return database_.transaction([&] {
    Writer writer(*this);
    return work(writer);
  });
}

}  // namespace store
