// A central server behind the Transport seam, without a network: it checks signatures, applies each
// op once by its id, keeps a feed, and can be told to lose requests or replies, to forget, or to
// answer anything at all.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>

#include "kiosk/sync/client.h"
#include "kiosk/wire/messages.h"
#include "platform/http/gzip.h"
#include "tests/support/stored.h"

namespace test {

inline const std::string kiosk_id = "0199c0de-0000-7000-8000-000000000001";
inline const std::string server_address = "http://server.test";

class FakeServer final : public http::Transport {
 public:
  explicit FakeServer(const base::Clock& clock) : clock_(clock) {}

  enum class Fault {
    none,
    lose_request,  // it never arrives
    lose_reply,    // everything is applied, and nobody hears of it
  };

  // ---- what the test sets -----------------------------------------------------------------------
  std::deque<Fault> faults;            // one a request, then none
  std::deque<http::Response> answers;  // instead of its own, one a request
  std::string public_key;              // of the kiosk; "" skips the signature
  base::Milliseconds ahead{0};         // its clock, against the kiosk's
  std::string epoch = "e1";
  std::map<std::string, wire::OpResult> by_kind;  // instead of "applied"
  std::map<std::string, std::string> pages;       // GET path → body
  std::string manifest;
  std::optional<wire::EnrolResponse> enrolment;
  std::size_t feed_page = 1000;  // changes in one answer

  // ---- what the test looks at -------------------------------------------------------------------
  std::vector<http::Request> requests;
  std::vector<std::string> order;            // kinds of ops in the order they were applied
  std::map<std::string, std::string> bytes;  // op id → bytes first seen
  std::vector<std::string> ids;              // every op id received, repeats included
  bool saw_other_bytes = false;              // one id with two contents

  void tell(wire::Change change) { feed_.push_back(std::move(change)); }
  void forget(std::string new_epoch) {
    epoch = std::move(new_epoch);
    order.clear();
    bytes.clear();
    done_.clear();
    feed_.clear();
  }

  base::Result<http::Response> send(const http::Request& request, std::stop_token) override {
    requests.push_back(request);
    const Fault fault = next(faults).value_or(Fault::none);
    if (fault == Fault::lose_request) return base::fail(base::ErrorKind::offline, "connect");
    http::Response response = answer(request);
    if (fault == Fault::lose_reply) return base::fail(base::ErrorKind::offline, "timeout");
    return response;
  }

 private:
  template <typename T>
  static std::optional<T> next(std::deque<T>& queue) {
    if (queue.empty()) return std::nullopt;
    T first = std::move(queue.front());
    queue.pop_front();
    return first;
  }

  static http::Response problem(int status, std::string code, std::string time = {}) {
    wire::Problem problem;
    problem.status = status;
    problem.code = std::move(code);
    problem.time = std::move(time);
    return {status, {}, wire::to_json(problem)};
  }

  [[nodiscard]] base::Instant now() const { return clock_.now() + ahead; }

  http::Response answer(const http::Request& request) {
    if (auto given = next(answers)) return *given;
    const std::string path = request.url.substr(server_address.size());
    if (path == "/healthz") return {200, {}, "ok"};
    if (path == "/v1/enrol") return enrol(request);
    if (const auto refused = check_signature(request, path)) return *refused;
    if (path == "/v1/sync") return sync(plain_body(request));
    const auto page = pages.find(path);
    return page == pages.end() ? problem(404, "not_found") : http::Response{200, {}, page->second};
  }

  static std::string plain_body(const http::Request& request) {
    if (request.headers.count("Content-Encoding") == 0) return request.body;
    return must(http::gunzip(request.body, std::size_t{1} << 20U));
  }

