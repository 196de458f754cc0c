// What an import of law texts says about itself: on the terminal in a page, in a file complete.
// Knows what was gathered, not how, and no library file.
#pragma once

#include <iosfwd>
#include <string>

#include "kiosk/law/import/gathered.h"

namespace ctl {

// Collections, counts, statuses on `day`, files by fate, what was left out (page by page unless
// that is what every collection has), what was not understood in numbers, citations in numbers.
void print_short_report(const law::Gathered& gathered, base::Date day, std::ostream& out);

// The same, and every finding and every file by name: sections "== name (count)" with one line
// each, fields divided by tabs. The section "files" has every markdown file of every collection
// exactly once: fate, collection, path, then the law it went into or the reason it was left out.
std::string full_report(const law::Gathered& gathered, base::Date day);

}  // namespace ctl
