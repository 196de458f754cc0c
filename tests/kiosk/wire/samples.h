// An op, and what a parser says of a text.
#pragma once

#include <doctest/doctest.h>

#include "kiosk/wire/messages.h"

namespace test {

inline constexpr const char* op_id = "0199c0de-0000-7000-8000-000000000001";

inline wire::Op sample_op() {
  return {op_id,         812,
          "ticket.draw", "2026-11-23T09:12:03+08:00",
          false,         wire::to_json(wire::TicketDraw{"notary", "will", "2026-11-23"})};
}

// "" when the parser takes the text, else the detail of bad_message.
template <typename T>
std::string complaint(const base::Result<T>& result) {
  if (result) return "";
  CHECK(result.error().kind == base::ErrorKind::invalid);
  CHECK(result.error().code == "bad_message");
  return result.error().detail;
}

}  // namespace test
