// How one server is started: the command line and config/central.toml. Knows no service: those
// stand in the catalogue (kiosk/service/read.h).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/central/center.h"
#include "kiosk/service/problem.h"
#include "kiosk/wire/messages.h"
#include "platform/base/clock.h"
#include "platform/base/file.h"
#include "platform/http/listener.h"

namespace central {

struct Address {
  std::string host = "127.0.0.1";
  std::uint16_t port = 8480;  // 0: the system chooses
};
// "127.0.0.1:8480", "[::1]:8480"; nothing when the text is none.
std::optional<Address> parse_address(std::string_view text);

// [database]: nothing in `postgres` means a file in the data folder.
struct DatabaseSettings {
  std::string postgres;  // a libpq connection string or URI
  int connections = 6;   // of this process to it
};

// [backup] in central.toml: the copies the server makes of itself.
struct BackupPlan {
  base::Path folder;  // "": none is made
  int keep = 7;       // how many days
  base::TimeOfDay at{3 * 60 + 30};
};

// What central.toml says; a line left out has the value given here.
struct Settings {
  Address listen;
  std::optional<http::Certificate> tls;  // nothing: plain HTTP
  std::string proxy;  // its address, "" for none: from there X-Real-IP tells who asks
  bool metrics_from_anywhere = false;  // else from this machine only
  base::Path data = "data/central";    // folder of the database, the key of case codes, the lock
  DatabaseSettings database;
  base::Path catalogue = ".";  // center.toml, menu.toml, services/; relative to central.toml
  base::Path law_packs;        // folder of `kioskctl laws pack`; "": kiosks get no law from here
  int next_poll_s = 20;        // how often kiosks ask
  bool fleet = false;  // they are so many that after an outage none may ask more often than that
  base::TimeZone zone = base::china_time;
  KeepDays keep;
  BackupPlan backup;
  int kiosks_keep_days = wire::usual_keep_days;  // ops, after their result
};
struct SettingsOutcome {
  std::optional<Settings> settings;  // only when there is no problem
  std::vector<service::Problem> problems;
};
SettingsOutcome read_settings(std::string_view toml);

enum class Command { serve, enrol_code, backup, restore, migrate, new_epoch, verify, help };
struct CommandLine {
  Command command = Command::serve;
  base::Path file;                // of backup and restore
  bool without_case_key = false;  // of restore
  std::string receipt;            // of verify
  std::string key;                // of verify: a public key; "" for the one in the data folder
  base::Path config = "config";
  std::optional<base::Path> data;
  std::optional<Address> listen;
};
// invalid, with a sentence for people in Error::detail.
base::Result<CommandLine> parse_command_line(std::span<const std::string> words);
std::string_view usage();

}  // namespace central
