// Copies of a SQLite database as one whole file: made while others write, checked, put in place in
// one step. Knows no table, and no database but SQLite's.
#pragma once

#include <cstdint>
#include <functional>

#include "platform/base/file.h"
#include "platform/base/result.h"

namespace sql {

// Told often, in pages of the database. False ends the copying.
using Progress = std::function<bool(std::int64_t done, std::int64_t all)>;

// What is committed in `from` at this moment, write-ahead log included, as one file that needs no
// other beside it, mode 0600. It is written beside `to`, checked, synced and renamed over it: `to`
// is the old file or the whole new one. Writers do not wait; only their log is not cut meanwhile.
// not_found: no `from`; invalid ("no_database", "damaged"): see check_database; refused
// ("stopped"): by `progress`; storage: the rest, a full disk among it. Nothing is left behind then.
base::Result<void> copy_database(const base::Path& from, const base::Path& to,
                                 const Progress& progress = {});

// Reads every page and every index (PRAGMA integrity_check). invalid: "no_database" when it is none
// at all, "damaged" with the first of SQLite's findings.
base::Result<void> check_database(const base::Path& file);

}  // namespace sql
