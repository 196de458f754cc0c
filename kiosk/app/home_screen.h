// Home: the doors of the house, worded as residents speak, each with one live fact. What the facts
// are is the fact source's business.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "kiosk/service/catalogue.h"
#include "kiosk/ui/screen.h"

namespace app {

// One line about a service as it is now: "今天还有 6 个时段", "先存下，联网送出".
struct Fact {
  std::string words;
  ui::Tone tone = ui::Tone::tint;
};

class FactSource {
 public:
  virtual ~FactSource() = default;
  // Empty words: nothing to say.
  [[nodiscard]] virtual Fact fact(const service::Service& service, const ui::Ui& ui) const = 0;
  // "正在叫号 B014，去 3 号窗口"; empty when nobody is being called or it is not known.
  [[nodiscard]] virtual std::string now_called(const ui::Ui& ui) const = 0;
  // What it means that the server cannot be reached now; empty while it can.
  [[nodiscard]] virtual std::string outage(const ui::Ui& ui) const = 0;
};

// Both outlive the screen.
std::unique_ptr<ui::Screen> make_home_screen(const service::Catalogue& catalogue,
                                             const FactSource& facts);

}  // namespace app
