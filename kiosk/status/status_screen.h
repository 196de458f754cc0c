// 查询进度: by case code and the last four digits, what became of a booking or a request. Knows
// neither: a CaseSource answers, and says which screen shows what was found.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "kiosk/input/keyboard.h"
#include "kiosk/ui/screen.h"

namespace status {

enum class Answer {
  none,      // nothing asked
  pending,   // the center is being asked
  found,     // open() gives the screen
  no_match,  // code or digits are wrong; which of them is not said (care 19)
  locked,    // five wrong tries: an hour
  offline,   // not known here, and the center cannot be asked
};

class CaseSource {
 public:
  virtual ~CaseSource() = default;
  // Both in canonical form. Looks here first, then asks the center.
  virtual void ask(const std::string& code, const std::string& last4) = 0;
  [[nodiscard]] virtual Answer answer() = 0;
  // The screen for what was found.
  virtual ui::Go open() = 0;
  // Forgets question and answer.
  virtual void forget() = 0;
};

// `typed` is what is known already: "7K4M2-9QXRC 1234", or "".
std::unique_ptr<ui::Screen> make_status_screen(CaseSource& source, input::Keyboard& keyboard,
                                               const std::string& typed);

}  // namespace status
