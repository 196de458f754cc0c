#include "kiosk/wire/messages.h"

#include "tests/kiosk/wire/samples.h"

namespace {

using test::complaint;
using test::op_id;
using test::sample_op;

TEST_CASE("an op comes back as it was written") {
  const auto op = wire::parse_op(wire::to_json(sample_op()));
  REQUIRE(op);
  CHECK(op->id == op_id);
  CHECK(op->seq == 812);
  CHECK(op->kind == "ticket.draw");
  CHECK(op->at == "2026-11-23T09:12:03+08:00");
  CHECK_FALSE(op->clock_trusted);
  const auto draw = wire::parse_ticket_draw(op->body);
  REQUIRE(draw);
  CHECK(draw->service == "notary");
  CHECK(draw->matter == "will");
  CHECK(draw->day == "2026-11-23");
}

TEST_CASE("the hash of a phone stands beside the body, and an op without one has no such field") {
  CHECK(wire::to_json(sample_op()).find("person") == std::string::npos);
  wire::Op op = sample_op();
  op.person = wire::person_hash("key of the day", "13800001234");
  CHECK(op.person.size() == 64);
  CHECK(op.person != wire::person_hash("key of another day", "13800001234"));
  const auto back = wire::parse_op(wire::to_json(op));
  REQUIRE(back);
  CHECK(back->person == op.person);
  CHECK(back->body == op.body);
  const auto key = wire::parse_day_key(wire::to_json(wire::DayKey{"2026-11-23", "k"}));
  REQUIRE(key);
  CHECK(key->day == "2026-11-23");
  CHECK(key->key == "k");
}

TEST_CASE("a sync response comes back as it was written") {
  wire::SyncResponse response{
      "e1", "2026-11-23T09:12:03+08:00", 813, "c1:9", true, true, 7, true, "abc", {}, {}};
  response.results = {
      {op_id, wire::Outcome::rejected, "slot_unknown", "{}"},
      {op_id, wire::Outcome::applied, "", wire::to_json(wire::Promise{"", "B037", 37})}};
  response.changes = {{"slot", "k", 12, false, R"({"taken":1})"}, {"ticket", "t", 13, true, "{}"}};
  const auto back = wire::parse_sync_response(wire::to_json(response));
  REQUIRE(back);
  CHECK(back->applied_through == 813);
  CHECK(back->more);
  CHECK(back->afresh);
  CHECK(back->next_poll_s == 7);
  CHECK(back->fleet);
  CHECK(back->manifest == "abc");
  REQUIRE(back->results.size() == 2);
  CHECK(back->results[0].outcome == wire::Outcome::rejected);
  CHECK(back->results[0].code == "slot_unknown");
  CHECK(wire::parse_promise(back->results[1].data)->number == "B037");
  CHECK(wire::parse_promise(back->results[1].data)->position == 37);
  REQUIRE(back->changes.size() == 2);
  CHECK(back->changes[0].data == R"({"taken":1})");
  CHECK(back->changes[1].deleted);
  CHECK(back->changes[1].version == 13);
}

TEST_CASE("each body of an op comes back as it was written") {
  const auto request = wire::parse_booking_request(wire::to_json(wire::BookingRequest{
      "consult", "labour", "onsite", "s", "王\"小\\明\n𠮷", "13800001234", "C", "1234"}));
  REQUIRE(request);
  CHECK(request->name == "王\"小\\明\n𠮷");
  CHECK(request->phone == "13800001234");
  const auto change = wire::parse_booking_change(wire::to_json(wire::BookingChange{"C", "1", ""}));
  REQUIRE(change);
  CHECK(change->slot.empty());
  const auto issue = wire::parse_ticket_issue(wire::to_json(wire::TicketIssue{"d", "B2-05"}));
  REQUIRE(issue);
  CHECK(issue->number == "B2-05");
  CHECK(wire::parse_ticket_cancel(wire::to_json(wire::TicketCancel{"d"}))->draw == "d");
  const auto intake = wire::parse_intake_file(wire::to_json(
      wire::IntakeFile{"mediation", "onsite", "C", "1234", {{"what", "漏水"}, {"", ""}}}));
  REQUIRE(intake);
  CHECK(intake->answers.at("what") == "漏水");
  CHECK(intake->answers.size() == 2);
  CHECK(wire::parse_assist_call(wire::to_json(wire::AssistCall{"home"}))->place == "home");
}

TEST_CASE("states, look-ups, enrolment, problems and content come back as they were written") {
  const wire::SlotState slot{"consult", "onsite", "2026-11-24", "14:00", "14:30", 3, 1, "二层"};
  const auto slot_back = wire::parse_slot_state(wire::to_json(slot));
  REQUIRE(slot_back);
  CHECK(slot_back->capacity == 3);
  CHECK(slot_back->room == "二层");
  const auto ticket = wire::parse_ticket_state(
      wire::to_json(wire::TicketState{"notary", "2026-11-23", "B1", "called", -5, "3", "t"}));
  REQUIRE(ticket);
  CHECK(ticket->position == -5);
  CHECK(ticket->counter == "3");
  const wire::RecordState record{"moved", "k", "reason", "t"};
  const auto found = wire::parse_lookup_response(wire::to_json(
      wire::LookupResponse{"booking", op_id, "consult", "labour", "onsite", record, slot}));
  REQUIRE(found);
  CHECK(found->record.reason == "reason");
  CHECK(found->slot.start == "14:00");
  const auto request = wire::parse_lookup_response(
      wire::to_json(wire::LookupResponse{"request", op_id, "mediation", "", "", record, {}}));
  REQUIRE(request);
  CHECK(request->slot.start.empty());
  CHECK(wire::parse_lookup_request(wire::to_json(wire::LookupRequest{"C", "1"}))->last4 == "1");
  const auto enrol = wire::parse_enrol_response(
      wire::to_json(wire::EnrolResponse{op_id, 7, "dongcheng-sample", "e"}));
  REQUIRE(enrol);
  CHECK(enrol->number == 7);
  CHECK(wire::parse_enrol_request(wire::to_json(wire::EnrolRequest{"c", "k"}))->public_key == "k");
  const auto problem =
      wire::parse_problem(wire::to_json(wire::Problem{401, "skew", "Clock", true, "now"}));
  REQUIRE(problem);
  CHECK(problem->code == "skew");
  CHECK(problem->retryable);
  const auto manifest =
      wire::parse_manifest(wire::to_json(wire::Manifest{4, {{"catalogue", "ab", 12}}}));
  REQUIRE(manifest);
  CHECK(manifest->packs.at(0).size == 12);
  const std::map<std::string, std::string> files{{"menu.toml", "a = \"一\"\n"}, {"x/y.toml", ""}};
  CHECK(wire::parse_catalogue_pack(wire::catalogue_pack(files)).value() == files);
}

TEST_CASE("a wrong or missing field is named") {
  const std::string id = std::string(R"({"id":")") + op_id + R"(",)";
  CHECK(complaint(wire::parse_op("{}")) == "id");
  CHECK(complaint(wire::parse_op(R"({"id":7,"seq":1,"kind":"k","body":{}})")) == "id");
  CHECK(complaint(wire::parse_op(R"({"id":"x","seq":1,"kind":"k","body":{}})")) == "id");
  CHECK(complaint(wire::parse_op(id + R"("seq":0,"kind":"k","body":{}})")) == "seq");
  CHECK(complaint(wire::parse_op(id + R"("seq":1.5,"kind":"k","body":{}})")) == "seq");
  CHECK(complaint(wire::parse_op(id + R"("seq":"1","kind":"k","body":{}})")) == "seq");
  CHECK(complaint(wire::parse_op(id + R"("seq":1,"kind":null,"body":{}})")) == "kind");
  CHECK(complaint(wire::parse_op(id + R"("seq":1,"kind":"k","body":[]})")) == "body");
  CHECK(complaint(wire::parse_op(id + R"("seq":1,"kind":"k"})")) == "body");
  CHECK(complaint(wire::parse_op(id + R"("seq":1,"kind":"k","clock":"x","body":{}})")) == "clock");
  CHECK(complaint(wire::parse_op(id + R"("seq":1,"kind":"k\u0000","body":{}})")) == "kind");
  CHECK(complaint(wire::parse_op(id + R"("seq":1,"kind":"k","body":{}})")).empty());
  CHECK(complaint(wire::parse_sync_request(R"({"ops":{}})")) == "ops");
  CHECK(complaint(wire::parse_sync_request(R"({"have":{"a":1},"ops":[]})")) == "have");
  CHECK(complaint(wire::parse_manifest(R"({"version":1,"packs":[{"name":"a"}]})")) == "packs");
  CHECK(complaint(wire::parse_manifest(R"({"version":1,"packs":[3]})")) == "packs");
  CHECK(complaint(wire::parse_catalogue_pack(R"({"files":{"a":1}})")) == "a");
  CHECK(complaint(wire::parse_catalogue_pack("{}")) == "files");
}

TEST_CASE("numbers beyond their type are refused, not cut") {
  const auto slot = [](std::string_view capacity) {
    return complaint(wire::parse_slot_state(
        R"({"service":"s","way":"w","day":"d","start":"a","end":"b","taken":0,"capacity":)" +
        std::string(capacity) + "}"));
  };
  CHECK(slot("2147483647").empty());
  CHECK(slot("-2147483648").empty());
  for (const char* number :
       {"2147483648", "-2147483649", "9223372036854775808", "18446744073709551615", "1.0", "1e3"}) {
    CHECK(slot(number) == "capacity");
  }
  for (const char* number : {"99999999999999999999999999", "-1e308", "5e-324"}) {
    CHECK(slot(number) == "capacity");
  }
  for (const char* number : {"1e400", "NaN", "Infinity", "-", "01", "0x1"}) {
    CHECK(slot(number) == "no JSON object");
  }
}

TEST_CASE("hostile texts are refused, not obeyed") {
  for (const std::string_view text :
       {"", " ", "null", "[]", "\"a\"", "1", "{", "{\"a\"", "{\"ops\":[}", "{}x", "{},",
        "{\"a\":1,}", "{'a':1}", "// c\n{}", "{\"a\":\"\xff\"}", "{\"a\":\"\xed\xa0\x80\"}",
        "{\"a\":\"\\ud800\"}", "{\"a\":\"\xc0\xaf\"}", "\xff\xfe{\0}\0"}) {
    CHECK(complaint(wire::parse_sync_request(text)) == "no JSON object");
    CHECK(complaint(wire::parse_op(text)) == "no JSON object");
    CHECK(complaint(wire::parse_catalogue_pack(text)) == "no JSON object");
  }
}

TEST_CASE("nesting is limited, brackets inside of strings are not nesting") {
  const auto nested = [](int depth) {
    return "{\"a\":" + std::string(static_cast<std::size_t>(depth), '[') +
           std::string(static_cast<std::size_t>(depth), ']') + ",\"ops\":[]}";
  };
  CHECK(complaint(wire::parse_sync_request(nested(15))).empty());
  CHECK(complaint(wire::parse_sync_request(nested(16))) == "nested too deep");
  CHECK(complaint(wire::parse_sync_request(std::string(1000000, '['))) == "nested too deep");
  CHECK(complaint(wire::parse_sync_request("{\"a\":\"" + std::string(100, '[') + "\",\"ops\":[]}"))
            .empty());
}

TEST_CASE("no beginning of a message and no flipped bit in it upsets a parser") {
  wire::SyncRequest request{"e1", "c1:1", {{"catalogue", "ab"}}, {wire::to_json(sample_op())}};
  const std::string whole = wire::to_json(request);
  for (std::size_t length = 0; length < whole.size(); ++length) {
    CHECK_FALSE(wire::parse_sync_request(std::string_view(whole).substr(0, length)));
  }
  int taken = 0;
  for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
    std::string flipped = whole;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    const auto parsed = wire::parse_sync_request(flipped);
    if (!parsed) continue;
    ++taken;
    for (const std::string& op : parsed->ops) CHECK_NOTHROW((void)wire::parse_op(op));
  }
  CHECK(taken > 0);
}

TEST_CASE("bytes that are no UTF-8 are written as replacement characters") {
  const auto back =
      wire::parse_assist_call(wire::to_json(wire::AssistCall{"a\xff"
                                                             "b"}));
  REQUIRE(back);
  CHECK(back->place ==
        "a\xEF\xBF\xBD"
        "b");
}

// Everywhere a reader may meet it: in each object of the message, nested ones included.
std::string with_unknown_fields(std::string text) {
  for (std::size_t at = text.find('{'); at != std::string::npos; at = text.find('{', at + 1)) {
    const bool empty = text.at(at + 1) == '}';
    text.insert(at + 1, empty ? R"("new_field":[7])" : R"("new_field":[7],)");
  }
  return text;
}

template <typename Message>
void survives(const Message& message, base::Result<Message> (*parse)(std::string_view)) {
  const std::string text = wire::to_json(message);
  const auto read = parse(with_unknown_fields(text));
  CAPTURE(text);
  REQUIRE(read);
  CHECK(wire::to_json(*read) == text);
}

TEST_CASE("fields that a reader does not know are skipped in every message") {
  survives(wire::EnrolRequest{"c", "k", 3}, wire::parse_enrol_request);
  survives(wire::EnrolResponse{op_id, 2, "c", "e"}, wire::parse_enrol_response);
  survives(wire::Manifest{3, {{"catalogue", "ab", 9}}}, wire::parse_manifest);
  survives(wire::BookingRequest{"c", "t", "onsite", "s", "n", "1", "C", "1234"},
           wire::parse_booking_request);
  survives(wire::BookingChange{"C", "1234", "s"}, wire::parse_booking_change);
  survives(wire::TicketDraw{"notary", "will", "2026-11-23"}, wire::parse_ticket_draw);
  survives(wire::TicketIssue{"d", "B2-05"}, wire::parse_ticket_issue);
  survives(wire::TicketCancel{"d"}, wire::parse_ticket_cancel);
  survives(wire::AssistCall{"home"}, wire::parse_assist_call);
  survives(wire::Promise{"confirmed", "B037", 3}, wire::parse_promise);
  survives(wire::SlotState{"c", "onsite", "d", "14:00", "14:30", 3, 1, "r"},
           wire::parse_slot_state);
  survives(wire::TicketState{"n", "d", "B1", "called", 5, "3", "t"}, wire::parse_ticket_state);
  survives(wire::RecordState{"confirmed", "s", "r", "t"}, wire::parse_record_state);
  survives(wire::LookupRequest{"C", "1234"}, wire::parse_lookup_request);
  survives(wire::LookupResponse{"booking",
                                op_id,
                                "c",
                                "t",
                                "onsite",
                                {"confirmed", "s", "", "t"},
                                {"c", "onsite", "d", "14:00", "14:30", 3, 1, "r"}},
           wire::parse_lookup_response);
  wire::SyncResponse response{"e1", "t", 813, "c1:9", true, false, 7, false, "abc", {}, {}, 14};
  response.changes = {{"ticket", "t", 13, true, "{}"}};
  const auto read = wire::parse_sync_response(with_unknown_fields(wire::to_json(response)));
  REQUIRE(read);
  CHECK(read->keep_days == 14);
  CHECK(read->changes.at(0).deleted);
  const auto op = wire::parse_op(with_unknown_fields(wire::to_json(sample_op())));
  REQUIRE(op);
  CHECK(op->kind == "ticket.draw");
  CHECK(wire::parse_ticket_draw(op->body)->service == "notary");
  const auto request = wire::parse_sync_request(
      R"({"new_field":{"ops":[1]},"epoch":"e","ops":[{"id":"a","new_field":1}],"x":[]})");
  REQUIRE(request);
  CHECK(request->ops.at(0) == R"({"id":"a","new_field":1})");
}

TEST_CASE("fields that were added since version 1 may be missing and then mean what they did") {
  const auto request = wire::parse_enrol_request(R"({"code":"c","public_key":"k"})");
  REQUIRE(request);
  CHECK(request->number == 0);
  const auto response = wire::parse_sync_response(
      R"({"epoch":"e","time":"t","applied_through":1,"cursor":"","next_poll_s":20,)"
      R"("results":[],"changes":[]})");
  REQUIRE(response);
  CHECK(response->keep_days == 0);
}

}  // namespace
