#include "kiosk/slip/slip_layout.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "kiosk/slip/sheet.h"
#include "platform/device/png.h"
#include "tests/kiosk/slip/slips.h"
#include "tests/platform/device/picture.h"

namespace slip {
namespace {

// What the walk was told and what came of it, for one width of paper.
struct Printed {
  test::Glass glass;
  int paper_mm;
  Slip slip;
  Sheet sheet;
  device::Bitmap bitmap;

  using Maker = Slip (*)(const test::Glass&);
  Printed(const char* language, int mm, Maker make)
      : glass(language), paper_mm(mm), slip(make(glass)) {
    print();
  }
  // Again, after the slip was changed.
  void print() {
    sheet = lay_out(slip, paper_mm == 80 ? paper_80_dots : paper_58_dots, painter());
    bitmap = render(slip, paper_mm, glass.atlas);
  }
  // One pixel a dot.
  [[nodiscard]] ui::Painter painter() { return {glass.atlas, glass.metrics}; }
  template <typename Kind>
  [[nodiscard]] std::vector<Kind> pieces() const {
    std::vector<Kind> found;
    for (const Piece& piece : sheet.pieces) {
      if (const Kind* each = std::get_if<Kind>(&piece)) found.push_back(*each);
    }
    return found;
  }
  [[nodiscard]] bool says(std::string_view part) const {
    return std::ranges::any_of(pieces<Words>(), [part](const Words& words) {
      return words.text.find(part) != std::string::npos;
    });
  }
  [[nodiscard]] std::optional<Words> words(std::string_view text) const {
    for (const Words& each : pieces<Words>()) {
      if (each.text == text) return each;
    }
    return std::nullopt;
  }
};

// Each slip on each paper in each language.
void for_all(const std::function<void(Printed&)>& check) {
  for (const char* language : {"zh-Hans", "en"}) {
    for (const int paper_mm : {80, 58}) {
      for (const Printed::Maker make : {test::ticket_slip, test::booking_slip}) {
        Printed printed(language, paper_mm, make);
        CAPTURE(language);
        CAPTURE(paper_mm);
        CAPTURE(printed.slip.kind);
        check(printed);
      }
    }
  }
}

int black_dots(const device::Bitmap& bitmap, const ui::Area& area) {
  int count = 0;
  const int bottom = std::min(static_cast<int>(std::ceil(area.bottom())), bitmap.height);
  const int right = std::min(static_cast<int>(std::ceil(area.right())), bitmap.width);
  for (int y = std::max(0, static_cast<int>(area.y)); y < bottom; ++y) {
    for (int x = std::max(0, static_cast<int>(area.x)); x < right; ++x) {
      if (bitmap.black(x, y)) ++count;
    }
  }
  return count;
}

bool overlap(const ui::Area& a, const ui::Area& b) {
  constexpr float touch = 1;  // rounding
  return a.x + touch < b.right() && b.x + touch < a.right() && a.y + touch < b.bottom() &&
         b.y + touch < a.bottom();
}

// Where the words stand in their box.
ui::Area extent(const Words& words, const ui::TextBlock& block) {
  const float free = words.box.w - block.width;
  const float shift = words.style.align == ui::Align::left     ? 0
                      : words.style.align == ui::Align::center ? free / 2
                                                               : free;
  return {words.box.x + shift, words.box.y, block.width, block.height};
}

std::string scan(const device::Bitmap& bitmap) {
  const test::TempFolder folder;
  const base::Path file = folder / "slip.png";
  REQUIRE(device::write_png(bitmap, file));
  return test::zbar(file);
}

}  // namespace

TEST_CASE("paper of 80 mm takes 576 dots, of 58 mm 384, and nothing is black in the margins") {
  for_all([](Printed& printed) {
    const device::Bitmap& bitmap = printed.bitmap;
    CHECK(bitmap.width == (printed.paper_mm == 80 ? 576 : 384));
    CHECK(bitmap.height == static_cast<int>(printed.sheet.height));
    const auto width = static_cast<float>(bitmap.width);
    const auto height = static_cast<float>(bitmap.height);
    constexpr float margin = 23;  // a letter may lean out by a dot
    CHECK(black_dots(bitmap, {0, 0, margin, height}) == 0);
    CHECK(black_dots(bitmap, {width - margin, 0, margin, height}) == 0);
    CHECK(black_dots(bitmap, {0, 0, width, margin}) == 0);
    CHECK(black_dots(bitmap, {0, height - margin, width, margin}) == 0);
  });
}

TEST_CASE("every word is printed whole, in its place, over no other") {
  for_all([](Printed& printed) {
    const ui::Painter painter = printed.painter();
    std::vector<ui::Area> taken;
    for (const QrPicture& qr : printed.pieces<QrPicture>()) taken.push_back(qr.box);
    for (const Words& words : printed.pieces<Words>()) {
      CAPTURE(words.text);
      const ui::TextBlock block = painter.layout(words.text, words.style, words.box.w);
      CHECK(words.style.max_lines == 0);
      CHECK(block.width <= words.box.w + 1);
      CHECK(block.height <= words.box.h + 1);
      const ui::Area place = extent(words, block);
      for (const ui::Area& other : taken) CHECK_FALSE(overlap(place, other));
      taken.push_back(place);
      CHECK(black_dots(printed.bitmap, place) > 0);
    }
  });
}

TEST_CASE("the number is the largest thing on the ticket, and shrinks rather than break") {
  Printed wide("zh-Hans", 80, test::ticket_slip);
  REQUIRE(wide.words("B019"));
  CHECK(wide.words("B019")->style.size == 150);
  Printed narrow("zh-Hans", 58, test::ticket_slip);
  REQUIRE(narrow.words("B019"));
  CHECK(narrow.words("B019")->style.size == 110);

  narrow.slip.blocks[2] = {Number{"B12-0105"}};
  narrow.print();
  REQUIRE(narrow.words("B12-0105"));
  CHECK(narrow.words("B12-0105")->style.size < 110);
  CHECK(narrow.words("B12-0105")->box.h < 110 * 1.5F);
}

TEST_CASE("papers not yet there stand bold with the word missing, the others ticked") {
  Printed printed("zh-Hans", 80, test::ticket_slip);
  REQUIRE(printed.words("本人身份证"));
  REQUIRE(printed.words("户口本"));
  CHECK(printed.words("本人身份证")->style.weight == ui::Weight::regular);
  CHECK(printed.words("户口本")->style.weight == ui::Weight::bold);
  const auto boxes = printed.pieces<TickBox>();
  REQUIRE(boxes.size() == 6);
  for (const TickBox& tick : boxes) {
    const int inside = black_dots(printed.bitmap, tick.box.inset(4, 4));
    CHECK((inside > 0) == tick.ticked);
  }
  int missing = 0;
  for (const Words& words : printed.pieces<Words>()) missing += words.text == "还差" ? 1 : 0;
  CHECK(missing == 3);
}

TEST_CASE("the QR code has modules of six dots or more and four modules of white around it") {
  for_all([](Printed& printed) {
    const auto codes = printed.pieces<QrPicture>();
    REQUIRE(codes.size() == 1);
    const QrPicture& qr = codes.front();
    const float module = qr.box.w / static_cast<float>(qr.code.side + 8);
    CHECK(module == std::round(module));
    CHECK(module >= 6);
    CHECK(module * static_cast<float>(qr.code.side) >= 184);
    CHECK(qr.box.x >= 0);
    CHECK(qr.box.right() <= printed.sheet.width);
    const ui::Area inner = qr.box.inset(4 * module, 4 * module);
    CHECK(black_dots(printed.bitmap, qr.box) == black_dots(printed.bitmap, inner));
    CHECK(black_dots(printed.bitmap, {inner.x, inner.y, 7 * module, module}) ==
          static_cast<int>(7 * module * module));
  });
}

TEST_CASE("a phone reads the status address from the ticket and the bare code from the booking" *
          doctest::skip(!test::has_zbar())) {
  for_all([](Printed& printed) {
    const auto& codes = printed.slip.blocks;
    const auto block = std::ranges::find_if(
        codes, [](const Block& each) { return std::holds_alternative<Code>(each.content); });
    REQUIRE(block != codes.end());
    CHECK(scan(printed.bitmap) == std::get<Code>(block->content).address);
  });
  CHECK(scan(Printed("en", 80, test::ticket_slip).bitmap) == "https://example.cn/s/7K4M2-9QXRC");
  CHECK(scan(Printed("en", 80, test::booking_slip).bitmap) == "7K4M2-9QXRC");
}

TEST_CASE("an address too long for the paper gives way to the bare code, and invites nobody") {
  Printed printed("en", 58, test::ticket_slip);
  REQUIRE(printed.says("Scan to see"));
  for (Block& block : printed.slip.blocks) {
    if (Code* code = std::get_if<Code>(&block.content)) code->address += std::string(400, 'x');
  }
  printed.print();
  REQUIRE(printed.pieces<QrPicture>().size() == 1);
  CHECK(printed.pieces<QrPicture>().front().code.side == device::qr(test::case_code)->side);
  CHECK_FALSE(printed.says("Scan to see"));
  CHECK(printed.says(test::case_code));
}

TEST_CASE("beside a large QR code the case code would break, so it stands above") {
  Printed printed("en", 80, test::ticket_slip);
  for (Block& block : printed.slip.blocks) {
    if (Code* code = std::get_if<Code>(&block.content)) code->address += std::string(200, 'x');
  }
  printed.print();
  REQUIRE(printed.pieces<QrPicture>().size() == 1);
  const ui::Area picture = printed.pieces<QrPicture>().front().box;
  CHECK(picture.w > 400);
  REQUIRE(printed.words(test::case_code));
  const Words code = *printed.words(test::case_code);
  CHECK(printed.painter().layout(code.text, code.style, code.box.w).lines.size() == 1);
  CHECK(code.box.bottom() <= picture.y);
}

TEST_CASE("a visitor without a phone finds the four digits beside the code") {
  Printed printed("zh-Hans", 80, test::booking_slip);
  REQUIRE(printed.words("4821"));
  CHECK(printed.words("4821")->style.weight == ui::Weight::bold);
}

TEST_CASE("a neutral slip tells the way, the time and the papers, but not which service it was") {
  Printed printed("zh-Hans", 80, test::ticket_slip);
  CHECK(printed.says("公证　取号小票"));
  CHECK(printed.says("委托书公证"));
  CHECK(printed.says("公证法"));
  const std::size_t rules = printed.pieces<Dashes>().size();

  printed.slip.neutral = true;
  printed.print();
  CHECK(printed.words("取号小票"));
  CHECK_FALSE(printed.says("公证　"));
  CHECK_FALSE(printed.says("委托书公证"));
  CHECK_FALSE(printed.says("公证法"));
  CHECK(printed.says("B019"));
  CHECK(printed.says("户口本"));
  CHECK(printed.pieces<Dashes>().size() == rules);
}

TEST_CASE("where a neutral slip leaves a part out, one line stands between the others, not two") {
  Printed printed("zh-Hans", 80, test::booking_slip);
  printed.slip.neutral = true;
  printed.slip.blocks = {
      {Rule{}}, {Text{.text = "公证"}, true}, {Rule{}}, {Text{.text = "11月24日"}}};
  printed.print();
  CHECK(printed.pieces<Dashes>().size() == 2);  // this one, and the one above the closing line
}

TEST_CASE("a slip grows with what it says") {
  Printed printed("en", 58, test::booking_slip);
  const float before = printed.sheet.height;
  const std::string promise(600, 'w');
  printed.slip.blocks.push_back({Text{.text = promise}});
  printed.print();
  REQUIRE(printed.words(promise));
  CHECK(printed.sheet.height >= before + printed.words(promise)->box.h);
  CHECK(printed.words(promise)->box.h > 500);
}

TEST_CASE("the screen shows the paper that is printed, word for word, inside its panel") {
  test::Glass glass;
  const Slip slip = test::booking_slip(glass);
  const ui::Area room{48, 330, 984, 900};
  ui::Kinetic kinetic;
  glass.ui.begin({});
  const float height = show(glass.ui, room, slip, kinetic);
  glass.ui.end();
  CHECK(height <= room.h);

  std::vector<std::string> shown;
  for (const ui::Node& node : glass.ui.nodes()) {
    shown.push_back(node.label);
    CHECK(node.bounds.x >= room.x);
    CHECK(node.bounds.right() <= room.right());
    CHECK(node.bounds.bottom() <= room.y + height);
  }
  std::vector<std::string> laid_out;
  const ui::Painter painter(glass.atlas, glass.metrics);
  for (const Piece& piece : lay_out(slip, paper_80_dots, painter).pieces) {
    if (const Words* words = std::get_if<Words>(&piece)) laid_out.push_back(words->text);
  }
  CHECK(shown == laid_out);
}

TEST_CASE("a slip higher than its panel scrolls to its end and is as readable as any screen") {
  test::Glass glass("en");
  const Slip slip = test::ticket_slip(glass);
  const ui::Area room{48, 330, 984, 700};
  ui::Kinetic kinetic;
  const auto closing_bottom = [&] {
    glass.ui.begin({});
    CHECK(show(glass.ui, room, slip, kinetic) == room.h);
    glass.ui.end();
    REQUIRE_FALSE(glass.ui.nodes().empty());
    CHECK(glass.ui.nodes().back().label == slip.closing);
    return glass.ui.nodes().back().bounds.bottom();
  };
  CHECK(closing_bottom() > room.bottom());
  kinetic.jump(1e6F);
  CHECK(closing_bottom() <= room.bottom());
  // The title, one line of it 24 dots high, is as large as a caption at least.
  CHECK(glass.ui.nodes()[1].bounds.h >= ui::type::caption);
}

}  // namespace slip
