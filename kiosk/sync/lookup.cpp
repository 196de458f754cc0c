#include "kiosk/sync/lookup.h"

#include <utility>

#include "platform/crypto/crypto.h"

namespace syncing {

Lookup::~Lookup() {
  wipe();
}

// Called with the mutex held, as the next one.
void Lookup::wipe_question() {
  if (!question_) return;
  crypto::wipe(question_->code);
  crypto::wipe(question_->last4);
  question_.reset();
}

void Lookup::wipe() {
  wipe_question();
  answer_ = {};
}

void Lookup::ask(std::string code, std::string last4) {
  std::function<void()> asked;
  {
    const std::scoped_lock lock(mutex_);
    wipe();
    ++last_number_;
    if (asked_) {
      question_ = Question{last_number_, code, last4};
      answer_.kind = LookupAnswer::Kind::pending;
    } else {
      answer_.kind = LookupAnswer::Kind::offline;
    }
    asked = asked_;
  }
  crypto::wipe(code);
  crypto::wipe(last4);
  if (asked) asked();
}

LookupAnswer Lookup::answer() const {
  const std::scoped_lock lock(mutex_);
  return answer_;
}

void Lookup::forget() {
  const std::scoped_lock lock(mutex_);
  wipe();
  ++last_number_;
}

void Lookup::serve(std::function<void()> asked) {
  const std::scoped_lock lock(mutex_);
  asked_ = std::move(asked);
}

void Lookup::close() {
  const std::scoped_lock lock(mutex_);
  asked_ = nullptr;
  if (answer_.kind != LookupAnswer::Kind::pending) return;
  wipe();
  answer_.kind = LookupAnswer::Kind::offline;
}

bool Lookup::waiting() const {
  const std::scoped_lock lock(mutex_);
  return question_.has_value();
}

std::optional<Lookup::Question> Lookup::take() {
  const std::scoped_lock lock(mutex_);
  std::optional<Question> taken = question_;
  wipe_question();
  return taken;
}

void Lookup::reply(std::uint64_t number, LookupAnswer answer) {
  const std::scoped_lock lock(mutex_);
  if (number == last_number_) answer_ = std::move(answer);
}

}  // namespace syncing
