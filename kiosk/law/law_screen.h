// 查法律: search as you type, categories, law, chapters, articles, reader, what changed, what to
// take away; and from an article to a person. A query lives in the screen only: it is never stored,
// logged or sent (care 20).
#pragma once

#include <memory>
#include <string>

#include "kiosk/input/keyboard.h"
#include "kiosk/law/finder.h"
#include "kiosk/law/law_store.h"
#include "kiosk/service/catalogue.h"
#include "kiosk/slip/receipt.h"
#include "kiosk/ui/screen.h"
#include "platform/base/clock.h"

namespace law {

// Everything outlives the screen.
struct ScreenParts {
  const service::Catalogue& catalogue;
  LawStore& store;
  Finder& finder;  // of this store
  const Topics& topics;
  input::Keyboard& keyboard;
  slip::Press& press;
  const base::Clock& clock;
  base::TimeZone zone;
  std::string kiosk;   // "#4", on slips
  int old_days = 180;  // a library collected longer ago warns
};

std::unique_ptr<ui::Screen> make_law_screen(const ScreenParts& parts);

}  // namespace law
