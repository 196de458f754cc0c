#include "kiosk/central/office_routes.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "kiosk/central/legal_days.h"
#include "kiosk/central/office.h"
#include "kiosk/central/replies.h"
#include "kiosk/central/to_tell.h"
#include "kiosk/central/web_files.h"

namespace central {
namespace {

using base::ErrorKind;
using base::fail;
using nlohmann::json;

constexpr std::string_view page_header = "x-kiosk-office";
constexpr std::string_view page_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

// "127.0.0.1:8480" → "127.0.0.1"; "[::1]:8480" → "[::1]"
std::string_view host_name(std::string_view host) {
  const std::size_t colon = host.rfind(':');
  const bool port =
      colon != std::string_view::npos && host.find(']', colon) == std::string_view::npos;
  return port ? host.substr(0, colon) : host;
}

bool is_this_machine(std::string_view host) {
  constexpr std::array<std::string_view, 3> names{"127.0.0.1", "localhost", "[::1]"};
  return std::find(names.begin(), names.end(), host_name(host)) != names.end();
}

bool came_through_proxy(const http::Received& received) {
  constexpr std::array<std::string_view, 4> marks{"forwarded", "x-forwarded-for", "x-real-ip",
                                                  "via"};
  return std::any_of(marks.begin(), marks.end(),
                     [&](std::string_view mark) { return !received.header(mark).empty(); });
}

http::Response file_reply(const WebFile& file) {
  return {200,
          {{"content-type", std::string(file.content_type)},
           {"cache-control", "no-cache"},
           {"content-security-policy", std::string(page_policy)},
           {"x-content-type-options", "nosniff"},
           {"referrer-policy", "no-referrer"}},
          std::string(file.bytes)};
}

// A small JSON object of texts, as the page sends it.
class Fields {
 public:
  explicit Fields(std::string_view body) : object_(json::parse(body, nullptr, false)) {}
  [[nodiscard]] bool usable() const { return object_.is_object(); }
  // "" when it is missing or no text.
  [[nodiscard]] std::string text(const char* name) const {
    const auto found = object_.find(name);
    const bool there = found != object_.end() && found->is_string();
    return there ? found->get<std::string>() : std::string();
  }

 private:
  json object_;
};

Result<void> ticket_action(Transaction& transaction, const Fields& fields) {
  constexpr std::array<std::pair<std::string_view, TicketStep>, 4> steps{
      {{"call", TicketStep::call},
       {"recall", TicketStep::recall},
       {"done", TicketStep::done},
       {"no_show", TicketStep::no_show}}};
  const std::string name = fields.text("step");
  const auto step = std::find_if(steps.begin(), steps.end(),
                                 [&](const auto& each) { return each.first == name; });
  if (step == steps.end()) return fail(ErrorKind::invalid, "bad_message", "step");
  const std::string counter = fields.text("counter");
  constexpr std::size_t longest_counter = 40;
  if (counter.size() > longest_counter) return fail(ErrorKind::invalid, "bad_message", "counter");
  return step_ticket(transaction, fields.text("id"), step->second, counter);
}

Result<void> request_action(Transaction& transaction, const Fields& fields) {
  return step_request(transaction, fields.text("id"), fields.text("state"), fields.text("reason"));
}

Result<void> call_action(Transaction& transaction, const Fields& fields) {
  return step_call(transaction, fields.text("id"), fields.text("state"));
}

Result<void> legal_day_action(Transaction& transaction, const Fields& fields) {
  return settle_legal_day(transaction, fields.text("id"), fields.text("outcome"));
}

Result<void> tell_action(Transaction& transaction, const Fields& fields) {
  return close_to_tell(transaction, fields.text("id"), fields.text("outcome"));
}

struct Action {
  std::string_view path;
  Result<void> (*run)(Transaction&, const Fields&);
};
constexpr std::array actions{
    Action{"/office/ticket", ticket_action}, Action{"/office/request", request_action},
    Action{"/office/call", call_action}, Action{"/office/legal-day", legal_day_action},
    Action{"/office/tell", tell_action}};

}  // namespace

bool may_use_office(const http::Received& received) {
  if (!received.peer_is_loopback || came_through_proxy(received)) return false;
  if (!is_this_machine(received.header("host"))) return false;
  return received.method == "GET" || received.header(page_header) == "1";
}

http::Response OfficeRoutes::answer(const http::Received& received) {
  if (!may_use_office(received)) {
    return problem_reply(wire::Problem{403, "office_only", "Only on this machine", false, ""});
  }
  if (received.method == "GET" && received.path == "/office/view") return view();
  if (received.method == "POST" && received.path == "/office/enrol-code") return enrol_code();
  if (received.method == "POST") return act(received);
  for (const WebFile& file : web_files()) {
    if (received.method == "GET" && received.path == file.path) return file_reply(file);
  }
  return problem_reply(wire::Problem{404, "no_route", "No such page", false, ""});
}

http::Response OfficeRoutes::view() {
  auto text = ground_.store.read([&](sql::Database& database) {
    return office_view(database, ground_.center, ground_.world.clock.now());
  });
  if (!text) return problem_reply(text.error());
  return json_reply(std::move(*text));
}

http::Response OfficeRoutes::act(const http::Received& received) {
  const auto action = std::find_if(actions.begin(), actions.end(),
                                   [&](const Action& each) { return each.path == received.path; });
  if (action == actions.end()) {
    return problem_reply(wire::Problem{404, "no_route", "No such action", false, ""});
  }
  const Fields fields(received.body);
  if (!fields.usable()) {
    return problem_reply(wire::Problem{400, "bad_message", "No JSON object", false, ""});
  }
  const Result<void> done = ground_.store.write([&](sql::Database& database) {
    Transaction transaction{database, ground_.center, ground_.world.clock.now()};
    return action->run(transaction, fields);
  });
  ground_.log.line(base::Level::info, "office.act",
                   {{"path", received.path}, {"outcome", done ? "done" : done.error().code}});
  if (!done) return problem_reply(done.error());
  return json_reply("{}");
}

http::Response OfficeRoutes::enrol_code() {
  const auto code = ground_.store.write([&](sql::Database& database) {
    return make_enrol_code(database, ground_.center.id(), ground_.world);
  });
  if (!code) return problem_reply(code.error());
  ground_.log.line(base::Level::info, "office.enrol_code");
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(enrol_code_lives).count();
  return json_reply(json{{"code", *code}, {"minutes", minutes}}.dump());
}

}  // namespace central
