// Program stampede: do kiosks trample the server when it comes back for all of them at once?
//
//   stampede [--seed N] [--share short|full]
//
// Kiosks that are the kiosk's own schedule and back-off (kiosk/sync/schedule.h) and nothing else,
// on a simulated clock, each with visitors, against a server that bears so many requests a second
// and answers what is above with 503 and Retry-After. The server goes down, the line is cut, the
// power fails, or the server is there and refuses everybody; then, at one instant, all is well
// again. Counted is what arrives in each second: exchanges, probes, refused ones.
//
// That the model can tell is shown by kiosks that nobody told they are a fleet: they must be too
// many.

#include <algorithm>
#include <deque>
#include <queue>
#include <tuple>

#include "kiosk/sync/client.h"
#include "kiosk/sync/schedule.h"
#include "tests/faults/promise.h"
#include "tests/support/world.h"

namespace {

using base::Milliseconds;
using base::Tick;
using syncing::Deed;
using namespace std::chrono_literals;

constexpr Milliseconds answer_time{20};
constexpr Milliseconds between_visits{180'000};  // on the average
constexpr int ops_of_a_visit = 2;
constexpr int ops_of_a_request = 200;
constexpr int feed_pages = 2;  // more to read than one answer holds, after a pause
constexpr Milliseconds must_catch_up = 30min;
constexpr std::string_view pause_s = "5";

struct Fleet {
  int kiosks = 0;
  std::chrono::seconds poll{60};
  int limit = 0;  // requests a second
  bool told = true;
};

enum class Cause {
  server_down,  // connections are refused
  line_cut,     // the same, and at its end every kiosk sees another route
  power_cut,    // kiosks are off, and start within seconds
  refusing,     // 503 for everybody
};

struct Outage {
  std::string_view name;
  Cause cause;
  Milliseconds length;
  bool in_short = false;
};

struct Measured {
  int peak = 0;             // requests in the worst second after the outage
  int refused = 0;          // answered with 503
  int left = 0;             // kiosks that were not caught up in time
  Milliseconds slowest{0};  // until the last one was
};

// Uniform in [0, range].
Milliseconds up_to(base::Chance& chance, Milliseconds range) {
  return Milliseconds{chance.below(static_cast<std::uint32_t>(range.count()) + 1)};
}

// One kiosk. What waits in its outbox is a number.
struct Kiosk {
  explicit Kiosk(std::uint64_t seed) : chance(seed) {}

  test::SeededChance chance;
  syncing::Schedule schedule{chance};
  int waiting = 0;
  int pages = 0;  // of the feed, unread
  bool on = true;
  bool caught_up = true;
};

class Simulation {
 public:
  Simulation(const Fleet& fleet, const Outage& outage, std::uint64_t seed)
      : fleet_(fleet), outage_(outage), chance_(seed) {
    begins_ = Tick{} + 2 * fleet.poll;
    ends_ = begins_ + outage.length;
    arrivals_.resize(static_cast<std::size_t>(must_catch_up / 1s) + 1);
    for (int i = 0; i < fleet.kiosks; ++i) {
      Kiosk& kiosk = kiosks_.emplace_back(seed ^ (static_cast<std::uint64_t>(i) << 20U));
      if (fleet.told) kiosk.schedule.set_fleet(fleet.poll);
      // Yesterday's starts are long ago: the polls of good times are spread.
      kiosk.schedule.succeeded(Tick{} + up_to(chance_, fleet.poll), 0ms);
      plan(i, What::deed, kiosk.schedule.next().at);
      plan(i, What::visit, Tick{} + next_visit());
    }
  }

  Measured run() {
    const Tick last = ends_ + must_catch_up;
    bool over = false;
    // A while longer, so that what follows from the return is seen as well.
    const auto enough = [&](Tick now) {
      return over && left_ == 0 && now > ends_ + measured_.slowest + 3 * fleet_.poll;
    };
    while (events_.top().at < last && !enough(events_.top().at)) {
      const Event event = events_.top();
      if (!over && event.at >= ends_) {
        over = true;
        all_is_well();
        continue;
      }
      events_.pop();
      happen(event);
    }
    Measured measured = measured_;
    measured.peak = *std::ranges::max_element(arrivals_);
    measured.left = left_;
    return measured;
  }

 private:
  enum class What { deed, visit, start };
  struct Event {
    Tick at;
    int kiosk;
    What what;
    bool operator<(const Event& other) const {  // the earliest is on top
      return std::tie(at, kiosk) > std::tie(other.at, other.kiosk);
    }
  };

  void plan(int kiosk, What what, Tick at) { events_.push({at, kiosk, what}); }

  Milliseconds next_visit() { return up_to(chance_, 2 * between_visits); }

  [[nodiscard]] bool trouble(Tick now) const { return now >= begins_ && now < ends_; }

  void all_is_well() {
    left_ = fleet_.kiosks;
    for (int i = 0; i < fleet_.kiosks; ++i) {
      Kiosk& kiosk = kiosks_[static_cast<std::size_t>(i)];
      kiosk.caught_up = false;
      kiosk.pages = feed_pages;
      if (outage_.cause == Cause::power_cut) {
        plan(i, What::start, ends_ + up_to(chance_, 5s));
      } else if (outage_.cause == Cause::line_cut) {
        kiosk.schedule.route_changed(ends_);
        plan(i, What::deed, kiosk.schedule.next().at);
      }
    }
  }

  void happen(const Event& event) {
    Kiosk& kiosk = kiosks_[static_cast<std::size_t>(event.kiosk)];
    if (outage_.cause == Cause::power_cut && trouble(event.at)) kiosk.on = false;
    switch (event.what) {
      case What::visit:
        plan(event.kiosk, What::visit, event.at + next_visit());
        if (!kiosk.on) return;
        kiosk.waiting += ops_of_a_visit;
        kiosk.schedule.op_added(event.at);
        break;
      case What::start:
        kiosk.on = true;
        kiosk.schedule.started(event.at);
        break;
      case What::deed:
        if (!kiosk.on || event.at != kiosk.schedule.next().at) return;  // planned otherwise since
        speak(kiosk, event.at);
        break;
    }
    plan(event.kiosk, What::deed, kiosk.schedule.next().at);
  }

  void speak(Kiosk& kiosk, Tick now) {
    const bool probe = kiosk.schedule.next().kind == Deed::Kind::probe;
    const auto response = send(now, probe);
    const Tick then = now + answer_time;
    if (probe) {
      if (response) {
        kiosk.schedule.reached(then);
      } else {
        kiosk.schedule.unreachable(then, kiosk.waiting > 0);
      }
      return;
    }
    const syncing::Answer answer = syncing::sort_answer(response);
    if (answer.kind != syncing::Answer::Kind::ok) {
      kiosk.schedule.failed(then, answer, kiosk.waiting > 0);
      return;
    }
    kiosk.waiting -= std::min(kiosk.waiting, ops_of_a_request);
    kiosk.pages -= std::min(kiosk.pages, 1);
    const bool more = kiosk.waiting > 0 || kiosk.pages > 0;
    kiosk.schedule.succeeded(then, more ? Milliseconds{0} : fleet_.poll);
    if (more || kiosk.caught_up || now < ends_) return;
    kiosk.caught_up = true;
    --left_;
    measured_.slowest = std::max(measured_.slowest, then - ends_);
  }

  base::Result<http::Response> send(Tick now, bool probe) {
    const http::Response refusal{503, {{"retry-after", std::string(pause_s)}}, ""};
    if (trouble(now)) {
      if (outage_.cause == Cause::refusing) return refusal;
      return base::fail(base::ErrorKind::offline, "connect");
    }
    if (now < ends_) return http::Response{200, {}, ""};
    int& in_this_second = arrivals_[static_cast<std::size_t>((now - ends_) / 1s)];
    if (++in_this_second <= fleet_.limit) return http::Response{200, {}, ""};
    if (!probe) ++measured_.refused;
    return refusal;
  }

  Fleet fleet_;
  Outage outage_;
  test::SeededChance chance_;
  Tick begins_;
  Tick ends_;
  std::deque<Kiosk> kiosks_;
  std::priority_queue<Event> events_;
  std::vector<int> arrivals_;  // in each second after the outage
  int left_ = 0;               // kiosks that are not caught up
  Measured measured_;
};

constexpr Outage outages[] = {
    {"server down 10 s", Cause::server_down, 10s, true},
    {"server down 2 min", Cause::server_down, 2min},
    {"server down 5.5 min", Cause::server_down, 330s, true},  // probing ends, back-off begins
    {"server down 3 h", Cause::server_down, 3h},
    {"line cut 4 min", Cause::line_cut, 4min, true},
    {"line cut 20 h", Cause::line_cut, 20h},
    {"power cut 1 h", Cause::power_cut, 1h, true},
    {"503 for 10 min", Cause::refusing, 10min},
};
constexpr Outage for_those_untold{"server down 2 min", Cause::server_down, 2min};

int three_times_the_polls(const Fleet& fleet) {
  return 3 * fleet.kiosks / static_cast<int>(fleet.poll.count());
}

int run(const faults::Trial& trial) {
  Fleet fleet{.kiosks = 10'000};
  fleet.limit = three_times_the_polls(fleet);
  faults::Outcome outcome("reconnecting does not stampede", trial.seed);
  int peak = 0;
  int refused = 0;
  int failed = 0;
  Milliseconds slowest{0};
  for (const Outage& outage : outages) {
    if (!trial.full() && !outage.in_short) continue;
    const Measured measured = Simulation(fleet, outage, trial.seed).run();
    fmt::print("{:<20} peak {:>5}/s, {:>5} refused, all caught up after {:>6.1f} s\n", outage.name,
               measured.peak, measured.refused,
               static_cast<double>(measured.slowest.count()) / 1000);
    outcome.expect(measured.peak <= fleet.limit,
                   fmt::format("{}: {} requests in a second", outage.name, measured.peak));
    outcome.expect(measured.left == 0,
                   fmt::format("{}: {} kiosks not caught up", outage.name, measured.left));
    peak = std::max(peak, measured.peak);
    refused += measured.refused;
    failed += measured.left;
    slowest = std::max(slowest, measured.slowest);
  }
  Fleet crowd{.kiosks = 1'000, .told = false};
  crowd.limit = three_times_the_polls(crowd);
  const Measured untold = Simulation(crowd, for_those_untold, trial.seed).run();
  fmt::print("{} that were not told  peak {:>5}/s of {}/s\n", crowd.kiosks, untold.peak,
             crowd.limit);
  outcome.expect(untold.peak > crowd.limit, "the model cannot tell a stampede");

  outcome.count("kiosks", fleet.kiosks);
  outcome.count("limit", fleet.limit);
  outcome.count("peak", peak);
  outcome.count("refused", refused);
  outcome.count("failed", failed);
  outcome.count("slowest_s", slowest / 1s);
  outcome.count("untold_peak", untold.peak);
  return outcome.close(fmt::format(
      "{} kiosks: {}/s at most of {}/s borne, {} failed, caught up in {} s; {} untold: {}/s",
      fleet.kiosks, peak, fleet.limit, failed, slowest / 1s, crowd.kiosks, untold.peak));
}

}  // namespace

int main(int count, char** words) {
  const auto trial = faults::read_trial(count, words, {});
  return trial ? run(*trial) : faults::cannot_run("stampede", trial.error());
}
