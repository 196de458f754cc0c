// One question of an intake, drawn by its kind and answered into the draft. Knows no store and not
// which question comes next.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

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
  // `error` stands beside the field or above the answers; "" for none.
  Outcome draw(ui::Ui& ui, ui::Area content, const service::Question& question,
               const std::string& error);
  // Another question is shown: lists start at their top.
  void turn();

 private:
  Outcome draw_safety(ui::Ui& ui, ui::Area content);
  void draw_choices(ui::Ui& ui, ui::Area content, const service::Question& question,
                    const std::string& error);
  void draw_ways(ui::Ui& ui, ui::Area content, const service::Question& question,
                 const std::string& error);
  void draw_evidence(ui::Ui& ui, ui::Area content, const service::Question& question);
  void draw_text(ui::Ui& ui, ui::Area content, const service::Question& question,
                 const std::string& error);
  void draw_two_fields(ui::Ui& ui, ui::Area content, const service::Question& question,
                       const std::string& error);
  void draw_consent(ui::Ui& ui, ui::Area content, const service::Question& question,
                    const std::string& error);
  ui::Area title(ui::Ui& ui, ui::Area content, const service::Question& question);
  void show_error(ui::Ui& ui, ui::Area& content, const std::string& error);
  // The field behind an answer, made when first asked for, filled from the draft.
  ui::TextField& field(const std::string& key, std::size_t limit);
  void keep(const std::string& key);

  const service::Catalogue& catalogue_;
  const service::Service& service_;
  Draft& draft_;
  input::Keyboard& keyboard_;
  safety::SafetyPage safety_;
  std::map<std::string, ui::TextField> fields_;
  std::string active_;  // key of the field that is typed into
  ui::Kinetic scroll_;
};

}  // namespace intake
