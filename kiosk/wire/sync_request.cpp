// A sync request carries each op as the very bytes that stand in the kiosk's outbox, which the
// server hashes: they are spliced into the JSON and cut out of it, never read and written anew.
#include "kiosk/wire/json_fields.h"
#include "kiosk/wire/messages.h"
#include "platform/base/text.h"

namespace wire {

// All but "ops".
void fields(auto& io, Is<SyncRequest> auto& m) {
  io(may("epoch", m.epoch), may("cursor", m.cursor), may("have", m.have));
}

namespace {

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

}  // namespace

std::string to_json(const SyncRequest& request) {
  json object = Writer::written(request);
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
  SyncRequest request = TRY(read_message<SyncRequest>(text));
  const std::string_view ops = member(text, "ops");
  if (!ops.starts_with('[')) return bad_message("ops");
  for (const std::string_view op : parts(ops)) request.ops.emplace_back(op);
  if (request.ops.size() > max_ops) return bad_message("ops");
  return request;
}

}  // namespace wire
