#include "kiosk/central/options.h"

#include <fmt/format.h>

#include <charconv>

#include "kiosk/service/table.h"

namespace central {
namespace {

using base::ErrorKind;
using base::fail;
using service::Parsed;
using service::Table;
using service::Word;

Parsed<Address> read_address(Word word) {
  if (auto address = parse_address(word.text)) return *address;
  return tl::unexpected(fmt::format("`{}` is no address: write \"127.0.0.1:8480\"", word.text));
}

Parsed<base::Path> read_path(Word word) {
  return base::Path(word.text);
}

// "+08:00", "-03:30", as in RFC 3339
Parsed<base::TimeZone> read_zone(Word word) {
  const std::string_view text = word.text;
  const bool sign = text.starts_with('+') || text.starts_with('-');
  const auto offset = sign ? base::parse_time(text.substr(1)) : std::nullopt;
  if (!offset) {
    return tl::unexpected(fmt::format("`{}` is no offset: write \"+08:00\"", text));
  }
  const std::chrono::minutes east{text.front() == '-' ? -offset->minutes : offset->minutes};
  return base::TimeZone{east};
}

KeepDays read_keep(Table& table) {
  const KeepDays usual;
  const service::Range range{.from = 1, .to = 3650};
  return {.bookings = table.integer("bookings", range, usual.bookings),
          .requests = table.integer("requests", range, usual.requests),
          .tickets = table.integer("tickets", range, usual.tickets),
          .calls = table.integer("calls", range, usual.calls)};
}

Parsed<std::string> read_words(Word word) {
  return std::string(word.text);
}

DatabaseSettings read_database(Table& table) {
  const DatabaseSettings usual;
  return {.postgres = table.parsed("postgres", service::Need::required, read_words),
          .connections = table.integer("connections", {.from = 2, .to = 64}, usual.connections)};
}

Parsed<base::TimeOfDay> read_time(Word word) {
  if (const auto time = base::parse_time(word.text)) return *time;
  return tl::unexpected(fmt::format("`{}` is no time: write \"03:30\"", word.text));
}

BackupPlan read_backup(Table& table) {
  BackupPlan plan;
  plan.folder = table.parsed("folder", service::Need::required, read_path);
  plan.keep = table.integer("keep", {.from = 1, .to = 366}, plan.keep);
  if (table.has("at")) plan.at = table.parsed("at", service::Need::optional, read_time);
  return plan;
}

http::Certificate read_tls(Table& table) {
  return {.chain = table.parsed("certificate", service::Need::required, read_path),
          .key = table.parsed("key", service::Need::required, read_path)};
}

// A host alone; the port says nothing about who asks.
Parsed<std::string> read_proxy(Word word) {
  const bool address = word.text.find_first_not_of("0123456789abcdefABCDEF.:") == std::string::npos;
  if (address && !word.text.empty()) return std::string(word.text);
  return tl::unexpected(fmt::format("`{}` is no address: write \"127.0.0.1\"", word.text));
}

constexpr std::pair<std::string_view, bool> metrics_readers[] = {{"here", false},
                                                                 {"anywhere", true}};

base::Path read_laws(Table& table) {
  return table.parsed("packs", service::Need::required, read_path);
}

Settings read(Table& table) {
  Settings settings;
  if (table.has("listen")) {
    settings.listen = table.parsed("listen", service::Need::optional, read_address);
  }
  if (table.has("tls")) settings.tls = table.table("tls", service::Need::optional, read_tls);
  settings.proxy = table.parsed("proxy", service::Need::optional, read_proxy);
  settings.metrics_from_anywhere =
      table.one_of<bool>("metrics", service::Need::optional, metrics_readers).value_or(false);
  if (table.has("data")) settings.data = table.parsed("data", service::Need::optional, read_path);
  if (table.has("catalogue")) {
    settings.catalogue = table.parsed("catalogue", service::Need::optional, read_path);
  }
  settings.next_poll_s =
      table.integer("next_poll_s", {.from = 1, .to = 3600}, settings.next_poll_s);
  settings.fleet = table.boolean("fleet", settings.fleet);
  const Word usual{.text = "+08:00", .place = {}};
  settings.zone = *read_zone(usual);
  if (table.has("zone")) {
    table.parsed("zone", service::Need::optional, [&settings](Word word) -> Parsed<bool> {
      auto zone = read_zone(word);
      if (!zone) return tl::unexpected(std::move(zone.error()));
      settings.zone = *zone;
      return true;
    });
  }
  settings.database = table.table("database", service::Need::optional, read_database);
  settings.law_packs = table.table("laws", service::Need::optional, read_laws);
  settings.keep = table.table("keep", service::Need::optional, read_keep);
  settings.backup = table.table("backup", service::Need::optional, read_backup);
  settings.kiosks_keep_days = table.integer(
      "kiosks_keep_days", {.from = wire::usual_keep_days, .to = 60}, settings.kiosks_keep_days);
  return settings;
}

struct CommandName {
  std::string_view name;
  Command command;
};
constexpr CommandName command_names[] = {
    {"enrol-code", Command::enrol_code}, {"backup", Command::backup},
    {"restore", Command::restore},       {"migrate", Command::migrate},
    {"new-epoch", Command::new_epoch},   {"verify", Command::verify},
    {"--help", Command::help},           {"-h", Command::help}};

std::optional<Command> find_command(std::string_view word) {
  for (const CommandName& each : command_names) {
    if (each.name == word) return each.command;
  }
  return std::nullopt;
}

bool takes_file(Command command) {
  return command == Command::backup || command == Command::restore;
}

// Words that stand alone; false for any other.
bool take_word(CommandLine& line, const std::string& word) {
  if (const auto command = find_command(word)) {
    line.command = *command;
  } else if (word == "--without-case-key") {
    line.without_case_key = true;
  } else if (takes_file(line.command) && line.file.empty() && !word.starts_with('-')) {
    line.file = word;
  } else if (line.command == Command::verify && line.receipt.empty() && !word.starts_with('-')) {
    line.receipt = word;
  } else {
    return false;
  }
  return true;
}

base::Result<void> set_option(CommandLine& line, std::string_view name, const std::string& value) {
  if (name == "--config") {
    line.config = value;
  } else if (name == "--data") {
    line.data = value;
  } else if (name == "--key") {
    line.key = value;
  } else if (name == "--listen") {
    line.listen = parse_address(value);
    if (!line.listen) {
      return fail(ErrorKind::invalid, "bad_option",
                  fmt::format("`{}` is no address; write --listen 127.0.0.1:8480", value));
    }
  } else {
    return fail(ErrorKind::invalid, "bad_option",
                fmt::format("unknown word `{}`; see --help", name));
  }
  return {};
}

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  std::string_view host = text.substr(0, colon);
  if (host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  const std::string_view digits = text.substr(colon + 1);
  Address address{std::string(host), 0};
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), address.port);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return address;
}

