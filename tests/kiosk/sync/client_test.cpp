#include "kiosk/sync/client.h"

#include "tests/kiosk/sync/fake_server.h"

using Kind = syncing::Answer::Kind;
using test::Line;

namespace {

http::Response response(int status, std::map<std::string, std::string> headers = {},
                        std::string body = {}) {
  return {status, std::move(headers), std::move(body)};
}

Kind kind(int status) {
  return syncing::sort_answer(response(status)).kind;
}

syncing::Client::Question post(std::string body) {
  syncing::Client::Question question;
  question.method = "POST";
  question.path = "/v1/echo";
  question.body = std::move(body);
  return question;
}

}  // namespace

TEST_CASE("Answers are sorted by what the asker may do next") {
  for (const int status : {200, 201, 204}) CHECK(kind(status) == Kind::ok);
  for (const int status : {408, 429, 500, 502, 503, 504}) CHECK(kind(status) == Kind::postponed);
  for (const int status : {301, 400, 401, 403, 404, 409, 413}) CHECK(kind(status) == Kind::stopped);
  const auto sort = [](base::ErrorKind error) {
    return syncing::sort_answer(base::fail(error, "why"));
  };
  CHECK(sort(base::ErrorKind::offline).kind == Kind::unreachable);
  CHECK(sort(base::ErrorKind::refused).kind == Kind::postponed);  // an answer that is too large
  CHECK(sort(base::ErrorKind::invalid).kind == Kind::stopped);    // an address that is none
  CHECK(sort(base::ErrorKind::offline).code == "why");
}

TEST_CASE("A problem's own code is kept, and the status where there is none") {
  wire::Problem problem;
  problem.code = "kiosk_unknown";
  CHECK(syncing::sort_answer(response(401, {}, wire::to_json(problem))).code == "kiosk_unknown");
  CHECK(syncing::sort_answer(response(502, {}, "<html>")).code == "http_502");
  for (const std::string& none : {std::string("Two words"), std::string("a\nb"), std::string(),
                                  std::string(70, 'x'), std::string("\xE5\x9D\x8F")}) {
    problem.code = none;
    CHECK(syncing::sort_answer(response(401, {}, wire::to_json(problem))).code == "http_401");
  }
}

TEST_CASE(
    "Retry-After is honoured in seconds, up to a quarter of an hour, and nonsense is ignored") {
  using namespace std::chrono_literals;
  const auto wait = [](const char* text) {
    return syncing::sort_answer(response(503, {{"retry-after", text}})).retry_after;
  };
  CHECK(wait("120") == 120s);
  CHECK(wait("999999999") == 15min);
  for (const char* text : {"-5", "soon", "", "1e9", "Wed, 21 Oct 2026 07:28:00 GMT"}) {
    CAPTURE(text);
    CHECK_FALSE(wait(text));
  }
}

TEST_CASE("Every request is signed by the kiosk's key, large ones are compressed") {
  Line line;
  line.server.pages["/v1/echo"] = "heard";
  syncing::Identity who{test::kiosk_id, {}};
  CHECK(line.client.ask(post("{}"), who, {}).body == "heard");
  CHECK(line.server.requests.back().headers.count("Content-Encoding") == 0);
  const std::string large(5000, 'x');
  CHECK(line.client.ask(post(large), who, {}).body == "heard");
  CHECK(line.server.requests.back().body.size() < 200);
  CHECK(line.server.requests.back().headers.at("Content-Encoding") == "gzip");

  const crypto::SigningKey forged = crypto::SigningKey::generate();
  syncing::Client stranger(line.server, forged, line.world.clock, test::server_address);
  CHECK(stranger.ask(post("{}"), who, {}).code == "bad_signature");
}

TEST_CASE("A clock that is wrong is corrected for the signature, once, and never set") {
  Line line;
  line.server.pages["/v1/echo"] = "heard";
  line.server.ahead = std::chrono::hours{-30};
  syncing::Identity who{test::kiosk_id, {}};
  CHECK(line.client.ask(post("{}"), who, {}).body == "heard");
  CHECK(who.clock_offset == std::chrono::hours{-30});
  CHECK(line.server.requests.size() == 2);
  CHECK(line.client.ask(post("{}"), who, {}).body == "heard");
  CHECK(line.server.requests.size() == 3);
}

TEST_CASE("A server that always claims a skew is asked twice, not for ever") {
  Line line;
  wire::Problem skew;
  skew.status = 401;
  skew.code = "skew";
  skew.time = "2030-01-01T00:00:00Z";
  for (int i = 0; i < 5; ++i) line.server.answers.push_back({401, {}, wire::to_json(skew)});
  syncing::Identity who{test::kiosk_id, {}};
  const syncing::Answer answer = line.client.ask(post("{}"), who, {});
  CHECK(answer.kind == Kind::stopped);
  CHECK(answer.code == "skew");
  CHECK(line.server.requests.size() == 2);
}

TEST_CASE("A probe says whether anybody is there, whatever the answer") {
  Line line;
  CHECK(line.client.probe({}));
  line.server.answers.push_back({500, {}, ""});
  CHECK(line.client.probe({}));
  line.server.faults = {test::FakeServer::Fault::lose_request};
  CHECK_FALSE(line.client.probe({}));
  CHECK(line.server.requests.back().headers.count("Authorization") == 0);
}

TEST_CASE("A slash at the end of the server's address makes no other address") {
  Line line;
  syncing::Client client(line.server, line.key, line.world.clock, test::server_address + "/");
  CHECK(client.probe({}));
  CHECK(line.server.requests.back().url == test::server_address + "/healthz");
}
