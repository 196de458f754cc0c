#include "kiosk/form/contact_form.h"

#include "tests/support/ui_driver.h"

using form::ContactForm;
using Whose = form::ContactForm::Whose;

namespace {

constexpr float beside = 40;  // u; a sentence stands that near below its field

// The form on a page, and a visitor before it.
class Visitor {
 public:
  explicit Visitor(ContactForm& form, const ui::Display& display = test::portrait)
      : form_(form), driver(display) {
    driver.show([this](ui::Ui& ui) {
      if (!shown) return;
      ui::Area body = ui.screen().inset(ui.metrics().margin(), 150);
      form_.draw(ui, body, keyboard_, "怎么称呼您？", "名字和电话只用来办这件事。");
    });
  }
  Visitor(const Visitor&) = delete;
  Visitor& operator=(const Visitor&) = delete;

  // What the screen does on "next".
  bool check() {
    const bool passed = form_.check();
    driver.settle();
    return passed;
  }
  [[nodiscard]] bool writes_into(std::string_view id) const {
    const ui::Node* field = driver.find(id);
    return field != nullptr && field->selected;
  }
  // The code's sentence stands just below this field and nowhere else.
  bool stands_beside(std::string_view id, std::string_view code) {
    const std::string words = driver.ui().tr("error." + std::string(code));
    const ui::Node* field = driver.find(id);
    if (field == nullptr) return false;
    int below = 0;
    int seen = 0;
    for (const ui::Node& node : driver.nodes()) {
      if (node.label != words) continue;
      ++seen;
      const float gap = node.bounds.y - field->bounds.bottom();
      const bool in_column =
          node.bounds.x >= field->bounds.x - 1 && node.bounds.x < field->bounds.right();
      if (gap >= 0 && gap < beside && in_column) ++below;
    }
    return seen == 1 && below == 1;
  }
  bool says(std::string_view key) { return driver.sees(driver.ui().tr(key)); }
  [[nodiscard]] std::string typed_in(std::string_view id) const {
    const ui::Node* field = driver.find(id);
    return field == nullptr ? "no such field" : field->value;
  }

 private:
  ContactForm& form_;
  input::Keyboard keyboard_{nullptr};

 public:
  bool shown = true;  // false: another page is on the screen
  test::UiDriver driver;
};

}  // namespace

// ---- one's own ----------------------------------------------------------------------------------

TEST_CASE("an empty form names both fields, each sentence below its own") {
  for (const ui::Display& display : {test::portrait, test::landscape}) {
    ContactForm form(Whose::own);
    Visitor visitor(form, display);
    CHECK_FALSE(visitor.check());
    CHECK(visitor.stands_beside("field.name", "name_missing"));
    CHECK(visitor.stands_beside("field.phone", "phone_missing"));
    CHECK(visitor.writes_into("field.name"));
    CHECK(visitor.driver.ui().overflows() == std::vector<std::string>{});
  }
}

TEST_CASE("whoever writes on has read the sentence: it goes, the other stays") {
  ContactForm form(Whose::own);
  Visitor visitor(form);
  CHECK_FALSE(visitor.check());
  visitor.driver.type("王");
  CHECK_FALSE(visitor.says("error.name_missing"));
  CHECK(visitor.stands_beside("field.phone", "phone_missing"));
  visitor.driver.tap("field.phone");
  visitor.driver.type("1");
  CHECK_FALSE(visitor.says("error.phone_missing"));
}

TEST_CASE("the first field that does not pass is the one that is typed into") {
  ContactForm form(Whose::own);
  Visitor visitor(form);
  visitor.driver.type("王小明");
  visitor.driver.tap("field.phone");
  visitor.driver.type("1381234");
  visitor.driver.tap("field.name");
  CHECK(visitor.writes_into("field.name"));
  CHECK_FALSE(visitor.check());
  CHECK(visitor.writes_into("field.phone"));
  CHECK(visitor.stands_beside("field.phone", "phone_short"));
  CHECK(visitor.typed_in("field.phone") == "1381234");
}

