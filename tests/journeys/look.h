// A look at one picture: nothing runs over, nothing lies outside or on top of something else, every
// control is large enough for a thumb, every word is there in the language that was chosen. With
// KIOSK_TEST_SHOTS=FOLDER the picture is kept there for people (tests/shots).
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/kiosk_driver.h"

namespace test {

inline constexpr float smallest_target = 64;  // u; care for trembling hands, look.md section 2

enum class Words {
  translated,  // all of them
  law,         // law text, names of laws and people stay Chinese
};

inline bool has_han(std::string_view text) {
  return std::ranges::any_of(base::decode_utf8(text),
                             [](char32_t each) { return each >= 0x4E00 && each <= 0x9FFF; });
}

inline bool pressable(const ui::Node& node) {
  return node.role == ui::Role::button || node.role == ui::Role::choice ||
         node.role == ui::Role::field || node.role == ui::Role::key;
}

inline ui::Area common(const ui::Area& a, const ui::Area& b) {
  const float left = std::max(a.x, b.x);
  const float top = std::max(a.y, b.y);
  return {left, top, std::min(a.right(), b.right()) - left, std::min(a.bottom(), b.bottom()) - top};
}

inline std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& each : texts) all += each + "; ";
  return all;
}

inline std::string name_of(const ui::Node& node) {
  return node.id + " “" + node.label + "”";
}

inline void check_node(KioskDriver& visitor, const ui::Node& node, Words words) {
  const std::string name = name_of(node);
  CAPTURE(name);
  CHECK(node.label.find("⟦") == std::string::npos);
  CHECK(node.value.find("⟦") == std::string::npos);
  const ui::Area& seat = node.bounds;
  CHECK(seat.x >= node.view.x - 1);
  CHECK(seat.right() <= node.view.right() + 1);
  const bool scrolls = node.view.h < visitor.ui().screen().h;
  if (!scrolls) {
    CHECK(seat.y >= -1);
    CHECK(seat.bottom() <= node.view.bottom() + 1);
  }
  if (pressable(node)) {
    CHECK(seat.w >= smallest_target);
    CHECK(seat.h >= smallest_target);
  }
  const bool english = visitor.ui().language() == "en";
  if (english && words == Words::translated && node.label.find("中文") == std::string::npos) {
    CHECK_FALSE(has_han(node.label));
  }
}

// No finger means two things at once.
inline void check_apart(const KioskDriver& visitor) {
  std::vector<ui::Node> seen;
  for (const ui::Node& node : visitor.nodes()) {
    if (pressable(node)) seen.push_back(node);
  }
  for (std::size_t i = 0; i < seen.size(); ++i) {
    for (std::size_t n = i + 1; n < seen.size(); ++n) {
      const ui::Area both =
          common(common(seen[i].bounds, seen[i].view), common(seen[n].bounds, seen[n].view));
      const bool apart = both.w < 1 || both.h < 1;
      CHECK_MESSAGE(apart, name_of(seen[i]), " lies on ", name_of(seen[n]));
    }
  }
}

// `shot` names the picture: "booking-slot.portrait.en".
inline void look(KioskDriver& visitor, const std::string& shot, Words words = Words::translated) {
  CAPTURE(shot);
  visitor.shot(shot);
  CHECK(joined(visitor.ui().overflows()) == "");
  if (words == Words::translated) CHECK(joined(visitor.ui().shortened()) == "");
  for (const ui::Node& node : visitor.nodes()) check_node(visitor, node, words);
  check_apart(visitor);
}

}  // namespace test
