// The messages between kiosks and the central server, and their JSON (RFC 8259). Shared by both
// programs. Knows no database, no screen, no transport. Personal data stands only where the
// comment says so. All parse functions accept hostile input: wrong types, missing fields, deep
// nesting and non-UTF-8 come back as ErrorKind::invalid with the field's name, never as a throw.
//
// A sync exchange (POST /v1/sync, the kiosk's one regular request):
//
//   request  { "epoch": "…", "cursor": "c1:4711", "have": {"catalogue": "<sha256>"},
//              "ops": [ {"id":uuid7, "seq":812, "kind":"ticket.draw", "at":rfc3339,
//                        "clock":"trusted"|"unknown", "person":hex,
//                        "legal_day":"2026-12-14"|"unknown", "body":{…}}, … ] }
//                                                                           ≤ 200 ops, ≤ 1 MiB
//   response { "epoch": "…", "time": rfc3339, "applied_through": 813, "cursor": "c1:4790",
//              "more": false, "afresh": false, "next_poll_s": 20, "fleet": false,
//              "manifest": "<sha256 of the manifest>", "keep_days": 14,
//              "results": [ {"id":…, "status":"applied"|"duplicate"|"rejected"|"deferred",
//                            "code":"slot_unknown", "data":{…}} ],
//              "changes": [ {"t":"slot", "k":"…", "v":12, "deleted":false, "d":{…}} ] }
//
// Signature (every request of an enrolled kiosk):
//   Authorization: Kiosk id=<kiosk id>,ts=<unix ms>,sig=<base64url ed25519 over
//                  METHOD "|" path "|" ts "|" sha256_hex(body as sent)>
// Versions: what stands here is version 1 with what was added since. Fields that a reader does not
// know are skipped; a field that was added may be missing and then has the default written beside
// it; nothing is renamed, removed, or given another meaning; a kind of op that the server does not
// know is deferred. tests/data/protocol keeps the traffic of earlier programs.
//
// A skew of more than 5 minutes answers 401 {"code":"skew","time":…}: sign again with the offset.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/clock.h"
#include "platform/base/result.h"

