// The page that asks for a name and one way to reach somebody: the visitor's own phone, which may
// be missing, or whatever is known of another. Holds what is typed, which field is typed into, and
// the sentence beside a field that did not pass, until somebody writes on. Knows no service, no
// draft, and nothing of what comes before or after it. UI thread only.
//
//   form.draw(ui, content, keyboard, ui.tr("…question"), ui.tr("…hint"));
//   if (next was touched && form.check()) …form.typed()…
//
// Ids: "field.name"; of one's own "field.phone" and "field.no_phone", of another "field.reach".
#pragma once

#include <string>
#include <string_view>

#include "kiosk/input/keyboard.h"
#include "kiosk/ui/patterns.h"

namespace form {

// As typed: service/contact.h says what it means.
struct Contact {
  std::string name;
  std::string reach;      // a phone number; of another, any words
  bool no_phone = false;  // then what stands in `reach` does not count
};

class ContactForm {
 public:
  enum class Whose { own, other };
  // Not required: may be left empty as a whole.
  explicit ContactForm(Whose whose, bool required = true);

  void draw(ui::Ui& ui, ui::Area content, input::Keyboard& keyboard, std::string_view question,
            std::string_view hint);
  // False: each field that does not pass has its sentence, and the first of them is typed into.
  bool check();
  [[nodiscard]] Contact typed() const;

 private:
  struct Entry {
    ui::TextField field;
    std::string fault;  // code of the sentence beside it; "" for none
  };

  [[nodiscard]] bool own() const { return whose_ == Whose::own; }
  [[nodiscard]] bool blank() const;
  [[nodiscard]] input::Kind keyboard_kind() const;
  void draw_name(ui::Ui& ui, const ui::FieldSeat& seat);
  void draw_reach(ui::Ui& ui, const ui::FieldSeat& seat);
  void draw_no_phone(ui::Ui& ui, ui::Area seat);
  void write_into(ui::Ui& ui, const Entry& entry);

  Whose whose_;
  bool required_;
  Entry name_;
  Entry reach_;
  bool on_name_ = true;  // the field that is typed into
  bool no_phone_ = false;
};

}  // namespace form
