// Law packs in a folder: each under its hash, one of them current, the one before kept. What reads
// the library opens folder/current; a switch is one rename, so that it is one pack or the other.
//
//   SHA256.lawpack      immutable
//   current, previous   symbolic links to them
//   arriving            of a transfer that is not complete
//
// Knows packs by name only, not what is inside. One writer at a time.
#pragma once

#include <string>
#include <string_view>

#include "platform/base/file.h"
#include "platform/base/result.h"

namespace law {

class PackFolder {
 public:
  // Makes the folder when it is not there.
  static base::Result<PackFolder> open(const base::Path& folder);

  // What to hand to LawStore::open; there may be nothing yet.
  [[nodiscard]] base::Path current() const { return folder_ / "current"; }
  // Laws of a pack that is on its way, see pack_arrival.h.
  [[nodiscard]] base::Path arriving() const { return folder_ / "arriving"; }
  [[nodiscard]] bool has(std::string_view name) const;
  // The hash of the pack in front, of the one before; "" when there is none.
  [[nodiscard]] std::string current_name() const { return name_at("current"); }
  [[nodiscard]] std::string previous_name() const { return name_at("previous"); }

  // Writes a pack, durably, and answers with its name. It is not in front yet.
  base::Result<std::string> add(std::string_view bytes) const;
  // Brings a pack to the front and keeps the one that was there; older ones are removed. invalid
  // ("bad_hash") when its bytes are not what its name says, not_found when it is not there; then
  // everything stays as it was.
  base::Result<void> switch_to(std::string_view name) const;
  // The previous pack comes to the front again, the current one becomes the previous. not_found
  // ("no_previous_pack").
  base::Result<void> roll_back() const;

 private:
  explicit PackFolder(base::Path folder) : folder_(std::move(folder)) {}
  [[nodiscard]] base::Path file_of(std::string_view name) const;
  [[nodiscard]] std::string name_at(std::string_view link) const;
  [[nodiscard]] base::Result<void> point(std::string_view link, std::string_view name) const;
  void remove_others() const;

  base::Path folder_;
};

// Where a data folder has its library: laws/current when a pack has come from the center, else
// laws.db as it was imported.
base::Path packs_in(const base::Path& data);
base::Path library_in(const base::Path& data);

}  // namespace law
