// Which catalogue is in force: the pack the center published last, or config/ as it came with the
// machine. Knows no screen.
#pragma once

#include <optional>

#include "kiosk/law/law_content.h"
#include "kiosk/service/catalogue.h"
#include "kiosk/store/store.h"
#include "platform/base/file.h"
#include "platform/base/log.h"

namespace kiosk {

// The pack in force when there is one and it can be read, else the folder. invalid
// ("bad_catalogue") with the first mistake when neither gives a catalogue.
base::Result<service::Catalogue> load_catalogue(store::Store& store, const base::Path& config,
                                                base::Log& log);

// A newer catalogue that has arrived: read, put into force and handed out; one that cannot be read
// is marked unusable and never asked for again. Nothing when there is none. Call at a quiet time.
std::optional<service::Catalogue> take_new_catalogue(store::Store& store, base::Log& log);

// config/law for law look-up. A mistake there does not keep a kiosk from starting: it then knows no
// English words, offers the usual services, and the log says where the mistake is.
law::LawContent load_law_content(const base::Path& config, base::Log& log);

}  // namespace kiosk
