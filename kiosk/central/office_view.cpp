#include <map>
#include <nlohmann/json.hpp>

#include "kiosk/central/keeping.h"
#include "kiosk/central/legal_days.h"
#include "kiosk/central/office.h"
#include "kiosk/central/to_tell.h"
#include "kiosk/wire/messages.h"
#include "platform/base/text.h"

namespace central {
namespace {

using nlohmann::json;

constexpr base::Milliseconds closed_requests_shown = std::chrono::days{30};

// What every part of the view asks for.
struct View {
  sql::Database& database;
  const Center& center;
  base::Instant now;

  [[nodiscard]] std::string time(std::int64_t ms) const {
    return center.zone.rfc3339(base::from_ms(ms));
  }
  [[nodiscard]] std::string today() const { return base::iso_date(center.zone.date(now)); }
};

json words(const service::LocalText& text) {
  return json(text.by_language);
}

// An id that the catalogue no longer has is shown as it is.
json plain(const std::string& text) {
  return json{{"zh-Hans", text}, {"en", text}};
}

json service_name(const View& view, const std::string& id) {
  const service::Service* service = view.center.catalogue.find(id);
  return service == nullptr ? plain(id) : words(service->name);
}

json choice_name(const View& view, const std::string& service_id, const std::string& id) {
  const service::Service* service = view.center.catalogue.find(service_id);
  const service::Choice* choice = service == nullptr ? nullptr : service->choice(id);
  return choice == nullptr ? plain(id) : words(choice->name);
}

json way_name(const View& view, const std::string& service_id, const std::string& id) {
  const service::Service* service = view.center.catalogue.find(service_id);
  const service::Way* way = service == nullptr ? nullptr : service->way(id);
  return way == nullptr ? plain(id) : words(way->name);
}

// Where the way meets; empty words when it needs no place.
json room_name(const View& view, const std::string& service_id, const std::string& way_id) {
  const service::Service* service = view.center.catalogue.find(service_id);
  const service::Way* way = service == nullptr ? nullptr : service->way(way_id);
  return way == nullptr || way->room.empty() ? plain("") : words(way->room);
}

Result<json> tickets(const View& view) {
  json list = json::array();
  sql::Statement row = TRY(view.database.query(
      "SELECT t.id, t.number, t.service, t.matter, t.state, t.issued, t.position, t.called_ms, "
      "t.calls, t.counter, k.number FROM ticket t JOIN kiosk k ON k.center_id = t.center_id AND "
      "k.id = t.kiosk_id WHERE t.center_id = ? AND t.day = ? AND t.state IN ('waiting', 'called', "
      "'no_show') ORDER BY t.position, t.id",
      view.center.id(), view.today()));
  while (TRY(row.step())) {
    list.push_back({{"id", row.string(0)},
                    {"number", row.string(1)},
                    {"service", service_name(view, row.string(2))},
                    {"matter", choice_name(view, row.string(2), row.string(3))},
                    {"state", row.string(4)},
                    {"issued", row.integer(5) != 0},
                    {"drawn_at", view.time(row.integer(6))},
                    {"called_at", row.is_null(7) ? "" : view.time(row.integer(7))},
                    {"calls", row.integer(8)},
                    {"counter", row.string(9)},
                    {"kiosk", row.integer(10)}});
  }
  return list;
}

// Why nobody is received on this day; empty words when no closure says it.
json closed_for(const View& view, const std::string& service_id, const std::string& way_id,
                std::string_view iso_day) {
  const service::Service* service = view.center.catalogue.find(service_id);
  const service::Way* way = service == nullptr ? nullptr : service->way(way_id);
  const auto day = base::parse_date(iso_day);
  if (way == nullptr || !day) return plain("");
  const service::Closure* closure = service->closure(*way, *day);
  for (const service::Room& room : way->rooms) {
    if (closure == nullptr) closure = service::find_closure(room.closed, *day);
  }
  return closure == nullptr ? plain("") : words(closure->reason);
}

Result<json> bookings(const View& view) {
  json list = json::array();
  sql::Statement row = TRY(view.database.query(
      "SELECT b.id, s.day, s.start_time, s.end_time, b.service, b.topic, b.way, b.name, "
      "b.phone, b.state, k.number, b.withdrawn FROM booking b "
      "JOIN slot s ON s.center_id = b.center_id AND s.key = b.slot "
      "JOIN kiosk k ON k.center_id = b.center_id AND k.id = b.kiosk_id "
      "WHERE b.center_id = ? AND s.day >= ? AND b.state <> 'cancelled' "
      "ORDER BY s.start_ms, b.state, b.queued_ms",
      view.center.id(), view.today()));
  while (TRY(row.step())) {
    list.push_back(
        {{"id", row.string(0)},
         {"day", row.string(1)},
         {"start", row.string(2)},
         {"end", row.string(3)},
         {"service", service_name(view, row.string(4))},
         {"topic", choice_name(view, row.string(4), row.string(5))},
         {"way", way_name(view, row.string(4), row.string(6))},
         {"room", room_name(view, row.string(4), row.string(6))},
         {"name", row.string(7)},
         {"phone", row.string(8)},
         {"state", row.string(9)},
         {"kiosk", row.integer(10)},
         {"withdrawn", row.string(11)},
         {"withdrawn_for", row.text(11).empty()
                               ? plain("")
                               : closed_for(view, row.string(4), row.string(6), row.text(1))}});
  }
  return list;
}

// The ids of an answer in the words of the question.
json chosen(const service::Service& service, const service::Question& question,
            std::string_view answer) {
  json values = json::array();
  for (const std::string_view id : base::split(answer, ',')) {
    const service::Way* way = service.way(id);
    const auto choice = std::find_if(question.choices.begin(), question.choices.end(),
                                     [id](const service::Choice& each) { return each.id == id; });
    if (question.kind == service::QuestionKind::way && way != nullptr) {
      values.push_back(words(way->name));
    } else if (choice != question.choices.end()) {
      values.push_back(words(choice->name));
    } else if (!id.empty()) {
      values.push_back(plain(std::string(id)));
    }
  }
  return values;
}

std::string_view kind_name(service::QuestionKind kind) {
  using service::QuestionKind;
  if (kind == QuestionKind::consent) return "consent";
  if (kind == QuestionKind::day) return "day";
  const bool ids =
      kind == QuestionKind::choice || kind == QuestionKind::evidence || kind == QuestionKind::way;
  return ids ? "choice" : "text";
}

// In the order of the questions: "party.name" belongs to the question "party".
json answers(const View& view, const std::string& service_id,
             const std::map<std::string, std::string>& given) {
  json list = json::array();
  const service::Service* service = view.center.catalogue.find(service_id);
  if (service == nullptr) return list;
  for (const service::Question& question : service->questions) {
    const std::string_view kind = kind_name(question.kind);
    for (const auto& [key, answer] : given) {
      const bool whole = key == question.id;
      if (!whole && !key.starts_with(question.id + ".")) continue;
      json values =
          kind == "choice" ? chosen(*service, question, answer) : json::array({plain(answer)});
      list.push_back({{"question", words(question.title)},
                      {"part", whole ? "" : key.substr(question.id.size() + 1)},
                      {"kind", kind},
                      {"values", std::move(values)}});
    }
  }
  return list;
}

Result<json> requests(const View& view) {
  json list = json::array();
  sql::Statement row = TRY(view.database.query(
      "SELECT r.id, r.filed_ms, r.service, r.way, r.state, r.reason, r.answers, k.number "
      "FROM request r JOIN kiosk k ON k.center_id = r.center_id AND k.id = r.kiosk_id "
      "WHERE r.center_id = ? AND (r.state NOT IN ('refused', 'closed') OR r.changed_ms > ?) "
      "ORDER BY r.state IN ('refused', 'closed'), r.filed_ms",
      view.center.id(), base::to_ms(view.now - closed_requests_shown)));
  while (TRY(row.step())) {
    const auto body = wire::parse_intake_file(row.text(6));
    list.push_back({{"id", row.string(0)},
                    {"filed_at", view.time(row.integer(1))},
                    {"service", service_name(view, row.string(2))},
                    {"way", way_name(view, row.string(2), row.string(3))},
                    {"state", row.string(4)},
                    {"reason", row.string(5)},
                    {"answers", body ? answers(view, row.string(2), body->answers) : json::array()},
                    {"kiosk", row.integer(7)}});
  }
  return list;
}

Result<json> calls(const View& view) {
  json list = json::array();
  sql::Statement row =
      TRY(view.database.query("SELECT a.id, a.place, a.state, a.asked_ms, k.number FROM assist a "
                              "JOIN kiosk k ON k.center_id = a.center_id AND k.id = a.kiosk_id "
                              "WHERE a.center_id = ? AND a.state <> 'done' ORDER BY a.asked_ms",
                              view.center.id()));
  while (TRY(row.step())) {
    list.push_back({{"id", row.string(0)},
                    {"place", row.string(1)},
                    {"state", row.string(2)},
                    {"asked_at", view.time(row.integer(3))},
                    {"kiosk", row.integer(4)}});
  }
  return list;
}

Result<json> kiosks(const View& view) {
  json list = json::array();
  sql::Statement row = TRY(view.database.query(
      "SELECT number, enrolled_ms, contact_ms FROM kiosk WHERE center_id = ? ORDER BY number",
      view.center.id()));
  while (TRY(row.step())) {
    list.push_back({{"number", row.integer(0)},
                    {"enrolled_at", view.time(row.integer(1))},
                    {"contact_at", view.time(row.integer(2))}});
  }
  return list;
}

Result<json> keeping(const View& view) {
  const KeepingAccount account = TRY(read_keeping(view.database, view.center.id()));
  const KeepDays& days = view.center.keep;
  const Erased& erased = account.erased;
  return json{{"days",
               {{"bookings", days.bookings},
                {"requests", days.requests},
                {"tickets", days.tickets},
                {"calls", days.calls}}},
              {"last_at", account.last ? view.center.zone.rfc3339(*account.last) : ""},
              {"erased",
               {{"bookings", erased.bookings},
                {"requests", erased.requests},
                {"answers", erased.answers},
                {"tickets", erased.tickets},
                {"calls", erased.calls}}}};
}

Result<json> to_tell(const View& view) {
  json list = json::array();
  for (const Task& each : TRY(read_to_tell(view.database, view.center))) {
    list.push_back({{"id", each.record},
                    {"type", each.type},
                    {"service", service_name(view, each.service)},
                    {"change", each.change},
                    {"reason", each.reason},
                    {"day", each.day},
                    {"start", each.start},
                    {"name", each.name},
                    {"phone", each.phone},
                    {"wish", each.wish.empty() ? json() : words(each.wish)},
                    {"made_at", view.center.zone.rfc3339(each.made)},
                    {"due_at", view.center.zone.rfc3339(each.due)},
                    {"overdue", each.due < view.now}});
  }
  return list;
}

Result<json> legal_days(const View& view) {
  const LegalDays days = TRY(read_legal_days(view.database, view.center, view.now));
  json open = json::array();
  for (const LegalDay& each : days.open) {
    open.push_back({{"id", each.id},
                    {"kind", each.kind},
                    {"service", service_name(view, each.service)},
                    {"day", each.day},
                    {"days_left", each.days_left},
                    {"alarm", each.alarm},
                    {"taken", each.taken},
                    {"offline", each.offline},
                    {"arrived_at", view.center.zone.rfc3339(each.arrived)},
                    {"kiosk", each.kiosk}});
  }
  json silent = json::array();
  for (const Silent& each : days.silent) {
    silent.push_back({{"kiosk", each.kiosk}, {"since", view.center.zone.rfc3339(each.since)}});
  }
  return json{{"open", std::move(open)}, {"silent", std::move(silent)}};
}

json calendar(const View& view) {
  const auto gap = service::calendar_gap(view.center.catalogue, view.center.zone.date(view.now));
  if (!gap) return nullptr;
  return json{{"year", gap->year}, {"statutory", gap->statutory}};
}

}  // namespace

Result<std::string> office_view(sql::Database& database, const Center& center, base::Instant now) {
  const View view{database, center, now};
  const auto done = TRY(database.integer(
      "SELECT count(*) FROM ticket WHERE center_id = ? AND day = ? AND state = 'done'", center.id(),
      view.today()));
  const json all{{"center", words(center.catalogue.center.name)},
                 {"time", center.zone.rfc3339(now)},
                 {"today", view.today()},
                 {"done_today", done.value_or(0)},
                 {"tickets", TRY(tickets(view))},
                 {"bookings", TRY(bookings(view))},
                 {"requests", TRY(requests(view))},
                 {"calls", TRY(calls(view))},
                 {"kiosks", TRY(kiosks(view))},
                 {"to_tell", TRY(to_tell(view))},
                 {"legal_days", TRY(legal_days(view))},
                 {"calendar", calendar(view)},
                 {"keeping", TRY(keeping(view))}};
  return all.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace central
