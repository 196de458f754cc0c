// Program kiosk: builds every object once, in order of need, and runs the frame loop.

#include <csignal>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

#include "kiosk/app/shell.h"
#include "kiosk/arguments.h"
#include "kiosk/content.h"
#include "kiosk/input/keyboard_pinyin.h"
#include "kiosk/kiosk.h"
#include "kiosk/law/pack_folder.h"
#include "kiosk/law_library.h"
#include "kiosk/service/settings.h"
#include "kiosk/store/outbox.h"
#include "kiosk/store/sync_state.h"
#include "kiosk/sync/sync_thread.h"
#include "kiosk/touch_map.h"
#include "platform/base/log.h"
#include "platform/device/raster.h"
#include "platform/http/curl_transport.h"
#include "platform/net/route_watch.h"

namespace {

using base::Milliseconds;

volatile std::sig_atomic_t stop_asked =
    0;  // written by the signal handler, and nothing else may be

void ask_to_stop(int /*signal*/) {
  stop_asked = 1;
}

constexpr Milliseconds longest_sleep{500};  // a signal does not wake the window

int complain(int code, std::string_view sentence) {
  std::fprintf(stderr, "kiosk: %.*s\n", static_cast<int>(sentence.size()), sentence.data());
  return code;
}

int complain(const base::Error& error) {
  return complain(1, error.detail.empty() ? error.code : error.detail);
}

base::Result<service::Settings> load_settings(const base::Path& config) {
  const std::string toml = TRY(base::read_file(config / "kiosk.toml"));
  service::SettingsOutcome outcome = service::read_settings(toml);
  if (outcome.settings) return *std::move(outcome.settings);
  return base::fail(base::ErrorKind::invalid, "bad_settings",
                    service::to_line(outcome.problems.front()));
}

// The code is worth a kiosk's identity: it is gone from the disk once it is in memory.
std::string take_enrol_code(const base::Path& file) {
  if (file.empty()) return {};
  const auto content = base::read_file(file, 256);
  std::error_code ignored;
  std::filesystem::remove(file, ignored);
  return content ? std::string(base::trim(*content)) : std::string();
}

ui::Theme theme_named(std::string_view name) {
  if (name == "dusk") return ui::Theme::dusk;
  return name == "high-contrast" ? ui::Theme::high_contrast : ui::Theme::day;
}

device::WindowOptions window_options(const kiosk::Arguments& arguments, std::string title) {
  // A desk shows the whole screen at half size.
  const device::Size upright{540, 960};
  const device::Size lying{960, 540};
  return {.size = arguments.landscape ? lying : upright,
          .fullscreen = arguments.fullscreen,
          .title = std::move(title)};
}

ui::Metrics metrics_for(device::Size size, const kiosk::Arguments& arguments,
                        const service::Settings& settings) {
  return ui::Metrics({.width_px = size.width,
                      .height_px = size.height,
                      .diagonal_inch = settings.screen.diagonal_inch,
                      .viewing_cm = settings.screen.viewing_cm,
                      .preview = !arguments.fullscreen});
}

std::string printer_target(const service::PrinterTarget& target) {
  switch (target.kind) {
    case service::PrinterTarget::Kind::png: return "png";
    case service::PrinterTarget::Kind::device: return "file:" + target.device.string();
    case service::PrinterTarget::Kind::tcp:
      return "tcp:" + target.host + ":" + std::to_string(target.port);
  }
  return "png";
}

// The sync thread with what it alone uses. Nothing of it exists on a kiosk without a server.
class Link final : public kiosk::Messenger {
 public:
  static base::Result<void> start(std::optional<Link>& link, store::Store store,
                                  const base::Path& data, const base::Path& authorities,
                                  const syncing::Options& options, syncing::Lookup& lookup,
                                  base::Log& log, syncing::Wake wake) {
    auto key = TRY(crypto::SigningKey::load_or_create(data / "kiosk.key"));
    auto transport = TRY(http::CurlTransport::open(authorities));
    link.emplace(std::move(store), std::move(transport), std::move(key), options, lookup, log,
                 std::move(wake));
    link->watch_routes(log);
    return {};
  }

  Link(store::Store store, http::CurlTransport transport, crypto::SigningKey key,
       const syncing::Options& options, syncing::Lookup& lookup, base::Log& log, syncing::Wake wake)
      : store_(std::move(store)),
        transport_(std::move(transport)),
        key_(std::move(key)),
        thread_(store_, transport_, key_, options, lookup, log, std::move(wake)) {}

