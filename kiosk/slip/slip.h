// 小票: what a visitor takes home, as plain values: what, where, when, number or code, what was
// promised and by whom, what to bring (care 2). Knows no layout, no printer, no language: every
// sentence comes translated, and promises only what the center can keep. A slip carries no name and
// no document number, and says so in its closing line (slip_words.h).
//
// Sizes are dots of paper, 203 to the inch; on the screen the same slip is drawn larger.
#pragma once

#include <string>
#include <variant>
#include <vector>

namespace slip {

// The number that is called: "B019", as large as the paper takes.
struct Number {
  std::string text;
};

// What must be read from arm's length: "11月24日 周二", "14:00 – 14:30".
struct Headline {
  std::string text;
};

enum class Align { left, center };

struct Text {
  std::string text;
  int size = 26;
  bool bold = false;
  Align align = Align::left;
};

// Label at the left, value bold at the right: 前面还有 … 4 人.
struct Fact {
  std::string label;
  std::string value;
};

// Bold word and what it says beside it: 早到 十分钟，在本机按“查询进度”签到.
struct Advice {
  std::string word;
  std::string text;
};

// A dashed line across.
struct Rule {};

struct PaperToBring {
  std::string name;
  bool brought = false;
};

// A drawn box for each; those not yet there stand bold with the word `missing`.
struct Papers {
  std::string title;          // "要带的材料（委托书公证）"
  std::string neutral_title;  // the same without the matter
  std::string missing;        // "还差"
  std::vector<PaperToBring> papers;
};

// The case code, also as a QR code.
struct Code {
  // What the QR code says: the status address with the case code, or the case code alone where no
  // address is set. An address too long for modules of six dots is left out: then too the QR code
  // says the case code alone.
  std::string address = {};
  std::string invitation = {};  // "扫一扫看进度"; may be empty
  std::string label;            // "办理码"
  std::string code;             // "7K4M2-9QXRC"
  std::string use = {};         // "查进度、改期、取消时，用它和您电话的后四位"; may be empty
  std::string digits = {};      // "4821", made for a visitor without a phone; else empty
};

struct Block {
  std::variant<Number, Headline, Text, Fact, Advice, Rule, Papers, Code> content;
  // The block gives away which service it was: a neutral slip leaves it out.
  bool tells_service = false;
};

struct Slip {
  std::string center;
  std::string service;  // "公证"; not on a neutral slip
  std::string kind;     // "取号小票"
  // Care 11: set for discreet services and for whoever asks.
  bool neutral = false;
  std::vector<Block> blocks = {};
  std::string closing = {};
};

}  // namespace slip
