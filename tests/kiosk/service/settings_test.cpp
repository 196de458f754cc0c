#include "kiosk/service/settings.h"

#include <doctest/doctest.h>

namespace {

std::vector<std::string> problems(std::string_view toml) {
  std::vector<std::string> lines;
  for (const service::Problem& problem : service::read_settings(toml).problems) {
    lines.push_back(service::to_line(problem));
  }
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("an empty file means the usual settings: a picture for a slip, 90 and 180 seconds") {
  const auto settings = service::read_settings("").settings;
  REQUIRE(settings);
  CHECK(settings->server.empty());
  CHECK(settings->server_ca.empty());
  CHECK(settings->language == "zh-Hans");
  CHECK(settings->theme == "day");
  CHECK(settings->screen.diagonal_inch == doctest::Approx(27.0));
  CHECK(settings->printer.target.kind == service::PrinterTarget::Kind::png);
  CHECK(settings->printer.paper_mm == 80);
  CHECK(settings->idle.form_s == 90);
  CHECK(settings->idle.reading_s == 180);
  CHECK(settings->laws_old_days == 180);
}

TEST_CASE("every setting is read") {
  const auto settings = service::read_settings(R"(server = "https://center.example"
server_ca = "/etc/kiosk/ca.pem"
data = "/srv/kiosk"
laws = "/srv/laws.db"
language = "en"
theme = "high-contrast"
[screen]
diagonal_inch = 43
viewing_cm = 80.5
[printer]
target = "tcp:192.0.2.7:9100"
paper_mm = 58
[idle]
reading_s = 300
form_s = 120
)")
                            .settings;
  REQUIRE(settings);
  CHECK(settings->server == "https://center.example");
  CHECK(settings->server_ca == "/etc/kiosk/ca.pem");
  CHECK(settings->data == "/srv/kiosk");
  CHECK(settings->laws == "/srv/laws.db");
  CHECK(settings->language == "en");
  CHECK(settings->theme == "high-contrast");
  CHECK(settings->screen.diagonal_inch == doctest::Approx(43.0));
  CHECK(settings->screen.viewing_cm == doctest::Approx(80.5));
  CHECK(settings->printer.target.host == "192.0.2.7");
  CHECK(settings->printer.paper_mm == 58);
  CHECK(settings->idle.reading_s == 300);
  CHECK(settings->idle.form_s == 120);
}

TEST_CASE("a printer is a picture, a device file or a network address") {
  using Kind = service::PrinterTarget::Kind;
  const auto device = service::parse_printer_target("file:/dev/usb/lp0");
  REQUIRE(device);
  CHECK(device->kind == Kind::device);
  CHECK(device->device == "/dev/usb/lp0");
  const auto network = service::parse_printer_target("tcp:[2001:db8::7]:9100");
  REQUIRE(network);
  CHECK(network->kind == Kind::tcp);
  CHECK(network->host == "[2001:db8::7]");
  CHECK(network->port == 9100);
  for (const std::string_view wrong :
       {"", "lp0", "file:", "file:lp0", "tcp:", "tcp:host", "tcp::9100", "tcp:host:0",
        "tcp:host:70000", "tcp:host:9x"}) {
    CAPTURE(wrong);
    CHECK_FALSE(service::parse_printer_target(wrong));
  }
}

TEST_CASE("mistakes in the settings are named with their place") {
  CHECK(problems("servr = \"\"\n") ==
        Lines{"kiosk.toml:1:1: unknown key `servr`, did you mean `server`?"});
  CHECK(problems("server = \"center.example\"") ==
        Lines{"kiosk.toml:1:10: `center.example` is no server: write \"https://HOST\", or \"\" for "
              "none"});
  CHECK(problems("language = \"fr\"") ==
        Lines{"kiosk.toml:1:12: `fr` is no language; known here: `en`, `zh-Hans`"});
  CHECK(problems("[screen]\ndiagonal_inch = 5.5") ==
        Lines{"kiosk.toml:2:17: `diagonal_inch` is 5.5: write a number from 10 to 100"});
  CHECK(problems("[screen]\nviewing_cm = \"near\"") ==
        Lines{"kiosk.toml:2:14: `viewing_cm` cannot be a text: write viewing_cm = 70"});
  CHECK(problems("[printer]\ntarget = \"usb\"\npaper_mm = 70") ==
        Lines{"kiosk.toml:2:10: `usb` is no printer: write \"png\", \"file:/dev/usb/lp0\" or "
              "\"tcp:192.0.2.7:9100\"",
              "kiosk.toml:3:12: receipt paper is 58 or 80 mm wide: write 58 or 80"});
  CHECK(problems("[idle]\nform_s = 5") ==
        Lines{"kiosk.toml:2:10: `form_s` is 5: write a number from 20 to 1800"});
}

TEST_CASE("settings with a mistake are not used") {
  CHECK_FALSE(service::read_settings("theme = \"night\"").settings);
  CHECK_FALSE(service::read_settings("theme = ").settings);
}
