#include "kiosk/wire/messages.h"

#include <fmt/format.h>

#include <charconv>
#include <concepts>
#include <limits>
#include <nlohmann/json.hpp>

#include "platform/base/ids.h"
#include "platform/base/text.h"
#include "platform/crypto/crypto.h"

// How it works: every message names its fields once, in a function fields(io, message). Writer
// and Reader both call it, so what is written and what is read cannot drift apart.
//   io(name, value)         the field must be there
//   io.maybe(name, value)   absent means the type's empty value, which is not written either
//   io.raw(name, text)      the text is itself a JSON object
namespace wire {
namespace {

using base::ErrorKind;
using base::fail;
using nlohmann::json;

constexpr int deepest_nesting = 16;

template <typename Value, typename Message>
concept Either = std::same_as<std::remove_const_t<Value>, Message>;

// ---- the fields of every message -------------------------------------------------------------

template <typename Io, Either<Op> T>
void fields(Io& io, T& op) {
  io("id", op.id);
  io("seq", op.seq);
  io("kind", op.kind);
  io.maybe("at", op.at);
  io.choice("clock", op.clock_trusted, {{true, "trusted"}, {false, "unknown"}});
  io.raw("body", op.body);
}

template <typename Io, Either<SyncRequest> T>
void fields(Io& io, T& request) {  // "ops" is spliced in as bytes, see below
  io.maybe("epoch", request.epoch);
  io.maybe("cursor", request.cursor);
  io.maybe("have", request.have);
}

template <typename Io, Either<OpResult> T>
void fields(Io& io, T& result) {
  io("id", result.id);
  io.choice("status", result.outcome,
            {{Outcome::applied, "applied"},
             {Outcome::duplicate, "duplicate"},
             {Outcome::rejected, "rejected"},
             {Outcome::deferred, "deferred"}});
  io.maybe("code", result.code);
  io.raw("data", result.data);
}

template <typename Io, Either<Change> T>
void fields(Io& io, T& change) {
  io("t", change.type);
  io("k", change.key);
  io("v", change.version);
  io.maybe("deleted", change.deleted);
  io.raw("d", change.data);
}

template <typename Io, Either<SyncResponse> T>
void fields(Io& io, T& response) {
  io("epoch", response.epoch);
  io("time", response.time);
  io("applied_through", response.applied_through);
  io("cursor", response.cursor);
  io.maybe("more", response.more);
  io("next_poll_s", response.next_poll_s);
  io.maybe("manifest", response.manifest);
  io("results", response.results);
  io("changes", response.changes);
}

template <typename Io, Either<Problem> T>
void fields(Io& io, T& problem) {
  io("status", problem.status);
  io("code", problem.code);
  io.maybe("title", problem.title);
  io.maybe("retryable", problem.retryable);
  io.maybe("time", problem.time);
}

template <typename Io, Either<EnrolRequest> T>
void fields(Io& io, T& request) {
  io("code", request.code);
  io("public_key", request.public_key);
}

template <typename Io, Either<EnrolResponse> T>
void fields(Io& io, T& response) {
  io("kiosk_id", response.kiosk_id);
  io("number", response.number);
  io("center_id", response.center_id);
  io("epoch", response.epoch);
}

template <typename Io, Either<PackEntry> T>
void fields(Io& io, T& pack) {
  io("name", pack.name);
  io("sha256", pack.sha256);
  io("size", pack.size);
}

template <typename Io, Either<Manifest> T>
void fields(Io& io, T& manifest) {
  io("version", manifest.version);
  io("packs", manifest.packs);
}

template <typename Io, Either<BookingRequest> T>
void fields(Io& io, T& body) {
  io("service", body.service);
  io.maybe("topic", body.topic);
  io("way", body.way);
  io("slot", body.slot);
  io("name", body.name);
  io.maybe("phone", body.phone);
  io("code", body.code);
  io("last4", body.last4);
}

template <typename Io, Either<BookingChange> T>
void fields(Io& io, T& body) {
  io("code", body.code);
  io("last4", body.last4);
  io.maybe("slot", body.slot);
}

template <typename Io, Either<TicketDraw> T>
void fields(Io& io, T& body) {
  io("service", body.service);
  io.maybe("matter", body.matter);
  io("day", body.day);
}

template <typename Io, Either<TicketIssue> T>
void fields(Io& io, T& body) {
  io("draw", body.draw);
  io("number", body.number);
}

template <typename Io, Either<TicketCancel> T>
void fields(Io& io, T& body) {
  io("draw", body.draw);
}

template <typename Io, Either<IntakeFile> T>
void fields(Io& io, T& body) {
  io("service", body.service);
  io.maybe("way", body.way);
  io("code", body.code);
  io("last4", body.last4);
  io("answers", body.answers);
}

template <typename Io, Either<AssistCall> T>
void fields(Io& io, T& body) {
  io("place", body.place);
}

template <typename Io, Either<Promise> T>
void fields(Io& io, T& promise) {
  io.maybe("state", promise.state);
  io.maybe("number", promise.number);
  io.maybe("position", promise.position);
}

template <typename Io, Either<SlotState> T>
void fields(Io& io, T& state) {
  io("service", state.service);
  io("way", state.way);
  io("day", state.day);
  io("start", state.start);
  io("end", state.end);
  io("capacity", state.capacity);
  io("taken", state.taken);
  io.maybe("room", state.room);
}

template <typename Io, Either<TicketState> T>
void fields(Io& io, T& state) {
  io("service", state.service);
  io("day", state.day);
  io("number", state.number);
  io("state", state.state);
  io("position", state.position);
  io.maybe("counter", state.counter);
  io.maybe("called_at", state.called_at);
}

template <typename Io, Either<RecordState> T>
void fields(Io& io, T& state) {
  io("state", state.state);
  io.maybe("slot", state.slot);
  io.maybe("reason", state.reason);
  io.maybe("at", state.at);
}

template <typename Io, Either<LookupRequest> T>
void fields(Io& io, T& request) {
  io("code", request.code);
  io("last4", request.last4);
}

template <typename Io, Either<LookupResponse> T>
void fields(Io& io, T& response) {
  io("kind", response.kind);
  io("id", response.id);
  io("service", response.service);
  io.maybe("topic", response.topic);
  io.maybe("way", response.way);
  io("record", response.record);
  if (response.kind == "booking") io("slot", response.slot);
}

// ---- text ⇄ JSON values ----------------------------------------------------------------------

// Calls visit(position, depth) for every bracket and comma outside of strings; an opening bracket
// counts to the depth it opens, a closing one to the depth it closes.
template <typename Visit>
void walk(std::string_view text, Visit visit) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"') in_string = !in_string;
    if (in_string) {
      if (c == '\\') ++at;
    } else if (c == '[' || c == '{') {
      visit(at, ++depth);
    } else if (c == ']' || c == '}') {
      visit(at, depth--);
    } else if (c == ',') {
      visit(at, depth);
    }
  }
}

