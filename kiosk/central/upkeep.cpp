#include "kiosk/central/upkeep.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "kiosk/central/schema.h"
#include "platform/sql/backup.h"

namespace central {
namespace {

using base::ErrorKind;
using base::fail;
using base::Level;
using base::Path;

constexpr int failed = 1;
constexpr int running = 2;
constexpr base::Milliseconds between_words{1000};
constexpr base::Milliseconds after_failure = std::chrono::hours{1};

int complain(const base::Error& error) {
  fmt::print(stderr, "kiosk-central: {}\n", error.detail.empty() ? error.code : error.detail);
  return error.code == "already_locked" ? running : failed;
}

// Once a second, so that small databases say nothing.
sql::Progress told_on_terminal(std::string_view what, const base::Clock& clock) {
  return [what, &clock, last = clock.tick()](std::int64_t done, std::int64_t all) mutable {
    if (all > 0 && clock.tick() - last >= between_words) {
      last = clock.tick();
      fmt::print(stderr, "{}: {} %\n", what, done * 100 / all);
    }
    return true;
  };
}

// The three commands are about a file.
Result<void> database_is_a_file(const Start& start) {
  if (start.settings.database.postgres.empty()) return {};
  return fail(
      ErrorKind::refused, "in_postgres",
      "the records stand in PostgreSQL: copy and put back with pg_dump and pg_restore, then "
      "run `kiosk-central new-epoch`; its tables are brought up to date when a server starts");
}

Result<base::FileLock> stopped_server(const Start& start) {
  TRY(base::make_folder(start.settings.data, 0700));
  auto lock = base::FileLock::take(start.settings.data / "central.lock");
  if (lock || lock.error().code != "already_locked") return lock;
  return fail(ErrorKind::refused, "already_locked",
              fmt::format("the server runs on {}; stop it first", start.settings.data.string()));
}

Result<void> other_than_database(const Start& start, const Path& file) {
  std::error_code unknown;
  const Path database = database_file(start);
  const bool same = std::filesystem::weakly_canonical(file, unknown) ==
                        std::filesystem::weakly_canonical(database, unknown) ||
                    std::filesystem::equivalent(file, database, unknown);
  if (!same) return {};
  return fail(ErrorKind::invalid, "same_file",
              fmt::format("{} is the database itself; name another file", file.string()));
}

// ---- what stands in a copy ---------------------------------------------------------------------

struct Facts {
  std::string center;
  std::int64_t kiosks = 0;
  std::int64_t ops = 0;
  std::optional<base::Instant> newest;  // the last that was heard of a kiosk
};

Result<Facts> read_facts(sql::Database& database) {
  auto center = last_served(database);
  if (!center) {
    return fail(ErrorKind::invalid, "no_center", "the file is no database of this server");
  }
  sql::Statement row =
      TRY(database.query("SELECT (SELECT count(*) FROM kiosk WHERE center_id = ?1), "
                         "(SELECT count(*) FROM op WHERE center_id = ?1), "
                         "(SELECT max(contact_ms) FROM kiosk WHERE center_id = ?1)",
                         *center));
  Facts facts{*center, 0, 0, {}};
  if (!TRY(row.step())) return facts;
  facts.kiosks = row.integer(0);
  facts.ops = row.integer(1);
  if (!row.is_null(2)) facts.newest = base::from_ms(row.integer(2));
  return facts;
}

void print_facts(const Facts& facts, const base::TimeZone& zone) {
  fmt::print("center {}, {} kiosks, {} ops, newest of {}\n", facts.center, facts.kiosks, facts.ops,
             facts.newest ? zone.rfc3339(*facts.newest) : "never");
}

// ---- restore -----------------------------------------------------------------------------------

Result<void> bring_up_to_date(sql::Database& database) {
  auto migrated = database.migrate(migrations());
  if (migrated || migrated.error().code != "newer_database") return migrated;
  return fail(ErrorKind::refused, "newer_database",
              fmt::format("its tables are of a newer program ({}); install that one",
                          migrated.error().detail));
}

Result<void> check_case_key(sql::Database& database, const std::string& center, const Start& start,
                            bool without_case_key) {
  if (without_case_key) return forget_case_secret(database, center);
  const Path file = start.settings.data / "case.key";
  const auto secret = base::read_file(file);
  if (secret) return check_case_secret(database, center, *secret);
  if (secret.error().kind != ErrorKind::not_found) return tl::unexpected(secret.error());
  return fail(ErrorKind::refused, "no_case_key",
              fmt::format("{} is missing, without which no case code of the copy leads anywhere; "
                          "put it there, or add --without-case-key when it is lost",
                          file.string()));
}

// The copy as the server will serve it: whole before it is anywhere.
Result<Facts> prepare(const Path& copy, const Start& start, const Restore& order,
                      base::World world) {
  sql::Database database = TRY(sql::Database::open(copy));
  TRY(bring_up_to_date(database));
  Facts facts = TRY(read_facts(database));
  TRY(check_case_key(database, facts.center, start, order.without_case_key));
  TRY(begin_epoch(database, facts.center, world));
  TRY(database.empty_log());
  return facts;
}

// Empties the log of a database that is whole, so that its one file is all of it. Into a damaged
// one nothing is written any more.
void fold_log(const Path& file) {
  if (!sql::check_database(file)) return;
  auto database = sql::Database::open(file);
  if (database) [[maybe_unused]]
    const auto folded = database->empty_log();
}

// Under the new name it is the same file, until the old name is given to the copy. A log that
// could not be emptied goes along: beside another database it would be read as that one's.
Result<void> keep_present(const Path& present, const Path& kept) {
  fold_log(present);
  std::error_code error;
  std::filesystem::create_hard_link(present, kept, error);
  const std::string log = present.string() + "-wal";
  if (!error && std::filesystem::exists(log)) {
    std::filesystem::rename(log, kept.string() + "-wal", error);
  }
  if (!error) std::filesystem::remove(present.string() + "-shm", error);
  if (!error) return {};
  return fail(
      ErrorKind::storage, "file_unwritable",
      fmt::format("{} cannot be kept as {}: {}", present.string(), kept.string(), error.message()));
}

// "2026-11-23T094200"
std::string file_time(const Start& start, base::World world) {
  std::string text = start.settings.zone.rfc3339(world.clock.now()).substr(0, 19);
  std::erase(text, ':');
  return text;
}

void warn_of_age(const Facts& facts, const Start& start, base::World world) {
  if (!facts.newest) return;
  const auto age = std::chrono::floor<std::chrono::days>(world.clock.now() - *facts.newest).count();
  const int kept = start.settings.kiosks_keep_days;
  if (age < kept) return;
  fmt::print(stderr,
             "kiosk-central: the copy is {} days old, and kiosks keep what the center has had for "
             "{} days: what came in between is not on them any more\n",
             age, kept);
}

Result<void> restore_file(const Start& start, const Restore& order, base::World world) {
  TRY(database_is_a_file(start));
  const base::FileLock lock = TRY(stopped_server(start));
  TRY(other_than_database(start, order.file));
  const Path present = database_file(start);
  const Path copy = present.string() + ".restored";
  TRY(sql::copy_database(order.file, copy, told_on_terminal("copied", world.clock)));
  const auto facts = prepare(copy, start, order, world);
  if (!facts) {
    std::error_code ignored;
    for (const char* each : {"", "-wal", "-shm"}) {
      std::filesystem::remove(copy.string() + each, ignored);
    }
    return tl::unexpected<base::Error>(facts.error());
  }
  if (base::identity_of(present)) {
    const Path kept =
        start.settings.data / fmt::format("central-before-{}.db", file_time(start, world));
    TRY(keep_present(present, kept));
    fmt::print("the database of before is kept as {}\n", kept.string());
  }
  TRY(base::put_in_place(copy, present));
  print_facts(*facts, start.settings.zone);
  fmt::print(
      "a new epoch has begun: from the server's next start on, kiosks send again what is "
      "not in it\n");
  warn_of_age(*facts, start, world);
  return {};
}

// ---- migrate -----------------------------------------------------------------------------------

Result<void> migrate_file(const Start& start) {
  TRY(database_is_a_file(start));
  const base::FileLock lock = TRY(stopped_server(start));
  const Path file = database_file(start);
  if (!base::identity_of(file)) {
    return fail(ErrorKind::not_found, "no_file",
                fmt::format("no server has run on {} yet", start.settings.data.string()));
  }
  sql::Database database = TRY(sql::Database::open(file));
  const auto version = [&database] { return database.integer("PRAGMA user_version"); };
  const auto before = TRY(version()).value_or(0);
  TRY(bring_up_to_date(database));
  const auto after = TRY(version()).value_or(0);
  if (before == after) {
    fmt::print("the tables are of version {} already\n", after);
  } else {
    fmt::print("the tables were of version {} and are of version {} now\n", before, after);
  }
  return {};
}

// ---- nightly -----------------------------------------------------------------------------------

constexpr std::string_view nightly_prefix = "central-";
constexpr std::string_view nightly_ending = ".db";

// "central-2026-11-23.db" and no other file of the folder.
bool is_nightly(const Path& file) {
  const std::string name = file.filename().string();
  const std::size_t around = nightly_prefix.size() + nightly_ending.size();
  return name.starts_with(nightly_prefix) && name.ends_with(nightly_ending) &&
         name.size() > around &&
         base::parse_date(
             std::string_view(name).substr(nightly_prefix.size(), name.size() - around));
}

}  // namespace

int back_up(const Start& start, const Path& file, base::World world) {
  const auto done = [&]() -> Result<void> {
    TRY(database_is_a_file(start));
    TRY(other_than_database(start, file));
    TRY(sql::copy_database(database_file(start), file, told_on_terminal("copied", world.clock)));
    sql::Database copy = TRY(sql::Database::open(file, sql::Access::read_only));
    print_facts(TRY(read_facts(copy)), start.settings.zone);
    return {};
  }();
  if (!done) return complain(done.error());
  fmt::print("{} is whole; keep {} apart from it\n", file.string(),
             (start.settings.data / "case.key").string());
  return 0;
}

int restore(const Start& start, const Restore& order, base::World world) {
  const auto done = restore_file(start, order, world);
  return done ? 0 : complain(done.error());
}

int migrate(const Start& start) {
  const auto done = migrate_file(start);
  return done ? 0 : complain(done.error());
}

void NightlyBackup::look(const std::function<bool()>& go_on) {
  const BackupPlan& plan = start_.settings.backup;
  if (plan.folder.empty() || !database_is_a_file(start_)) return;
  if (not_before_ && world_.clock.tick() < *not_before_) return;
  const base::LocalTime now = start_.settings.zone.local(world_.clock.now());
  if (now.time < plan.at) return;
  const Path file = plan.folder / fmt::format("central-{}.db", base::iso_date(now.date));
  if (base::identity_of(file)) return;
  const auto made = make(file, go_on);
  if (made) {
    log_.line(Level::info, "backup.made", {{"day", base::iso_date(now.date)}});
  } else if (made.error().code != "stopped") {
    not_before_ = world_.clock.tick() + after_failure;
    log_.line(Level::error, "backup.failed",
              {{"code", made.error().code}, {"detail", made.error().detail}});
  }
}

Result<void> NightlyBackup::make(const Path& file, const std::function<bool()>& go_on) {
  TRY(base::make_folder(start_.settings.backup.folder, 0700));
  TRY(sql::copy_database(database_file(start_), file,
                         [&go_on](std::int64_t, std::int64_t) { return go_on(); }));
  return drop_oldest();
}

Result<void> NightlyBackup::drop_oldest() {
  auto files = TRY(base::list_files(start_.settings.backup.folder, nightly_ending));
  std::erase_if(files, [](const Path& each) { return !is_nightly(each); });
  const auto keep = static_cast<std::size_t>(start_.settings.backup.keep);
  for (std::size_t i = 0; i + keep < files.size(); ++i) {
    std::error_code error;
    std::filesystem::remove(files[i], error);
    if (error) return fail(ErrorKind::storage, "file_unwritable", error.message());
  }
  return {};
}

}  // namespace central
