#include "kiosk/sync/client.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "kiosk/wire/messages.h"
#include "platform/http/gzip.h"

namespace syncing {
namespace {

constexpr std::size_t compress_from = 1024;
constexpr std::chrono::minutes longest_pause{15};
constexpr std::size_t longest_code = 64;

bool worth_repeating(int status) {
  return status == 408 || status == 429 || status >= 500;
}

std::optional<base::Milliseconds> retry_after(const http::Response& response) {
  const auto header = response.headers.find("retry-after");
  if (header == response.headers.end()) return std::nullopt;
  const std::string& text = header->second;
  std::int32_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc{} || end != text.data() + text.size() || seconds < 0) return std::nullopt;
  return std::min<base::Milliseconds>(std::chrono::seconds{seconds}, longest_pause);
}

// A code is stored, logged and shown to staff: what is none does not come so far.
bool is_code(std::string_view text) {
  return !text.empty() && text.size() <= longest_code && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

Answer sort_error(const base::Error& error) {
  Answer answer;
  answer.code = error.code;
  switch (error.kind) {
    case base::ErrorKind::offline: answer.kind = Answer::Kind::unreachable; break;
    case base::ErrorKind::refused: answer.kind = Answer::Kind::postponed; break;
    default: answer.kind = Answer::Kind::stopped; break;
  }
  return answer;
}

}  // namespace

Answer sort_answer(const base::Result<http::Response>& response) {
  if (!response) return sort_error(response.error());
  Answer answer;
  answer.status = response->status;
  if (response->status >= 200 && response->status < 300) {
    answer.body = response->body;
    return answer;
  }
  const bool repeat = worth_repeating(response->status);
  answer.kind = repeat ? Answer::Kind::postponed : Answer::Kind::stopped;
  answer.code = fmt::format("http_{}", response->status);
  answer.retry_after = retry_after(*response);
  if (const auto problem = wire::parse_problem(response->body)) {
    if (is_code(problem->code)) answer.code = problem->code;
    answer.server_time = base::parse_rfc3339(problem->time);
  }
  return answer;
}

Client::Client(http::Transport& transport, const crypto::SigningKey& key, const base::Clock& clock,
               std::string server)
    : transport_(transport), key_(key), clock_(clock), server_(std::move(server)) {
  while (server_.ends_with('/')) server_.pop_back();
}

http::Request Client::request_for(const Question& question) const {
  http::Request request;
  request.method = question.method;
  request.url = server_ + question.path;
  request.deadline = question.deadline;
  request.answer_limit = question.answer_limit;
  if (!question.range.empty()) request.headers["Range"] = question.range;
  if (question.body.empty()) return request;
  request.headers["Content-Type"] = "application/json";
  request.body = question.body;
  if (request.body.size() > compress_from) {
    request.body = http::gzip(request.body);
    request.headers["Content-Encoding"] = "gzip";
  }
  return request;
}

Answer Client::ask_once(const Question& question, const Identity& who,
                        const std::stop_token& stop) {
  http::Request request = request_for(question);
  const std::int64_t now = base::to_ms(clock_.now() + who.clock_offset);
  const std::string signature =
      key_.sign(wire::signed_words(request.method, question.path, now, request.body));
  request.headers["Authorization"] = wire::authorization(who.kiosk_id, now, signature);
  return sort_answer(transport_.send(request, stop));
}

Answer Client::ask(const Question& question, Identity& who, const std::stop_token& stop) {
  Answer answer = ask_once(question, who, stop);
  if (answer.status != 401 || answer.code != "skew" || !answer.server_time) return answer;
  who.clock_offset = *answer.server_time - clock_.now();
  return ask_once(question, who, stop);
}

Answer Client::ask_unsigned(const Question& question, const std::stop_token& stop) {
  return sort_answer(transport_.send(request_for(question), stop));
}

bool Client::probe(const std::stop_token& stop) {
  const Question question{.path = "/healthz", .body = {}, .deadline = probe_deadline};
  return transport_.send(request_for(question), stop).has_value();
}

}  // namespace syncing