TEST_CASE("the sentence follows the visitor into another language") {
  ContactForm form(Whose::own);
  Visitor visitor(form);
  CHECK_FALSE(visitor.check());
  visitor.driver.ui().set_language("en");
  visitor.driver.settle();
  CHECK(visitor.stands_beside("field.name", "name_missing"));
  CHECK(visitor.driver.sees("Please write the name"));
}

TEST_CASE("who has no phone says so, needs none, and may still change their mind") {
  ContactForm form(Whose::own);
  Visitor visitor(form);
  visitor.driver.type("王小明");
  visitor.driver.tap("field.phone");
  visitor.driver.type("138");
  CHECK_FALSE(visitor.check());
  visitor.driver.tap("field.no_phone");
  CHECK_FALSE(visitor.says("error.phone_short"));
  CHECK(visitor.says("form.no_phone_hint"));
  CHECK(visitor.writes_into("field.name"));
  CHECK(form.typed().no_phone);
  CHECK(visitor.check());
  SUBCASE("with the same button") {
    visitor.driver.tap("field.no_phone");
  }
  SUBCASE("by touching the field") {
    visitor.driver.tap("field.phone");
    CHECK(visitor.writes_into("field.phone"));
  }
  CHECK_FALSE(form.typed().no_phone);
  CHECK(visitor.typed_in("field.phone") == "138");
  CHECK_FALSE(visitor.check());
}

TEST_CASE("the finish key leads to the field that is still to be filled in") {
  ContactForm form(Whose::own);
  Visitor visitor(form);
  visitor.driver.tap("key.finish");
  CHECK(visitor.writes_into("field.phone"));
  CHECK(visitor.driver.find("key.7") != nullptr);
  visitor.driver.tap("key.finish");
  CHECK(visitor.writes_into("field.name"));
  visitor.driver.tap("field.no_phone");
  visitor.driver.tap("key.finish");
  CHECK(visitor.writes_into("field.name"));
}

TEST_CASE("nothing that was typed is lost on the way to another page and back") {
  ContactForm form(Whose::own);
  Visitor visitor(form);
  visitor.driver.type("王小明");
  visitor.driver.tap("field.phone");
  visitor.driver.type("138");
  visitor.shown = false;
  visitor.driver.settle();
  CHECK(visitor.driver.find("field.name") == nullptr);
  visitor.shown = true;
  visitor.driver.settle();
  CHECK(visitor.typed_in("field.name") == "王小明");
  CHECK(visitor.typed_in("field.phone") == "138");
  CHECK(visitor.writes_into("field.phone"));
  visitor.driver.type("00001234");
  CHECK(visitor.check());
  CHECK(form.typed().name == "王小明");
  CHECK(form.typed().reach == "13800001234");
}

// ---- another's ----------------------------------------------------------------------------------

TEST_CASE("of another any words will do to reach them, and nobody is without a way") {
  ContactForm form(Whose::other);
  Visitor visitor(form);
  CHECK(visitor.driver.find("field.no_phone") == nullptr);
  CHECK_FALSE(visitor.check());
  CHECK(visitor.stands_beside("field.name", "name_missing"));
  CHECK(visitor.stands_beside("field.reach", "contact_missing"));
  visitor.driver.type("张三");
  visitor.driver.tap("key.finish");
  visitor.driver.type("对门 402 室");
  CHECK(visitor.check());
  CHECK(form.typed().reach == "对门 402 室");
}

TEST_CASE("a form that is not required may stay empty, but not half empty") {
  ContactForm form(Whose::other, false);
  Visitor visitor(form);
  CHECK(visitor.check());
  visitor.driver.type("张三");
  CHECK_FALSE(visitor.check());
  CHECK(visitor.stands_beside("field.reach", "contact_missing"));
}
