#include "platform/device/printer.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "platform/device/escpos.h"
#include "tests/platform/device/fake_printer.h"
#include "tests/platform/device/paper.h"
#include "tests/platform/device/picture.h"
#include "tests/support/world.h"

namespace {

using device::Bitmap;
using device::Printer;

constexpr std::string_view all_well = "\x12\x12";
constexpr std::string_view no_paper = "\x32\x72";
constexpr std::string_view open_cover = "\x16\x12";

std::unique_ptr<Printer> printer_for(std::string_view target, const base::Clock& clock) {
  auto printer = device::make_printer(target, "/nowhere", clock);
  REQUIRE(printer.has_value());
  return std::move(*printer);
}

std::string code_of(const base::Result<void>& outcome) {
  return outcome ? std::string("printed") : outcome.error().code;
}

}  // namespace

TEST_CASE("without a printer a slip becomes a picture in the data folder, for its owner only") {
  test::TempFolder folder;
  const base::SystemClock clock;
  auto printer = device::make_printer("png", folder.path(), clock);
  REQUIRE(printer.has_value());
  CHECK((*printer)->check());
  const Bitmap slip = test::speckled({576, 300});
  REQUIRE((*printer)->print(slip, "slip-20261123-0007"));
  const base::Path file = folder.path() / "slips" / "slip-20261123-0007.png";
  const auto bytes = base::read_file(file);
  REQUIRE(bytes.has_value());
  CHECK(device::threshold(test::decode_png(*bytes)) == slip);
  struct stat kind{};
  REQUIRE(::stat(file.c_str(), &kind) == 0);
  CHECK((kind.st_mode & 0777) == 0600);
}

TEST_CASE("a slip's name cannot leave the folder") {
  test::TempFolder folder;
  const base::SystemClock clock;
  auto printer = device::make_printer("png", folder.path(), clock);
  REQUIRE(printer.has_value());
  for (const char* name : {"", "../escape", "a/b", ".hidden", "名"}) {
    CHECK(code_of((*printer)->print(test::speckled({8, 8}), name)) == "bad_slip_name");
  }
}

TEST_CASE("a network printer gets the slip and a cut") {
  const base::SystemClock clock;
  const Bitmap slip = test::speckled({576, 400});
  for (const std::string_view answer : {all_well, std::string_view{}}) {
    test::TcpPrinter printer{std::string(answer)};
    CHECK(code_of(printer_for(printer.target(), clock)->print(slip, "slip")) == "printed");
    const test::Paper paper = test::read_escpos(printer.heard());
    CHECK(paper.picture == slip);
    CHECK(paper.cut);
  }
}

TEST_CASE("a printer behind a device file gets the slip and is asked how it is") {
  const base::SystemClock clock;
  const Bitmap slip = test::speckled({384, 200});
  test::DevicePrinter printer{std::string(all_well)};
  CHECK(code_of(printer_for(printer.target(), clock)->print(slip, "slip")) == "printed");
  CHECK(test::read_escpos(printer.heard()).picture == slip);
}

TEST_CASE("a printer without paper or with an open cover is named and gets no slip") {
  const base::SystemClock clock;
  for (const auto& [answer, code] :
       {std::pair{no_paper, "paper_out"}, std::pair{open_cover, "cover_open"}}) {
    test::TcpPrinter printer{std::string(answer)};
    CHECK(code_of(printer_for(printer.target(), clock)->print(test::speckled({8, 8}), "slip")) ==
          code);
    CHECK(printer.heard() == device::escpos_status_request);
  }
}

TEST_CASE("looking after the printer prints nothing") {
  const base::SystemClock clock;
  test::TcpPrinter printer{std::string(all_well)};
  CHECK(code_of(printer_for(printer.target(), clock)->check()) == "printed");
  CHECK(printer.heard() == device::escpos_status_request);
}

TEST_CASE("bytes are added to a file that is there, and none is made where a device is missing") {
  test::TempFolder folder;
  const base::SystemClock clock;
  const base::Path file = folder / "lp0";
  const std::string target = "file:" + file.string();
  const Bitmap slip = test::speckled({16, 4});
  CHECK(code_of(printer_for(target, clock)->print(slip, "slip")) == "printer_unreachable");
  CHECK_FALSE(std::filesystem::exists(file));
  REQUIRE(base::replace_file(file, ""));
  CHECK(code_of(printer_for(target, clock)->print(slip, "slip")) == "printed");
  CHECK(code_of(printer_for(target, clock)->print(slip, "slip")) == "printed");
  const std::string once = device::escpos_raster(slip);
  CHECK(base::read_file(file).value() == once + once);
}

TEST_CASE("a printer that is switched off is unreachable, and the detail says what was tried") {
  const base::SystemClock clock;
  std::string target;
  {
    const test::TcpPrinter printer{""};
    target = printer.target();
  }
  const auto outcome = printer_for(target, clock)->print(test::speckled({8, 8}), "slip");
  CHECK(code_of(outcome) == "printer_unreachable");
  CHECK(outcome.error().detail.find("127.0.0.1") != std::string::npos);
}

TEST_CASE("a printer's address must be complete") {
  const base::SystemClock clock;
  for (const char* target : {"", "usb", "file:", "tcp:", "tcp:host", "tcp::9100",
                             "tcp:host:", "tcp:host:nine", "tcp:host:123456"}) {
    INFO(target);
    const auto printer = device::make_printer(target, "/nowhere", clock);
    REQUIRE_FALSE(printer.has_value());
    CHECK(printer.error().code == "bad_printer_target");
  }
  for (const char* target : {"png", "file:/dev/usb/lp0", "tcp:192.0.2.7:9100", "tcp:[::1]:9100"}) {
    INFO(target);
    CHECK(device::make_printer(target, "/nowhere", clock).has_value());
  }
}