Result<json> parse_object(std::string_view text) {
  int deepest = 0;
  walk(text, [&deepest](std::size_t, int depth) { deepest = std::max(deepest, depth); });
  if (deepest > deepest_nesting) return fail(ErrorKind::invalid, "bad_message", "nested too deep");
  json value = json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (!value.is_object()) return fail(ErrorKind::invalid, "bad_message", "no JSON object");
  return value;
}

// Bytes that are no UTF-8 become U+FFFD instead of an exception.
std::string dump(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

// The members or elements of a well-formed object or array, each as the bytes it came with.
std::vector<std::string_view> parts(std::string_view text) {
  std::vector<std::string_view> found;
  std::size_t start = 0;
  walk(text, [&](std::size_t at, int depth) {
    if (depth != 1) return;
    const bool opens = text[at] == '[' || text[at] == '{';
    if (!opens) found.push_back(base::trim(text.substr(start, at - start)));
    start = at + 1;
  });
  if (found.size() == 1 && found.front().empty()) found.clear();
  return found;
}

// The bytes of one member's value in a well-formed object; "" when there is none. Of members with
// one name the last counts, as it does for the JSON library.
std::string_view member(std::string_view object, std::string_view name) {
  std::string_view value;
  for (const std::string_view part : parts(object)) {
    std::size_t end = 1;
    while (part[end] != '"') end += part[end] == '\\' ? 2 : 1;
    const json key = json::parse(part.substr(0, end + 1), nullptr, false);
    if (key == name) value = base::trim(part.substr(part.find(':', end) + 1));
  }
  return value;
}

template <typename T>
using Words = std::initializer_list<std::pair<T, const char*>>;

class Writer {
 public:
  template <typename T>
  static json object_of(const T& message) {
    Writer writer;
    fields(writer, message);
    return std::move(writer.object_);
  }

  template <typename T>
  void operator()(const char* name, const T& value) {
    object_[name] = put(value);
  }
  template <typename T>
  void maybe(const char* name, const T& value) {
    if (value != T{}) (*this)(name, value);
  }
  template <typename T>
  void choice(const char* name, const T& value, Words<std::type_identity_t<T>> words) {
    for (const auto& [known, word] : words) {
      if (known == value) object_[name] = word;
    }
  }
  // Texts come from to_json(); anything else is written as an empty object.
  void raw(const char* name, const std::string& text) {
    auto value = parse_object(text);
    object_[name] = value ? std::move(*value) : json::object();
  }

 private:
  template <typename T>
  static json put(const T& value) {
    if constexpr (std::is_constructible_v<json, T>) {
      return value;
    } else {
      return object_of(value);
    }
  }
  template <typename T>
  static json put(const std::vector<T>& list) {
    json array = json::array();
    for (const T& each : list) array.push_back(object_of(each));
    return array;
  }

  json object_ = json::object();
};

class Reader {
 public:
  // Fills the message; false with the name of the first wrong field.
  template <typename T>
  static bool read(const json& from, T& message, std::string& wrong) {
    if (!from.is_object()) return false;
    Reader reader(from);
    fields(reader, message);
    wrong = reader.wrong_;
    return wrong.empty();
  }

  template <typename T>
  void operator()(const char* name, T& value) {
    take_member(name, value, true);
  }
  template <typename T>
  void maybe(const char* name, T& value) {
    take_member(name, value, false);
  }
  // Absent means the first of the words.
  template <typename T>
  void choice(const char* name, T& value, Words<std::type_identity_t<T>> words) {
    std::string text = words.begin()->second;
    take_member(name, text, false);
    for (const auto& [known, word] : words) {
      if (text == word) {
        value = known;
        return;
      }
    }
    if (wrong_.empty()) wrong_ = name;
  }
  void raw(const char* name, std::string& text) {
    const auto found = object_.find(name);
    const bool good = found != object_.end() && found->is_object();
    if (good) text = dump(*found);
    if (!good && wrong_.empty()) wrong_ = name;
  }

 private:
  explicit Reader(const json& object) : object_(object) {}

  template <typename T>
  void take_member(const char* name, T& value, bool needed) {
    if (!wrong_.empty()) return;
    const auto found = object_.find(name);
    const bool absent = found == object_.end() || found->is_null();
    if (absent ? needed : !take(*found, value)) wrong_ = name;
  }

  // No U+0000: C strings behind us would end there.
  static bool take(const json& from, std::string& to) {
    if (!from.is_string()) return false;
    to = from.get_ref<const std::string&>();
    return to.find('\0') == std::string::npos;
  }
  static bool take(const json& from, bool& to) {
    if (!from.is_boolean()) return false;
    to = from.get<bool>();
    return true;
  }
  template <std::signed_integral T>
  static bool take(const json& from, T& to) {
    if (!from.is_number_integer()) return false;
    constexpr auto most = std::numeric_limits<T>::max();
    if (from.is_number_unsigned() && from.get<std::uint64_t>() > std::uint64_t{most}) return false;
    const auto value = from.get<std::int64_t>();
    to = static_cast<T>(value);
    return to == value;
  }
  static bool take(const json& from, std::map<std::string, std::string>& to) {
    if (!from.is_object()) return false;
    for (const auto& [key, value] : from.items()) {
      if (!take(value, to[key])) return false;
    }
    return true;
  }
  template <typename T>
  static bool take(const json& from, std::vector<T>& to) {
    if (!from.is_array()) return false;
    for (const json& each : from) {
      if (!take(each, to.emplace_back())) return false;
    }
    return true;
  }
  template <typename T>
  static bool take(const json& from, T& message) {
    std::string inner;
    return read(from, message, inner);
  }

  const json& object_;
  std::string wrong_;
};

template <typename T>
Result<T> read(std::string_view text) {
  const json object = TRY(parse_object(text));
  T message;
  std::string wrong;
  if (!Reader::read(object, message, wrong)) {
    return fail(ErrorKind::invalid, "bad_message", wrong);
  }
  return message;
}

}  // namespace

