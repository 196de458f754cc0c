#include "kiosk/ctl/laws_import_command.h"

#include <fmt/format.h>

#include <ostream>

#include "kiosk/ctl/laws_gathering.h"
#include "kiosk/ctl/laws_report.h"
#include "kiosk/law/import/library_store.h"
#include "platform/base/text.h"

namespace ctl {
namespace {

Exit import_laws(std::span<const std::string> arguments, Console& console) {
  const auto options = parse_options(arguments, {{"db", "region", "report"}, {}});
  if (!options) return complain(console, misused, options.error().detail);
  if (options->positional.empty() || options->value("db").empty()) {
    return complain(console, misused, "laws import needs PATH and --db FILE");
  }
  const std::string_view region = options->value("region");
  const auto gathered = gather_laws(options->positional, region, console.err);
  if (!gathered) return complain(console, gathered.error());
  // Why nothing of it is law stands in the report as well.
  const base::Date day = base::china_time.date(console.world.clock.now());
  if (const std::string file(options->value("report")); !file.empty()) {
    const auto written = base::replace_file(file, full_report(*gathered, day));
    if (!written) return complain(console, written.error());
  }
  const auto any = check_any_law(*gathered);
  if (!any) {
    print_short_report(*gathered, day, console.out);
    return complain(console, any.error());
  }
  const auto counts = law::write_library(*gathered, region, std::string(options->value("db")),
                                         progress_line(console.err));
  if (!counts) return complain(console, counts.error());
  print_short_report(*gathered, day, console.out);
  return done;
}

}  // namespace

Command laws_import_command() {
  return {
      "laws import", "PATH... --db FILE [--region NAME] [--report FILE]",
      "Reads collections of law texts into a library file.", import_laws,
      "PATH is a folder, a .tar.zst or a .tar.gz in the layout of just-laws or LawRefBook. "
      "Several\n"
      "are merged law by law: the newest text in front, older ones as history with their source.\n"
      "National law is read; --region 北京 adds the local rules of that place, --region all every\n"
      "place's. The library is replaced in one step when everything has been read. Prints in a\n"
      "page what was read, left out and not understood; --report FILE names every file and "
      "finding."};
}

}  // namespace ctl
