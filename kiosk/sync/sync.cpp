#include "kiosk/sync/sync.h"

#include <algorithm>

#include "kiosk/store/outbox.h"
#include "kiosk/store/sync_state.h"
#include "kiosk/store/tidy.h"
#include "kiosk/sync/enrol.h"
#include "kiosk/wire/messages.h"

namespace syncing {
namespace {

using base::Result;

constexpr std::string_view not_enrolled = "not_enrolled";
// Pages of the longest feed; a server that has more to tell has it at the next poll.
constexpr int most_at_once = 500;

const base::Clock& machine_clock(const Options& options, const store::Store& store) {
  return options.clock != nullptr ? options.clock->machine() : store.world().clock;
}

}  // namespace

Sync::Sync(store::Store& store, http::Transport& transport, const crypto::SigningKey& key,
           Options options, Lookup& lookup, base::Log& log)
    : store_(store),
      client_(transport, key, machine_clock(options, store), std::move(options.server)),
      lookup_(lookup),
      log_(log),
      enrol_code_(std::move(options.enrol_code)),
      library_(options.library),
      told_clock_(options.clock),
      schedule_(store.world().chance) {
  if (const auto state = store::read_sync_state(store)) {
    if (state->fleet) schedule_.set_fleet(std::chrono::seconds{state->next_poll_s});
  }
  schedule_.started(tick());
}

// Also for content that could not be fetched a moment ago.
void Sync::asked() {
  schedule_.asked(tick());
  content_backoff_.reset();
  content_due_ = tick();
}

bool Sync::run(const std::stop_token& stop) {
  if (due() > tick()) return false;
  if (schedule_.next().kind == Deed::Kind::probe) return probe(stop);
  if (const auto done = exchange(stop); !done) {
    log_.line(base::Level::error, "sync.storage", {{"detail", done.error().detail}});
    schedule_.postponed(tick(), std::nullopt);
  }
  return true;
}

bool Sync::probe(const std::stop_token& stop) {
  if (client_.probe(stop)) {
    schedule_.reached(tick());
  } else {
    schedule_.unreachable(tick(), true);
  }
  return false;
}

Result<void> Sync::exchange(const std::stop_token& stop) {
  TRY(tidy_once_a_day());
  if (!TRY(ensure_enrolled(stop))) return {};
  const Exchange done = TRY(exchange_once(store_, client_, stop));
  if (done.answer.kind == Answer::Kind::ok) {
    plan_after_success(done);
    return done.more ? Result<void>{} : fetch_news(done.manifest, stop);
  }
  // The center no longer knows this kiosk, but somebody has given it a new code.
  const bool unknown = done.answer.kind == Answer::Kind::stopped && done.answer.status == 401;
  if (!unknown || enrol_code_.empty()) return plan_after_failure(done.answer);
  if (TRY(enrol_with_code(stop))) schedule_.asked(tick());
  return {};
}

Result<bool> Sync::ensure_enrolled(const std::stop_token& stop) {
  if (TRY(store::read_sync_state(store_)).enrolled()) return true;
  if (!enrol_code_.empty()) return enrol_with_code(stop);
  Answer answer;
  answer.kind = Answer::Kind::stopped;
  answer.code = not_enrolled;
  TRY(note_failure(store_, answer.code, stop));
  TRY(plan_after_failure(answer));
  return false;
}

Result<bool> Sync::enrol_with_code(const std::stop_token& stop) {
  const Answer answer = TRY(enrol(store_, client_, enrol_code_, stop));
  if (answer.kind != Answer::Kind::ok) {
    TRY(plan_after_failure(answer));
    return false;
  }
  log_.line(base::Level::info, "sync.enrolled");
  enrol_code_.clear();
  return true;
}

Result<void> Sync::fetch_news(std::string_view manifest, const std::stop_token& stop) {
  if (manifest.empty() || manifest == TRY(store::read_sync_state(store_)).manifest) return {};
  if (content_due_ > tick()) return {};
  const Answer answer = TRY(fetch_content(store_, client_, manifest, library_, stop));
  if (answer.kind == Answer::Kind::ok) {
    content_backoff_.reset();
    return {};
  }
  // Old content serves as well: what visitors confirm goes on being sent meanwhile.
  log_.line(base::Level::warn, "sync.content_failed", {{"code", answer.code}});
  content_due_ = tick() + std::max(content_backoff_.next(store_.world().chance),
                                   answer.retry_after.value_or(base::Milliseconds{0}));
  return {};
}

Result<void> Sync::tidy_once_a_day() {
  const base::Date today = store_.today();
  if (tidied_ == today) return {};
  tidied_ = today;
  return store::tidy(store_);
}

Result<void> Sync::plan_after_failure(const Answer& answer) {
  log_change(answer.code);
  schedule_.failed(tick(), answer, TRY(store::count_waiting(store_)).count > 0);
  return {};
}

void Sync::plan_after_success(const Exchange& done) {
  log_change({});
  if (told_clock_ != nullptr && done.server_time) told_clock_->tell(*done.server_time);
  schedule_.set_fleet(done.fleet_poll);
  at_once_ = done.more ? at_once_ + 1 : 0;
  const bool at_once = done.more && at_once_ < most_at_once;
  schedule_.succeeded(tick(), at_once ? base::Milliseconds{0} : done.next_poll);
  if (!at_once) at_once_ = 0;
}

void Sync::log_change(std::string_view code) {
  if (code == last_code_) return;
  last_code_ = code;
  if (code.empty()) {
    log_.line(base::Level::info, "sync.recovered");
  } else {
    log_.line(base::Level::warn, "sync.failed", {{"code", last_code_}});
  }
}

bool Sync::answer_lookup(const std::stop_token& stop) {
  auto question = lookup_.take();
  if (!question) return false;
  LookupAnswer answer = look_up(*question, stop);
  crypto::wipe(question->code);
  crypto::wipe(question->last4);
  lookup_.reply(question->number, std::move(answer));
  return true;
}

LookupAnswer Sync::look_up(const Lookup::Question& question, const std::stop_token& stop) {
  using Kind = LookupAnswer::Kind;
  const auto state = store::read_sync_state(store_);
  if (!state || !state->enrolled()) return {.kind = Kind::offline, .found = {}};
  Identity who{state->kiosk_id, state->clock_offset};
  Client::Question post{.method = "POST",
                        .path = "/v1/lookup",
                        .body = wire::to_json(wire::LookupRequest{question.code, question.last4})};
  const Answer answer = client_.ask(post, who, stop);
  crypto::wipe(post.body);
  if (answer.status == 404) return {.kind = Kind::no_match, .found = {}};
  if (answer.code == "locked") return {.kind = Kind::locked, .found = {}};
  if (answer.kind != Answer::Kind::ok) return {.kind = Kind::offline, .found = {}};
  auto found = wire::parse_lookup_response(answer.body);
  if (!found) return {.kind = Kind::offline, .found = {}};
  return {.kind = Kind::found, .found = std::move(*found)};
}

}  // namespace syncing
