#include "kiosk/central/replies.h"

namespace central {
namespace {

using base::ErrorKind;

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
  const bool ours = status == 503;
  return problem_reply(wire::Problem{status, ours ? "unavailable" : error.code,
                                     ours ? "Try again later" : error.detail, ours, ""});
}

}  // namespace central
