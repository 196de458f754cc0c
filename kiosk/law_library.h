// The law library of a data folder, kept up to date: what the sync thread fetches from the center
// goes into data/laws, and what the screens read is opened anew between two visits.
#pragma once

#include <optional>

#include "kiosk/law/finder.h"
#include "kiosk/law/law_store.h"
#include "kiosk/law/pack_arrival.h"
#include "kiosk/sync/content.h"
#include "platform/base/file.h"
#include "platform/base/log.h"

namespace kiosk {

// The sync thread's side.
class LawLibrary final : public syncing::Library {
 public:
  // Fetches about `per_call` bytes between two exchanges.
  explicit LawLibrary(base::Path packs, std::uint64_t per_call = law::usual_call)
      : packs_(std::move(packs)), per_call_(per_call) {}
  base::Result<bool> receive(const wire::PackEntry& pack, const Fetch& fetch) override;

 private:
  base::Path packs_;  // see law/pack_folder.h
  std::uint64_t per_call_;
};

// Where the screens' library is.
struct LawFiles {
  base::Path named;    // a file the owner has named; empty: what the data folder has
  base::Path data;     // see law::library_in
  base::Path ranking;  // see law::LawStore::use_ranking
};

// The screens' side. A file that cannot be read leaves the library that was open, or none, and a
// line in the log: a kiosk without law text still books and draws tickets. UI thread only.
class OpenLaws {
 public:
  OpenLaws(LawFiles files, base::Log& log);

  // Stays where it is; what it answers changes with renew().
  [[nodiscard]] law::LawStore& store() { return store_; }
  // Opens the file that has taken the place of the one that is open. Some milliseconds; ids that
  // were given out are good no longer, so only while nothing is open. False: nothing has changed.
  bool renew();

 private:
  [[nodiscard]] base::Path file() const;

  LawFiles files_;
  base::Log& log_;
  std::optional<base::FileIdentity> looked_at_;
  law::LawStore store_;
};

}  // namespace kiosk
