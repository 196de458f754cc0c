#include "kiosk/central/replies.h"

namespace central {
namespace {

using base::ErrorKind;

constexpr std::string_view no_room = "storage_full";  // as platform/sql says it

int status_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::invalid: return 400;
    case ErrorKind::not_found: return 404;
    case ErrorKind::refused: return 409;
    case ErrorKind::offline:
    case ErrorKind::storage:
    case ErrorKind::device: return 503;
  }
  return 503;
}

}  // namespace

http::Response json_reply(std::string body) {
  return {
      200, {{"content-type", "application/json"}, {"cache-control", "no-store"}}, std::move(body)};
}

http::Response problem_reply(const wire::Problem& problem) {
  return {problem.status,
          {{"content-type", "application/problem+json"}, {"cache-control", "no-store"}},
          wire::to_json(problem)};
}

http::Response problem_reply(const base::Error& error) {
  const int status = status_of(error.kind);
  if (status != 503) {
    return problem_reply(wire::Problem{status, error.code, error.detail, false, ""});
  }
  const bool full = error.code == no_room;
  http::Response response =
      problem_reply(full ? wire::Problem{503, error.code, "The server's disk is full", true, ""}
                         : wire::Problem{503, "unavailable", "Try again later", true, ""});
  // Room comes when somebody makes some.
  response.headers["retry-after"] = full ? "30" : "5";
  return response;
}

}  // namespace central
