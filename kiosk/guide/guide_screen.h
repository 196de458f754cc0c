// A page to read about a service that is done at a desk or elsewhere: what it is, where, when,
// what to bring, on which law it rests, and the next step.
#pragma once

#include <memory>

#include "kiosk/service/catalogue.h"
#include "kiosk/ui/screen.h"

namespace guide {

// The catalogue outlives the screen.
std::unique_ptr<ui::Screen> make_guide_screen(const service::Catalogue& catalogue,
                                              const service::Service& service);

}  // namespace guide
