#include "platform/device/qr.h"

#include <doctest/doctest.h>

#include "platform/device/png.h"
#include "tests/platform/device/picture.h"
#include "tests/support/world.h"

using device::QrLevel;

TEST_CASE("a code has its three finder patterns and none in the fourth corner") {
  const auto code = device::qr("BJDC-7K3M-Q9");
  REQUIRE(code.has_value());
  CHECK(code->side == 21);
  const auto finder = [&code](int x, int y) {
    for (int i = 0; i < 7; ++i) {
      if (!code->black(x + i, y) || !code->black(x + i, y + 6)) return false;
    }
    return code->black(x + 3, y + 3) && !code->black(x + 1, y + 1);
  };
  CHECK(finder(0, 0));
  CHECK(finder(14, 0));
  CHECK(finder(0, 14));
  CHECK_FALSE(finder(14, 14));
}

TEST_CASE("more correction or more text makes a larger code") {
  const std::string text(100, 'x');
  CHECK(device::qr(text, QrLevel::high)->side > device::qr(text, QrLevel::low)->side);
  CHECK(device::qr(text + text)->side > device::qr(text)->side);
}

TEST_CASE("a text too long for any code is refused, the longest is not; so is no text") {
  CHECK(device::qr(std::string(2331, 'x')).has_value());
  const auto long_text = device::qr(std::string(2332, 'x'));
  REQUIRE_FALSE(long_text.has_value());
  CHECK(long_text.error().code == "qr_too_long");
  const auto no_text = device::qr("");
  REQUIRE_FALSE(no_text.has_value());
  CHECK(no_text.error().code == "qr_empty");
}

TEST_CASE("a phone reads the Chinese text of a printed code" * doctest::skip(!test::has_zbar())) {
  test::TempFolder folder;
  std::string text = "调解申请：工资拖欠三个月，请求支付 18000 元。";
  while (text.size() < 900) text += "说明与证据清单。";
  const auto code = device::qr(text);
  REQUIRE(code.has_value());
  const base::Path file = folder / "code.png";
  REQUIRE(device::write_png(test::draw_code(*code, 3), file));
  CHECK(test::zbar(file) == text);
}
