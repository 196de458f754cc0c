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

struct Settings {
  std::string server;  // "http://127.0.0.1:8480"; "" = no server at all
  base::Path data;     // folder of the database, slips and keys; "" = the program's default
  base::Path laws;     // read-only law library; "" = data/laws.db
  std::string language = "zh-Hans";  // shown after every wipe
  std::string theme = "day";         // "day" | "dusk" | "high-contrast"

  double diagonal_inch = 27.0;  // of the visible picture
  double viewing_cm = 70.0;     // eye to glass (look.md section 2)

  PrinterTarget printer;
  int paper_mm = 80;  // 80 or 58

  int reading_idle_s = 180;  // care 24: before the countdown on reading screens
  int form_idle_s = 90;      // and on forms
};

struct SettingsOutcome {
  std::optional<Settings> settings;  // only when there is no problem
  std::vector<Problem> problems;
};

// Pure. `file` is the name used in problems.
SettingsOutcome read_settings(std::string_view toml, std::string_view file = "kiosk.toml");

}  // namespace service
