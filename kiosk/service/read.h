// From config/ to a Catalogue: reads center.toml, holidays.toml, menu.toml and services/*.toml
// (TOML 1.0) and says of every mistake where it stands and what to write instead. The same reader
// serves the kiosk, the server and `kioskctl check`. Knows no screen, no database and not whether a
// cited law exists.
//
// The files, by example: config/center.toml, config/holidays.toml, config/menu.toml,
// config/services/consult.toml. Without holidays.toml no holiday is known.
// What holds in all of them:
//
//   text      { zh-Hans = "公证", en = "Notary" }   both languages, no Chinese characters in en;
//             paragraphs are parted by an empty line
//   source    "中华人民共和国公证法 第十一条"        law by its full name, a blank, article
//   hours     [hours] monday = ["09:00-12:00", "13:30-17:00"] …; a day not named is closed, no day
//             at all means "not known here". A service without [hours] keeps the center's;
//             holidays, make-up days and the center's closed days hold for every service.
//   closed    [[closed]] from = "2026-12-10", to = "2026-12-11", reason = text; of the center, of a
//             service, or of one room ([[room.closed]]); without `to` it is one day
//   id        small letters, digits, "-" and "_"
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "kiosk/service/catalogue.h"
#include "kiosk/service/problem.h"
#include "platform/base/file.h"
#include "platform/base/result.h"

namespace service {

// Relative name → content: "center.toml", "menu.toml", "services/consult.toml" …
using Files = std::map<std::string, std::string>;

// Where a law is cited, so that a checker that knows the laws can point at it.
struct CitationPlace {
  Citation citation;
  std::string file;
  int line = 1;
  int column = 1;
};

struct ReadOutcome {
  std::optional<Catalogue> catalogue;  // only when there is no problem at all
  std::vector<Problem> problems;       // in order of file, line, column
  std::vector<CitationPlace> citations;
};

// Pure. With `icons` (file stems of assets/icons) an icon that is not among them is a problem.
ReadOutcome read_catalogue(const Files& files,
                           const std::optional<std::set<std::string>>& icons = std::nullopt);

// center.toml, holidays.toml, menu.toml and services/*.toml of the folder, whichever exist;
// read_catalogue says what is missing. storage: a file cannot be read; not_found: there is no such
// folder.
base::Result<Files> load_folder(const base::Path& config_dir);

}  // namespace service
