// Program reconnect: the stampede of stampede.cpp once more, with nothing simulated: kiosk-central
// is killed and started anew, and kiosks with databases, sync threads and sockets of their own come
// back to it.
//
//   reconnect --central PROGRAM [--seed N] [--share short|full]
//
// Counted is what reaches the server in each second: the fleet must ask for no more than three
// times what it asks for in good times, lose nothing, and be there again within two and a half
// polls.

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <map>
#include <memory>
#include <thread>

#include "kiosk/assist/assist_store.h"
#include "kiosk/central/kiosks.h"
#include "kiosk/store/outbox.h"
#include "kiosk/store/sync_state.h"
#include "kiosk/sync/sync_thread.h"
#include "platform/http/curl_transport.h"
#include "tests/faults/promise.h"
#include "tests/kiosk/service/sample_config.h"
#include "tests/support/world.h"

namespace {

using base::Milliseconds;
using base::Result;
using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

constexpr Milliseconds look_every = 50ms;

struct Plan {
  int kiosks = 0;
  std::chrono::seconds poll{};
  std::chrono::seconds outage{};
  int limit = 0;  // requests a second
};

// Waits for something that other processes and threads do; false when it did not come.
template <typename Condition>
bool comes(Condition condition, Milliseconds longest) {
  const auto end = Steady::now() + longest;
  while (!condition()) {
    if (Steady::now() > end) return false;
    std::this_thread::sleep_for(look_every);
  }
  return true;
}

class Server {
 public:
  Server(std::string program, base::Path folder)
      : program_(std::move(program)), folder_(std::move(folder)) {}
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server() { kill(); }

  Result<void> write_config(const Plan& plan) {
    service::Files files = test::sample_config();
    files["central.toml"] = fmt::format("next_poll_s = {}\nfleet = true\n", plan.poll.count());
    for (const auto& [name, content] : files) {
      const base::Path path = folder_ / "config" / name;
      TRY(base::make_folder(path.parent_path()));
      TRY(base::replace_file(path, content));
    }
    return {};
  }
  // Again on the same port and data.
  Result<void> start() {
    const std::string host = address_.empty() ? "127.0.0.1:0" : address_.substr(scheme.size());
    std::vector<std::string> words{
        program_, "--listen", host, "--config", folder_ / "config", "--data", folder_ / "central"};
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    int ends[2];
    if (::pipe(ends) != 0) return base::fail(base::ErrorKind::device, "pipe");
    process_ = ::fork();
    if (process_ == 0) {
      ::dup2(ends[1], STDOUT_FILENO);
      std::freopen((folder_ / "central.log").c_str(), "a", stderr);
      for (int each = 3; each < 64; ++each) ::close(each);
      ::execv(program_.c_str(), arguments.data());
      ::_exit(127);
    }
    ::close(ends[1]);
    std::string ready;
    for (char c = 0; ::read(ends[0], &c, 1) == 1 && c != '\n';) ready += c;
    ::close(ends[0]);
    constexpr std::string_view said = "listening on ";
    if (!ready.starts_with(said)) return base::fail(base::ErrorKind::device, "server", ready);
    address_ = ready.substr(said.size());
    return {};
  }
  void kill() {
    if (process_ <= 0) return;
    ::kill(process_, SIGKILL);
    ::waitpid(std::exchange(process_, -1), nullptr, 0);
  }

  [[nodiscard]] const std::string& address() const { return address_; }
  // While it runs: a second process on its database, as an operator's command is.
  Result<sql::Database> database() const {
    return sql::Database::open(folder_ / "central" / "central.db");
  }

 private:
  static constexpr std::string_view scheme = "http://";

  std::string program_;
  base::Path folder_;
  std::string address_;
  pid_t process_ = -1;
};

// The real transport; notes when an answer has come.
class Counted final : public http::Transport {
 public:
  explicit Counted(http::CurlTransport transport) : transport_(std::move(transport)) {}

  Result<http::Response> send(const http::Request& request, std::stop_token stop) override {
    auto response = transport_.send(request, std::move(stop));
    if (response) {
      const std::scoped_lock lock(mutex_);
      answers_.push_back(Steady::now());
      if (response->status != 200) ++refused_;
    }
    return response;
  }
  std::vector<Steady::time_point> take() {
    const std::scoped_lock lock(mutex_);
    return std::exchange(answers_, {});
  }
  [[nodiscard]] std::size_t count() const {
    const std::scoped_lock lock(mutex_);
    return answers_.size();
  }
  [[nodiscard]] int refused() const { return refused_; }

