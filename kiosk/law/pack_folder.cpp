#include "kiosk/law/pack_folder.h"

#include "platform/base/mapped_file.h"
#include "platform/crypto/crypto.h"

namespace law {
namespace {

using base::ErrorKind;
using base::fail;
using base::Result;

constexpr std::string_view ending = ".lawpack";

}  // namespace

Result<PackFolder> PackFolder::open(const base::Path& folder) {
  TRY(base::make_folder(folder));
  return PackFolder(folder);
}

base::Path PackFolder::file_of(std::string_view name) const {
  return folder_ / (std::string(name) + std::string(ending));
}

std::string PackFolder::name_at(std::string_view link) const {
  std::error_code none;
  const base::Path target = std::filesystem::read_symlink(folder_ / link, none);
  return none || target.extension() != ending ? std::string() : target.stem().string();
}

bool PackFolder::has(std::string_view name) const {
  std::error_code none;
  return std::filesystem::is_regular_file(file_of(name), none);
}

Result<std::string> PackFolder::add(std::string_view bytes) const {
  std::string name = crypto::sha256_hex(bytes);
  TRY(base::replace_file(file_of(name), bytes, 0644));
  return name;
}

Result<void> PackFolder::switch_to(std::string_view name) const {
  {
    const auto file = TRY(base::MappedFile::open(file_of(name)));
    if (crypto::sha256_hex(file.bytes()) != name) {
      return fail(ErrorKind::invalid, "bad_hash", file_of(name).string());
    }
  }
  const std::string before = current_name();
  if (before == name) return {};
  if (!before.empty()) TRY(point("previous", before));
  TRY(point("current", name));
  remove_others();
  return {};
}

Result<void> PackFolder::roll_back() const {
  const std::string previous = previous_name();
  if (previous.empty()) {
    return fail(ErrorKind::not_found, "no_previous_pack", folder_.string());
  }
  return switch_to(previous);
}

// A link is never without its pack: the new one stands beside it and takes its place.
Result<void> PackFolder::point(std::string_view link, std::string_view name) const {
  const base::Path place = folder_ / link;
  return base::replace_link(place, file_of(name).filename());
}

// What is left over costs space, nothing else.
void PackFolder::remove_others() const {
  const auto files = base::list_files(folder_, ending);
  if (!files) return;
  for (const base::Path& each : *files) {
    const std::string name = each.stem().string();
    std::error_code ignored;
    if (name != current_name() && name != previous_name()) std::filesystem::remove(each, ignored);
  }
}

base::Path packs_in(const base::Path& data) {
  return data / "laws";
}

base::Path library_in(const base::Path& data) {
  const base::Path current = packs_in(data) / "current";
  std::error_code none;
  return std::filesystem::exists(current, none) ? current : data / "laws.db";
}

}  // namespace law
