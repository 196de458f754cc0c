#include "kiosk/slip/print_queue.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace slip {
namespace {

bool is_done(const PrintState& state) {
  return state.stage == PrintStage::printed || state.stage == PrintStage::failed;
}

}  // namespace

PrintQueue::PrintQueue(std::unique_ptr<device::Printer> printer, Output output,
                       const base::Clock& clock, std::function<void()> wake)
    : printer_(std::move(printer)),
      on_paper_(output == Output::paper),
      clock_(clock),
      wake_(std::move(wake)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

PrintQueue::JobId PrintQueue::print(device::Bitmap picture, std::string name) {
  const std::scoped_lock lock(mutex_);
  const JobId job = ++last_job_;
  if (waiting_.size() == most_waiting) {
    remember(job, PrintStage::failed, "print_queue_full");
  } else {
    waiting_.push_back({job, std::move(picture), std::move(name)});
    remember(job, PrintStage::waiting);
    work_.notify_one();
  }
  return job;
}

std::optional<PrintState> PrintQueue::state(JobId job) const {
  const std::scoped_lock lock(mutex_);
  const auto found = states_.find(job);
  if (found == states_.end()) return std::nullopt;
  return found->second;
}

void PrintQueue::check() {
  const std::scoped_lock lock(mutex_);
  check_wanted_ = true;
  work_.notify_one();
}

std::optional<PrinterHealth> PrintQueue::health() const {
  const std::scoped_lock lock(mutex_);
  return health_;
}

std::optional<PrintFailure> PrintQueue::last_failure() const {
  const std::scoped_lock lock(mutex_);
  return last_failure_;
}

// Needs the lock.
void PrintQueue::remember(JobId job, PrintStage stage, std::string code) {
  states_[job] = {stage, std::move(code), on_paper_};
  if (states_.size() <= states_kept) return;
  // Fewer wait than are kept, so there is an old one that is done.
  states_.erase(std::ranges::find_if(states_, is_done, &decltype(states_)::value_type::second));
}

void PrintQueue::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (work_.wait(lock, stop, [this] { return has_work(); }), !stop.stop_requested()) {
    if (!waiting_.empty()) {
      const Job job = std::move(waiting_.front());
      waiting_.pop_front();
      remember(job.id, PrintStage::printing);
      lock.unlock();
      print_one(job);
    } else {
      check_wanted_ = false;
      lock.unlock();
      check_printer();
    }
    wake_();
    lock.lock();
  }
}

void PrintQueue::check_printer() {
  const base::Result<void> outcome = printer_->check();
  const base::Instant at = clock_.now();
  const std::scoped_lock lock(mutex_);
  health_ = {at, outcome ? std::nullopt : std::optional(outcome.error())};
}

void PrintQueue::print_one(const Job& job) {
  wake_();
  const base::Result<void> outcome = printer_->print(job.picture, job.name);
  const base::Instant at = clock_.now();
  const std::scoped_lock lock(mutex_);
  if (outcome) {
    health_ = {at, std::nullopt};
    remember(job.id, PrintStage::printed);
    return;
  }
  health_ = {at, outcome.error()};
  last_failure_ = {at, job.name, outcome.error()};
  remember(job.id, PrintStage::failed, outcome.error().code);
}

std::string slip_name(base::World world) {
  const base::Instant now = world.clock.now();
  const base::LocalTime local = base::china_time.local(now);
  const auto second = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count() % 60;
  return fmt::format("slip-{:04}{:02}{:02}-{:02}{:02}{:02}-{:04}",
                     static_cast<int>(local.date.year()), static_cast<unsigned>(local.date.month()),
                     static_cast<unsigned>(local.date.day()), local.time.hour(),
                     local.time.minute(), second, world.chance.below(10'000));
}

}  // namespace slip
