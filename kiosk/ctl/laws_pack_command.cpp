#include "kiosk/ctl/laws_pack_command.h"

#include <fmt/format.h>

#include <ostream>

#include "kiosk/ctl/laws_gathering.h"
#include "kiosk/law/import/library_store.h"
#include "kiosk/law/pack_content.h"
#include "kiosk/law/pack_folder.h"

namespace ctl {
namespace {

Exit roll_back(const law::PackFolder& folder, Console& console) {
  if (const auto done_so = folder.roll_back(); !done_so) return complain(console, done_so.error());
  console.out << fmt::format("in front     {}\nbefore       {}\n", folder.current_name(),
                             folder.previous_name());
  return done;
}

// What a kiosk fetches that has the pack in front now; without one, everything.
base::Result<std::uint64_t> bytes_for_kiosks(const law::PackFolder& folder, std::string_view pack) {
  law::FrameStock stock;
  const auto before = law::Pack::open(folder.current());
  if (before) stock.add(*before);
  return law::bytes_to_fetch(pack, stock);
}

base::Result<void> build(const law::PackFolder& folder, const Options& options, Console& console) {
  const std::string_view region = options.value("region");
  const auto gathered = TRY(gather_laws(options.positional, region, console.err));
  TRY(check_any_law(gathered));
  const std::string pack = TRY(law::make_pack(gathered, region, progress_line(console.err)));
  const std::uint64_t to_fetch = TRY(bytes_for_kiosks(folder, pack));
  const std::string name = TRY(folder.add(pack));
  TRY(folder.switch_to(name));
  console.out << fmt::format("in front     {}\nsize         {}\n", name, pack.size());
  if (const std::string before = folder.previous_name(); !before.empty()) {
    console.out << fmt::format(
        "before       {}\nto fetch     {} ({:.1f} %)\n", before, to_fetch,
        100.0 * static_cast<double>(to_fetch) / static_cast<double>(pack.size()));
  }
  return {};
}

Exit pack_laws(std::span<const std::string> arguments, Console& console) {
  const auto options = parse_options(arguments, {{"out", "region"}, {"back"}});
  if (!options) return complain(console, misused, options.error().detail);
  const bool back = options->has("back");
  if (options->value("out").empty() || options->positional.empty() != back) {
    return complain(console, misused, "laws pack needs --out DIR and either PATH or --back");
  }
  const auto folder = law::PackFolder::open(std::string(options->value("out")));
  if (!folder) return complain(console, folder.error());
  if (back) return roll_back(*folder, console);
  const auto built = build(*folder, *options, console);
  return built ? done : complain(console, built.error());
}

}  // namespace

Command laws_pack_command() {
  return {"laws pack", "--out DIR (PATH... [--region NAME] | --back)",
          "Builds the law pack that kiosks read, named by its hash.", pack_laws,
          "PATH and --region as for laws import. DIR/current is the new pack from one moment to\n"
          "the next, DIR/previous the one before; older ones are removed. \"to fetch\" is what a "
          "kiosk\n"
          "with the pack before has to fetch, bytes and share. The same texts give the\n"
          "same name on every machine. --back brings the previous pack to the front again."};
}

}  // namespace ctl
