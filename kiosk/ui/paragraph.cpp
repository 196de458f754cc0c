#include "kiosk/ui/paragraph.h"

#include <cctype>

#include "platform/base/text.h"

namespace ui {
namespace {

constexpr std::u32string_view never_first = U"，。、；：？！）》」』】〉〕”’…—·％℃,.;:?!)]}%";
constexpr std::u32string_view never_last = U"（《「『【〈〔“‘([{¥";

bool in(std::u32string_view set, char32_t c) {
  return set.find(c) != std::u32string_view::npos;
}

bool is_blank(char32_t c) {
  return c == U' ' || c == 0x3000;
}

// Letters and digits of scripts that are written in words.
bool is_word(char32_t c) {
  return c > 0x20 && c < 0x2E80 && !in(never_first, c) && !in(never_last, c);
}

bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

bool may_break(char32_t before, char32_t after) {
  if (is_blank(after)) return false;  // the blank stays with the word before it
  // 9:42, 1.5
  if (is_digit(after) && in(U".,:", before)) return false;
  if (is_blank(before)) return true;
  if (in(never_first, after) || in(never_last, before)) return false;
  return !(is_word(before) && is_word(after)) && !(is_word(before) && in(never_last, after));
}

// Where the present line could end, and how wide it is up to there.
struct Candidate {
  std::size_t end = 0;   // of what is shown
  std::size_t next = 0;  // where the following line starts
  float width = 0;
};

class Breaker {
 public:
  Breaker(std::string_view text, float width, const std::function<float(char32_t)>& advance)
      : text_(text), limit_(width), advance_(advance) {}

  std::vector<Line> run() {
    for (std::size_t at = 0; at < text_.size();) {
      const std::size_t start = at;
      const char32_t c = base::next_character(text_, at);
      if (c == U'\n') {
        finish({start, at, width_});
        continue;
      }
      if (start > begin_ && may_break(before_, c)) candidate_ = {shown_, start, shown_width_};
      const float step = advance_(c);
      if (width_ + step > limit_ && start > begin_ && !is_blank(c)) {
        // Nothing breakable in the line: cut the word where it reaches the edge.
        const Candidate cut =
            candidate_.next > begin_ ? candidate_ : Candidate{start, start, width_};
        finish(cut);
        at = begin_;
        continue;
      }
      width_ += step;
      before_ = c;
      if (!is_blank(c)) shown_ = at, shown_width_ = width_;
    }
    finish({shown_ > begin_ ? shown_ : begin_, text_.size(), shown_width_});
    return std::move(lines_);
  }

 private:
  void finish(const Candidate& candidate) {
    lines_.push_back({begin_, candidate.end, candidate.width});
    begin_ = candidate.next;
    width_ = shown_width_ = 0;
    shown_ = begin_;
    before_ = 0;
    candidate_ = {};
  }

  std::string_view text_;
  float limit_;
  const std::function<float(char32_t)>& advance_;
  std::vector<Line> lines_;
  std::size_t begin_ = 0;
  std::size_t shown_ = 0;  // end of the last character that is no blank
  float shown_width_ = 0;
  float width_ = 0;
  char32_t before_ = 0;
  Candidate candidate_;
};

}  // namespace

std::vector<Line> break_lines(std::string_view text, float width,
                              const std::function<float(char32_t)>& advance) {
  return Breaker(text, width, advance).run();
}

bool breaks_a_word(std::string_view text, const std::vector<Line>& lines) {
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::size_t begin = lines[i].begin;
    if (lines[i - 1].end != begin || begin == 0 || begin >= text.size()) continue;
    const auto letter = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
    if (letter(text[begin - 1]) && letter(text[begin])) return true;
  }
  return false;
}

}  // namespace ui
