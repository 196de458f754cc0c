#include "kiosk/input/keyboard.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/ui/patterns.h"
#include "tests/support/ui_driver.h"

using input::Kind;
using namespace std::chrono_literals;

namespace {

// A dictionary of a few words; "shi" has more of them than two pages hold.
class FakeComposer final : public input::Composer {
 public:
  bool key(char character) override {
    rest_ += character;
    return true;
  }
  bool backspace() override {
    if (preedit().empty()) return false;
    if (!chosen_.empty()) {
      rest_ = before_;
      chosen_.clear();
    } else {
      rest_.pop_back();
    }
    return true;
  }
  [[nodiscard]] std::string preedit() const override { return chosen_ + rest_; }
  [[nodiscard]] std::string letters() const override { return chosen_.empty() ? rest_ : ""; }
  [[nodiscard]] std::vector<std::string> candidates(std::size_t from,
                                                    std::size_t count) const override {
    std::vector<std::string> texts;
    for (const Word& word : matching()) texts.push_back(word.text);
    texts.erase(texts.begin(), texts.begin() + static_cast<long>(std::min(from, texts.size())));
    if (texts.size() > count) texts.resize(count);
    return texts;
  }
  std::string choose(std::size_t index) override {
    const std::vector<Word> words = matching();
    if (index >= words.size()) return {};
    before_ = rest_;
    chosen_ += words[index].text;
    rest_.erase(0, words[index].letters.size());
    if (!rest_.empty()) return {};
    return std::exchange(chosen_, {});
  }
  void clear() override {
    chosen_.clear();
    rest_.clear();
    ++cleared;
  }

  int cleared = 0;

 private:
  struct Word {
    std::string letters;
    std::string text;
  };
  [[nodiscard]] std::vector<Word> matching() const {
    std::vector<Word> words;
    for (const Word& word : all_) {
      if (rest_.starts_with(word.letters)) words.push_back(word);
    }
    return words;
  }
  static std::vector<Word> dictionary() {
    std::vector<Word> words = {{"nihao", "你好"}, {"ni", "你"}, {"hao", "好"}, {"ni", "尼"}};
    for (int i = 0; i < 50; ++i) {
      words.push_back(
          {"shi", i % 7 == 6 ? fmt::format("十一二三四五{}", i) : fmt::format("是{}", i)});
    }
    for (int i = 0; i < 21; ++i) words.push_back({"shu", fmt::format("书{}", i)});
    return words;
  }

  std::vector<Word> all_ = dictionary();
  std::string chosen_;
  std::string rest_;
  std::string before_;
};

// One field above the keyboard and a button below it, as flows have them.
class Form {
 public:
  explicit Form(const ui::Display& display = test::portrait, std::string_view language = "zh-Hans",
                Kind what = Kind::text)
      : driver(display, language), kind(what) {
    driver.show([this](ui::Ui& ui) { draw(ui); });
  }
  Form(const Form&) = delete;
  Form& operator=(const Form&) = delete;

  void draw(ui::Ui& ui) {
    const float bar = ui.metrics().portrait() ? 260 : 110;
    ui::Area body = ui.screen().inset(ui.metrics().margin(), 0);
    body.take_top(ui::space::state_bar + 20);
    ui::Area foot = body.take_bottom(bar);
    const ui::Area keys = input::Keyboard::place(ui, body, kind);
    body = ui::question(ui, body, "发生了什么事？");
    ui.field("form.field", body, field, {.active = true, .lines = true});
    if (keyboard.draw(ui, keys, field, kind, ui.tr("keyboard.finish"))) ++finished;
    if (ui.button("form.next", foot.take_top(96), ui.tr("flow.next"))) sent = field.text();
  }
  void type(std::string_view letters) {
    for (const char letter : letters) driver.tap(fmt::format("key.{}", letter));
  }