  std::optional<http::Response> check_signature(const http::Request& request,
                                                const std::string& path) {
    if (public_key.empty()) return std::nullopt;
    const auto given = wire::parse_authorization(request.headers.at("Authorization"));
    if (!given || given->kiosk_id != kiosk_id) return problem(401, "kiosk_unknown");
    const auto words = wire::signed_words(request.method, path, given->unix_ms, request.body);
    if (!crypto::verify(public_key, words, given->signature)) return problem(401, "bad_signature");
    if (std::chrono::abs(base::from_ms(given->unix_ms) - now()) <= std::chrono::minutes{5}) {
      return std::nullopt;
    }
    return problem(401, "skew", base::china_time.rfc3339(now()));
  }

  http::Response enrol(const http::Request& request) {
    const auto asked = wire::parse_enrol_request(request.body);
    if (!asked || !enrolment || asked->code != "right-code") return problem(403, "code_unknown");
    public_key = asked->public_key;
    return {200, {}, wire::to_json(*enrolment)};
  }

  http::Response sync(const std::string& body) {
    const wire::SyncRequest request = must(wire::parse_sync_request(body));
    CHECK(request.ops.size() <= wire::max_ops);
    CHECK(body.size() <= (std::size_t{1} << 20U));
    wire::SyncResponse response;
    for (const std::string& op : request.ops) response.results.push_back(apply(op));
    response.epoch = epoch;
    response.time = base::china_time.rfc3339(now());
    response.applied_through = applied_through();
    response.manifest = manifest;
    const std::size_t from =
        request.epoch == epoch && !request.cursor.empty() ? std::stoul(request.cursor) : 0;
    const std::size_t to = std::min(feed_.size(), from + feed_page);
    for (std::size_t i = from; i < to; ++i) response.changes.push_back(feed_[i]);
    response.cursor = std::to_string(to);
    response.more = to < feed_.size();
    return {200, {}, wire::to_json(response)};
  }

  wire::OpResult apply(const std::string& json) {
    const wire::Op op = must(wire::parse_op(json));
    ids.push_back(op.id);
    const auto [seen, fresh] = bytes.try_emplace(op.id, json);
    saw_other_bytes = saw_other_bytes || seen->second != json;
    const auto told = by_kind.find(op.kind);
    wire::OpResult result = told == by_kind.end() ? wire::OpResult{} : told->second;
    result.id = op.id;
    if (told == by_kind.end()) result.outcome = wire::Outcome::applied;
    if (result.outcome == wire::Outcome::deferred) {
      bytes.erase(op.id);
      return result;
    }
    done_.insert(op.seq);
    if (!fresh) {
      result.outcome = wire::Outcome::duplicate;
    } else if (result.outcome == wire::Outcome::applied) {
      order.push_back(op.kind);
    }
    return result;
  }

  [[nodiscard]] std::int64_t applied_through() const {
    std::int64_t through = 0;
    while (done_.count(through + 1) > 0) ++through;
    return through;
  }

  const base::Clock& clock_;
  std::set<std::int64_t> done_;
  std::vector<wire::Change> feed_;
};

// A kiosk that is enrolled with the server.
struct Line {
  Stored world;
  store::Store store = world.open();
  crypto::SigningKey key = crypto::SigningKey::generate();
  FakeServer server{world.clock};
  syncing::Client client{server, key, world.clock, server_address};

  Line() {
    server.public_key = key.public_key();
    store::SyncState state;
    state.kiosk_id = kiosk_id;
    state.epoch = server.epoch;
    save(state);
  }
  void save(const store::SyncState& state) {
    must(store.write([&](store::Writer& writer) { return store::save_sync_state(writer, state); }));
  }
  store::SyncState state() { return must(store::read_sync_state(store)); }
  store::Delivery delivery(const std::string& id) {
    return must(store::find_op(store, id)).value().delivery;
  }
};

inline wire::Change change(std::string type, std::string key, std::string data) {
  return {.type = std::move(type),
          .key = std::move(key),
          .version = 1,
          .deleted = false,
          .data = std::move(data)};
}

}  // namespace test
