// A visitor before the whole kiosk, without a window: every object of kiosk/main.cpp in the same
// order, on a data folder of its own, with the shipped config/ and assets/, the real fonts, pinyin
// where it is deployed, and a printer that makes pictures. Time stands still unless the visitor
// waits. What the sync thread would do is done in exchange() and reconnect(), in this thread.
//
//   test::KioskDriver visitor;
//   visitor.tap("home.consult");
//   visitor.choose("topic.wage");   // scrolls there first
#pragma once

#include <cctype>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "kiosk/app/shell.h"
#include "kiosk/content.h"
#include "kiosk/input/keyboard_pinyin.h"
#include "kiosk/kiosk.h"
#include "kiosk/store/sync_state.h"
#include "kiosk/sync/sync.h"
#include "kiosk/wire/case_code.h"
#include "platform/crypto/crypto.h"
#include "platform/http/curl_transport.h"
#include "tests/support/ui_driver.h"

namespace test {

struct KioskOptions {
  ui::Display display = portrait;
  base::Path config = source_folder() / "config";
  base::Path laws = {};    // library file; "" for none
  base::Path pinyin = {};  // deployed dictionary; "" for a keyboard without the pinyin tab
  std::string language = "zh-Hans";  // after every wipe
  std::string server = {};           // "http://127.0.0.1:PORT"; "" when there is nobody to speak to
  std::string enrol_code = {};
  bool alone = false;      // as with --offline
  std::uint64_t seed = 1;  // two kiosks of one seed make the same ids and codes
  std::optional<base::Instant> now = {};
};

class KioskDriver : public UiDriver {
 public:
  explicit KioskDriver(const KioskOptions& options = {})
      : UiDriver(options.display),
        chance_(options.seed),
        set_(set_clock(options)),
        log_(clock(), no_descriptor),
        store_(open_store()),
        laws_(must(law::LawStore::open(options.laws))),
        ranked_(laws_.use_ranking(source_folder() / "assets/law/ranking.bin").has_value()),
        law_content_(kiosk::load_law_content(options.config, log_)),
        suggestions_(must(law::Suggestions::open(source_folder() / "assets/law/lay_lines"))),
        finder_(laws_, law_content_, suggestions_),
        keyboard_(open_pinyin(options.pinyin)),
        queue_(must(device::make_printer("png", folder_.path(), printer_clock_)),
               slip::PrintQueue::Output::folder, printer_clock_, [this] { printer_spoke(); }),
        press_{queue_, atlas(), world()},
        host_({world(), base::china_time, store_, laws_, finder_, law_content_, keyboard_, press_,
               lookup_, nobody_, options.alone},
              must(kiosk::load_catalogue(store_, options.config, log_)),
              must(kiosk::Stores::open(store_))),
        shell_(ui(), host_, clock(), {.language = options.language}) {
    if (!options.server.empty()) {
      link_.emplace(*this, options);
      lookup_.serve([] {});
    }
    drive([this](const device::InputEvent& event) { shell_.feed(event); },
          [this]() -> const ImDrawData& { return shell_.draw(); },
          [this] { return shell_.next_draw(); });
  }
  ~KioskDriver() { lookup_.close(); }

  [[nodiscard]] app::Shell& shell() { return shell_; }
  [[nodiscard]] store::Store& store() { return store_; }
  [[nodiscard]] const base::Path& folder() const { return folder_.path(); }
  [[nodiscard]] std::string place() const { return shell_.place(); }
  [[nodiscard]] const service::Catalogue& catalogue() const { return host_.catalogue(); }

  // ---- hands ----------------------------------------------------------------------------------
  // The shell is deaf just after a page has changed; a person reads first.
  void tap(std::string_view id) {
    UiDriver::tap(id);
    wait(base::Milliseconds{300});
  }
  // Scrolls until it can be touched, then taps.
  void choose(std::string_view id) {
    bring_into_view(id);
    tap(id);
  }
  void bring_into_view(std::string_view id) {
    constexpr int patience = 60;
    for (int i = 0; i < patience; ++i) {
      const ui::Node* node = find(id);
      if (node == nullptr) FAIL("there is no " << id << " among: " << ids());
      const ui::Area view = node->view;
      const float away = node->bounds.center_y() - view.center_y();
      if (std::abs(away) < view.h / 2 - std::min(node->bounds.h / 2, view.h / 3)) return;
      const float step = std::clamp(away, -view.h * 0.4F, view.h * 0.4F);
      // So slowly that the list hardly glides on.
      drag(view.right() - 4, view.center_y() + step / 2, view.center_y() - step / 2,
           std::chrono::seconds{1});
      wait(base::Milliseconds{1500});
    }
    FAIL(id << " cannot be scrolled into view");
  }
  // Small letters, digits and signs, key by key on the glass.
  void write(std::string_view text) {
    for (const char letter : text) tap(cap_of(letter));
  }
  // A case code, without its dash, on the pad that has its letters.
  void write_code(std::string_view code) {
    for (const char each : code) {
      if (each != '-') tap(std::string("key.") + static_cast<char>(std::tolower(each)));
    }
  }
  // Holds the upper left corner, as staff do.
  void hold_corner() {
    put_down(20, 20);
    wait(base::Milliseconds{3200});
    lift();
    wait(base::Milliseconds{300});
  }

