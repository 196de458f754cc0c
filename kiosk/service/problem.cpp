#include "kiosk/service/problem.h"

#include <fmt/format.h>

namespace service {

std::string to_line(const Problem& problem) {
  return fmt::format("{}:{}:{}: {}", problem.file, problem.line, problem.column, problem.message);
}

}  // namespace service
