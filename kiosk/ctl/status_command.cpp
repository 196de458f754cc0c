#include "kiosk/ctl/status_command.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <ostream>

#include "kiosk/ctl/data_folder.h"
#include "kiosk/law/law_store.h"
#include "kiosk/law/pack_folder.h"
#include "kiosk/store/outbox.h"
#include "kiosk/store/packs.h"
#include "kiosk/store/sync_state.h"

namespace ctl {
namespace {

struct Status {
  store::SyncState sync;
  bool online = false;
  store::Waiting waiting;
  std::map<std::string, int> refused;  // why → how many, of the newest 200
  std::map<std::string, std::string> packs;
  std::optional<law::LibraryInfo> laws;
  base::TimeZone zone;
};

base::Result<std::optional<law::LibraryInfo>> read_library(const base::Path& file) {
  const law::LawStore library = TRY(law::LawStore::open(file));
  std::optional<law::LibraryInfo> info;
  if (library.present()) info = library.info();
  return info;
}

base::Result<Status> read_status(store::Store store, const base::Path& library) {
  Status status{.sync = TRY(store::read_sync_state(store)),
                .waiting = TRY(store::count_waiting(store)),
                .refused = {},
                .packs = TRY(store::packs_in_force(store)),
                .laws = TRY(read_library(library)),
                .zone = store.zone()};
  status.online = store::online(status.sync, store.now());
  for (const store::Refusal& each : TRY(store::refused_ops(store))) ++status.refused[each.code];
  return status;
}

int count_refused(const Status& status) {
  int all = 0;
  for (const auto& [code, count] : status.refused) all += count;
  return all;
}

// ---- for programs -------------------------------------------------------------------------------

using Json = nlohmann::ordered_json;

Json json_time(const Status& status, std::optional<base::Instant> instant) {
  return instant ? Json(status.zone.rfc3339(*instant)) : Json();
}

Json json_laws(const std::optional<law::LibraryInfo>& laws) {
  if (!laws) return {};
  return {{"collection", laws->collection},
          {"date", laws->collected ? Json(base::iso_date(*laws->collected)) : Json()},
          {"laws", laws->laws},
          {"articles", laws->articles}};
}

std::string to_json(const Status& status) {
  const Json json{
      {"kiosk", status.sync.number},
      {"center", status.sync.center_id},
      {"enrolled", status.sync.enrolled()},
      {"online", status.online},
      {"last_success", json_time(status, status.sync.last_success)},
      {"last_error", status.sync.last_error},
      {"waiting", status.waiting.count},
      {"oldest", json_time(status, status.waiting.oldest)},
      {"refused", count_refused(status)},
      {"refused_because", Json(status.refused)},
      {"packs", Json(status.packs)},
      {"laws", json_laws(status.laws)},
  };
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

// ---- for people ---------------------------------------------------------------------------------

std::string words_for(const Status& status, std::optional<base::Instant> instant) {
  return instant ? status.zone.rfc3339(*instant) : std::string("never");
}

std::string laws_in_words(const std::optional<law::LibraryInfo>& laws) {
  if (!laws) return "none";
  return fmt::format("{} of {}, {} laws, {} articles", laws->collection,
                     laws->collected ? base::iso_date(*laws->collected) : "an unknown day",
                     laws->laws, laws->articles);
}

std::string kiosk_in_words(const store::SyncState& sync) {
  if (!sync.enrolled()) return fmt::format("{}, not enrolled with any center", sync.number);
  return fmt::format("{} of {}", sync.number, sync.center_id);
}

void print(const Status& status, std::ostream& out) {
  const auto line = [&](std::string_view name, std::string_view words) {
    out << fmt::format("{:<14}{}\n", name, words);
  };
  line("kiosk", kiosk_in_words(status.sync));
  line("online", status.online ? "yes" : "no");
  line("last success", words_for(status, status.sync.last_success));
  line("last error", status.sync.last_error.empty() ? "none" : status.sync.last_error);
  const std::string since =
      status.waiting.oldest ? ", oldest " + status.zone.rfc3339(*status.waiting.oldest) : "";
  line("waiting", std::to_string(status.waiting.count) + since);
  line("refused", std::to_string(count_refused(status)));
  for (const auto& [code, count] : status.refused) {
    line("", fmt::format("{} {}", count, code));
  }
  if (status.packs.empty()) line("content", "as installed");
  for (const auto& [name, sha256] : status.packs) line("content", name + " " + sha256);
  line("law library", laws_in_words(status.laws));
}

Exit show_status(std::span<const std::string> arguments, Console& console) {
  const auto options = parse_options(arguments, {{"data", "laws-db"}, {"json"}});
  if (!options) return complain(console, misused, options.error().detail);
  const base::Path data = options->value("data");
  if (!options->positional.empty() || data.empty()) {
    return complain(console, misused, "status needs --data DIR");
  }
  auto store = open_data_folder(options->value("data"), console.world);
  if (!store) return complain(console, store.error());
  const base::Path library =
      options->has("laws-db") ? base::Path(options->value("laws-db")) : law::library_in(data);
  const auto status = read_status(*std::move(store), library);
  if (!status) return complain(console, status.error());
  if (options->has("json")) {
    console.out << to_json(*status);
  } else {
    print(*status, console.out);
  }
  return done;
}

}  // namespace

Command status_command() {
  return {.name = "status",
          .synopsis = "--data DIR [--laws-db FILE] [--json]",
          .summary = "tells how a kiosk and its center stand to each other",
          .run = show_status,
          .details =
              "DIR is the data folder of the kiosk, which may be running; nothing in it is\n"
              "changed. Told are its number, whether the center answers, what waits to be sent\n"
              "and since when, what was refused and why (the newest 200), and which content and\n"
              "law text are in force.\n"
              "  --laws-db FILE  the law library; without it the one in DIR\n"
              "  --json          one JSON object; days and times as RFC 3339, null: none"};
}

}  // namespace ctl
