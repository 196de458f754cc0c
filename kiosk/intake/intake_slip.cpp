#include "kiosk/intake/intake_slip.h"

#include <fmt/format.h>

#include "kiosk/slip/slip_words.h"

namespace intake {
namespace {

struct Face {
  std::string_view icon;
  ui::Tone tone;
};

Face face(State state) {
  switch (state) {
    case State::sending: return {"sync", ui::Tone::tint};
    case State::kept_here: return {"waiting", ui::Tone::attention};
    case State::received:
    case State::accepted: return {"check", ui::Tone::ok};
    case State::reviewing: return {"eye", ui::Tone::tint};
    case State::refused:
    case State::unfiled: return {"error", ui::Tone::error};
    case State::closed: return {"check", ui::Tone::plain};
  }
  return {"waiting", ui::Tone::attention};
}

std::string today_words(const ui::Ui& ui, const Filed& filed) {
  return ui.tr("intake.act_today", {{"day", base::iso_date(*filed.legal_day)}});
}

}  // namespace

slip::Verdict verdict(const ui::Ui& ui, State state, const std::string& reason) {
  std::string line = ui.tr(fmt::format("intake.next_{}", name(state)));
  if (!reason.empty()) line = reason + "\n" + line;
  return {.icon = face(state).icon,
          .title = ui.tr(fmt::format("intake.state_{}", name(state))),
          .line = std::move(line),
          .tone = face(state).tone};
}

slip::Verdict verdict_of(const ui::Ui& ui, const Filed& filed, State state,
                         const std::string& reason) {
  slip::Verdict words = verdict(ui, state, reason);
  if (act_today(filed, state)) words.line = today_words(ui, filed) + "\n" + words.line;
  return words;
}

slip::Slip intake_slip(const ui::Ui& ui, const SlipFacts& facts) {
  const std::string& language = ui.language();
  slip::Slip paper;
  paper.center = facts.center.name.in(language);
  paper.service = facts.service.name.in(language);
  paper.kind = ui.tr("intake.slip_kind");
  paper.neutral = facts.service.discreet || facts.neutral;
  const auto add = [&paper](auto block, bool tells_service = false) {
    paper.blocks.push_back({std::move(block), tells_service});
  };
  add(slip::Rule{});
  add(slip::Text{
      .text = ui.tr(fmt::format("intake.state_{}", name(facts.state))), .size = 32, .bold = true});
  add(slip::Text{.text = ui.tr(fmt::format("intake.next_{}", name(facts.state)))});
  if (act_today(facts.filed, facts.state)) {
    add(slip::Text{.text = today_words(ui, facts.filed), .bold = true});
  }
  add(slip::Rule{});
  add(slip::code(ui, {.code = facts.filed.code,
                      .status_address = {},
                      .digits = facts.no_phone ? facts.filed.last4 : std::string()}));
  add(slip::Rule{});
  for (const service::LocalText& promise : facts.service.promises) {
    add(slip::Text{.text = promise.in(language)}, true);
  }
  add(slip::receipt(ui, facts.receipt));
  paper.closing = slip::closing(ui, facts.kiosk);
  return paper;
}

}  // namespace intake
