// The sentences that all slips share, in the visitor's language. Knows no service: what a slip is
// about comes from the feature that makes it. UI thread only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kiosk/slip/slip.h"
#include "kiosk/ui/ui.h"

namespace slip {

// What the papers are for may be empty.
Papers papers(const ui::Ui& ui, std::string_view matter, std::vector<PaperToBring> papers);

struct CaseCode {
  std::string code;
  // What stands before the code in the address of the status page: "https://example.cn/s/". Empty
  // where there is no such page: then the QR code says the case code alone.
  std::string status_address = {};
  // The four digits made for a visitor without a phone; empty: those of the phone serve.
  std::string digits = {};
};
// How to ask about, move and cancel with it. A feature whose code serves otherwise sets Code::use.
Code code(const ui::Ui& ui, const CaseCode& given);

// That the center has signed for what was filed, under the short form of its receipt; or, when the
// name is empty, that it has not yet.
Text receipt(const ui::Ui& ui, const std::string& name);

// No name, no document number, information and no legal advice (care 4); and the kiosk it is from.
std::string closing(const ui::Ui& ui, std::string_view kiosk);

}  // namespace slip
