#include "kiosk/form/choice_list.h"

#include "tests/support/ui_driver.h"

namespace {

service::LocalText text(std::string chinese, std::string english) {
  return {{{"zh-Hans", std::move(chinese)}, {"en", std::move(english)}}};
}

template <typename Offer>
Offer offer(std::string id, service::LocalText name, service::LocalText hint = {}) {
  Offer made;
  made.id = std::move(id);
  made.name = std::move(name);
  made.hint = std::move(hint);
  made.icon = "phone";
  return made;
}

// A list on a page, and what was touched in it last.
template <typename Offer>
class List {
 public:
  explicit List(std::vector<Offer> offered) : offered_(std::move(offered)) {
    driver.show([this](ui::Ui& ui) {
      const Offer* touched =
          form::choice_list(ui, "offer", ui.screen().inset(60, 200), scroll_, offered_, chosen);
      if (touched != nullptr) chosen = touched->id;
    });
  }
  List(const List&) = delete;
  List& operator=(const List&) = delete;

 private:
  std::vector<Offer> offered_;
  ui::Kinetic scroll_;

 public:
  std::string chosen;
  test::UiDriver driver;
};

}  // namespace

TEST_CASE("the touched choice comes back and is marked from then on") {
  List<service::Choice> list({offer<service::Choice>("wage", text("工资", "Wages")),
                              offer<service::Choice>("loan", text("借钱", "Loans"))});
  CHECK_FALSE(list.driver.find("offer.wage")->selected);
  list.driver.tap("offer.loan");
  CHECK(list.chosen == "loan");
  CHECK(list.driver.find("offer.loan")->selected);
  list.driver.tap("offer.wage");
  CHECK(list.chosen == "wage");
  CHECK_FALSE(list.driver.find("offer.loan")->selected);
}

TEST_CASE("ways to meet are listed the same, with their hint, in the visitor's language") {
  List<service::Way> list({offer<service::Way>("phone", text("打电话", "By phone"),
                                               text("留一个电话", "Leave a number")),
                           offer<service::Way>("onsite", text("当面谈", "Face to face"))});
  CHECK(list.driver.sees("留一个电话"));
  list.driver.ui().set_language("en");
  list.driver.settle();
  CHECK(list.driver.sees("By phone"));
  CHECK(list.driver.sees("Leave a number"));
  list.driver.tap("offer.onsite");
  CHECK(list.chosen == "onsite");
}
