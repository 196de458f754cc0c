// The order of a booking's pages: which follows, which came before, and where somebody who corrects
// an answer at the review is led. Pure; knows no screen.
#pragma once

#include <string_view>

#include "kiosk/booking/booking.h"

namespace booking {

class Flow {
 public:
  static constexpr int steps =
      6;  // on the axis; safety stands on that of the topic, the wish on the person's

  // The service outlives the flow.
  explicit Flow(const service::Service& service) : service_(service) {}

  [[nodiscard]] Step step() const { return step_; }
  [[nodiscard]] int number() const;  // of the step on the axis, from 1

  // What this page asks has been answered; at the review, the booking was submitted. Who corrects
  // goes on to the first page that lacks something now, mostly the review itself.
  void go_on(const Draft& draft);
  // False on the first page: there is nothing before it.
  bool go_back();
  // From the review to the page of one answer.
  void correct(Step step);

 private:
  const service::Service& service_;
  Step step_ = Step::topic;
  bool correcting_ = false;
};

// "topic", as the last part of the screen's name.
std::string_view name(Step step);

}  // namespace booking
