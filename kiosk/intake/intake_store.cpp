#include "kiosk/intake/intake_store.h"

#include <array>

#include "kiosk/service/contact.h"
#include "kiosk/store/mirror.h"
#include "kiosk/store/outbox.h"
#include "kiosk/store/receipts.h"
#include "kiosk/wire/case_code.h"
#include "kiosk/wire/legal_day.h"
#include "kiosk/wire/messages.h"

namespace intake {
namespace {

using store::Writer;

constexpr std::array migrations{sql::Migration{1, R"sql(
-- One row a request filed at this kiosk; nothing in it names a person or what the matter is.
CREATE TABLE intake (
  id         TEXT PRIMARY KEY,  -- UUIDv7; the id of its op "intake.file" as well
  service    TEXT NOT NULL,     -- id of the service, "mediation"
  way        TEXT NOT NULL,     -- id of the way chosen; "" when none was asked
  created_ms INTEGER NOT NULL   -- UTC
) STRICT, WITHOUT ROWID;
)sql"}};

constexpr std::chrono::days keep{730};

Delivery delivery_of(const std::optional<store::Fate>& fate) {
  // An op that is gone from the outbox was taken longer ago than the outbox remembers.
  if (!fate || fate->delivery == store::Delivery::accepted) return Delivery::taken;
  return fate->delivery == store::Delivery::refused ? Delivery::rejected : Delivery::none;
}

Result<wire::RecordState> read_record(store::Store& store, std::string_view id) {
  const auto data = TRY(store::find_state(store, "request", id));
  if (!data) return wire::RecordState{};
  return wire::parse_record_state(*data).value_or(wire::RecordState{});
}

Result<wire::IntakeFile> body_of(const service::Service& service, const Draft& draft,
                                 base::Chance& chance) {
  if (const auto open = first_open(service, draft)) {
    TRY(check(service, service.questions[*open], draft));
  }
  const std::string phone = own_phone(service, draft);
  const Answers answers = answers_to_file(service, draft);
  wire::IntakeFile body;
  body.service = service.id;
  body.way = chosen_way(service, draft);
  body.code = wire::make_case_code(chance);
  body.last4 = phone.empty() ? wire::make_last4(chance) : service::last_four(phone);
  body.answers = {answers.begin(), answers.end()};
  return body;
}

}  // namespace

Result<IntakeStore> IntakeStore::open(store::Store& store) {
  TRY(store.migrate("intake", migrations));
  TRY(store.write([&](Writer& writer) {
    return writer.database().run("DELETE FROM intake WHERE created_ms < ?",
                                 base::to_ms(store.earliest() - keep));
  }));
  return IntakeStore(store);
}

Result<Filed> IntakeStore::file(const service::Service& service, const Draft& draft) {
  const wire::IntakeFile body = TRY(body_of(service, draft, store_.world().chance));
  const LegalDay protects = legal_day(service, draft);
  return store_.write([&](Writer& writer) -> Result<Filed> {
    std::string id = TRY(writer.append({.kind = "intake.file",
                                        .record = {},
                                        .body = wire::to_json(body),
                                        .legal_day = protects.day,
                                        .person = {},
                                        .legal_day_unknown = protects.unknown}));
    TRY(writer.database().run("INSERT INTO intake VALUES (?, ?, ?, ?)", id, service.id, body.way,
                              base::to_ms(store_.now())));
    TRY(store::index_case(writer, {body.code, body.last4}, "request", id));
    return Filed{std::move(id), body.code, body.last4, protects.day, store_.today()};
  });
}

bool act_today(const Filed& filed, State state) {
  const bool not_there = state == State::kept_here || state == State::unfiled;
  return filed.legal_day && wire::legal_day_near(*filed.legal_day, filed.day, not_there);
}

Result<Status> IntakeStore::status(std::string_view id) {
  sql::Statement row =
      TRY(store_.database().query("SELECT service, way FROM intake WHERE id = ?", id));
  if (!TRY(row.step())) return base::fail(base::ErrorKind::not_found, "request_unknown");
  Status status{
      .service = row.string(0), .way = row.string(1), .state = {}, .reason = {}, .receipt = {}};
  const auto fate = TRY(store::find_op(store_, id));
  const wire::RecordState record = TRY(read_record(store_, id));
  status.state = state_of({.delivery = delivery_of(fate),
                           .record = record.state,
                           .waited = fate ? fate->age(store_.now()) : base::Milliseconds{0}});
  status.receipt = TRY(store::receipt_name(store_, id));
  status.reason = status.state == State::unfiled ? fate->code : record.reason;
  return status;
}

Result<store::CaseAnswer> IntakeStore::find(std::string_view code, std::string_view last4) {
  const store::TypedCase typed = TRY(store::parse_typed_case(code, last4));
  return store::find_case(store_, {typed.code, typed.last4});
}

}  // namespace intake
