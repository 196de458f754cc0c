// An article to take away: QR codes with its text to read off the screen, and a way to the printer.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "kiosk/ui/patterns.h"
#include "kiosk/ui/ui.h"

namespace law {

class TakeAwayPage {
 public:
  // Texts of article_qr_texts().
  explicit TakeAwayPage(const std::vector<std::string>& texts);
  // True when it shall be printed.
  [[nodiscard]] bool draw(ui::Ui& ui, ui::Area area);

 private:
  std::vector<device::QrCode> codes_;
  std::size_t shown_ = 0;
};

}  // namespace law