// ---- messages that are more than their fields ------------------------------------------------

Result<Op> parse_op(std::string_view text) {
  Op op = TRY(read<Op>(text));
  if (!base::is_uuid(op.id)) return fail(ErrorKind::invalid, "bad_message", "id");
  if (op.seq < 1) return fail(ErrorKind::invalid, "bad_message", "seq");
  return op;
}

std::string to_json(const SyncRequest& request) {
  json object = Writer::object_of(request);
  object["ops"] = json::array();
  std::string text = dump(object);
  std::string ops;
  for (const std::string& op : request.ops) {
    if (!ops.empty()) ops += ',';
    ops += op;
  }
  // "ops" is the last key in the order the library writes them, so its array ends the text.
  return text.insert(text.size() - std::string_view("]}").size(), ops);
}

Result<SyncRequest> parse_sync_request(std::string_view text) {
  SyncRequest request = TRY(read<SyncRequest>(text));
  const std::string_view ops = member(text, "ops");
  if (!ops.starts_with('[')) return fail(ErrorKind::invalid, "bad_message", "ops");
  for (const std::string_view op : parts(ops)) request.ops.emplace_back(op);
  if (request.ops.size() > max_ops) return fail(ErrorKind::invalid, "bad_message", "ops");
  return request;
}

std::string to_json(const Problem& problem) {
  json object = Writer::object_of(problem);
  object["type"] = "/problems/" + problem.code;
  return dump(object);
}

