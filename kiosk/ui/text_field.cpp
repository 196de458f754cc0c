#include "kiosk/ui/text_field.h"

#include <algorithm>

#include "platform/base/text.h"

namespace ui {
namespace {

constexpr std::size_t undo_steps = 20;

void wipe(std::string& text) {
  // volatile keeps the compiler from dropping a write that nobody reads
  volatile char* bytes = text.data();
  for (std::size_t i = 0; i < text.size(); ++i) bytes[i] = 0;
  text.clear();
}

}  // namespace

TextField::~TextField() {
  wipe(text_);
  wipe(composing_);
  wipe(letters_);
  wipe(kept_letters_);
  for (Removed& each : removed_) wipe(each.text);
}

void TextField::compose(std::string_view preedit, std::string_view letters) {
  wipe(composing_);
  wipe(letters_);
  composing_ = preedit;
  letters_ = letters;
}

void TextField::keep_letters(std::string_view letters) {
  wipe(kept_letters_);
  kept_letters_ = letters;
}

std::size_t TextField::characters() const {
  return base::count_characters(text_);
}

void TextField::set(std::string_view text) {
  wipe(text_);
  caret_ = 0;
  compose({});
  insert(text);
}

bool TextField::insert(std::string_view text) {
  bool all = true;
  std::size_t room = limit_ - std::min(limit_, characters());
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = base::next_character(text, at);
    const bool control = (c < 0x20 && c != U'\n') || (c >= 0x7F && c < 0xA0);
    if (control || room == 0) {
      all = false;
      continue;
    }
    std::string bytes;
    base::append_utf8(bytes, c);
    text_.insert(caret_, bytes);
    caret_ += bytes.size();
    --room;
  }
  return all;
}

void TextField::remember() {
  if (removed_.size() == undo_steps) removed_.erase(removed_.begin());
  removed_.push_back({text_, caret_});
}

void TextField::backspace() {
  if (caret_ == 0) return;
  remember();
  const std::size_t from = base::previous_boundary(text_, caret_);
  text_.erase(from, caret_ - from);
  caret_ = from;
}

void TextField::clear() {
  if (text_.empty()) return;
  remember();
  text_.clear();
  caret_ = 0;
}

void TextField::undo() {
  if (removed_.empty()) return;
  text_ = std::move(removed_.back().text);
  caret_ = removed_.back().caret;
  removed_.pop_back();
}

void TextField::move_left() {
  caret_ = base::previous_boundary(text_, caret_);
}

void TextField::move_right() {
  if (caret_ < text_.size()) base::next_character(text_, caret_);
}

void TextField::place_caret(std::size_t at) {
  caret_ = std::min(at, text_.size());
}

}  // namespace ui
