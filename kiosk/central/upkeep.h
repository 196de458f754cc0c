// What an operator does with the database file besides serving it: copies, restoring one, bringing
// the tables up to date. Knows SQLite's file and the center's row; no HTTP and no record.
//
// A backup is one file that holds everything but case.key, without which no case code in it leads
// anywhere: whoever has both can try codes, so they are kept apart.
#pragma once

#include <functional>
#include <optional>

#include "kiosk/central/serve.h"
#include "platform/base/log.h"

namespace central {

// The three commands. They say what they did on standard output, what went wrong in one sentence on
// standard error, and how far they are once a second there; the return values are exit codes.

// While the server runs or not. `file` is the former one or the whole new one.
int back_up(const Start& start, const base::Path& file, base::World world);

// The server is stopped. The copy is checked, brought up to date and begins a new epoch before it
// takes the place of the present database, which stays beside it under a name with the time.
struct Restore {
  base::Path file;
  bool without_case_key = false;  // it is lost: cases of before are not found by code any more
};
int restore(const Start& start, const Restore& order, base::World world);

// The server is stopped. Says from which version of the tables to which.
int migrate(const Start& start);

// The copy of every day, "central-2026-11-23.db", made by the server itself.
class NightlyBackup {
 public:
  // Everything outlives it.
  NightlyBackup(const Start& start, base::World world, base::Log& log)
      : start_(start), world_(world), log_(log) {}
  // Makes today's copy when its time has come and it is not there; takes away all but the newest.
  // After a failure not again within an hour. `go_on` is asked often meanwhile.
  void look(const std::function<bool()>& go_on);

 private:
  Result<void> make(const base::Path& file, const std::function<bool()>& go_on);
  Result<void> drop_oldest();

  const Start& start_;
  base::World world_;
  base::Log& log_;
  std::optional<base::Tick> not_before_;
};

}  // namespace central
