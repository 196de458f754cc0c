// A center for scripted visitors: the real program kiosk-central on this machine, open round the
// clock, behind a line that can be cut.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/support/central_process.h"
#include "tests/support/kiosk_driver.h"
#include "tests/support/proxy.h"

namespace test {

// The shipped config with the doors open every day, and no limit on bookings: the server's clock is
// the real one, tests run at any hour, and all their visitors have one telephone number.
inline base::Path open_every_day(const TempFolder& folder) {
  const base::Path config = folder / "config";
  std::filesystem::copy(source_folder() / "config", config,
                        std::filesystem::copy_options::recursive);
  const base::Path file = config / "center.toml";
  std::string toml = must(base::read_file(file));
  const std::string title = "[hours]\n";
  const std::size_t begin = toml.find(title) + title.size();
  const std::size_t end = toml.find("\n#", begin);
  std::string hours;
  for (const char* day :
       {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}) {
    hours += std::string(day) + " = [\"00:00-23:59\"]\n";
  }
  toml.replace(begin, end - begin, hours);
  must(base::replace_file(file, toml, 0600));
  std::filesystem::remove(config / "holidays.toml");
  const base::Path consult = config / "services/consult.toml";
  std::string booking = must(base::read_file(consult));
  const std::string limit = "per_person_day = 3\n";
  booking.erase(booking.find(limit), limit.size());
  must(base::replace_file(consult, booking, 0600));
  return config;
}

class Center {
 public:
  // What a kiosk of this center is built with; a fresh one-time code each time.
  KioskOptions kiosk() {
    return {.config = config_,
            .server = line.address(),
            .enrol_code = server.enrol_code(),
            .now = base::SystemClock().now()};
  }
  nlohmann::json office() { return nlohmann::json::parse(server.office()); }

 private:
  TempFolder folder_;
  base::Path config_ = open_every_day(folder_);

 public:
  CentralProcess server{KIOSK_CENTRAL, config_};
  Proxy line{server.port()};
};

}  // namespace test
