#include "kiosk/form/contact_form.h"

#include "kiosk/form/error_band.h"
#include "kiosk/service/contact.h"

namespace form {
namespace {

using ui::Area;

constexpr float no_phone_width = 330;      // u, of the button beside the phone number
constexpr std::size_t longest_phone = 20;  // characters, with the blanks and signs people write

// "" when it passed.
std::string fault_of(const base::Result<std::string>& parsed) {
  return parsed ? std::string() : parsed.error().code;
}

}  // namespace

ContactForm::ContactForm(Whose whose, bool required)
    : whose_(whose),
      required_(required),
      name_{ui::TextField(service::longest_name), {}},
      reach_{ui::TextField(own() ? longest_phone : service::longest_reach), {}} {}

Contact ContactForm::typed() const {
  return {name_.field.text(), reach_.field.text(), no_phone_};
}

bool ContactForm::blank() const {
  return name_.field.text().empty() && reach_.field.text().empty() && !no_phone_;
}

bool ContactForm::check() {
  name_.fault.clear();
  reach_.fault.clear();
  if (!required_ && blank()) return true;
  const std::string& reach = reach_.field.text();
  name_.fault = fault_of(service::parse_name(name_.field.text()));
  if (!no_phone_) {
    reach_.fault = fault_of(own() ? service::parse_phone(reach) : service::parse_reach(reach));
  }
  const bool passed = name_.fault.empty() && reach_.fault.empty();
  if (!passed) on_name_ = !name_.fault.empty();
  return passed;
}

void ContactForm::draw(ui::Ui& ui, Area content, input::Keyboard& keyboard,
                       std::string_view question, std::string_view hint) {
  // A touch in this pass leads elsewhere in the next one: what is typed now belongs here.
  Entry& active = on_name_ ? name_ : reach_;
  Entry& other = on_name_ ? reach_ : name_;
  const input::Kind kind = keyboard_kind();
  const Area keys = input::Keyboard::place(ui, content, kind);
  content = ui::question(ui, content, question, hint);
  const std::string name_error = error_words(ui, name_.fault);
  const std::string reach_error = error_words(ui, reach_.fault);
  const ui::FieldSeats seats = ui::field_seats(ui, content,
                                               {.first_error = name_error,
                                                .second_error = reach_error,
                                                .beside = own() ? no_phone_width : 0});
  draw_name(ui, seats.first);
  draw_reach(ui, seats.second);
  if (own()) draw_no_phone(ui, seats.second.beside);
  if (no_phone_ && name_.fault.empty()) {
    ui.text(seats.below, ui.tr("form.no_phone_hint"),
            {.size = ui::type::caption, .color = ui.colors().ink2});
  }
  const std::string before = active.field.text();
  const bool finished = keyboard.draw(ui, keys, active.field, kind, ui.tr("keyboard.finish"));
  // Who writes on has read the sentence.
  if (active.field.text() != before) active.fault.clear();
  if (finished) write_into(ui, no_phone_ ? name_ : other);
}

input::Kind ContactForm::keyboard_kind() const {
  return on_name_ || !own() ? input::Kind::text : input::Kind::phone;
}

void ContactForm::draw_name(ui::Ui& ui, const ui::FieldSeat& seat) {
  const std::string label = ui.tr(own() ? "form.name" : "form.other_name");
  const std::string error = error_words(ui, name_.fault);
  const ui::Ui::FieldStyle style{.active = on_name_, .error = error, .name = label};
  if (ui::labelled_field(ui, "field.name", seat, name_.field, style)) write_into(ui, name_);
}

void ContactForm::draw_reach(ui::Ui& ui, const ui::FieldSeat& seat) {
  const std::string label = ui.tr(own() ? "form.phone" : "form.other_reach");
  const std::string placeholder = no_phone_ ? ui.tr("form.no_phone_chosen") : "";
  const std::string error = error_words(ui, reach_.fault);
  const ui::Ui::FieldStyle style{
      .active = !on_name_, .placeholder = placeholder, .error = error, .name = label};
  const std::string_view id = own() ? "field.phone" : "field.reach";
  if (!ui::labelled_field(ui, id, seat, reach_.field, style)) return;
  no_phone_ = false;
  write_into(ui, reach_);
}

void ContactForm::draw_no_phone(ui::Ui& ui, Area seat) {
  if (!ui.button("field.no_phone", seat, ui.tr("form.no_phone"),
                 {.look = no_phone_ ? ui::Look::selected : ui::Look::normal,
                  .icon = no_phone_ ? "check" : "phone",
                  .size = 28,
                  .role = ui::Role::choice})) {
    return;
  }
  no_phone_ = !no_phone_;
  reach_.fault.clear();
  if (no_phone_) on_name_ = true;
  ui.redraw();
}

void ContactForm::write_into(ui::Ui& ui, const Entry& entry) {
  on_name_ = &entry == &name_;
  ui.redraw();
}

}  // namespace form
