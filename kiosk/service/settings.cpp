#include "kiosk/service/settings.h"

#include <fmt/format.h>

#include <charconv>

#include "kiosk/service/table.h"

namespace service {
namespace {

constexpr std::pair<std::string_view, std::string_view> languages[] = {{"zh-Hans", "zh-Hans"},
                                                                       {"en", "en"}};
constexpr std::pair<std::string_view, std::string_view> themes[] = {
    {"day", "day"}, {"dusk", "dusk"}, {"high-contrast", "high-contrast"}};

constexpr std::string_view device_prefix = "file:";
constexpr std::string_view tcp_prefix = "tcp:";

std::optional<int> parse_port(std::string_view digits) {
  int port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return port >= 1 && port <= 65535 ? std::optional(port) : std::nullopt;
}

Parsed<std::string> parse_server(Word word) {
  if (word.text.empty() || word.text.starts_with("http://") || word.text.starts_with("https://")) {
    return std::string(word.text);
  }
  return tl::unexpected(
      fmt::format("`{}` is no server: write \"https://HOST\", or \"\" for none", word.text));
}

Parsed<base::Path> parse_path(Word word) {
  return base::Path(word.text);
}

Parsed<PrinterTarget> parse_target(Word word) {
  if (auto target = parse_printer_target(word.text)) return *target;
  return tl::unexpected(
      fmt::format("`{}` is no printer: write \"png\", \"file:/dev/usb/lp0\" or "
                  "\"tcp:192.0.2.7:9100\"",
                  word.text));
}

ScreenSettings read_screen(Table& table) {
  const ScreenSettings usual;
  return {
      .diagonal_inch = table.number("diagonal_inch", {.from = 10, .to = 100}, usual.diagonal_inch),
      .viewing_cm = table.number("viewing_cm", {.from = 30, .to = 200}, usual.viewing_cm)};
}

PrinterSettings read_printer(Table& table) {
  PrinterSettings printer;
  printer.target = table.parsed("target", Need::optional, parse_target);
  printer.paper_mm = table.integer("paper_mm", {.from = 58, .to = 80}, printer.paper_mm);
  if (printer.paper_mm > 58 && printer.paper_mm < 80) {
    table.wrong("paper_mm", "receipt paper is 58 or 80 mm wide: write 58 or 80");
  }
  return printer;
}

IdleSettings read_idle(Table& table) {
  const IdleSettings usual;
  const Range range{.from = 20, .to = 1800};
  return {.reading_s = table.integer("reading_s", range, usual.reading_s),
          .form_s = table.integer("form_s", range, usual.form_s)};
}

Settings read(Table& table) {
  const Settings usual;
  return {
      .server = table.parsed("server", Need::optional, parse_server),
      .server_ca = table.parsed("server_ca", Need::optional, parse_path),
      .data = table.parsed("data", Need::optional, parse_path),
      .laws = table.parsed("laws", Need::optional, parse_path),
      .language = std::string(table.one_of<std::string_view>("language", Need::optional, languages)
                                  .value_or(usual.language)),
      .theme = std::string(
          table.one_of<std::string_view>("theme", Need::optional, themes).value_or(usual.theme)),
      .screen = table.table("screen", Need::optional, read_screen),
      .printer = table.table("printer", Need::optional, read_printer),
      .idle = table.table("idle", Need::optional, read_idle),
      .laws_old_days =
          table.integer("laws_old_days", {.from = 1, .to = 3650}, usual.laws_old_days)};
}

}  // namespace

std::optional<PrinterTarget> parse_printer_target(std::string_view text) {
  PrinterTarget target;
  if (text == "png") return target;
  if (text.starts_with(device_prefix)) {
    target.kind = PrinterTarget::Kind::device;
    target.device = base::Path(text.substr(device_prefix.size()));
    return target.device.is_absolute() ? std::optional(target) : std::nullopt;
  }
  const auto colon = text.rfind(':');
  if (!text.starts_with(tcp_prefix) || colon <= tcp_prefix.size()) return std::nullopt;
  const auto port = parse_port(text.substr(colon + 1));
  if (!port) return std::nullopt;
  target.kind = PrinterTarget::Kind::tcp;
  target.host = std::string(text.substr(tcp_prefix.size(), colon - tcp_prefix.size()));
  target.port = *port;
  return target;
}

SettingsOutcome read_settings(std::string_view toml, std::string_view file) {
  const auto document = parse_document(toml, file);
  if (!document) return {.settings = std::nullopt, .problems = {document.error()}};
  Report report{std::string(file)};
  Settings settings = read_table(*document, report, read);
  if (!report.problems().empty()) {
    return {.settings = std::nullopt, .problems = std::move(report.problems())};
  }
  return {.settings = std::move(settings), .problems = {}};
}

}  // namespace service
