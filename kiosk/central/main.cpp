// kiosk-central: the server that decides for a center. See options.cpp for its commands.
#include <fmt/format.h>

#include <cstdio>
#include <string>
#include <vector>

#include "kiosk/central/receipts.h"
#include "kiosk/central/serve.h"
#include "kiosk/central/upkeep.h"

namespace {

constexpr int failed = 1;
constexpr int misused = 2;

// Nothing when the settings cannot be read; says why.
std::optional<central::Start> read_start(const central::CommandLine& line) {
  const base::Path file = line.config / "central.toml";
  const auto text = base::read_file(file);
  if (!text) {
    fmt::print(stderr, "kiosk-central: {}\n", text.error().detail);
    return std::nullopt;
  }
  auto outcome = central::read_settings(*text);
  for (const service::Problem& problem : outcome.problems) {
    fmt::print(stderr, "{}\n", service::to_line(problem));
  }
  if (!outcome.settings) return std::nullopt;
  central::Start start{*outcome.settings, line.config / outcome.settings->catalogue};
  if (line.data) start.settings.data = *line.data;
  if (line.listen) start.settings.listen = *line.listen;
  return start;
}

}  // namespace

int main(int count, char** words) {
  const auto line = central::parse_command_line(std::vector<std::string>(words + 1, words + count));
  if (!line) {
    fmt::print(stderr, "kiosk-central: {}\n", line.error().detail);
    return misused;
  }
  if (line->command == central::Command::help) {
    fmt::print("{}", central::usage());
    return 0;
  }
  const auto start = read_start(*line);
  if (!start) return failed;
  const base::SystemClock clock;
  base::SystemChance chance;
  const base::World world{clock, chance};
  switch (line->command) {
    case central::Command::enrol_code: return central::print_enrol_code(*start, world);
    case central::Command::new_epoch: return central::begin_new_epoch(*start, world);
    case central::Command::backup: return central::back_up(*start, line->file, world);
    case central::Command::restore:
      return central::restore(*start, {line->file, line->without_case_key}, world);
    case central::Command::migrate: return central::migrate(*start);
    case central::Command::verify:
      return central::verify_receipt({line->receipt, line->key}, start->settings.data,
                                     start->settings.zone);
    case central::Command::serve:
    case central::Command::help: break;
  }
  return central::serve(*start, world);
}
