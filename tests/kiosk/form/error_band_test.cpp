#include "kiosk/form/error_band.h"

#include "tests/support/ui_driver.h"

TEST_CASE("an error stands above the content as a sentence and leaves the rest below it") {
  test::UiDriver driver;
  std::string code;
  float top = 0;
  driver.show([&](ui::Ui& ui) {
    ui::Area content = ui.screen().inset(60, 200);
    form::error_band(ui, content, code);
    top = content.y;
  });
  CHECK(top == 200);
  code = "storage";
  driver.settle();
  CHECK(driver.sees(driver.ui().tr("error.storage")));
  CHECK(top > 200);
}

TEST_CASE("no error has no words") {
  test::UiDriver driver;
  CHECK(form::error_words(driver.ui(), "") == "");
  CHECK(form::error_words(driver.ui(), "name_missing") == driver.ui().tr("error.name_missing"));
}