  void notify() { thread_.notify(); }
  void sync_now() override { thread_.sync_now(); }

 private:
  void watch_routes(base::Log& log) {
    auto watch = net::RouteWatch::start([this] { thread_.route_changed(); });
    if (watch) {
      routes_.emplace(*std::move(watch));
    } else {
      // The back-off then ends by itself.
      log.line(base::Level::warn, "routes.unwatched", {{"detail", watch.error().detail}});
    }
  }

  store::Store store_;
  http::CurlTransport transport_;
  crypto::SigningKey key_;
  syncing::SyncThread thread_;
  std::optional<net::RouteWatch> routes_;  // last: it speaks to the thread
};

class NoMessenger final : public kiosk::Messenger {
 public:
  void sync_now() override {}
};

// Wakes, feeds what happened, draws, shows what changed, sleeps.
class Loop {
 public:
  Loop(device::Window& window, app::Shell& shell, ui::Ui& ui, const base::Clock& clock,
       std::function<ui::Metrics(device::Size)> metrics, kiosk::TouchMap touch_map)
      : window_(window),
        shell_(shell),
        ui_(ui),
        clock_(clock),
        metrics_(std::move(metrics)),
        touch_map_(std::move(touch_map)) {}

  // `quiet` is called after each round: what may be done between two pictures.
  base::Result<void> run(const std::function<void()>& quiet) {
    while (true) {
      draw();
      TRY(touch_map_.update(ui_.nodes(), ui_.metrics().scale()));
      if (stop_asked != 0 || shell_.quit_asked() || closed_) return {};
      const auto until = shell_.next_draw() - clock_.tick();
      window_.wait(std::clamp(Milliseconds{until}, Milliseconds{0}, longest_sleep));
      const std::vector<device::InputEvent> events = window_.take_events();
      take(events);
      quiet();
    }
  }

 private:
  void take(const std::vector<device::InputEvent>& events) {
    using Kind = device::InputEvent::Kind;
    for (const device::InputEvent& event : events) {
      if (event.kind == Kind::close) closed_ = true;
      if (event.kind == Kind::resize) ui_.set_metrics(metrics_(window_.size()));
      shell_.feed(event);
      // A press and its release must not melt into one picture.
      if (event.kind == Kind::press || event.kind == Kind::release) draw();
    }
  }

  void draw() {
    device::Atlas& atlas = ui_.painter().atlas();
    const std::uint32_t generation = atlas.generation();
    const ImDrawData* frame = &shell_.draw();
    // A full texture was emptied on the way, or must be: what was drawn points into the old one.
    if (atlas.overflowed()) atlas.reset();
    if (atlas.generation() != generation) {
      raster_.invalidate();
      frame = &shell_.draw();
    }
    const std::vector<device::Rect> damage = raster_.draw(*frame, ui_.painter().atlas(), canvas_);
    if (!damage.empty()) window_.present(canvas_, damage);
  }