SettingsOutcome read_settings(std::string_view toml) {
  const auto document = service::parse_document(toml, "central.toml");
  if (!document) return {std::nullopt, {document.error()}};
  service::Report report("central.toml");
  Settings settings = service::read_table(*document, report, read);
  if (!report.problems().empty()) return {std::nullopt, std::move(report.problems())};
  return {std::move(settings), {}};
}

base::Result<CommandLine> parse_command_line(std::span<const std::string> words) {
  CommandLine line;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (take_word(line, words[i])) continue;
    const bool value_follows = i + 1 < words.size();
    if (words[i].starts_with("--") && !value_follows) {
      return fail(ErrorKind::invalid, "bad_option",
                  fmt::format("`{}` is unknown or lacks its value; see --help", words[i]));
    }
    TRY(set_option(line, words[i], value_follows ? words[i + 1] : std::string()));
    ++i;
  }
  if (takes_file(line.command) && line.file.empty()) {
    return fail(ErrorKind::invalid, "bad_option", "name a FILE behind it; see --help");
  }
  if (line.command == Command::verify && line.receipt.empty()) {
    return fail(ErrorKind::invalid, "bad_option", "name a RECEIPT behind it; see --help");
  }
  return line;
}

std::string_view usage() {
  return R"(kiosk-central: the central server of the legal service kiosks

  kiosk-central [--config DIR] [--data DIR] [--listen HOST:PORT]
      Serves one center until Ctrl-C or SIGTERM, and then answers what it has
      accepted. When it is ready it prints one line, "listening on
      http://HOST:PORT", or https with the certificate of [tls] in central.toml.
      /healthz says that it lives, /readyz that its database answers; on this
      machine / is its office page and /metrics what to watch (Prometheus).
  kiosk-central enrol-code [--config DIR] [--data DIR]
      Prints a code that lets one kiosk in within ten minutes. The server may run.
  kiosk-central backup FILE [--config DIR] [--data DIR]
      Copies the database into FILE, while the server runs or not: one file, mode 0600,
      whole and checked, with everything the server knows. Not in it, and to be kept:
      case.key of the data folder, once, in another place than the backups (an envelope
      in the safe, say) since it never changes. Without it no case code of a backup leads
      anywhere, and whoever has both can try codes. Also: the folder --config, the law
      packs. Backups hold what people wrote: they are to be erased as [keep] says.
  kiosk-central restore FILE [--without-case-key] [--config DIR] [--data DIR]
      The server is stopped, and case.key is in the data folder. Checks FILE, keeps the
      present database beside as central-before-TIME.db, puts FILE in its place in one
      step and begins a new epoch: kiosks then send again, by themselves, what FILE does
      not have. Not on them: what staff did since (calls of tickets, answers to requests);
      kiosks let in since need a new code, these first. For the rest of the day the queue
      goes on with numbers that name the time of the restore (B1407-021), since nobody
      knows which were given. --without-case-key: it is lost; older cases are then not
      found by their code any more.
  kiosk-central migrate [--config DIR] [--data DIR]
      The server is stopped. Brings the tables up to date, as a start of the server does,
      and says from which version to which. Newer tables are refused, never touched.
  kiosk-central new-epoch [--config DIR] [--data DIR]
      The last step of restore alone, for a database that was put back by other means
      before the server is started again.

  kiosk-central verify RECEIPT [--key PUBLIC] [--config DIR] [--data DIR]
      Says in words what a receipt proves (that the center had these bytes at this time), or
      that it does not verify. The key is that of receipt.key in the data folder, which is kept
      as case.key is; PUBLIC, its public half, is enough for others to verify with.

  --config DIR        central.toml, center.toml, menu.toml, services/ (default: config)
  --data DIR          the database (default: as central.toml says)
  --key PUBLIC        base64url, an ed25519 public key
  --listen HOST:PORT  port 0 lets the system choose (default: as central.toml says)

Exit codes: 0 done, 1 failed, 2 not understood or already running on this data folder.
)";
}

}  // namespace central
