// The office page and what its buttons do: / and /office/*. Until there are logins it answers on
// this machine only, and only to its own page. Any thread.
//
//   GET  /  /office.css  /office.js  /icons/NAME.svg     the page
//   GET  /office/view                                    office.h: office_view
//   POST /office/ticket      {"id", "step": "call" | "recall" | "done" | "no_show", "counter"}
//   POST /office/request     {"id", "state", "reason"}
//   POST /office/call        {"id", "state"}
//   POST /office/legal-day   {"id", "outcome": "handed_in" | "told" | "not_needed"}
//   POST /office/tell        {"id", "outcome": "reached" | "not_reached" | "not_wanted" |
//                             "told_at_kiosk"}, id of the record
//   POST /office/enrol-code  {}  → {"code", "minutes"}
#pragma once

#include "kiosk/central/kiosk_routes.h"

namespace central {

class OfficeRoutes {
 public:
  explicit OfficeRoutes(const Ground& ground) : ground_(ground) {}
  http::Response answer(const http::Received& received);

 private:
  http::Response view();
  http::Response act(const http::Received& received);
  http::Response enrol_code();

  Ground ground_;
};

// 403 for a request from elsewhere, through a proxy, under a foreign host name (DNS rebinding), or,
// when it changes something, without the page's own header (a form of another site cannot set it).
bool may_use_office(const http::Received& received);

}  // namespace central
