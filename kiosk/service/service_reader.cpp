#include "kiosk/service/service_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "kiosk/service/calendar_reader.h"

namespace service {
namespace {

constexpr std::pair<std::string_view, Kind> service_kinds[] = {
    {"external", Kind::external}, {"booking", Kind::booking}, {"ticket", Kind::ticket},
    {"intake", Kind::intake},     {"library", Kind::library}, {"guide", Kind::guide},
    {"status", Kind::status}};

constexpr std::pair<std::string_view, QuestionKind> question_kinds[] = {
    {"text", QuestionKind::text},     {"safety", QuestionKind::safety},
    {"choice", QuestionKind::choice}, {"party", QuestionKind::party},
    {"self", QuestionKind::self},     {"evidence", QuestionKind::evidence},
    {"way", QuestionKind::way},       {"consent", QuestionKind::consent},
    {"day", QuestionKind::day}};

std::set<std::string> ids_of(const auto& items) {
  std::set<std::string> ids;
  for (const auto& item : items) ids.insert(item.id);
  return ids;
}

Paper read_paper(Table& table) {
  return {.id = read_id(table, "id"),
          .name = local_text(table, "name", Need::required),
          .note = local_text(table, "note", Need::optional),
          .required = table.boolean("required", true)};
}

SlotRule read_slot_rule(Table& table) {
  const SlotRule usual;
  return {.minutes = table.integer("minutes", {.from = 5, .to = 240}),
          .horizon_days = table.integer("horizon_days", {.from = 1, .to = 60}),
          .soonest_minutes = table.integer("soonest_minutes", {.from = 0, .to = 10080}),
          .per_person_day =
              table.integer("per_person_day", {.from = 0, .to = 100}, usual.per_person_day),
          .no_phone_per_hour =
              table.integer("no_phone_per_hour", {.from = 0, .to = 1000}, usual.no_phone_per_hour)};
}

// The longest opening without a break, in minutes; 0 when it never opens.
int longest_span(const Hours& hours) {
  int longest = 0;
  for (const auto& day : hours.week) {
    for (const TimeSpan& span : day)
      longest = std::max(longest, span.end.minutes - span.start.minutes);
  }
  return longest;
}

void check_slots_fit(Table& table, const Service& service) {
  const int longest = longest_span(service.hours);
  if (longest == 0 || service.slots.minutes <= longest) return;
  table.wrong("slots", fmt::format("no slot of {} minutes fits the opening hours: write at most {}",
                                   service.slots.minutes, longest));
}

void check_one_contact(Table& table, const Service& service) {
  const auto contacts = std::ranges::count(service.questions, QuestionKind::self, &Question::kind);
  const auto wishes = std::ranges::count(service.questions, true, &Question::wish);
  const auto all = static_cast<std::ptrdiff_t>(service.questions.size());
  if (contacts == 1 && wishes <= 1 && all == contacts + wishes) return;
  table.wrong("question",
              "a booking asks who comes and how they may be reached: write [[question]] once with "
              "kind = \"self\", and once more at most, with kind = \"choice\" and wish = true");
}

}  // namespace

ServiceReader::ServiceReader(const Center& center, const std::set<std::string>& service_ids,
                             Surroundings& surroundings)
    : center_(center),
      service_ids_(service_ids),
      role_ids_(ids_of(center.roles)),
      room_ids_(ids_of(center.rooms)),
      surroundings_(surroundings) {}

std::vector<Choice> ServiceReader::read_choices(Table& table, std::string_view key,
                                                const PaperIds& papers) {
  return table.list(key, Need::required, [&](Table& choice) -> Choice {
    return {.id = read_id(choice, "id"),
            .name = local_text(choice, "name", Need::required),
            .hint = local_text(choice, "hint", Need::optional),
            .icon = read_icon(choice, Need::optional, surroundings_),
            .ask_safety = choice.boolean("ask_safety", false),
            .discreet = choice.boolean("discreet", false),
            .papers = choice.parsed_list("papers", Need::optional, one_of_known(papers, "paper")),
            .sources = read_citations(choice, "sources", Need::optional, surroundings_)};
  });
}

std::vector<Way> ServiceReader::read_ways(Table& table, Kind kind) {
  const std::set<std::string> known = {"onsite", "phone", "remote"};
  return table.list("way", Need::required, [&](Table& entry) {
    Way way{.id = entry.parsed("id", Need::required, one_of_known(known, "way")),
            .name = local_text(entry, "name", Need::required),
            .hint = local_text(entry, "hint", Need::optional),
            .icon = read_icon(entry, Need::required, surroundings_),
            .room = local_text(entry, "room", Need::optional),
            .rooms = {}};
    if (kind == Kind::booking) {
      way.capacity = entry.integer("capacity", {.from = 1, .to = 200});
      way.rooms = read_rooms(entry);
    }
    return way;
  });
}

// A room belongs to one way, so that two bookings never meet in it: ways do not ask each other.
std::vector<Room> ServiceReader::read_rooms(Table& table) {
  std::vector<Room> rooms;
  const auto ids = table.parsed_list("rooms", Need::optional, one_of_known(room_ids_, "room"));
  for (const std::string& id : ids) {
    if (!rooms_given_.insert(id).second) {
      table.wrong("rooms",
                  fmt::format("room `{}` is another way's: give each room to one way", id));
    }
    rooms.push_back(*std::ranges::find(center_.rooms, id, &Room::id));
  }
  return rooms;
}

void ServiceReader::read_notice(Table& table, Question& question) {
  question.sensitive = table.boolean("sensitive", false);
  question.purpose = local_text(table, "purpose", Need::required);
  question.basis = read_citations(table, "basis", Need::required, surroundings_);
  question.days_kept = table.integer("days_kept", {.from = 1, .to = 3650});
  question.readers = table.parsed_list("readers", Need::required, one_of_known(role_ids_, "role"));
}

Question ServiceReader::read_question(Table& table, const std::set<std::string>& earlier) {
  Question question;
  question.id = read_id(table, "id");
  question.title = local_text(table, "title", Need::required);
  question.hint = local_text(table, "hint", Need::optional);
  question.required = table.boolean("required", true);
  const auto kind = table.one_of<QuestionKind>("kind", Need::required, question_kinds);
  if (!kind) table.accept_all_keys();
  question.kind = kind.value_or(QuestionKind::self);
  if (!kind) return question;
  if (question.kind != QuestionKind::safety) read_notice(table, question);
  switch (question.kind) {
    case QuestionKind::text:
      question.limit = table.integer("limit", {.from = 1, .to = 4000}, question.limit);
      break;
    case QuestionKind::choice: question.wish = table.boolean("wish", false); [[fallthrough]];
    case QuestionKind::evidence: question.choices = read_choices(table, "choice", {}); break;
    case QuestionKind::consent:
      question.text = local_text(table, "text", Need::required);
      question.drops =
          table.parsed_list("drops", Need::optional, one_of_known(earlier, "earlier question"));
      if (!question.required && !table.has("drops")) {
        table.wrong("required", fmt::format("refusing `{}` would change nothing: name what it "
                                            "drops, or take `required` away",
                                            question.id));
      }
      break;
    case QuestionKind::day:
      question.limit_days = table.integer("limit_days", {.from = 1, .to = 3650}, 0);
      break;
    case QuestionKind::safety:
    case QuestionKind::party:
    case QuestionKind::self:
    case QuestionKind::way: break;
  }
  return question;
}

// Refusing a consent drops only sensitive answers, and every sensitive answer can be refused.
std::vector<Question> ServiceReader::read_questions(Table& table) {
  std::set<std::string> earlier;
  std::map<std::string, Place> sensitive;
  auto questions = table.list("question", Need::required, [&](Table& entry) {
    Question question = read_question(entry, earlier);
    earlier.insert(question.id);
    if (question.sensitive) sensitive.emplace(question.id, entry.place_of("sensitive"));
    for (const std::string& dropped : question.drops) sensitive.erase(dropped);
    return question;
  });
  for (const auto& [id, place] : sensitive) {
    table.report().add(place, fmt::format("no consent after it names `{}`: write drops = [\"{}\"] "
                                          "in the consent to sensitive data",
                                          id, id));
  }
  return questions;
}

// One capital letter a queue; discreet services may share one, so that a board tells nobody which
// of them a number waits for (care 11).
std::string ServiceReader::read_letter(Table& table, const Service& service) {
  std::string letter = table.parsed("letter", Need::required, [](Word word) -> Parsed<std::string> {
    if (word.text.size() == 1 && word.text[0] >= 'A' && word.text[0] <= 'Z') {
      return std::string(word.text);
    }
    return tl::unexpected(
        fmt::format("`{}` is no queue letter: write one capital letter, A to Z", word.text));
  });
  if (letter.empty()) return letter;
  const auto [queue, is_new] =
      queues_.try_emplace(letter, Queue{.service = service.id, .discreet = service.discreet});
  if (!is_new && !(service.discreet && queue->second.discreet)) {
    table.wrong("letter", fmt::format("queue letter `{}` belongs to `{}`: choose another one",
                                      letter, queue->second.service));
  }
  return letter;
}

Hours ServiceReader::read_service_hours(Table& table) {
  const Hours& center = center_.hours;
  Hours hours = table.table("hours", Need::optional, read_hours);
  if (!table.has("hours")) hours.week = center.week;
  hours.closed = read_closures(table);
  hours.closed.insert(hours.closed.end(), center.closed.begin(), center.closed.end());
  hours.make_up = center.make_up;
  return hours;
}

void ServiceReader::read_booking(Table& table, Service& service) {
  service.papers = table.list("paper", Need::optional, read_paper);
  service.choices = read_choices(table, "topic", ids_of(service.papers));
  service.ways = read_ways(table, service.kind);
  service.slots = table.table("slots", Need::required, read_slot_rule);
  service.questions = read_questions(table);
  service.promises = table.list("promise", Need::optional, read_local_text);
  check_slots_fit(table, service);
  check_one_contact(table, service);
}

void ServiceReader::read_ticket(Table& table, Service& service) {
  service.letter = read_letter(table, service);
  service.papers = table.list("paper", Need::optional, read_paper);
  service.choices = read_choices(table, "matter", ids_of(service.papers));
  service.promises = table.list("promise", Need::optional, read_local_text);
}

void ServiceReader::read_intake(Table& table, Service& service) {
  service.ways = read_ways(table, service.kind);
  service.questions = read_questions(table);
  service.promises = table.list("promise", Need::optional, read_local_text);
}

Service ServiceReader::read(Table& table, std::string id) {
  Service service;
  if (!is_id(id)) {
    table.report().add({}, fmt::format("`{}` is no id: name the file with small letters, digits, "
                                       "\"-\" and \"_\" only",
                                       id));
  }
  service.id = std::move(id);
  service.name = local_text(table, "name", Need::required);
  service.icon = read_icon(table, Need::required, surroundings_);
  service.discreet = table.boolean("discreet", false);
  service.where = local_text(table, "where", Need::optional);
  service.about = local_text(table, "about", Need::required);
  service.offline = local_text(table, "offline", Need::required);
  service.fee = local_text(table, "fee", Need::optional);
  service.hours = read_service_hours(table);
  service.sources = read_citations(table, "sources", Need::optional, surroundings_);
  service.next = table.parsed_list("next", Need::optional, one_of_known(service_ids_, "service"));
  const auto kind = table.one_of<Kind>("kind", Need::required, service_kinds);
  if (!kind) table.accept_all_keys();
  service.kind = kind.value_or(Kind::status);
  switch (service.kind) {
    case Kind::booking: read_booking(table, service); break;
    case Kind::ticket: read_ticket(table, service); break;
    case Kind::intake: read_intake(table, service); break;
    case Kind::guide:
    case Kind::external: service.papers = table.list("paper", Need::optional, read_paper); break;
    case Kind::library:
    case Kind::status: break;
  }
  return service;
}

}  // namespace service
