// config/kiosk.toml: how one machine stands in its hall: server, screen, printer, time-outs. Knows
// nothing of services (read.h). What is not written there has the value given here; the command
// line of `kiosk` may override it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/service/problem.h"
#include "platform/base/file.h"

namespace service {

struct PrinterTarget {
  enum class Kind {
    png,     // a picture for every slip in the data folder
    device,  // ESC/POS to a device file
    tcp,     // ESC/POS to a network printer
  };
  Kind kind = Kind::png;
  base::Path device;  // "/dev/usb/lp0"
  std::string host;
  int port = 9100;  // "raw" printing, IANA pdl-datastream
};

// "png" | "file:/dev/usb/lp0" | "tcp:HOST:PORT"; nothing when the text is none of these.
std::optional<PrinterTarget> parse_printer_target(std::string_view text);

struct ScreenSettings {
  double diagonal_inch = 27.0;  // of the visible picture
  double viewing_cm = 70.0;     // eye to glass (look.md section 2)
};

struct PrinterSettings {
  PrinterTarget target;
  int paper_mm = 80;  // 80 or 58
};

// Care 24: seconds without a touch before the countdown.
struct IdleSettings {
  int reading_s = 180;
  int form_s = 90;
};

struct Settings {
  std::string server;    // "http://127.0.0.1:8480"; "" = no server at all
  base::Path server_ca;  // PEM: who vouches for the server; "" = whom the system trusts
  base::Path data;       // folder of the database, slips and keys; "" = the program's default
  base::Path laws;       // read-only law library; "" = the one of the data folder
  std::string language = "zh-Hans";  // shown after every wipe
  std::string theme = "day";         // "day" | "dusk" | "high-contrast"
  ScreenSettings screen;
  PrinterSettings printer;
  IdleSettings idle;
  int laws_old_days = 180;  // a library older than this says so on its screen
};

struct SettingsOutcome {
  std::optional<Settings> settings;  // only when there is no problem
  std::vector<Problem> problems;
};

// Pure. `file` is the name used in problems.
SettingsOutcome read_settings(std::string_view toml, std::string_view file = "kiosk.toml");

}  // namespace service
