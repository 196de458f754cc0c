// A letter-box with one slot between the UI and the sync thread, for looking up a case by code and
// last four digits at the center (POST /v1/lookup).
//
// Threads meet in the database everywhere else. Not here: what a visitor types to find a case is a
// secret of that person, and secrets of persons do not touch the disk. A look-up is also worth
// nothing after the visitor has left, so it must not outlive a crash. It lives in this object, is
// overwritten when it is taken and gone when it is forgotten.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "kiosk/wire/messages.h"

namespace syncing {

struct LookupAnswer {
  enum class Kind {
    nothing_asked,
    pending,
    found,
    no_match,  // says nothing about which half was wrong
    locked,    // five wrong tries: an hour (care 19)
    offline,   // no answer; what is known here is all there is
  };
  Kind kind = Kind::nothing_asked;
  wire::LookupResponse found;
};

class Lookup {
 public:
  Lookup() = default;
  Lookup(const Lookup&) = delete;
  Lookup& operator=(const Lookup&) = delete;
  ~Lookup();

  // ---- UI thread ----------------------------------------------------------------------------
  // Takes the place of an earlier question. Without anybody to answer it is offline at once.
  void ask(std::string code, std::string last4);
  [[nodiscard]] LookupAnswer answer() const;
  // Nothing of question or answer is left; an answer on its way is thrown away.
  void forget();

  // ---- sync thread --------------------------------------------------------------------------
  struct Question {
    std::uint64_t number = 0;
    std::string code;
    std::string last4;
  };
  // From now on questions are answered; `asked` is called, on the UI thread, after each.
  void serve(std::function<void()> asked);
  // Nobody answers any more.
  void close();
  [[nodiscard]] bool waiting() const;
  // Each question is handed out once.
  std::optional<Question> take();
  // An answer to a question that was forgotten or replaced is dropped.
  void reply(std::uint64_t number, LookupAnswer answer);

 private:
  void wipe();
  void wipe_question();

  mutable std::mutex mutex_;
  std::function<void()> asked_;  // empty while nobody answers
  std::optional<Question> question_;
  std::uint64_t last_number_ = 0;
  LookupAnswer answer_;
};

}  // namespace syncing