  FakeComposer composer;
  input::Keyboard keyboard{&composer};
  ui::TextField field{60};
  test::UiDriver driver;
  Kind kind;
  int finished = 0;
  std::optional<std::string> sent;
};

// What a pixel of the picture must be to be this colour.
std::uint32_t pixel(ui::Color color) {
  return (color & 0xFFU) << 16U | (color & 0xFF00U) | (color >> 16U & 0xFFU);
}

// The face of a key, left of what stands on it.
std::uint32_t face_of(Form& form, std::string_view id) {
  const ui::Area area = form.driver.find(id)->bounds;
  const float scale = form.driver.ui().metrics().scale();
  const auto x = static_cast<std::size_t>((area.x + 12) * scale);
  const auto y = static_cast<int>(area.center_y() * scale);
  return form.driver.picture().row(y)[x];
}

void check_keys(Form& form) {
  const ui::Area screen = form.driver.ui().screen();
  std::vector<ui::Node> keys;
  std::set<std::string> ids;
  for (const ui::Node& node : form.driver.ui().nodes()) {
    if (node.role != ui::Role::key) continue;
    CAPTURE(node.id);
    CHECK(ids.insert(node.id).second);
    CHECK_FALSE(node.label.empty());
    CHECK(node.bounds.w >= 64);
    CHECK(node.bounds.h >= 64);
    CHECK(node.bounds.x >= screen.x);
    CHECK(node.bounds.right() <= screen.right());
    CHECK(node.bounds.bottom() <= screen.bottom());
    keys.push_back(node);
  }
  CHECK(keys.size() > 10);
  constexpr float least_gap = 7.9F;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    for (std::size_t n = i + 1; n < keys.size(); ++n) {
      const ui::Area a = keys[i].bounds.inset(-least_gap, -least_gap);
      const ui::Area& b = keys[n].bounds;
      CAPTURE(keys[i].id);
      CAPTURE(keys[n].id);
      CHECK((b.right() <= a.x || a.right() <= b.x || b.bottom() <= a.y || a.bottom() <= b.y));
    }
  }
  CHECK(form.driver.ui().overflows() == std::vector<std::string>{});
}

}  // namespace

// ---- pinyin -------------------------------------------------------------------------------------

TEST_CASE("pinyin becomes the word that is touched") {
  Form form;
  form.type("nihao");
  CHECK(form.field.text().empty());
  CHECK(form.field.composing() == "nihao");
  CHECK(form.driver.sees("nihao"));
  form.driver.tap("candidate.0");
  CHECK(form.field.text() == "你好");
  CHECK(form.field.composing().empty());
  CHECK(form.driver.find("candidate.0") == nullptr);
}

TEST_CASE("space takes the first word, and is a blank when nothing is being composed") {
  Form form;
  form.type("nihao");
  form.driver.tap("key.space");
  CHECK(form.field.text() == "你好");
  form.driver.tap("key.space");
  CHECK(form.field.text() == "你好 ");
}

TEST_CASE("a part can be chosen while the rest is still being composed") {
  Form form;
  form.type("nihao");
  form.driver.tap("candidate.2");
  CHECK(form.field.text().empty());
  CHECK(form.field.composing() == "尼hao");
  form.driver.tap("candidate.0");
  CHECK(form.field.text() == "尼好");
}

TEST_CASE("a sign ends the composition and follows the word") {
  Form form;
  form.type("nihao");
  form.driver.tap("key.，");
  CHECK(form.field.text() == "你好，");
}

TEST_CASE("letters that are no word stay letters") {
  Form form;
  form.type("nivv");
  form.driver.tap("key.space");
  CHECK(form.field.text() == "你vv");
}

TEST_CASE("a button beside the keyboard finds the composition ended") {
  Form form;
  form.type("nihao");
  form.driver.tap("form.next");
  CHECK(form.sent == "你好");
}

TEST_CASE("the finish key ends the composition and says so once") {
  Form form;
  form.type("nihao");
  CHECK(form.finished == 0);
  form.driver.tap("key.finish");
  CHECK(form.finished == 1);
  CHECK(form.field.text() == "你好");
}

TEST_CASE("what is being composed does not move into another field") {
  Form form;
  form.type("ni");
  form.field = ui::TextField(60);
  form.driver.settle();
  CHECK(form.field.composing().empty());
  form.type("hao");
  CHECK(form.field.composing() == "hao");
}

