#include "kiosk/central/serve.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>

#include "kiosk/central/schema.h"
#include "kiosk/central/server.h"
#include "kiosk/central/upkeep.h"
#include "platform/crypto/crypto.h"

namespace central {
namespace {

using base::Level;
using base::Path;

constexpr int failed = 1;
constexpr int already_running = 2;
constexpr timespec between_looks_at_the_calendar{20, 0};
constexpr timespec at_once{0, 0};

Engine engine_of(const Start& start) {
  const DatabaseSettings& database = start.settings.database;
  return database.postgres.empty() ? sqlite_engine(database_file(start))
                                   : postgres_engine(database.postgres, database.connections);
}

int complain(const base::Error& error) {
  fmt::print(stderr, "kiosk-central: {}{}{}\n", error.code, error.detail.empty() ? "" : ": ",
             error.detail);
  return failed;
}

// Beside the database, so that a stolen copy of that alone does not give the codes away. Several
// servers of one database have copies of one key; check_case_secret() refuses another.
Result<std::string> load_case_secret(const Path& file, base::Chance& chance) {
  auto secret = base::read_file(file);
  if (secret || secret.error().kind != base::ErrorKind::not_found) return secret;
  std::array<std::byte, 32> bytes{};
  chance.fill(bytes);
  std::string fresh = crypto::base64({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  TRY(base::replace_file(file, fresh, 0600));
  return fresh;
}

struct Loaded {
  service::Catalogue catalogue;
  Pack pack;
};

Result<Loaded> load_catalogue(const Path& folder) {
  const service::Files files = TRY(service::load_folder(folder));
  service::ReadOutcome outcome = service::read_catalogue(files);
  for (const service::Problem& problem : outcome.problems) {
    fmt::print(stderr, "{}\n", service::to_line(problem));
  }
  if (!outcome.catalogue) {
    return base::fail(base::ErrorKind::invalid, "bad_catalogue",
                      "see the lines above, or run `kioskctl check`");
  }
  return Loaded{std::move(*outcome.catalogue), make_catalogue_pack(files)};
}

Result<Content> publish_in(Store& store, const Center& center, Pack pack,
                           std::optional<LawPack> laws, base::World world) {
  const std::string published = pack.sha256 + (laws ? laws->sha256() : "");
  const auto version = TRY(store.write([&](sql::Database& database) -> Result<std::int64_t> {
    Transaction transaction{database, center, world.clock.now()};
    TRY(begin_service(transaction, published, world.chance));
    TRY(check_case_secret(database, center.id(), center.case_secret));
    return TRY(read_state(transaction)).manifest_version;
  }));
  return publish(std::move(pack), std::move(laws), version);
}

// Law that cannot be offered keeps no visitor from being served.
std::optional<LawPack> load_laws(const Path& folder, base::Log& log) {
  if (folder.empty()) return std::nullopt;
  auto laws = LawPack::open(folder);
  if (!laws || !*laws) {
    log.line(Level::error, "laws.not_offered",
             {{"folder", folder.string()}, {"why", laws ? "empty" : laws.error().detail}});
    return std::nullopt;
  }
  return *std::move(laws);
}

bool is_loopback(const std::string& host) {
  return host.starts_with("127.") || host == "::1";
}

// As many connections as the system gives descriptors for, of which some are for files.
int raise_connections(int wanted) {
  constexpr int for_others = http::ListenerOptions::most_told + 64;
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return wanted;
  const auto needed = static_cast<rlim_t>(wanted + for_others);
  if (limit.rlim_cur < needed) {
    limit.rlim_cur = std::min(needed, limit.rlim_max);
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0) getrlimit(RLIMIT_NOFILE, &limit);
  }
  const rlim_t there = std::min(needed, limit.rlim_cur);
  return std::max(static_cast<int>(there) - for_others, 1);
}

http::ListenerOptions listener_options(const Settings& settings, Metrics& metrics, base::Log& log) {
  http::ListenerOptions options;
  options.address = settings.listen.host;
  options.port = settings.listen.port;
  options.certificate = settings.tls;
  options.traffic = &metrics.traffic();
  const int wanted = options.most_connections;
  options.most_connections = raise_connections(wanted);
  if (options.most_connections < wanted) {
    log.line(Level::warn, "listen.few_descriptors",
             {{"connections", std::to_string(options.most_connections)}});
  }
  return options;
}

// For whoever waits for it: one line on standard output.
void say_ready(const Settings& settings, std::uint16_t port) {
  const std::string& host = settings.listen.host;
  const bool six = host.find(':') != std::string::npos;
  fmt::print("listening on {}://{}{}{}:{}\n", settings.tls ? "https" : "http", six ? "[" : "", host,
             six ? "]" : "", port);
  std::fflush(stdout);
}

// What a new day asks for; true when there is more of it to do at once.
bool look_at_the_calendar(Server& server, base::Log& log) {
  if (const auto opened = server.keep_slots_open(); !opened) {
    log.line(Level::error, "slots.failed", {{"detail", opened.error().detail}});
  }
  if (const auto watched = server.watch_legal_days(); !watched) {
    log.line(Level::error, "legal_days.failed", {{"detail", watched.error().detail}});
  }
  const auto more = server.erase_old_records();
  if (!more) log.line(Level::error, "keeping.failed", {{"detail", more.error().detail}});
  return more.value_or(false);
}

bool no_signal_waits() {
  sigset_t waiting;
  sigpending(&waiting);
  return sigismember(&waiting, SIGINT) == 0 && sigismember(&waiting, SIGTERM) == 0;
}

// Until one of the two signals comes.
void run_until_signal(Server& server, NightlyBackup& nightly, const sigset_t& signals,
                      base::Log& log) {
  for (bool more = true;;) {
    const timespec& pause = more ? at_once : between_looks_at_the_calendar;
    if (sigtimedwait(&signals, nullptr, &pause) >= 0) return;
    more = look_at_the_calendar(server, log);
    nightly.look(no_signal_waits);
  }
}

Result<void> serve_center(const Start& start, base::World world, const sigset_t& signals) {
  base::Log log(world.clock, STDERR_FILENO);
  Loaded loaded = TRY(load_catalogue(start.catalogue));
  const Center center{std::move(loaded.catalogue),
                      start.settings.zone,
                      TRY(load_case_secret(start.settings.data / "case.key", world.chance)),
                      start.settings.next_poll_s,
                      start.settings.keep,
                      start.settings.kiosks_keep_days,
                      start.settings.fleet,
                      TRY(crypto::SigningKey::load_or_create(start.settings.data / "receipt.key"))};
  const auto store =
      TRY(Store::open(engine_of(start), migrations(), [&center](sql::Database& database) {
        return lock_center(database, center.id());
      }));
  const Content content = TRY(publish_in(*store, center, std::move(loaded.pack),
                                         load_laws(start.settings.law_packs, log), world));
  Metrics metrics(world.clock.now());
  Server server(Ground{*store, center, content, world, log, metrics,
                       Access{start.settings.proxy, start.settings.metrics_from_anywhere}});
  TRY(server.keep_slots_open());

  auto listener = TRY(http::Listener::open(
      listener_options(start.settings, metrics, log),
      [&server](const http::Received& received) { return server.answer(received); }));
  if (const auto expires = listener.certificate_expires()) metrics.set_certificate_expiry(*expires);
  if (!start.settings.tls && !is_loopback(start.settings.listen.host)) {
    log.line(Level::warn, "listen.plain", {{"hint", "name a certificate in [tls]"}});
  }
  say_ready(start.settings, listener.port());
  log.line(Level::info, "central.ready",
           {{"center", center.id()}, {"port", std::to_string(listener.port())}});
  NightlyBackup nightly(start, world, log);
  run_until_signal(server, nightly, signals, log);
  listener.stop();
  log.line(Level::info, "central.stopped");
  return {};
}

// One statement against the database of the center that was served last, running or not.
template <typename Work>
auto with_database(const Start& start, Work work)
    -> std::invoke_result_t<Work, sql::Database&, const std::string&> {
  sql::Database database = TRY(engine_of(start).open_writer());
  TRY(database.migrate(migrations()));
  const std::string center = TRY(last_served(database));
  return work(database, center);
}

int complain_about_database(const Start& start, const base::Error& error) {
  if (error.code != "no_center") return complain(error);
  fmt::print(stderr, "kiosk-central: no server has run on {} yet; start it once first\n",
             start.settings.data.string());
  return failed;
}

}  // namespace

Path database_file(const Start& start) {
  return start.settings.data / "central.db";
}

int serve(const Start& start, base::World world) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  if (const auto folder = base::make_folder(start.settings.data, 0700); !folder) {
    return complain(folder.error());
  }
  const auto lock = base::FileLock::take(start.settings.data / "central.lock");
  if (!lock && lock.error().code == "already_locked") {
    fmt::print(stderr, "kiosk-central: another one already runs on {}\n",
               start.settings.data.string());
    return already_running;
  }
  if (!lock) return complain(lock.error());
  const Result<void> served = serve_center(start, world, signals);
  return served ? 0 : complain(served.error());
}

int print_enrol_code(const Start& start, base::World world) {
  const auto code = with_database(start, [&](sql::Database& database, const std::string& center) {
    return make_enrol_code(database, center, world);
  });
  if (!code) return complain_about_database(start, code.error());
  fmt::print("{}\n", *code);
  return 0;
}

int begin_new_epoch(const Start& start, base::World world) {
  const auto begun = with_database(start, [&](sql::Database& database, const std::string& center) {
    return begin_epoch(database, center, world);
  });
  return begun ? 0 : complain_about_database(start, begun.error());
}

}  // namespace central
