#include "kiosk/service/read.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "kiosk/service/calendar_reader.h"
#include "kiosk/service/fields.h"
#include "kiosk/service/service_reader.h"
#include "kiosk/service/table.h"

namespace service {
namespace {

constexpr std::pair<std::string_view, Seat> seat_names[] = {
    {"first", Seat::first}, {"search", Seat::search}, {"main", Seat::main}, {"small", Seat::small}};

std::string_view name_of(Seat seat) {
  return std::ranges::find(seat_names, seat, &std::pair<std::string_view, Seat>::second)->first;
}

// How many tiles of a kind the home screen holds (look.md section 8).
std::size_t tiles_of(Seat seat) {
  switch (seat) {
    case Seat::first: return 1;
    case Seat::search: return 1;
    case Seat::main: return 4;
    case Seat::small: return 9;
  }
  return 0;
}

// ---- center.toml -------------------------------------------------------------------------------

Role read_role(Table& table) {
  return {.id = read_id(table, "id"), .name = local_text(table, "name", Need::required)};
}

Room read_room(Table& table) {
  return {.id = read_id(table, "id"),
          .name = local_text(table, "name", Need::required),
          .closed = read_closures(table)};
}

SafetyHelp read_safety_help(Table& table, Surroundings& surroundings) {
  return {.name = local_text(table, "name", Need::required),
          .text = local_text(table, "text", Need::required),
          .icon = read_icon(table, Need::required, surroundings),
          .sources = read_citations(table, "sources", Need::optional, surroundings)};
}

// The number people are told to call; "" says that there is none, so the key is never left out.
std::string read_phone(Table& table) {
  if (!table.has("phone")) {
    table.wrong("phone", R"(`phone` is missing: write phone = "…", or phone = "" for "not known")");
  }
  return table.parsed("phone", Need::optional, [](Word word) -> Parsed<std::string> {
    if (word.text.find_first_not_of("0123456789-+ ") == std::string_view::npos) {
      return std::string(word.text);
    }
    return tl::unexpected(
        fmt::format("`{}` is no telephone number: write digits, \"-\" and \"+\"", word.text));
  });
}

Center read_center(Table& table, const std::vector<HolidayYear>& holidays,
                   Surroundings& surroundings) {
  Hours hours = table.table("hours", Need::required, read_hours);
  // Its own days first: they tell visitors more than that it is a holiday as well.
  hours.closed = read_closures(table);
  for (const HolidayYear& year : holidays) {
    hours.closed.insert(hours.closed.end(), year.holidays.begin(), year.holidays.end());
    hours.make_up.insert(hours.make_up.end(), year.make_up.begin(), year.make_up.end());
  }
  return {.id = read_id(table, "id"),
          .name = local_text(table, "name", Need::required),
          .address = local_text(table, "address", Need::required),
          .desk = local_text(table, "desk", Need::required),
          .phone = read_phone(table),
          .hours = std::move(hours),
          .rooms = table.list("room", Need::optional, read_room),
          .roles = table.list("role", Need::required, read_role),
          .safety = table.list("safety", Need::required,
                               [&](Table& help) { return read_safety_help(help, surroundings); })};
}

// ---- menu.toml ---------------------------------------------------------------------------------

Tile read_tile(Table& table, const std::set<std::string>& service_ids) {
  Tile tile;
  tile.service = table.parsed("service", Need::required, one_of_known(service_ids, "service"));
  const auto seat = table.one_of<Seat>("seat", Need::required, seat_names);
  tile.seat = seat.value_or(Seat::small);
  tile.title = local_text(table, "title", Need::required);
  const bool large = seat && *seat != Seat::small;
  tile.line = local_text(table, "line", large ? Need::required : Need::optional);
  if (seat == Seat::small && table.has("line")) {
    table.wrong("line", "a small tile shows its title only: take the line away");
  }
  return tile;
}

std::vector<Tile> read_menu(Table& table, const std::set<std::string>& service_ids) {
  std::map<Seat, std::size_t> taken;
  return table.list("tile", Need::required, [&](Table& entry) {
    Tile tile = read_tile(entry, service_ids);
    const std::size_t room = tiles_of(tile.seat);
    if (++taken[tile.seat] > room) {
      entry.wrong("seat", fmt::format("home seats {} `{}` tile{}: give this one another seat or "
                                      "take it away",
                                      room, name_of(tile.seat), room == 1 ? "" : "s"));
    }
    return tile;
  });
}

// ---- all files ---------------------------------------------------------------------------------

const std::string holidays_file = "holidays.toml";
constexpr std::string_view service_folder = "services/";
constexpr std::string_view ending = ".toml";

// "services/notary.toml" → "notary"; nothing for any other file.
std::optional<std::string> service_id(std::string_view file) {
  if (!file.starts_with(service_folder) || !file.ends_with(ending)) return std::nullopt;
  file.remove_prefix(service_folder.size());
  file.remove_suffix(ending.size());
  return std::string(file);
}

// Reads one file's root table with `read`; a missing or broken file is a problem and a T by
// default.
template <typename Read>
auto read_file_with(const Files& files, std::string_view name, ReadOutcome& outcome, Read read) {
  using T = std::invoke_result_t<Read, Table&>;
  Report report{std::string(name)};
  T result{};
  const auto file = files.find(std::string(name));
  if (file == files.end()) {
    report.add({}, fmt::format("the file is missing: write {} beside the folder services", name));
  } else if (const auto document = parse_document(file->second, name)) {
    result = read_table(*document, report, read);
  } else {
    outcome.problems.push_back(document.error());
  }
  std::ranges::move(report.problems(), std::back_inserter(outcome.problems));
  return result;
}

std::set<std::string> service_ids_of(const Files& files) {
  std::set<std::string> ids;
  for (const auto& [name, content] : files) {
    if (auto id = service_id(name)) ids.insert(std::move(*id));
  }
  return ids;
}

}  // namespace

ReadOutcome read_catalogue(const Files& files, const std::optional<std::set<std::string>>& icons) {
  ReadOutcome outcome;
  Surroundings surroundings{.icons = icons, .citations = {}};
  const std::set<std::string> ids = service_ids_of(files);
  Catalogue catalogue;
  if (files.contains(holidays_file)) {
    catalogue.holidays = read_file_with(files, holidays_file, outcome, read_holidays);
  }
  catalogue.center = read_file_with(files, "center.toml", outcome, [&](Table& table) {
    return read_center(table, catalogue.holidays, surroundings);
  });
  ServiceReader reader(catalogue.center, ids, surroundings);
  for (const std::string& id : ids) {
    const std::string name = fmt::format("{}{}{}", service_folder, id, ending);
    catalogue.services.push_back(
        read_file_with(files, name, outcome, [&](Table& table) { return reader.read(table, id); }));
  }
  catalogue.tiles = read_file_with(files, "menu.toml", outcome,
                                   [&](Table& table) { return read_menu(table, ids); });

  std::ranges::sort(outcome.problems, {}, [](const Problem& problem) {
    return std::tie(problem.file, problem.line, problem.column);
  });
  outcome.citations = std::move(surroundings.citations);
  if (outcome.problems.empty()) outcome.catalogue = std::move(catalogue);
  return outcome;
}

base::Result<Files> load_folder(const base::Path& config_dir) {
  Files files;
  const auto take = [&](const base::Path& path) -> base::Result<void> {
    files[path.lexically_relative(config_dir).generic_string()] = TRY(base::read_file(path));
    return {};
  };
  for (const base::Path& path : TRY(base::list_files(config_dir, ending))) {
    const std::string name = path.filename().string();
    if (name == "center.toml" || name == "menu.toml" || name == holidays_file) TRY(take(path));
  }
  if (std::filesystem::is_directory(config_dir / service_folder)) {
    for (const base::Path& path : TRY(base::list_files(config_dir / service_folder, ending))) {
      TRY(take(path));
    }
  }
  return files;
}

}  // namespace service
