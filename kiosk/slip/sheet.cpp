#include "kiosk/slip/sheet.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "kiosk/ui/patterns.h"

namespace slip {
namespace {

using ui::Area;
using ui::TextStyle;
using ui::Weight;

constexpr ui::Color black = ui::rgb(0x000000);
constexpr ui::Color white = ui::rgb(0xFFFFFF);

constexpr float margin = 24;
constexpr float gap = 12;
constexpr float rule_gap = 16;       // above and below a rule
constexpr float column_gap = 16;     // between words side by side
constexpr float narrow_below = 480;  // 58 mm paper: smaller number, QR code below the words

constexpr float number_size = 150;
constexpr float narrow_number_size = 110;
constexpr float smallest_number = 60;
constexpr float headline_size = 56;
constexpr float smallest_headline = 40;

constexpr float tick_box = 26;
constexpr float tick_border = 3;

constexpr int quiet_modules = 4;
constexpr float smallest_module = 6;
constexpr float smallest_qr = 184;  // without the quiet zone

constexpr TextStyle style(float size, bool bold, ui::Align align = ui::Align::left) {
  return {.size = size,
          .weight = bold ? Weight::bold : Weight::regular,
          .color = black,
          .align = align};
}

constexpr TextStyle code_style = style(32, true);

// Two words of a title, apart by a blank as wide as a character.
std::string title_of(const Slip& slip) {
  if (slip.neutral || slip.service.empty()) return slip.kind;
  if (slip.kind.empty()) return slip.service;
  return slip.service + "\u3000" + slip.kind;
}

struct SizedQr {
  device::QrCode code;
  float module = smallest_module;

  [[nodiscard]] float quiet() const { return module * quiet_modules; }
  [[nodiscard]] float side() const {  // with the quiet zone
    return module * static_cast<float>(code.side + 2 * quiet_modules);
  }
};

std::optional<SizedQr> sized_qr(const std::string& says, float width) {
  auto code = device::qr(says);
  if (!code) return std::nullopt;
  const float wanted = std::ceil(smallest_qr / static_cast<float>(code->side));
  SizedQr qr{std::move(*code), std::max(smallest_module, wanted)};
  // A code of many modules may keep to the smallest ones where the next larger are too wide.
  if (qr.side() > width) qr.module = smallest_module;
  if (qr.side() > width) return std::nullopt;
  return qr;
}

class Walk {
 public:
  Walk(const Slip& slip, float width, const ui::Painter& painter)
      : slip_(slip), painter_(painter), inside_{margin, margin, width - 2 * margin, 0} {
    sheet_.width = width;
  }

  Sheet run() {
    words(slip_.center, style(30, true, ui::Align::center), 0);
    words(title_of(slip_), style(24, false, ui::Align::center), 0);
    for (const Block& block : slip_.blocks) {
      if (slip_.neutral && block.tells_service) continue;
      std::visit([this](const auto& content) { add(content); }, block.content);
    }
    if (!slip_.closing.empty()) {
      add(Rule{});
      words(slip_.closing, style(22, false), 0);
    }
    sheet_.height = std::ceil(y_ + margin);
    return std::move(sheet_);
  }

 private:
  void add(const Number& number) {
    const float size = narrow() ? narrow_number_size : number_size;
    TextStyle large = style(fitting(number.text, size, smallest_number), true, ui::Align::center);
    large.line = 1.05F;
    words(number.text, large, 0);
  }

  void add(const Headline& headline) {
    TextStyle large =
        style(fitting(headline.text, headline_size, smallest_headline), true, ui::Align::center);
    large.line = 1.2F;
    words(headline.text, large, 4);
  }

  void add(const Text& text) {
    const ui::Align align = text.align == Align::center ? ui::Align::center : ui::Align::left;
    words(text.text, style(static_cast<float>(text.size), text.bold, align), gap / 2);
  }

