// The law library of a data folder as it is kept up to date: what the sync thread fetches from the
// center goes into data/laws. A running kiosk goes on reading the library it has opened; it opens
// the new one at its next start.
#pragma once

#include "kiosk/law/pack_arrival.h"
#include "kiosk/sync/content.h"
#include "platform/base/file.h"

namespace kiosk {

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

}  // namespace kiosk
