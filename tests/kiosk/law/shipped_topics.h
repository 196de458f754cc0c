// The topics this repository ships, read against the services it ships.
#pragma once

#include <doctest/doctest.h>

#include "kiosk/law/topics.h"
#include "platform/base/file.h"

namespace test {

inline law::Topics shipped_topics() {
  const base::Path config = base::Path(SOURCE_FOLDER) / "config";
  std::set<std::string> services;
  const auto files = base::list_files(config / "services", ".toml");
  REQUIRE(files);
  for (const base::Path& file : *files) services.insert(file.stem().string());
  const auto text = base::read_file(config / "law/topics.toml");
  REQUIRE(text);
  auto outcome = law::read_topics(*text, services);
  for (const service::Problem& problem : outcome.problems) FAIL_CHECK(service::to_line(problem));
  REQUIRE(outcome.topics);
  return std::move(*outcome.topics);
}

}  // namespace test
