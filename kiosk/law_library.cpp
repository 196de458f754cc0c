#include "kiosk/law_library.h"

namespace kiosk {

base::Result<bool> LawLibrary::receive(const wire::PackEntry& pack, const Fetch& fetch) {
  const auto folder = TRY(law::PackFolder::open(packs_));
  return law::receive_pack(folder, {pack.sha256, static_cast<std::uint64_t>(pack.size)}, fetch,
                           per_call_);
}

}  // namespace kiosk