 private:
  http::CurlTransport transport_;
  mutable std::mutex mutex_;
  std::vector<Steady::time_point> answers_;
  std::atomic<int> refused_ = 0;
};

class Kiosk {
 public:
  // `folder` holds a database that knows no center yet.
  static Result<std::unique_ptr<Kiosk>> open(const base::Path& folder, base::World world) {
    auto store = TRY(store::Store::open(folder, world));
    auto transport = TRY(http::CurlTransport::open());
    return std::unique_ptr<Kiosk>(new Kiosk(folder, world, std::move(store), std::move(transport)));
  }

  [[nodiscard]] std::string public_key() const { return key_.public_key(); }
  Result<void> know(const wire::EnrolResponse& welcome, std::chrono::seconds poll) {
    store::SyncState state;
    state.kiosk_id = welcome.kiosk_id;
    state.number = welcome.number;
    state.center_id = welcome.center_id;
    state.epoch = welcome.epoch;
    state.fleet = true;
    state.next_poll_s = static_cast<int>(poll.count());
    return store_.write(
        [&](store::Writer& writer) { return store::save_sync_state(writer, state); });
  }
  void start(const std::string& server) {
    thread_.emplace(store_, counted, key_, syncing::Options{server, {}}, lookup_, log_, [] {});
  }
  // A visitor, on a connection of their own.
  Result<void> call() {
    auto ui = TRY(store::Store::open(folder_, world_));
    TRY(assist::AssistStore(ui).call("home"));
    thread_->notify();
    return {};
  }
  // After stop().
  Result<bool> all_is_sent() {
    const auto state = TRY(store::read_sync_state(store_));
    return state.last_error.empty() && TRY(store::count_waiting(store_)).count == 0;
  }
  void stop() { thread_.reset(); }

  Counted counted;

 private:
  Kiosk(base::Path folder, base::World world, store::Store store, http::CurlTransport transport)
      : counted(std::move(transport)),
        folder_(std::move(folder)),
        world_(world),
        store_(std::move(store)),
        log_(world.clock, -1) {}

  base::Path folder_;
  base::World world_;
  store::Store store_;
  crypto::SigningKey key_ = crypto::SigningKey::generate();
  syncing::Lookup lookup_;
  base::Log log_;
  std::optional<syncing::SyncThread> thread_;  // last: it uses all the others
};

class Trial {
 public:
  Trial(const Plan& plan, std::string central, faults::Outcome& outcome)
      : plan_(plan), server_(std::move(central), folder_.path()), outcome_(outcome) {}

  Result<void> run() {
    TRY(server_.write_config(plan_));
    TRY(server_.start());
    TRY(let_in());
    for (const auto& each : kiosks_) each->start(server_.address());
    const bool there = comes(
        [this] {
          return std::ranges::all_of(kiosks_,
                                     [](const auto& each) { return each->counted.count() > 0; });
        },
        3 * plan_.poll + 60s);
    outcome_.expect(there, "not every kiosk has found the server");
    server_.kill();
    TRY(visitors());
    for (const auto& each : kiosks_) each->counted.take();
    TRY(server_.start());
    const auto back = Steady::now();
    const bool arrived = comes([this] { return calls() == plan_.kiosks; }, 10 * plan_.poll + 60s);
    slowest_ = std::chrono::duration_cast<Milliseconds>(Steady::now() - back);
    outcome_.expect(arrived, fmt::format("{} of {} ops have arrived", calls(), plan_.kiosks));
    // The answers to the last ones are on their way, and some kiosks poll.
    comes([] { return false; }, 2s);
    for (const auto& each : kiosks_) each->stop();
    return count(back);
  }