TEST_CASE("the unfolded list shows every candidate, page by page") {
  Form form;
  form.type("shi");
  CHECK(form.driver.find("candidate.3") != nullptr);
  CHECK(form.driver.find("candidate.5") == nullptr);
  form.driver.tap("candidate.more");
  CHECK(form.driver.find("key.q") == nullptr);
  std::set<std::string> seen;
  for (;;) {
    check_keys(form);
    for (const ui::Node& node : form.driver.ui().nodes()) {
      if (node.id.starts_with("candidate.") &&
          node.label.find_first_of("0123456789") != std::string::npos) {
        CHECK(seen.insert(node.id).second);
      }
    }
    if (!form.driver.find("candidate.next")->enabled) break;
    form.driver.tap("candidate.next");
  }
  CHECK(seen.size() == 50);
  CHECK(seen.contains("candidate.49"));
  form.driver.tap("candidate.previous");
  form.driver.tap("candidate.previous");
  CHECK_FALSE(form.driver.find("candidate.previous")->enabled);
  form.driver.tap("candidate.next");
  const std::string second_page =
      form.driver.find("candidate.20") != nullptr ? "candidate.20" : "candidate.19";
  const std::string word = form.driver.find(second_page)->label;
  form.driver.tap(second_page);
  CHECK(form.field.text() == word);
  CHECK(form.driver.find("key.q") != nullptr);
}

TEST_CASE("a page holds twenty short words, and the word after them has a page of its own") {
  Form form;
  form.type("shu");
  form.driver.tap("candidate.more");
  CHECK(form.driver.find("candidate.19") != nullptr);
  CHECK(form.driver.find("candidate.20") == nullptr);
  form.driver.tap("candidate.next");
  CHECK_FALSE(form.driver.find("candidate.next")->enabled);
  form.driver.tap("candidate.20");
  CHECK(form.field.text() == "书20");
}

TEST_CASE("the unfolded list closes without choosing") {
  Form form;
  form.type("shi");
  form.driver.tap("candidate.more");
  form.driver.tap("candidate.fewer");
  CHECK(form.driver.find("key.q") != nullptr);
  CHECK(form.field.composing() == "shi");
}

// ---- deleting -----------------------------------------------------------------------------------

TEST_CASE("backspace takes back pinyin before it touches the text") {
  Form form;
  form.field.insert("他");
  form.type("ni");
  form.driver.tap("key.backspace");
  CHECK(form.field.composing() == "n");
  form.driver.tap("key.backspace");
  CHECK(form.field.composing().empty());
  CHECK(form.field.text() == "他");
  form.driver.tap("key.backspace");
  CHECK(form.field.text().empty());
}

TEST_CASE("a finger that stays on backspace deletes on and on") {
  Form form;
  form.field.insert("一二三四五六七八九十");
  form.driver.hold("key.backspace", 390ms);
  CHECK(form.field.characters() == 9);
  form.driver.hold("key.backspace", 400ms + 3 * 80ms + 10ms);
  CHECK(form.field.characters() == 5);
  form.driver.tap("key.backspace");
  CHECK(form.field.characters() == 4);
}

// ---- letters, digits, signs ---------------------------------------------------------------------

TEST_CASE("English opens with Latin letters") {
  Form form(test::portrait, "en");
  form.type("hi");
  CHECK(form.field.text() == "hi");
  form.driver.tap("key.,");
  CHECK(form.field.text() == "hi,");
}

TEST_CASE("shift gives one capital, twice all capitals, and once more none") {
  Form form(test::portrait, "en");
  form.driver.tap("key.shift");
  CHECK(form.driver.find("key.a")->label == "A");
  form.type("ab");
  form.driver.tap("key.shift");
  form.driver.tap("key.shift");
  form.type("cd");
  form.driver.tap("key.shift");
  form.type("e");
  CHECK(form.field.text() == "AbCDe");
}

