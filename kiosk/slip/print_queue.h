// Slips on their way to the printer. Knows pictures and their state, not what a slip says; who
// wants one printed again keeps the Slip.
//
// Threads: one thread of its own owns the printer, because a printer may take seconds. All public
// functions may be called from any thread and return at once; only the destructor waits, for the
// slip being printed, at most the printer's own deadline. What waits behind it is not printed.
// `wake` and the clock are called on that thread, without a lock held: wake the UI there, nothing
// more.
//
// Memory: at most `most_waiting` pictures, and the states of the last `states_kept` jobs.
// Nothing is tried twice by itself: a slip that comes out later is a slip for the next visitor.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

#include "platform/base/clock.h"
#include "platform/base/ids.h"
#include "platform/base/result.h"
#include "platform/device/canvas.h"
#include "platform/device/printer.h"

namespace slip {

enum class PrintStage { waiting, printing, printed, failed };

struct PrintState {
  PrintStage stage = PrintStage::waiting;
  std::string code = {};  // of the error when failed: "paper_out", "print_queue_full" …
  bool on_paper = true;   // false where slips only become pictures in a folder
  bool operator==(const PrintState&) const = default;
};

// What the printer said last, to a slip or to check(). Nothing before the first word.
struct PrinterHealth {
  base::Instant at;
  std::optional<base::Error> trouble;
};

struct PrintFailure {
  base::Instant at;
  std::string name;  // of the slip
  base::Error error;
};

class PrintQueue {
 public:
  using JobId = std::uint64_t;
  static constexpr std::size_t most_waiting = 8;
  static constexpr std::size_t states_kept = 64;

  enum class Output { paper, folder };

  // Asks the printer once how it is. The clock must outlive the queue.
  PrintQueue(std::unique_ptr<device::Printer> printer, Output output, const base::Clock& clock,
             std::function<void()> wake);
  PrintQueue(const PrintQueue&) = delete;
  PrintQueue& operator=(const PrintQueue&) = delete;
  ~PrintQueue() = default;
  // Nothing further is printed. Returns at once: a program tells all its threads to stop before it
  // waits for the first.
  void stop() { thread_.request_stop(); }

  // `name` as device::Printer wants it: see slip_name(). A full queue answers with a job that has
  // failed already ("print_queue_full").
  JobId print(device::Bitmap picture, std::string name);
  // Nothing for a job never given, or forgotten since.
  [[nodiscard]] std::optional<PrintState> state(JobId job) const;

  // For the staff screen. The answer to check() comes as health().
  void check();
  [[nodiscard]] std::optional<PrinterHealth> health() const;
  [[nodiscard]] std::optional<PrintFailure> last_failure() const;

 private:
  struct Job {
    JobId id = 0;
    device::Bitmap picture;
    std::string name;
  };

  void run(const std::stop_token& stop);
  void check_printer();
  void print_one(const Job& job);
  void remember(JobId job, PrintStage stage, std::string code = {});
  [[nodiscard]] bool has_work() const { return check_wanted_ || !waiting_.empty(); }

  const std::unique_ptr<device::Printer> printer_;  // the thread's alone
  const bool on_paper_;
  const base::Clock& clock_;
  const std::function<void()> wake_;

  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable_any work_;
  bool check_wanted_ = true;
  JobId last_job_ = 0;
  std::deque<Job> waiting_;
  std::map<JobId, PrintState> states_;
  std::optional<PrinterHealth> health_;
  std::optional<PrintFailure> last_failure_;

  std::jthread thread_;  // last: it stops before anything it uses goes
};

// "slip-20261123-093012-0007": local time of China and four digits of chance, so that two slips of
// one second stay apart.
std::string slip_name(base::World world);

}  // namespace slip