namespace wire {

using base::Result;

// ---- envelope ------------------------------------------------------------------------------

struct Op {
  std::string id;        // UUIDv7; the record's id as well (booking, ticket, request …)
  std::int64_t seq = 0;  // per kiosk, from 1, without gaps
  std::string kind;      // "booking.request", "ticket.draw" …
  std::string at;        // RFC 3339, the kiosk's clock
  bool clock_trusted = true;
  std::string body;  // a JSON object
  // Keyed hash of the visitor's telephone number (person_hash), for limits a day; "" without a
  // phone or without the day's key. Stands outside of what may be sealed (protocol rule 11).
  std::string person = {};
  // The earliest legal day the op protects (ISO date), or unknown_legal_day (legal_day.h); "" when
  // there is none. Stands outside of what may be sealed.
  std::string legal_day = {};
};

// The bytes that go into the outbox and, unchanged, over the wire.
std::string to_json(const Op& op);
Result<Op> parse_op(std::string_view json);

inline constexpr std::size_t max_ops = 200;  // in one SyncRequest

struct SyncRequest {
  std::string epoch;                        // "" before the first answer
  std::string cursor;                       // "" from the beginning
  std::map<std::string, std::string> have;  // pack name → sha256; "person" → day of the DayKey
  std::vector<std::string> ops;             // each as to_json(Op) wrote it
};

std::string to_json(const SyncRequest& request);
Result<SyncRequest> parse_sync_request(std::string_view json);

enum class Outcome { applied, duplicate, rejected, deferred };

struct OpResult {
  std::string id;
  Outcome outcome = Outcome::deferred;
  std::string code;         // why rejected or deferred; "" otherwise
  std::string data = "{}";  // a JSON object: what was promised, per kind (below)
};

struct Change {
  std::string type;  // "slot" | "booking" | "ticket" | "request" | "assist" | "key"
  std::string key;
  std::int64_t version = 0;
  bool deleted = false;
  std::string data = "{}";
};

// Never less than the days between two backups of the server: what it loses comes from the kiosks.
inline constexpr int usual_keep_days = 7;

struct SyncResponse {
  std::string epoch;
  std::string time;  // RFC 3339
  std::int64_t applied_through = 0;
  std::string cursor;
  bool more = false;    // further changes wait: ask again at once
  bool afresh = false;  // changes begin at the beginning: states known from before are void
  int next_poll_s = 20;
  bool fleet = false;    // so many kiosks that none may ask again sooner than it polls
  std::string manifest;  // sha256_hex of GET /v1/manifest; "" when the server publishes nothing
  std::vector<OpResult> results;
  std::vector<Change> changes;
  int keep_days = 0;  // how long ops are kept after their result; 0: usual_keep_days (rule 10)
};

std::string to_json(const SyncResponse& response);
Result<SyncResponse> parse_sync_response(std::string_view json);

// RFC 9457 application/problem+json
struct Problem {
  int status = 500;
  std::string code;   // stable, snake_case; also the last part of "type"
  std::string title;  // English
  bool retryable = false;
  std::string time;  // RFC 3339; set for "skew"
};
std::string to_json(const Problem& problem);
Result<Problem> parse_problem(std::string_view json);

// The words that ed25519 signs; see the head of this file.
std::string signed_words(std::string_view method, std::string_view path, std::int64_t unix_ms,
                         std::string_view body);
std::string authorization(std::string_view kiosk_id, std::int64_t unix_ms,
                          std::string_view signature);
struct Authorization {
  std::string kiosk_id;
  std::int64_t unix_ms = 0;
  std::string signature;
};
Result<Authorization> parse_authorization(std::string_view header);

// ---- enrolment: POST /v1/enrol ----------------------------------------------------------------

inline constexpr int largest_number = 999;  // of a kiosk; it prints on tickets

struct EnrolRequest {
  std::string code;        // one-time, valid 10 minutes
  std::string public_key;  // base64url ed25519
  int number =
      0;  // it had so far, on its paper; asked for again should the center not know it. 0: none
};
struct EnrolResponse {
  std::string kiosk_id;  // UUIDv7
  int number = 0;        // the kiosk's number in the center, from 1; prints on its own tickets
  std::string center_id;
  std::string epoch;
};
std::string to_json(const EnrolRequest& request);
Result<EnrolRequest> parse_enrol_request(std::string_view json);
std::string to_json(const EnrolResponse& response);
Result<EnrolResponse> parse_enrol_response(std::string_view json);

// ---- content: GET /v1/manifest, GET /v1/packs/{sha256} ---------------------------------------

struct PackEntry {
  std::string name;  // "catalogue", "laws"
  std::string sha256;
  std::int64_t size = 0;
};
// The law pack is large: it is asked for in byte ranges of at most 1 MiB, the catalogue whole.
inline constexpr std::string_view law_pack = "laws";
inline constexpr std::string_view catalogue_name = "catalogue";
struct Manifest {
  std::int64_t version = 0;
  std::vector<PackEntry> packs;
};
std::string to_json(const Manifest& manifest);
Result<Manifest> parse_manifest(std::string_view json);

// The pack "catalogue": config/ as {"files": {"menu.toml": "…", "services/consult.toml": "…"}}.
std::string catalogue_pack(const std::map<std::string, std::string>& files);
Result<std::map<std::string, std::string>> parse_catalogue_pack(std::string_view json);

// ---- bodies of ops, by kind ------------------------------------------------------------------
//
// Every kind may be rejected as bad_body (a field missing or not of its form), id_reuse (the id was
// used with other bytes) and conflict (it contradicts the records). A kind the server does not know
// is deferred as kind_unknown.

// booking.request. Personal: name, phone.
// result data: {"state":"confirmed"|"waitlisted"}; rejected: slot_unknown, slot_past,
// slot_too_soon, slot_closed (waitlisted instead when the visitor has left meanwhile),
// limit_person, limit_no_phone, bad_body
struct BookingRequest {
  std::string service;
  std::string topic;
  std::string way;   // "onsite" | "phone" | "remote"
  std::string slot;  // key of the slot
  std::string name;
  std::string phone;  // digits; "" = has none
  std::string code;   // case code, canonical form (case_code.h)
  std::string last4;  // of the phone, or the four printed digits
  // question id → what was answered besides: how they may be reached (service::Question::wish)
  std::map<std::string, std::string> answers = {};
};
// booking.move {code, last4, slot}; result data {"state":"confirmed"|"waitlisted"}
// booking.cancel {code, last4};     result data {"state":"cancelled"}
// rejected: no_match, locked, slot_unknown, slot_past, slot_too_soon, slot_closed,
// already_cancelled; slot_full when somebody who has a seat asks for a slot without one: the old
// seat stays
struct BookingChange {
  std::string code;
  std::string last4;
  std::string slot;  // "" for cancel
};

// ticket.draw; result data {"number":"B037","position":1795398123000}: the place in the queue is
// the time of the draw in Unix ms, as far as the server believes it; rejected: service_unknown,
// closed
struct TicketDraw {
  std::string service;
  std::string matter;
  std::string day;  // ISO date
};
// ticket.issue: the number on the paper is the number that counts ("paper wins"). Until it has
// come, nobody calls the ticket. rejected: no_match, number_taken
struct TicketIssue {
  std::string draw;  // id of the draw
  std::string number;
};
// ticket.cancel {draw}: given back; rejected: no_match, already_over
struct TicketCancel {
  std::string draw;
};

// intake.file. Personal: answers. result data {"state":"received"}; rejected: service_unknown
struct IntakeFile {
  std::string service;
  std::string way;
  std::string code;
  std::string last4;
  std::map<std::string, std::string> answers;  // question id → what was answered
};

// assist.call: a person is asked to come. result data {"state":"open"}
struct AssistCall {
  std::string place;  // screen id, e.g. "booking.slot"
};

std::string to_json(const BookingRequest& body);
std::string to_json(const BookingChange& body);
std::string to_json(const TicketDraw& body);
std::string to_json(const TicketIssue& body);
std::string to_json(const TicketCancel& body);
std::string to_json(const IntakeFile& body);
std::string to_json(const AssistCall& body);
Result<BookingRequest> parse_booking_request(std::string_view json);
Result<BookingChange> parse_booking_change(std::string_view json);
Result<TicketDraw> parse_ticket_draw(std::string_view json);
Result<TicketIssue> parse_ticket_issue(std::string_view json);
Result<TicketCancel> parse_ticket_cancel(std::string_view json);
Result<IntakeFile> parse_intake_file(std::string_view json);
Result<AssistCall> parse_assist_call(std::string_view json);

// Results' data.
struct Promise {
  std::string state;   // "confirmed", "waitlisted", "received", "cancelled" … ; "" when absent
  std::string number;  // ticket number
  std::int64_t position = 0;  // ticket's place in its queue's order
  std::string receipt = {};   // of what was filed (receipt.h); "" for the other kinds
};
std::string to_json(const Promise& promise);
Result<Promise> parse_promise(std::string_view json);

// ---- states in the feed ---------------------------------------------------------------------

// t = "slot", k = slot key "consult|onsite|2026-11-24T14:00"
struct SlotState {
  std::string service;
  std::string way;
  std::string day;    // ISO date, local
  std::string start;  // "14:00", local
  std::string end;
  int capacity = 0;
  int taken = 0;
  std::string room;  // "" when the way has none
};
// t = "ticket", k = id of the draw
struct TicketState {
  std::string service;
  std::string day;
  std::string number;
  std::string state;          // "waiting" | "called" | "done" | "no_show" | "cancelled"
  std::int64_t position = 0;  // order in the queue; smaller is served earlier
  std::string counter;        // set when called
  std::string called_at;      // RFC 3339
};
// t = "key", k = "person": the key of person_hash, another one every local day; told to a kiosk
// that has none for today.
struct DayKey {
  std::string day;  // ISO date
  std::string key;
};
std::string person_hash(std::string_view key, std::string_view phone);
// t = "booking" | "request" | "assist", k = id of the op that made the record
struct RecordState {
  std::string state;  // booking: confirmed|waitlisted|moved|cancelled; request: received|reviewing|
                      // accepted|refused|closed; assist: open|accepted|done
  std::string slot;   // booking only
  // Staff's sentence to the visitor; of a booking whose seat is no longer offered, "day_closed",
  // "room_closed" or "slot_closed".
  std::string reason;
  std::string at;  // RFC 3339 of the change
};
std::string to_json(const SlotState& state);
std::string to_json(const TicketState& state);
std::string to_json(const DayKey& key);
std::string to_json(const RecordState& state);
Result<SlotState> parse_slot_state(std::string_view json);
Result<TicketState> parse_ticket_state(std::string_view json);
Result<DayKey> parse_day_key(std::string_view json);
Result<RecordState> parse_record_state(std::string_view json);

// ---- look-ups by code ------------------------------------------------------------------------

// POST /v1/lookup: five wrong tries for one code, then an hour (429 "locked").
struct LookupRequest {
  std::string code;
  std::string last4;
};
// No name, no phone: service, place, time and next step only (care 19).
struct LookupResponse {
  std::string kind;  // "booking" | "request"
  std::string id;
  std::string service;
  std::string topic;
  std::string way;
  RecordState record;
  SlotState slot;  // empty for requests
};
std::string to_json(const LookupRequest& request);
Result<LookupRequest> parse_lookup_request(std::string_view json);
std::string to_json(const LookupResponse& response);
Result<LookupResponse> parse_lookup_response(std::string_view json);

}  // namespace wire