  int close() {
    const Milliseconds longest = plan_.poll * 5 / 2;
    outcome_.expect(peak_ <= plan_.limit, fmt::format("{} requests in a second", peak_));
    outcome_.expect(slowest_ <= longest, "the last kiosk came late");
    outcome_.count("kiosks", plan_.kiosks);
    outcome_.count("limit", plan_.limit);
    outcome_.count("peak", peak_);
    outcome_.count("failed", failed_);
    outcome_.count("slowest_s", slowest_.count() / 1000);
    return outcome_.close(fmt::format(
        "{} kiosks on real sockets: {}/s at most of {}/s, {} failed, all back in {:.1f} s",
        plan_.kiosks, peak_, plan_.limit, failed_, static_cast<double>(slowest_.count()) / 1000));
  }

 private:
  // As the office would, but without a code for each.
  Result<void> let_in() {
    TRY(store::Store::open(folder_ / "blank", world_));
    for (int i = 0; i < plan_.kiosks; ++i) {
      const base::Path data = folder_ / fmt::format("kiosk-{}", i);
      std::filesystem::copy(folder_ / "blank", data);
      kiosks_.push_back(TRY(Kiosk::open(data, world_)));
    }
    sql::Database database = TRY(server_.database());
    const service::ReadOutcome read = service::read_catalogue(test::sample_config());
    const central::Center center{*read.catalogue, base::china_time, "", 20};
    return database.transaction([&]() -> Result<void> {
      central::Transaction transaction{database, center, clock_.now()};
      for (const auto& each : kiosks_) {
        const std::string code =
            TRY(central::make_enrol_code(database, center.id(), {clock_, chance_}));
        TRY(each->know(TRY(central::enrol(transaction, {code, each->public_key()}, chance_)),
                       plan_.poll));
      }
      return {};
    });
  }

  // One at each kiosk, all through the outage.
  Result<void> visitors() {
    const auto begin = Steady::now();
    const auto each_after =
        std::chrono::duration_cast<Steady::duration>(plan_.outage) / plan_.kiosks;
    for (std::size_t i = 0; i < kiosks_.size(); ++i) {
      std::this_thread::sleep_until(begin + static_cast<int>(i) * each_after);
      TRY(kiosks_[i]->call());
    }
    return {};
  }

  int calls() {
    auto database = server_.database();
    if (!database) return -1;
    const auto count = database->integer("SELECT count(*) FROM assist");
    return count ? static_cast<int>(count->value_or(0)) : -1;
  }

  Result<void> count(Steady::time_point back) {
    std::map<std::int64_t, int> in_second;
    int refused = 0;
    for (const auto& each : kiosks_) {
      for (const auto& at : each->counted.take()) ++in_second[(at - back) / 1s];
      refused += each->counted.refused();
      if (!TRY(each->all_is_sent())) ++failed_;
    }
    for (const auto& [second, requests] : in_second) {
      fmt::print("second {:>3}: {} requests\n", second, requests);
      peak_ = std::max(peak_, requests);
    }
    outcome_.expect(failed_ == 0, fmt::format("{} kiosks have failed", failed_));
    outcome_.count("refused", refused);
    return {};
  }

  test::TempFolder folder_;
  base::SystemClock clock_;
  base::SystemChance chance_;
  base::World world_{clock_, chance_};
  Plan plan_;
  Server server_;
  std::vector<std::unique_ptr<Kiosk>> kiosks_;
  faults::Outcome& outcome_;
  int peak_ = 0;
  int failed_ = 0;
  Milliseconds slowest_{0};
};

// A kiosk takes some ten descriptors here, the server one for each.
void raise_descriptor_limit() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

Result<int> run(const faults::Trial& trial) {
  Plan plan = trial.full() ? Plan{.kiosks = 1000, .poll = 20s, .outage = 40s}
                           : Plan{.kiosks = 100, .poll = 5s, .outage = 5s};
  plan.limit = 3 * plan.kiosks / static_cast<int>(plan.poll.count());
  faults::Outcome outcome("reconnecting does not stampede", trial.seed);
  Trial it(plan, std::string(trial.options.value("central")), outcome);
  TRY(it.run());
  return it.close();
}

}  // namespace

int main(int count, char** words) {
  const auto trial = faults::read_trial(count, words, {"central"});
  if (!trial) return faults::cannot_run("reconnect", trial.error());
  raise_descriptor_limit();
  const auto ended = run(*trial);
  return ended ? *ended : faults::cannot_run("reconnect", ended.error());
}