  // On one line when both have room there, else the value on the next.
  void add(const Fact& fact) {
    const TextStyle label = style(28, false);
    const TextStyle value = style(32, true, ui::Align::right);
    const bool one_line =
        advance(fact.label, label) + column_gap + advance(fact.value, value) <= inside_.w;
    const float label_height = height(fact.label, label, inside_.w);
    const float value_height = height(fact.value, value, inside_.w);
    // The smaller one in the middle of the larger.
    const float lower = one_line ? (value_height - label_height) / 2 : 0;
    put(fact.label, label, {inside_.x, y_ + lower, inside_.w, label_height});
    if (!one_line) y_ += label_height;
    put(fact.value, value, {inside_.x, y_, inside_.w, value_height});
    y_ += value_height + 4;
  }

  void add(const Advice& advice) {
    const TextStyle bold = style(28, true);
    const TextStyle plain = style(28, false);
    const float word_width = std::min(advance(advice.word, bold), inside_.w / 2);
    const Area word{inside_.x, y_, word_width, height(advice.word, bold, word_width)};
    Area text{word.right() + column_gap, y_, inside_.right() - word.right() - column_gap, 0};
    text.h = height(advice.text, plain, text.w);
    put(advice.word, bold, word);
    put(advice.text, plain, text);
    y_ += std::max(word.h, text.h) + 4;
  }

  // One line where a neutral slip left out what stood between two.
  void add(const Rule&) {
    if (!sheet_.pieces.empty() && std::holds_alternative<Dashes>(sheet_.pieces.back())) return;
    y_ = std::max(y_, ink_ + rule_gap);
    const Area line{inside_.x, std::round(y_), inside_.w, 2};
    put(Dashes{line}, line.bottom());
    y_ = line.bottom() + rule_gap;
  }

  void add(const Papers& papers) {
    words(slip_.neutral ? papers.neutral_title : papers.title, style(28, true), 4);
    for (const PaperToBring& paper : papers.papers) add(paper, papers.missing);
  }

  void add(const PaperToBring& paper, const std::string& missing) {
    const TextStyle name = style(26, !paper.brought);
    const TextStyle word = style(26, true, ui::Align::right);
    Area row{inside_.x, y_, inside_.w, 0};
    const Area box = row.take_left(tick_box, gap + 2);
    if (!paper.brought) {
      const float width = advance(missing, word);
      Area place = row.take_right(width, column_gap);
      place.h = height(missing, word, width);
      put(missing, word, place);
    }
    row.h = height(paper.name, name, row.w);
    put(paper.name, name, row);
    const float lower = std::round((painter_.line_height(name) - tick_box) / 2);
    const Area square{box.x, std::round(y_) + lower, tick_box, tick_box};
    put(TickBox{square, paper.brought}, square.bottom());
    y_ += row.h + 6;
  }

  void add(Code code) {
    std::optional<SizedQr> qr = sized_qr(code.address, sheet_.width);
    if (!qr) {
      qr = sized_qr(code.code, sheet_.width);
      code.invitation.clear();
    }
    if (qr && has_room_beside(*qr, code)) return add_beside(code, *qr);
    code_words(code, inside_);
    if (qr) y_ = picture(*qr, (sheet_.width - qr->side()) / 2, y_).bottom();
  }

  [[nodiscard]] float picture_x(const SizedQr& qr) const {
    return std::max(0.0F, inside_.x - qr.quiet());
  }

  // Words beside the picture would break the case code where that takes most of the paper.
  [[nodiscard]] bool has_room_beside(const SizedQr& qr, const Code& code) const {
    const float room = inside_.right() - picture_x(qr) - qr.side();
    return !narrow() && room >= advance(code.code, code_style);
  }

  // The quiet zone of the QR code takes in the margin and the air that is already above.
  void add_beside(const Code& code, SizedQr& qr) {
    const Area box = picture(qr, picture_x(qr), ink_);
    const Area beside{box.right(), y_, inside_.right() - box.right(), 0};
    y_ = std::max(y_, box.center_y() - code_height(code, beside.w) / 2);
    code_words(code, beside);
    y_ = std::max(y_, box.bottom());
  }

