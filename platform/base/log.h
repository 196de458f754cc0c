// One line an event to standard error: time, level, event, key=value … No personal data, ever:
// callers pass ids, counts and codes, never what a visitor typed.
//
//   2026-11-23T01:12:03.123Z warn sync.retry wait_ms=4200 code=connect
#pragma once

#include <initializer_list>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "platform/base/clock.h"

namespace base {

enum class Level { info, warn, error };

class Log {
 public:
  using Field = std::pair<std::string_view, std::string>;

  Log(const Clock& clock, int file_descriptor) : clock_(clock), descriptor_(file_descriptor) {}
  // Any thread. Values with blanks or quotes are quoted; control characters become '?'.
  void line(Level level, std::string_view event, std::initializer_list<Field> fields = {});

 private:
  const Clock& clock_;
  int descriptor_;
  std::mutex mutex_;
};

}  // namespace base