  // ---- eyes -----------------------------------------------------------------------------------
  [[nodiscard]] std::string words(std::string_view key, const std::vector<base::Hole>& holes = {}) {
    return ui().tr(key, holes);
  }
  // In the value of the field.
  [[nodiscard]] std::string typed_in(std::string_view id) const {
    const ui::Node* node = find(id);
    if (node == nullptr) FAIL("there is no " << id << " among: " << ids());
    return node->value;
  }
  // The first id that begins so, not with `but`, and can be pressed.
  [[nodiscard]] std::string first_of(std::string_view prefix, std::string_view but = "-") const {
    for (const ui::Node& node : nodes()) {
      if (!node.id.starts_with(prefix) || node.id.starts_with(but)) continue;
      if (node.enabled) return node.id;
    }
    FAIL("nothing that begins with " << prefix << " among: " << ids());
    return {};
  }
  // The case code on the screen, "XXXXX-XXXXX".
  [[nodiscard]] std::string case_code() const {
    for (const ui::Node& node : nodes()) {
      if (node.label.size() == 11 && wire::parse_case_code(node.label)) return node.label;
    }
    FAIL("no case code on the screen");
    return {};
  }
  [[nodiscard]] std::vector<base::Path> slips() const {
    std::vector<base::Path> found;
    std::error_code none;
    for (const auto& each : std::filesystem::directory_iterator(folder() / "slips", none)) {
      if (each.path().extension() == ".png") found.push_back(each.path());
    }
    return found;
  }
  // The printer works on a thread of its own. Fails when it takes longer than any printer may.
  void wait_for_slips(std::size_t count) {
    std::unique_lock lock(printer_mutex_);
    const bool there = printer_news_.wait_for(lock, std::chrono::seconds{20},
                                              [&] { return slips().size() >= count; });
    if (!there) FAIL("only " << slips().size() << " slips were printed");
    lock.unlock();
    settle();
  }

  // ---- the line to the server -----------------------------------------------------------------
  // What the sync thread does when the visitor has confirmed something.
  void exchange() {
    link_->sync.op_added();
    while (link_->sync.due() <= clock().tick()) link_->sync.run({});
    after_exchange();
  }
  // Time goes by until the server has answered.
  void reconnect() {
    constexpr int patience = 400;
    for (int i = 0; i < patience && !online(); ++i) {
      wait(std::max(base::Milliseconds{0}, link_->sync.due() - clock().tick()));
      link_->sync.run({});
    }
    if (!online()) FAIL("the server was not reached again");
    after_exchange();
  }
  // A look-up at the center, if one was asked for.
  void answer_lookup() {
    link_->sync.answer_lookup({});
    settle();
  }
  [[nodiscard]] bool online() {
    return store::online(must(store::read_sync_state(store_)), store_.now());
  }

 private:
  static constexpr int no_descriptor = -1;

  // The connection, the key and the work of the sync thread.
  struct Link {
    Link(KioskDriver& kiosk, const KioskOptions& options)
        : store(must(store::Store::open(kiosk.folder(), {kiosk.told_, chance}))),
          transport(must(http::CurlTransport::open())),
          key(must(crypto::SigningKey::load_or_create(kiosk.folder() / "kiosk.key"))),
          sync(store, transport, key, {options.server, options.enrol_code, nullptr, &kiosk.told_},
               kiosk.lookup_, kiosk.log_) {}
    SeededChance chance{2};
    store::Store store;
    http::CurlTransport transport;
    crypto::SigningKey key;
    syncing::Sync sync;
  };
  class NoMessenger final : public kiosk::Messenger {
   public:
    void sync_now() override {}
  };

  [[nodiscard]] base::World world() { return {told_, chance_}; }
  bool set_clock(const KioskOptions& options) {
    if (options.now) clock().set(*options.now);
    return true;
  }
  store::Store open_store() { return must(store::Store::open(folder_.path(), world())); }
  input::Composer* open_pinyin(const base::Path& dictionary) {
    if (dictionary.empty()) return nullptr;
    pinyin_.emplace(must(input::Pinyin::open(dictionary)));
    return &composer_.emplace(*pinyin_);
  }
  void printer_spoke() {
    const std::scoped_lock lock(printer_mutex_);
    printer_news_.notify_all();
  }
  // The cap of a character; turns to the tab that has it.
  std::string cap_of(char letter) {
    const std::string id = std::string("key.") + letter;
    if (find(id) != nullptr) return id;
    const bool word = letter >= 'a' && letter <= 'z';
    const bool digit = letter >= '0' && letter <= '9';
    tap(word ? "tab.abc" : digit ? "tab.digits" : "tab.symbols");
    if (find(id) == nullptr) FAIL("no key for " << letter << " among: " << ids());
    return id;
  }
  // As the frame loop does between two pictures.
  void after_exchange() {
    if (shell_.at_rest()) {
      if (auto fresh = kiosk::take_new_catalogue(store_, log_)) {
        host_.replace(*std::move(fresh));
        shell_.renew_home();
      }
    }
    settle();
  }

  TempFolder folder_;
  SeededChance chance_;
  base::ToldClock told_{clock()};  // as in main.cpp: goes by the center's time, once told
  bool set_;
  base::Log log_;
  store::Store store_;
  law::LawStore laws_;
  bool ranked_;
  law::LawContent law_content_;
  law::Suggestions suggestions_;
  law::Finder finder_;
  std::optional<input::Pinyin> pinyin_;
  std::optional<input::PinyinComposer> composer_;
  input::Keyboard keyboard_;
  std::mutex printer_mutex_;
  std::condition_variable printer_news_;
  FakeClock printer_clock_;  // stands still: the printer's thread reads it
  slip::PrintQueue queue_;
  slip::Press press_;
  syncing::Lookup lookup_;
  NoMessenger nobody_;
  std::optional<Link> link_;
  kiosk::Kiosk host_;
  app::Shell shell_;
};

}  // namespace test
