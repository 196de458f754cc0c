// One question of an intake, drawn by its kind and answered into the draft. Knows no store and not
// which question comes next.
#pragma once

#include <map>
#include <string>

#include "kiosk/form/contact_form.h"
#include "kiosk/input/keyboard.h"
#include "kiosk/intake/intake.h"
#include "kiosk/safety/safety_page.h"
#include "kiosk/ui/screen.h"

namespace intake {

class QuestionPage {
 public:
  QuestionPage(const service::Catalogue& catalogue, const service::Service& service, Draft& draft,
               input::Keyboard& keyboard);

  enum class Outcome {
    none,
    answered,  // by a touch that needs no further "next": safety
    hide,      // quick-hide
  };
  Outcome draw(ui::Ui& ui, ui::Area content, const service::Question& question);
  // False: the answer does not pass. The sentence that says why stands beside the field, or above
  // the answers, until something else is answered.
  bool check(const service::Question& question);
  // Another question is shown: lists start at their top.
  void turn();

 private:
  Outcome draw_by_kind(ui::Ui& ui, ui::Area content, const service::Question& question);
  Outcome draw_safety(ui::Ui& ui, ui::Area content);
  void draw_choices(ui::Ui& ui, ui::Area content, const service::Question& question);
  void draw_ways(ui::Ui& ui, ui::Area content, const service::Question& question);
  void draw_evidence(ui::Ui& ui, ui::Area content, const service::Question& question);
  void draw_text(ui::Ui& ui, ui::Area content, const service::Question& question);
  void draw_contact(ui::Ui& ui, ui::Area content, const service::Question& question);
  void draw_consent(ui::Ui& ui, ui::Area content, const service::Question& question);
  void draw_day(ui::Ui& ui, ui::Area content, const service::Question& question);
  ui::Area title(ui::Ui& ui, ui::Area content, const service::Question& question);
  form::ContactForm& contact(const service::Question& question);

  const service::Catalogue& catalogue_;
  const service::Service& service_;
  Draft& draft_;
  input::Keyboard& keyboard_;
  safety::SafetyPage safety_;
  // What is typed, by question id; made when the question is first shown.
  std::map<std::string, ui::TextField> texts_;
  std::map<std::string, form::ContactForm> contacts_;
  std::string error_;  // code of the sentence that stands now; "" for none
  ui::Kinetic scroll_;
};

}  // namespace intake
