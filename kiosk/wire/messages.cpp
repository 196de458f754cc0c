#include "kiosk/wire/messages.h"

#include "kiosk/wire/json_fields.h"
#include "platform/base/ids.h"
#include "platform/crypto/crypto.h"

namespace wire {

// ---- the fields of every message; SyncRequest's are in sync_request.cpp ------------------------

void fields(auto& io, Is<Op> auto& m) {
  io(must("id", m.id), must("seq", m.seq), must("kind", m.kind), may("at", m.at),
     choice("clock", m.clock_trusted, {{true, "trusted"}, {false, "unknown"}}),
     may("person", m.person), may("legal_day", m.legal_day), object("body", m.body));
}

void fields(auto& io, Is<OpResult> auto& m) {
  io(must("id", m.id),
     choice("status", m.outcome,
            {{Outcome::applied, "applied"},
             {Outcome::duplicate, "duplicate"},
             {Outcome::rejected, "rejected"},
             {Outcome::deferred, "deferred"}}),
     may("code", m.code), object("data", m.data));
}

void fields(auto& io, Is<Change> auto& m) {
  io(must("t", m.type), must("k", m.key), must("v", m.version), may("deleted", m.deleted),
     object("d", m.data));
}

void fields(auto& io, Is<SyncResponse> auto& m) {
  io(must("epoch", m.epoch), must("time", m.time), must("applied_through", m.applied_through),
     must("cursor", m.cursor), may("more", m.more), may("afresh", m.afresh),
     must("next_poll_s", m.next_poll_s), may("fleet", m.fleet), may("manifest", m.manifest),
     may("keep_days", m.keep_days), must("results", m.results), must("changes", m.changes));
}

void fields(auto& io, Is<Problem> auto& m) {
  io(must("status", m.status), must("code", m.code), may("title", m.title),
     may("retryable", m.retryable), may("time", m.time));
}

void fields(auto& io, Is<EnrolRequest> auto& m) {
  io(must("code", m.code), must("public_key", m.public_key), may("number", m.number));
}

void fields(auto& io, Is<EnrolResponse> auto& m) {
  io(must("kiosk_id", m.kiosk_id), must("number", m.number), must("center_id", m.center_id),
     must("epoch", m.epoch));
}

void fields(auto& io, Is<PackEntry> auto& m) {
  io(must("name", m.name), must("sha256", m.sha256), must("size", m.size));
}

void fields(auto& io, Is<Manifest> auto& m) {
  io(must("version", m.version), must("packs", m.packs));
}

void fields(auto& io, Is<BookingRequest> auto& m) {
  io(must("service", m.service), may("topic", m.topic), must("way", m.way), must("slot", m.slot),
     must("name", m.name), may("phone", m.phone), must("code", m.code), must("last4", m.last4),
     may("answers", m.answers));
}

void fields(auto& io, Is<BookingChange> auto& m) {
  io(must("code", m.code), must("last4", m.last4), may("slot", m.slot));
}

void fields(auto& io, Is<TicketDraw> auto& m) {
  io(must("service", m.service), may("matter", m.matter), must("day", m.day));
}

void fields(auto& io, Is<TicketIssue> auto& m) {
  io(must("draw", m.draw), must("number", m.number));
}

void fields(auto& io, Is<TicketCancel> auto& m) {
  io(must("draw", m.draw));
}

void fields(auto& io, Is<IntakeFile> auto& m) {
  io(must("service", m.service), may("way", m.way), must("code", m.code), must("last4", m.last4),
     must("answers", m.answers));
}

void fields(auto& io, Is<AssistCall> auto& m) {
  io(must("place", m.place));
}

void fields(auto& io, Is<Promise> auto& m) {
  io(may("state", m.state), may("number", m.number), may("position", m.position),
     may("receipt", m.receipt));
}

void fields(auto& io, Is<SlotState> auto& m) {
  io(must("service", m.service), must("way", m.way), must("day", m.day), must("start", m.start),
     must("end", m.end), must("capacity", m.capacity), must("taken", m.taken), may("room", m.room));
}

void fields(auto& io, Is<TicketState> auto& m) {
  io(must("service", m.service), must("day", m.day), must("number", m.number),
     must("state", m.state), must("position", m.position), may("counter", m.counter),
     may("called_at", m.called_at));
}

void fields(auto& io, Is<DayKey> auto& m) {
  io(must("day", m.day), must("key", m.key));
}

void fields(auto& io, Is<RecordState> auto& m) {
  io(must("state", m.state), may("slot", m.slot), may("reason", m.reason), may("at", m.at));
}

void fields(auto& io, Is<LookupRequest> auto& m) {
  io(must("code", m.code), must("last4", m.last4));
}

void fields(auto& io, Is<LookupResponse> auto& m) {
  io(must("kind", m.kind), must("id", m.id), must("service", m.service), may("topic", m.topic),
     may("way", m.way), must("record", m.record));
  if (m.kind == "booking") io(must("slot", m.slot));
}

// ---- messages that are only their fields -------------------------------------------------------

#define WIRE_MESSAGE(Message, parse_message)             \
  std::string to_json(const Message& message) {          \
    return write_message(message);                       \
  }                                                      \
  Result<Message> parse_message(std::string_view text) { \
    return read_message<Message>(text);                  \
  }

WIRE_MESSAGE(SyncResponse, parse_sync_response)
WIRE_MESSAGE(EnrolRequest, parse_enrol_request)
WIRE_MESSAGE(EnrolResponse, parse_enrol_response)
WIRE_MESSAGE(Manifest, parse_manifest)
WIRE_MESSAGE(BookingRequest, parse_booking_request)
WIRE_MESSAGE(BookingChange, parse_booking_change)
WIRE_MESSAGE(TicketDraw, parse_ticket_draw)
WIRE_MESSAGE(TicketIssue, parse_ticket_issue)
WIRE_MESSAGE(TicketCancel, parse_ticket_cancel)
WIRE_MESSAGE(IntakeFile, parse_intake_file)
WIRE_MESSAGE(AssistCall, parse_assist_call)
WIRE_MESSAGE(Promise, parse_promise)
WIRE_MESSAGE(SlotState, parse_slot_state)
WIRE_MESSAGE(TicketState, parse_ticket_state)
WIRE_MESSAGE(DayKey, parse_day_key)
WIRE_MESSAGE(RecordState, parse_record_state)
WIRE_MESSAGE(LookupRequest, parse_lookup_request)
WIRE_MESSAGE(LookupResponse, parse_lookup_response)

#undef WIRE_MESSAGE

std::string person_hash(std::string_view key, std::string_view phone) {
  return crypto::hmac_hex(key, phone);
}

// ---- messages that are more --------------------------------------------------------------------

std::string to_json(const Op& op) {
  return write_message(op);
}

Result<Op> parse_op(std::string_view text) {
  Op op = TRY(read_message<Op>(text));
  if (!base::is_uuid(op.id)) return bad_message("id");
  if (op.seq < 1) return bad_message("seq");
  return op;
}

std::string to_json(const Problem& problem) {
  json object = Writer::written(problem);
  object["type"] = "/problems/" + problem.code;
  return dump(object);
}

Result<Problem> parse_problem(std::string_view text) {
  return read_message<Problem>(text);
}

std::string catalogue_pack(const std::map<std::string, std::string>& files) {
  return dump(json{{"files", files}});
}

Result<std::map<std::string, std::string>> parse_catalogue_pack(std::string_view text) {
  const json object = TRY(parse_object(text));
  std::map<std::string, std::string> files;
  const auto found = object.find("files");
  const bool listed = found != object.end() && found->is_object();
  if (!listed) return bad_message("files");
  for (const auto& [name, content] : found->items()) {
    if (!content.is_string()) return bad_message(name);
    files[name] = content.get<std::string>();
  }
  return files;
}

}  // namespace wire
