#include "kiosk/law_library.h"

#include "kiosk/law/pack_folder.h"

namespace kiosk {

base::Result<bool> LawLibrary::receive(const wire::PackEntry& pack, const Fetch& fetch) {
  const auto folder = TRY(law::PackFolder::open(packs_));
  return law::receive_pack(folder, {pack.sha256, static_cast<std::uint64_t>(pack.size)}, fetch,
                           per_call_);
}

OpenLaws::OpenLaws(LawFiles files, base::Log& log) : files_(std::move(files)), log_(log) {
  renew();
}

base::Path OpenLaws::file() const {
  return files_.named.empty() ? law::library_in(files_.data) : files_.named;
}

bool OpenLaws::renew() {
  const base::Path path = file();
  // Looked at before it is opened: a file that comes in between is opened once more.
  const auto there = base::identity_of(path);
  if (!there || there == looked_at_) return false;
  looked_at_ = there;
  auto opened = law::LawStore::open(path);
  if (!opened) {
    log_.line(base::Level::error, "law.unreadable", {{"detail", opened.error().detail}});
    return false;
  }
  store_ = *std::move(opened);
  if (auto ranked = store_.use_ranking(files_.ranking); !ranked) {
    log_.line(base::Level::warn, "law.unranked", {{"detail", ranked.error().detail}});
  }
  return true;
}

}  // namespace kiosk
