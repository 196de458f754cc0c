// The way into every command that takes collections of law texts: read, checked, taken apart.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/law/import/gathered.h"
#include "kiosk/law/import/library_store.h"
#include "platform/base/result.h"

namespace ctl {

// Says on `progress` what is being done. Errors of read_collection() and check_region().
base::Result<law::Gathered> gather_laws(const std::vector<std::string>& paths,
                                        std::string_view region, std::ostream& progress);
// invalid ("no_law") when there is no law in any of them.
base::Result<void> check_any_law(const law::Gathered& gathered);
// One line on `progress` that is written over again.
law::Progress progress_line(std::ostream& progress);

}  // namespace ctl
