// Law in the visitor's words: status, dates, marked text. Drawing only; the facts come from the
// library.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "kiosk/law/law_store.h"
#include "kiosk/ui/ui.h"

namespace law {

// "现行有效", "2026-08-15 起废止"; "unknown" says so (care 5).
std::string status_words(const ui::Ui& ui, const Status& status);
ui::Tone status_tone(StatusKind kind);
// "来源 just-laws，截至 2026-06-26"; a collection without a date says that it is not known.
std::string source_words(const ui::Ui& ui, const LibraryInfo& info);
std::string source_words(const ui::Ui& ui, const VersionSummary& version);

// The warning about a text that was collected more than `old_days` ago; "" when it was not, or on
// an unknown day, which source_words() tells.
std::string old_words(const ui::Ui& ui, const std::optional<base::Date>& collected,
                      base::Date today, int old_days);
// The same as one short line with its sign, when there is something to warn of.
void draw_old(ui::Ui& ui, ui::Area& column, const std::optional<base::Date>& collected,
              base::Date today, int old_days);

// A version by the day it begins or was adopted: "2024-07-01 起的"; without one by "版本".
std::string version_words(const ui::Ui& ui, const VersionSummary& version);

// Why a result is there, in a few words.
std::string reason_words(const ui::Ui& ui, Reason reason);

// "民法商法"; "北京 地方性法规"; what only amends says so: "刑法（修正案、修改决定）".
std::string category_words(const ui::Ui& ui, const Category& category);

// Wraps like Ui::text with the matches bold on the mark colour. Returns the height used.
float marked_text(ui::Ui& ui, ui::Area area, const Snippet& snippet, const ui::TextStyle& style);

}  // namespace law