std::string catalogue_pack(const std::map<std::string, std::string>& files) {
  return dump(json{{"files", files}});
}

Result<std::map<std::string, std::string>> parse_catalogue_pack(std::string_view text) {
  const json object = TRY(parse_object(text));
  std::map<std::string, std::string> files;
  const auto found = object.find("files");
  const bool listed = found != object.end() && found->is_object();
  if (!listed) return fail(ErrorKind::invalid, "bad_message", "files");
  for (const auto& [name, content] : found->items()) {
    if (!content.is_string()) return fail(ErrorKind::invalid, "bad_message", name);
    files[name] = content.get<std::string>();
  }
  return files;
}

// ---- signatures ------------------------------------------------------------------------------

std::string signed_words(std::string_view method, std::string_view path, std::int64_t unix_ms,
                         std::string_view body) {
  return fmt::format("{}|{}|{}|{}", method, path, unix_ms, crypto::sha256_hex(body));
}

std::string authorization(std::string_view kiosk_id, std::int64_t unix_ms,
                          std::string_view signature) {
  return fmt::format("Kiosk id={},ts={},sig={}", kiosk_id, unix_ms, signature);
}

Result<Authorization> parse_authorization(std::string_view header) {
  constexpr std::string_view scheme = "Kiosk ";
  if (!header.starts_with(scheme)) return fail(ErrorKind::invalid, "bad_message", "authorization");
  Authorization found;
  for (const std::string_view part : base::split(header.substr(scheme.size()), ',')) {
    const std::string_view text = base::trim(part);
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) break;
    const std::string_view value = text.substr(equals + 1);
    const std::string_view name = text.substr(0, equals);
    if (name == "id") found.kiosk_id = value;
    if (name == "sig") found.signature = value;
    if (name != "ts") continue;
    const char* end = value.data() + value.size();
    const auto [stop, error] = std::from_chars(value.data(), end, found.unix_ms);
    if (error != std::errc{} || stop != end) found.unix_ms = 0;
  }
  if (!base::is_uuid(found.kiosk_id)) return fail(ErrorKind::invalid, "bad_message", "id");
  if (found.unix_ms <= 0) return fail(ErrorKind::invalid, "bad_message", "ts");
  if (found.signature.empty()) return fail(ErrorKind::invalid, "bad_message", "sig");
  return found;
}

// ---- messages that are only their fields -----------------------------------------------------

#define WIRE_WRITE(Message)                     \
  std::string to_json(const Message& message) { \
    return dump(Writer::object_of(message));    \
  }
#define WIRE_READ(Message, parse_message)                \
  Result<Message> parse_message(std::string_view text) { \
    return read<Message>(text);                          \
  }

WIRE_WRITE(Op)
WIRE_WRITE(SyncResponse)
WIRE_WRITE(EnrolRequest)
WIRE_WRITE(EnrolResponse)
WIRE_WRITE(Manifest)
WIRE_WRITE(BookingRequest)
WIRE_WRITE(BookingChange)
WIRE_WRITE(TicketDraw)
WIRE_WRITE(TicketIssue)
WIRE_WRITE(TicketCancel)
WIRE_WRITE(IntakeFile)
WIRE_WRITE(AssistCall)
WIRE_WRITE(Promise)
WIRE_WRITE(SlotState)
WIRE_WRITE(TicketState)
WIRE_WRITE(RecordState)
WIRE_WRITE(LookupRequest)
WIRE_WRITE(LookupResponse)

WIRE_READ(SyncResponse, parse_sync_response)
WIRE_READ(Problem, parse_problem)
WIRE_READ(EnrolRequest, parse_enrol_request)
WIRE_READ(EnrolResponse, parse_enrol_response)
WIRE_READ(Manifest, parse_manifest)
WIRE_READ(BookingRequest, parse_booking_request)
WIRE_READ(BookingChange, parse_booking_change)
WIRE_READ(TicketDraw, parse_ticket_draw)
WIRE_READ(TicketIssue, parse_ticket_issue)
WIRE_READ(TicketCancel, parse_ticket_cancel)
WIRE_READ(IntakeFile, parse_intake_file)
WIRE_READ(AssistCall, parse_assist_call)
WIRE_READ(Promise, parse_promise)
WIRE_READ(SlotState, parse_slot_state)
WIRE_READ(TicketState, parse_ticket_state)
WIRE_READ(RecordState, parse_record_state)
WIRE_READ(LookupRequest, parse_lookup_request)
WIRE_READ(LookupResponse, parse_lookup_response)

#undef WIRE_WRITE
#undef WIRE_READ

}  // namespace wire
