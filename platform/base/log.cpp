#include "platform/base/log.h"

#include <fmt/format.h>
#include <unistd.h>

namespace base {
namespace {

std::string_view name(Level level) {
  switch (level) {
    case Level::info: return "info";
    case Level::warn: return "warn";
    case Level::error: return "error";
  }
  return "error";
}

void append_value(std::string& line, std::string_view value) {
  const bool quote = value.empty() || value.find_first_of(" \"=") != std::string_view::npos;
  if (quote) line += '"';
  for (const char c : value) {
    if (c == '"' || c == '\\') line += '\\';
    line += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
  }
  if (quote) line += '"';
}

}  // namespace

void Log::line(Level level, std::string_view event, std::initializer_list<Field> fields) {
  const Instant now = clock_.now();
  const LocalTime utc = TimeZone{std::chrono::minutes{0}}.local(now);
  const auto in_minute = to_ms(now) % 60000;
  std::string text = fmt::format("{}T{}:{:02}.{:03}Z {} {}", iso_date(utc.date), iso_time(utc.time),
                                 in_minute / 1000, in_minute % 1000, name(level), event);
  for (const auto& [key, value] : fields) {
    text += ' ';
    text += key;
    text += '=';
    append_value(text, value);
  }
  text += '\n';
  const std::scoped_lock lock(mutex_);
  // One write keeps lines whole; a full or closed log must never stop the kiosk.
  [[maybe_unused]] const ssize_t written = ::write(descriptor_, text.data(), text.size());
}

}  // namespace base
