// Slips as the services make them, in both languages, and what is needed to draw them.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "kiosk/slip/slip.h"
#include "kiosk/slip/slip_words.h"
#include "kiosk/ui/ui.h"
#include "platform/device/atlas.h"
#include "tests/support/world.h"

namespace test {

inline device::Atlas open_atlas() {
  auto atlas = device::Atlas::open(device::find_fonts(), KIOSK_ASSETS "/icons");
  REQUIRE_MESSAGE(atlas.has_value(), atlas.error().detail);
  return std::move(*atlas);
}

inline ui::Texts load_texts() {
  auto texts = ui::Texts::load(KIOSK_ASSETS "/text");
  REQUIRE_MESSAGE(texts.has_value(), texts.error().detail);
  return std::move(*texts);
}

// A screen to speak and draw with.
struct Glass {
  FakeClock clock;
  device::Atlas atlas = open_atlas();
  ui::Texts texts = load_texts();
  ui::Metrics metrics{ui::Display{.preview = true}};
  ui::Ui ui{atlas, texts, clock, metrics};

  explicit Glass(std::string_view language = "zh-Hans") { ui.set_language(language); }
  [[nodiscard]] bool chinese() const { return ui.language() == "zh-Hans"; }
  // One of two words, by language.
  [[nodiscard]] std::string say(const char* in_chinese, const char* in_english) const {
    return chinese() ? in_chinese : in_english;
  }
};

inline constexpr const char* case_code = "7K4M2-9QXRC";

inline slip::Slip ticket_slip(const Glass& glass) {
  using namespace slip;
  const auto say = [&glass](const char* zh, const char* en) { return glass.say(zh, en); };
  Slip ticket;
  ticket.center = say("东城区公共法律服务中心", "Dongcheng Public Legal Service Center");
  ticket.service = say("公证", "Notary");
  ticket.kind = say("取号小票", "Ticket");
  ticket.blocks = {
      {Rule{}},
      {Text{.text = say("您的号码", "Your number"), .align = Align::center}},
      {Number{"B019"}},
      {Text{.text = say("一层公证室　2 号或 3 号窗口", "Ground floor, notary room, counter 2 or 3"),
            .size = 32,
            .bold = true,
            .align = Align::center}},
      {Rule{}},
      {Fact{say("前面还有", "Ahead of you"), say("4 人", "4 people")}},
      {Fact{say("大约还要等", "Wait, about"), say("25–40 分钟", "25–40 minutes")}},
      {Fact{say("取号时间", "Taken"), say("11月23日 9:42", "23 November 9:42")}},
      {Rule{}},
      {papers(glass.ui, say("委托书公证", "power of attorney"),
              {{say("本人身份证", "Your identity card"), true},
               {say("委托书草稿", "Draft of the power of attorney"), true},
               {say("房产证", "Title deed of the flat"), true},
               {say("户口本", "Household register"), false},
               {say("结婚证或离婚证", "Marriage or divorce certificate"), false},
               {say("受托人身份证复印件", "Copy of the agent's identity card"), false}})},
      {Rule{}},
      {code(glass.ui, {.code = case_code, .status_address = "https://example.cn/s/"})},
      {Rule{}},
      {Text{.text = say("叫过三次没到，二十分钟内回来仍可办理。",
                        "Missed after three calls? Come back within twenty minutes.")}},
      {Text{.text = say("材料齐全的，受理后十五个工作日内出公证书（公证法第三十条）。",
                        "With all papers the notarial certificate is ready within fifteen working "
                        "days (Notary Law, article 30).")},
       true},
  };
  ticket.closing = closing(glass.ui, "D03-11");
  return ticket;
}

inline slip::Slip booking_slip(const Glass& glass) {
  using namespace slip;
  const auto say = [&glass](const char* zh, const char* en) { return glass.say(zh, en); };
  Slip booking;
  booking.center = say("东城区公共法律服务中心", "Dongcheng Public Legal Service Center");
  booking.service = say("法律咨询", "Legal advice");
  booking.kind = say("预约单", "Booking");
  booking.blocks = {
      {Rule{}},
      {Headline{say("11月24日 周二", "Tuesday 24 November")}},
      {Headline{"14:00 – 14:30"}},
      {Text{.text = say("一层　私密会谈室 2", "Ground floor, private room 2"),
            .size = 32,
            .align = Align::center}},
      {Rule{}},
      {code(glass.ui, {.code = case_code, .status_address = "", .digits = "4821"})},
      {Rule{}},
      {Advice{say("请带", "Bring"), say("劳动合同、工资记录、聊天记录",
                                        "the employment contract, pay records, chat records")}},
      {Advice{say("早到", "Early"), say("十分钟，在本机按“查询进度”签到",
                                        "ten minutes; check in here under 'Where it stands'")}},
  };
  booking.closing = closing(glass.ui, "D03-11");
  return booking;
}

}  // namespace test