TEST_CASE("a capital among pinyin is a letter and not composed") {
  Form form;
  form.type("ni");
  form.driver.tap("key.shift");
  form.type("a");
  CHECK(form.field.text() == "你A");
  CHECK(form.field.composing().empty());
}

TEST_CASE("tabs bring letters, digits and signs, and end what was being composed") {
  Form form;
  form.type("ni");
  form.driver.tap("tab.abc");
  CHECK(form.driver.find("tab.abc")->selected);
  form.type("ok");
  form.driver.tap("tab.digits");
  form.type("12");
  form.driver.tap("tab.symbols");
  form.driver.tap("key.《");
  form.driver.tap("tab.pinyin");
  form.type("hao");
  form.driver.tap("candidate.0");
  CHECK(form.field.text() == "你ok12《好");
}

TEST_CASE("a phone field takes digits and the dash, from either keyboard, and nothing else") {
  Form form(test::portrait, "zh-Hans", Kind::phone);
  form.type("010-1");
  form.driver.type("a2 啊3");
  CHECK(form.field.text() == "010-123");
  CHECK(form.driver.find("tab.abc") == nullptr);
}

TEST_CASE("a code field takes small letters of a real keyboard as capitals") {
  Form form(test::portrait, "zh-Hans", Kind::code);
  form.type("7k4m2");
  form.driver.type("-9qxrc!");
  CHECK(form.field.text() == "7K4M2-9QXRC");
}

TEST_CASE("what does not fit into the field any more is left out") {
  Form form;
  form.field = ui::TextField(3);
  form.field.insert("一二");
  form.type("nihao");
  form.driver.tap("key.space");
  CHECK(form.field.text() == "一二你");
}

// ---- a real keyboard ----------------------------------------------------------------------------

TEST_CASE("a real keyboard types pinyin, chooses by number and finishes with Enter") {
  Form form;
  form.driver.type("nihao3");
  CHECK(form.field.composing() == "尼hao");
  form.driver.type(" 12");
  CHECK(form.field.text() == "尼好12");
  form.driver.press(device::Key::backspace);
  form.driver.press(device::Key::left);
  form.driver.type("，");
  CHECK(form.field.text() == "尼好，1");
  form.driver.press(device::Key::right);
  form.driver.type("ni");
  form.driver.press(device::Key::enter);
  CHECK(form.finished == 1);
  CHECK(form.field.text() == "尼好，1你");
}

TEST_CASE("the mark between syllables is composed; alone it is a sign") {
  Form form;
  form.driver.type("'ni'hao");
  CHECK(form.field.text() == "'");
  CHECK(form.field.composing() == "ni'hao");
}

TEST_CASE("Enter is left to a button that has the focus") {
  Form form;
  form.driver.type("hao ");
  form.driver.press(device::Key::tab, true);
  form.driver.press(device::Key::enter);
  CHECK(form.sent == "好");
  CHECK(form.finished == 0);
}

// ---- how it looks and stands --------------------------------------------------------------------

TEST_CASE("a key is filled in the pass of the touch and for 80 ms") {
  Form form;
  const ui::Palette& colors = form.driver.ui().colors();
  CHECK(face_of(form, "key.n") == pixel(colors.surface));
  form.driver.press_down("key.n");
  CHECK(face_of(form, "key.n") == pixel(colors.primary));
  form.driver.wait(20ms);
  form.driver.lift();
  CHECK(form.field.composing() == "n");
  CHECK(face_of(form, "key.n") == pixel(colors.primary));
  form.driver.wait(70ms);
  CHECK(face_of(form, "key.n") == pixel(colors.surface));
}