  device::Window& window_;
  app::Shell& shell_;
  ui::Ui& ui_;
  const base::Clock& clock_;
  std::function<ui::Metrics(device::Size)> metrics_;
  kiosk::TouchMap touch_map_;
  device::Raster raster_;
  device::Canvas canvas_;
  bool closed_ = false;
};

base::Result<int> run(const kiosk::Arguments& arguments) {
  const base::SystemClock machine;
  base::ToldClock clock(machine);
  base::SystemChance chance;
  const base::World world{clock, chance};
  base::Log log(clock, 2);

  TRY(base::make_folder(arguments.data, 0700));
  const auto lock = base::FileLock::take(arguments.data / "kiosk.lock");
  if (!lock) {
    return complain(2, "a kiosk is running already on " + arguments.data.string());
  }
  const service::Settings settings = TRY(load_settings(arguments.config));

  const ui::Texts texts = TRY(ui::Texts::load(arguments.assets / "text"));
  auto opened = device::Window::open(
      window_options(arguments, texts.get(settings.language, "home.window_title")));
  if (!opened) {
    return complain(opened.error().code == "no_display" ? 2 : 1,
                    opened.error().code == "no_display"
                        ? "no display to show anything on; without a screen: xvfb-run kiosk/run"
                        : opened.error().detail);
  }
  device::Window& window = *opened;

  store::Store store = TRY(store::Store::open(arguments.data, world));
  clock.not_before(TRY(store::read_sync_state(store)).last_success.value_or(base::Instant{}));
  service::Catalogue catalogue = TRY(kiosk::load_catalogue(store, arguments.config, log));
  device::Atlas atlas = TRY(device::Atlas::open(device::find_fonts(), arguments.assets / "icons"));
  kiosk::OpenLaws laws({.named = arguments.laws.empty() ? settings.laws : arguments.laws,
                        .data = arguments.data,
                        .ranking = arguments.assets / "law" / "ranking.bin"},
                       log);
  const law::LawContent law_content = kiosk::load_law_content(arguments.config, log);
  auto suggestions = law::Suggestions::open(arguments.assets / "law" / "lay_lines");
  if (!suggestions) {
    log.line(base::Level::warn, "law.no_suggestions", {{"detail", suggestions.error().detail}});
    suggestions = law::Suggestions();
  }
  law::Finder finder(laws.store(), law_content, *suggestions);

  std::optional<input::Pinyin> pinyin;
  std::optional<input::PinyinComposer> composer;
  if (!arguments.pinyin.empty()) {
    pinyin.emplace(TRY(input::Pinyin::open(arguments.pinyin)));
    composer.emplace(*pinyin);
  }
  input::Keyboard keyboard(composer ? &*composer : nullptr);

  const auto wake = [&window] { window.wake(); };
  auto printer =
      TRY(device::make_printer(printer_target(settings.printer.target), arguments.data, clock));
  const bool on_paper = settings.printer.target.kind != service::PrinterTarget::Kind::png;
  slip::PrintQueue queue(
      std::move(printer),
      on_paper ? slip::PrintQueue::Output::paper : slip::PrintQueue::Output::folder, clock, wake);
  slip::Press press{queue, atlas, world, settings.printer.paper_mm};

  syncing::Lookup lookup;
  kiosk::LawLibrary law_library(law::packs_in(arguments.data));
  std::optional<Link> link;
  NoMessenger nobody;
  const std::string server = arguments.server.empty() ? settings.server : arguments.server;
  const bool alone = arguments.offline || server.empty();
  if (!alone) {
    auto own_store = TRY(store::Store::open(arguments.data, world));
    // A library that was named is kept up by whoever named it.
    const bool named = !arguments.laws.empty() || !settings.laws.empty();
    TRY(Link::start(link, std::move(own_store), arguments.data,
                    arguments.server_ca.empty() ? settings.server_ca : arguments.server_ca,
                    {server, take_enrol_code(arguments.enrol_code_file),
                     named ? nullptr : &law_library, &clock},
                    lookup, log, wake));
  }
  kiosk::Messenger* messenger = &nobody;
  if (link) messenger = &*link;

  const auto metrics = [&](device::Size size) { return metrics_for(size, arguments, settings); };
  ui::Ui ui(atlas, texts, clock, metrics(window.size()));
  kiosk::Kiosk host({world, base::china_time, store, laws.store(), finder, law_content, keyboard,
                     press, lookup, *messenger, alone, settings.laws_old_days},
                    std::move(catalogue), TRY(kiosk::Stores::open(store)));
  app::Shell shell(ui, host, clock,
                   {.language = settings.language,
                    .theme = theme_named(settings.theme),
                    .reading_idle = std::chrono::seconds{settings.idle.reading_s},
                    .form_idle = std::chrono::seconds{settings.idle.form_s}});

  Loop loop(window, shell, ui, clock, metrics, kiosk::TouchMap(arguments.touch_map));
  store::OutboxWatch outbox = TRY(store::OutboxWatch::begin(store));
  TRY(loop.run([&] {
    const auto grown = outbox.grown();
    if (link && grown && *grown) link->notify();
    if (!shell.at_rest()) return;
    auto fresh = kiosk::take_new_catalogue(store, log);
    const bool other_laws = laws.renew();
    if (other_laws) finder.library_changed();
    if (fresh) host.replace(*std::move(fresh));
    if (fresh || other_laws) shell.renew_home();
  }));
  queue.stop();
  return 0;
}

}  // namespace

int main(int count, char** words) {
  const std::vector<std::string> arguments(words + 1, words + count);
  for (const std::string& each : arguments) {
    if (each == "--help" || each == "-h") {
      std::fwrite(kiosk::usage.data(), 1, kiosk::usage.size(), stdout);
      return 0;
    }
  }
  const auto parsed = kiosk::parse_arguments(arguments);
  if (!parsed) return complain(2, parsed.error().detail + "; kiosk --help tells more");
  std::signal(SIGINT, ask_to_stop);
  std::signal(SIGTERM, ask_to_stop);
  const auto outcome = run(*parsed);
  return outcome ? *outcome : complain(outcome.error());
}
