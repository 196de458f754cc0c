#include "kiosk/booking/booking_flow.h"

namespace booking {
namespace {

Step following(Step step) {
  switch (step) {
    case Step::topic:
    case Step::safety: return Step::way;
    case Step::way: return Step::slot;
    case Step::slot: return Step::person;
    case Step::person:
    case Step::wish: return Step::review;
    case Step::review:
    case Step::receipt: return Step::receipt;
  }
  return step;
}

Step preceding(Step step) {
  switch (step) {
    case Step::topic:
    case Step::safety:
    case Step::way: return Step::topic;
    case Step::slot: return Step::way;
    case Step::person: return Step::slot;
    case Step::wish:
    case Step::review: return Step::person;
    case Step::receipt: return Step::receipt;
  }
  return step;
}

bool asks_safety(const service::Service& service, const Draft& draft) {
  const service::Choice* topic = service.choice(draft.topic);
  return topic != nullptr && topic->ask_safety;
}

}  // namespace

int Flow::number() const {
  switch (step_) {
    case Step::topic:
    case Step::safety: return 1;
    case Step::way: return 2;
    case Step::slot: return 3;
    case Step::person:
    case Step::wish: return 4;
    case Step::review: return 5;
    case Step::receipt: return 6;
  }
  return 1;
}

void Flow::go_on(const Draft& draft) {
  if (step_ == Step::topic && asks_safety(service_, draft)) {
    step_ = Step::safety;
    return;
  }
  if (step_ == Step::person && asks_wish(draft, service_)) {
    step_ = Step::wish;
    return;
  }
  step_ = correcting_ ? first_missing(draft, service_) : following(step_);
  if (step_ == Step::review) correcting_ = false;
}

bool Flow::go_back() {
  if (step_ == Step::topic) return false;
  step_ = preceding(step_);
  return true;
}

void Flow::correct(Step step) {
  step_ = step;
  correcting_ = true;
}

std::string_view name(Step step) {
  switch (step) {
    case Step::topic: return "topic";
    case Step::safety: return "safety";
    case Step::way: return "way";
    case Step::slot: return "slot";
    case Step::person: return "person";
    case Step::wish: return "wish";
    case Step::review: return "review";
    case Step::receipt: return "receipt";
  }
  return "topic";
}

}  // namespace booking
