#include "platform/device/printer.h"

#include <algorithm>
#include <cctype>
#include <optional>

#include "platform/device/connection.h"
#include "platform/device/escpos.h"
#include "platform/device/png.h"

namespace device {
namespace {

using base::ErrorKind;
using base::fail;
using base::Milliseconds;
using base::Result;

constexpr Milliseconds connect_time{2'000};
constexpr Milliseconds answer_time{500};
// The longest slip at the speed of a slow printer, with room to spare.
constexpr Milliseconds print_time{20'000};

class FolderPrinter final : public Printer {
 public:
  explicit FolderPrinter(base::Path folder) : folder_(std::move(folder)) {}

  Result<void> print(const Bitmap& picture, std::string_view name) override {
    if (!is_name(name)) return fail(ErrorKind::invalid, "bad_slip_name", name);
    TRY(check());
    return write_png(picture, folder_ / (std::string(name) + ".png"), 0600);
  }

  Result<void> check() override { return base::make_folder(folder_, 0700); }

 private:
  static bool is_name(std::string_view name) {
    const auto fits = [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_'; };
    return !name.empty() && std::all_of(name.begin(), name.end(), fits);
  }

  base::Path folder_;
};

struct Address {
  std::string host;
  std::string port;
};

class EscposPrinter final : public Printer {
 public:
  EscposPrinter(base::Path device_file, const base::Clock& clock)
      : clock_(clock), device_file_(std::move(device_file)) {}
  EscposPrinter(Address address, const base::Clock& clock)
      : clock_(clock), address_(std::move(address)) {}

  Result<void> print(const Bitmap& picture, std::string_view /*name*/) override {
    return as_printer_error(send(escpos_raster(picture)));
  }

  Result<void> check() override { return as_printer_error(send({})); }

 private:
  // Asks before, because a printer without paper takes the bytes and keeps them for the next
  // visitor; and after, because the paper may end on the way.
  Result<void> send(const std::string& bytes) {
    Connection printer = TRY(connect());
    const bool answers = TRY(ask(printer));
    if (bytes.empty()) return {};
    const auto sent = printer.write(bytes, clock_.tick() + print_time);
    if (answers) TRY(ask(printer));
    printer.finish(clock_.tick() + answer_time);
    return sent;
  }

  Result<Connection> connect() {
    if (!address_) return Connection::open(device_file_, clock_);
    return Connection::connect(address_->host, address_->port, clock_,
                               clock_.tick() + connect_time);
  }

  // Whether it answered; its trouble when it told any.
  Result<bool> ask(Connection& printer) {
    if (!printer.can_answer()) return false;
    printer.discard_input();
    TRY(printer.write(escpos_status_request, clock_.tick() + answer_time));
    const std::string answer = printer.read(escpos_status_size, clock_.tick() + answer_time);
    TRY(escpos_status(answer));
    return answer.size() == escpos_status_size;
  }

  static Result<void> as_printer_error(Result<void> outcome) {
    if (!outcome && outcome.error().code == "device_unreachable") {
      return fail(ErrorKind::device, "printer_unreachable", outcome.error().detail);
    }
    return outcome;
  }

  const base::Clock& clock_;
  base::Path device_file_;
  std::optional<Address> address_;  // instead of the file
};

std::optional<Address> parse_address(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::string_view host = text.substr(0, colon);
  const std::string_view port = text.substr(colon + 1);
  // IPv6 addresses stand in brackets (RFC 3986 section 3.2.2).
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  const auto digit = [](unsigned char c) { return std::isdigit(c) != 0; };
  if (host.empty() || port.empty() || port.size() > 5) return std::nullopt;
  if (!std::all_of(port.begin(), port.end(), digit)) return std::nullopt;
  return Address{std::string(host), std::string(port)};
}

}  // namespace

Result<std::unique_ptr<Printer>> make_printer(std::string_view target,
                                              const base::Path& data_folder,
                                              const base::Clock& clock) {
  constexpr std::string_view file = "file:";
  constexpr std::string_view tcp = "tcp:";
  if (target == "png") return std::make_unique<FolderPrinter>(data_folder / "slips");
  if (target.starts_with(file) && target.size() > file.size()) {
    return std::make_unique<EscposPrinter>(base::Path(target.substr(file.size())), clock);
  }
  if (target.starts_with(tcp)) {
    if (auto address = parse_address(target.substr(tcp.size()))) {
      return std::make_unique<EscposPrinter>(std::move(*address), clock);
    }
  }
  return fail(ErrorKind::invalid, "bad_printer_target", target);
}

}  // namespace device