  Area picture(SizedQr& qr, float x, float y) {
    const Area box{std::round(x), std::ceil(y), qr.side(), qr.side()};
    put(QrPicture{box, std::move(qr.code)}, box.bottom() - qr.quiet());
    return box;
  }

  // What stands beside or above the QR code, with its styles.
  static std::vector<std::pair<std::string, TextStyle>> lines_of(const Code& code) {
    std::vector<std::pair<std::string, TextStyle>> lines = {{code.invitation, style(26, true)},
                                                            {code.label, style(24, false)},
                                                            {code.code, code_style},
                                                            {code.use, style(24, false)},
                                                            {code.digits, code_style}};
    std::erase_if(lines, [](const auto& line) { return line.first.empty(); });
    return lines;
  }

  float code_height(const Code& code, float width) const {
    float sum = 0;
    for (const auto& [text, with] : lines_of(code)) sum += height(text, with, width);
    return sum;
  }

  void code_words(const Code& code, const Area& column) {
    for (const auto& [text, with] : lines_of(code)) {
      const float used = height(text, with, column.w);
      put(text, with, {column.x, y_, column.w, used});
      y_ += used;
    }
  }

  // A block of words over the whole width.
  void words(const std::string& text, const TextStyle& with, float below) {
    if (text.empty()) return;
    const float used = height(text, with, inside_.w);
    put(text, with, {inside_.x, y_, inside_.w, used});
    y_ += used + below;
  }

  void put(const std::string& text, const TextStyle& with, const Area& box) {
    put(Words{box, text, with}, box.bottom());
  }

  void put(Piece piece, float ink_bottom) {
    ink_ = std::max(ink_, ink_bottom);
    sheet_.pieces.push_back(std::move(piece));
  }

  [[nodiscard]] bool narrow() const { return sheet_.width < narrow_below; }
  [[nodiscard]] float advance(const std::string& text, const TextStyle& with) const {
    return painter_.advance(text, with.size, with.weight);
  }
  [[nodiscard]] float height(const std::string& text, const TextStyle& with, float width) const {
    return painter_.layout(text, with, width).height;
  }
  // The largest size, not below `smallest`, at which bold words take one line.
  [[nodiscard]] float fitting(const std::string& text, float size, float smallest) const {
    while (size > smallest && advance(text, style(size, true)) > inside_.w) size -= 2;
    return size;
  }

  const Slip& slip_;
  const ui::Painter& painter_;
  Area inside_;  // the column between the margins; its height is not used
  Sheet sheet_;
  float y_ = margin;    // where the next block starts
  float ink_ = margin;  // nothing is black below
};

class Draw {
 public:
  Draw(float x, float y, ui::Painter& painter) : x_(x), y_(y), painter_(painter) {}

  void operator()(const Words& words) const {
    const Area box = words.box.moved(x_, y_);
    const ui::TextBlock block = painter_.layout(words.text, words.style, box.w);
    painter_.block(box.x, box.y, box.w, words.text, block, words.style);
  }
  void operator()(const Dashes& dashes) const {
    // On a whole pixel, so that all rules are equally thick on the screen too.
    const float scale = painter_.metrics().scale();
    const float y = std::round((dashes.box.y + y_) * scale) / scale;
    painter_.dashes(dashes.box.x + x_, y, dashes.box.w, black);
  }
  void operator()(const TickBox& tick) const {
    const Area box = tick.box.moved(x_, y_);
    painter_.fill(box, black);
    painter_.fill(box.inset(tick_border, tick_border), white);
    if (tick.ticked) painter_.icon(box, "check", tick_box, black);
  }
  void operator()(const QrPicture& picture) const {
    ui::draw_qr(painter_, picture.box.moved(x_, y_), picture.code);
  }

 private:
  float x_;
  float y_;
  ui::Painter& painter_;
};

}  // namespace

Sheet lay_out(const Slip& slip, float width, const ui::Painter& painter) {
  return Walk(slip, width, painter).run();
}

void draw(const Sheet& sheet, float x, float y, ui::Painter& painter) {
  const Draw pen(x, y, painter);
  for (const Piece& piece : sheet.pieces) std::visit(pen, piece);
}

}  // namespace slip