TEST_CASE("every key is large enough, on the screen, apart from the next, and its words fit") {
  for (const std::string_view language : {"zh-Hans", "en"}) {
    for (const ui::Display& display :
         {test::portrait, test::landscape, test::compact, test::compact_landscape}) {
      CAPTURE(language);
      CAPTURE(display.width_px);
      const std::string where = fmt::format("keyboard_{}_{}", display.width_px, language);
      Form form(display, language);
      for (const std::string_view tab : {"pinyin", "abc", "digits", "symbols"}) {
        CAPTURE(tab);
        const std::string id = fmt::format("tab.{}", tab);
        // In landscape the tab one is in has no seat.
        if (form.driver.find(id) != nullptr) form.driver.tap(id);
        check_keys(form);
        form.driver.shot(fmt::format("{}_{}", where, tab));
      }
      form.driver.tap("tab.pinyin");
      form.type("shi");
      check_keys(form);
      form.driver.shot(where + "_candidates");
      form.driver.tap("candidate.more");
      check_keys(form);
      form.driver.shot(where + "_page");
      for (const Kind kind : {Kind::digits, Kind::phone, Kind::code}) {
        CAPTURE(kind);
        Form other(display, language, kind);
        check_keys(other);
        other.driver.shot(fmt::format("{}_kind_{}", where, static_cast<int>(kind)));
      }
    }
  }
}

TEST_CASE("the keyboard stays out of what is left of the content") {
  for (const ui::Display& display :
       {test::portrait, test::landscape, test::compact, test::compact_landscape}) {
    CAPTURE(display.width_px);
    CAPTURE(display.diagonal_inch);
    Form form(display);
    const ui::Area field = form.driver.find("form.field")->bounds;
    const ui::Area key = form.driver.find("key.1")->bounds;
    const ui::Area next = form.driver.find("form.next")->bounds;
    CHECK(field.bottom() < key.y);
    CHECK(field.h > 200);
    CHECK(form.driver.find("key.space")->bounds.bottom() < next.y);
  }
}

TEST_CASE("without a composer there are Latin letters and no pinyin tab") {
  test::UiDriver driver;
  input::Keyboard keyboard(nullptr);
  ui::TextField field;
  driver.show([&](ui::Ui& ui) {
    ui::Area body = ui.screen();
    const ui::Area keys = input::Keyboard::place(ui, body, Kind::text);
    CHECK_FALSE(keyboard.draw(ui, keys, field, Kind::text, ui.tr("keyboard.finish")));
  });
  CHECK(driver.find("tab.pinyin") == nullptr);
  driver.tap("key.a");
  keyboard.reset();
  CHECK(field.text() == "a");
}

// ---- the end of a visit -------------------------------------------------------------------------

TEST_CASE("nothing of a visit is left after it: composition, pages, mode, shift") {
  Form form;
  form.driver.tap("tab.abc");
  form.driver.tap("key.shift");
  form.driver.tap("tab.pinyin");
  form.type("shi");
  form.driver.tap("candidate.more");
  const int before = form.composer.cleared;
  form.keyboard.reset();
  CHECK(form.composer.cleared == before + 1);
  CHECK(form.composer.preedit().empty());
  form.field = ui::TextField(60);
  form.driver.settle();
  CHECK(form.field.composing().empty());
  CHECK(form.driver.find("candidate.0") == nullptr);
  CHECK(form.driver.find("tab.pinyin")->selected);
  CHECK(form.driver.find("key.a")->label == "a");
}

TEST_CASE("the next visitor finds the tab of the language, whatever the last one chose") {
  Form form;
  form.driver.tap("tab.symbols");
  form.keyboard.reset();
  form.driver.settle();
  CHECK(form.driver.find("tab.pinyin")->selected);
  form.driver.ui().set_language("en");
  form.driver.settle();
  CHECK(form.driver.find("tab.abc")->selected);
}

TEST_CASE("the letters themselves can be taken, and stay where the screen understands them") {
  Form form;
  form.type("nihao");
  form.driver.tap("candidate.letters");
  CHECK(form.field.text() == "nihao");
  CHECK(form.field.composing().empty());
  form.field.clear();

  form.type("nihao");
  form.field.keep_letters("nihao");
  form.driver.tap("key.space");
  form.type("shu");
  form.driver.tap("key.finish");
  CHECK(form.field.text() == "nihao 书0");
  form.field.clear();

  form.type("nihao");
  form.field.keep_letters("nihao");
  form.driver.tap("candidate.0");
  CHECK(form.field.text() == "你好");
}
