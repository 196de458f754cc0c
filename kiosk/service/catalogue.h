// 服务目录: the center, its menu and its services as values. Everything a screen or the server
// knows about a service comes from here, and this comes from config/ (service/read.h). Knows no
// file, screen or database. Texts are per language tag ("zh-Hans", "en").
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/clock.h"

namespace service {

// The text of one thing in every language; zh-Hans and en are always there after the check.
struct LocalText {
  std::map<std::string, std::string, std::less<>> by_language;
  // zh-Hans when the language has none.
  [[nodiscard]] const std::string& in(std::string_view language) const;
  [[nodiscard]] bool empty() const { return by_language.empty(); }
};

// A place in a law: "中华人民共和国公证法", "第十一条".
struct Citation {
  std::string law;
  std::string article;
};

struct TimeSpan {
  base::TimeOfDay start;
  base::TimeOfDay end;
};

// Days off, and why in words for visitors: a holiday, or a blackout day of the center, of a service
// or of a room.
struct Closure {
  base::Date from{};
  base::Date to{};  // inclusive
  LocalText reason;
};
// The one a day falls into; null when it falls into none.
const Closure* find_closure(const std::vector<Closure>& closures, base::Date day);

// 调休上班: a day off of the week on which the center works, with the hours of another weekday.
struct MakeUpDay {
  base::Date day{};
  int weekday = 0;  // 0 = Monday
};

// A closure goes before a make-up day, a make-up day before the week.
struct Hours {
  std::array<std::vector<TimeSpan>, 7> week;  // Monday first
  std::vector<Closure> closed;
  std::vector<MakeUpDay> make_up;
  [[nodiscard]] const std::vector<TimeSpan>& on(base::Date day) const;
  [[nodiscard]] const Closure* closure(base::Date day) const { return find_closure(closed, day); }
  [[nodiscard]] bool open_at(base::LocalTime time) const;
  // False: the week has no opening time at all, that is, the hours are not known here.
  [[nodiscard]] bool known() const;
};

struct Paper {
  std::string id;
  LocalText name;
  LocalText note;  // what counts as one, copies needed; may be empty
  bool required = true;
};

// Something to choose from a list: consultation topic, notary matter, dispute type.
struct Choice {
  std::string id;
  LocalText name;
  LocalText hint;                   // may be empty
  std::string icon;                 // file stem in assets/icons
  bool ask_safety = false;          // care 10: "are you safe now?" comes first
  bool discreet = false;            // care 11
  std::vector<std::string> papers;  // ids of Service::papers
  std::vector<Citation> sources;
};

// A room of the center that takes one booking at a time.
struct Room {
  std::string id;
  LocalText name;
  std::vector<Closure> closed;  // days on which nobody can be met there
};

// A way to meet: on site, by phone, remote.
struct Way {
  std::string id;  // "onsite" | "phone" | "remote"
  LocalText name;
  LocalText hint;
  std::string icon;
  LocalText room;           // where to go; may be empty
  std::vector<Room> rooms;  // booking: those it meets in; empty when it needs none of the center's
  int capacity = 0;         // booking: people a slot takes
  [[nodiscard]] std::size_t open_rooms(base::Date day) const;
  // Seats of a slot on this day: the capacity, but no more than rooms are open.
  [[nodiscard]] int seats_on(base::Date day) const;
  // Why no room is open on this day; null when one is, or none is needed.
  [[nodiscard]] const Closure* closure(base::Date day) const;
};

struct SlotRule {
  int minutes = 30;
  int horizon_days = 14;
  int soonest_minutes = 60;  // a slot that starts sooner is not offered
  // How many bookings of this service one telephone number makes a day, and one kiosk makes an hour
  // for people without a phone; 0 is no limit.
  int per_person_day = 0;
  int no_phone_per_hour = 0;
};

enum class QuestionKind {
  safety,    // care 10; its answer is kept nowhere, so it has no purpose, basis, days or readers
  choice,    // one of `choices`
  text,      // free text up to `limit` characters
  party,     // name and one way to reach them
  self,      // the visitor's own name and phone or "no phone"
  evidence,  // tick list of `choices`: have or not
  way,       // one of Service::ways
  consent,   // one consent card (care 17)
  day,       // a day on which a time limit ends or begins, "none" or "unknown" (care 8)
};

// One question a screen.
struct Question {
  std::string id;
  QuestionKind kind = QuestionKind::text;
  LocalText title;
  LocalText hint;
  bool required = true;
  // choice: the answer says whether, when and how the visitor may be reached (care 7, 10); nothing
  // is chosen beforehand, and nothing stands for an answer that was not given.
  bool wish = false;
  int limit = 500;              // characters, for text
  std::vector<Choice> choices;  // for choice and evidence
  LocalText text;          // consent: what is agreed to, in full; paragraphs as in Service::about
  bool sensitive = false;  // PIPL art. 28: kept only with the consent that names it (below)
  // consent: ids of the questions whose answers are dropped when this is refused. Empty means that
  // nothing is sent without this consent.
  std::vector<std::string> drops;
  // day: the time limit ends so many days after the day that was answered, which is not counted
  // itself (民法典 art. 201); 0: it ends on that day.
  int limit_days = 0;
  // care 17: why, on which ground, how long and for whom the answer is kept
  LocalText purpose;
  std::vector<Citation> basis;
  int days_kept = 0;
  std::vector<std::string> readers;  // ids of Center::roles
};

enum class Kind { booking, ticket, intake, library, guide, status, external };

struct Service {
  std::string id;  // file stem
  Kind kind = Kind::external;
  LocalText name;  // formal: "公证"
  std::string icon;
  bool discreet = false;
  std::string letter;  // of its queue, "B"
  LocalText where;     // "一层 3 号窗口"
  LocalText about;     // shown by guide and external; paragraphs are parted by an empty line
  LocalText offline;   // what works without the network, as one sentence
  LocalText fee;
  Hours hours;
  SlotRule slots;
  std::vector<Choice> choices;  // topics or matters
  std::vector<Way> ways;
  std::vector<Paper> papers;
  // intake: one a screen; booking: the one of kind self, and how they may be reached
  std::vector<Question> questions;
  std::vector<LocalText> promises;  // sentences the slip may carry: only what the center can keep
  std::vector<Citation> sources;
  std::vector<std::string> next;  // ids of services a guide leads to

  [[nodiscard]] const Choice* choice(std::string_view id) const;
  [[nodiscard]] const Way* way(std::string_view id) const;
  [[nodiscard]] const Paper* paper(std::string_view id) const;
  // The question of how the visitor may be reached; null when it is not asked.
  [[nodiscard]] const Question* wish() const;
  // Why the service, or all rooms of one way, are closed on this day; null when they are not.
  [[nodiscard]] const Closure* closure(base::Date day) const { return hours.closure(day); }
  [[nodiscard]] const Closure* closure(const Way& way, base::Date day) const;
};

enum class Seat { first, search, main, small };

struct Tile {
  std::string service;
  Seat seat = Seat::small;
  LocalText title;  // as residents say it
  LocalText line;   // empty on small tiles
};

// Care 10: one help for a person who is not safe now: police, protection order, shelter, aid.
struct SafetyHelp {
  LocalText name;
  LocalText text;
  std::string icon;
  std::vector<Citation> sources;
};

// Who at the center may read an answer: "mediator".
struct Role {
  std::string id;
  LocalText name;
};

struct Center {
  std::string id;  // "dongcheng-sample"
  LocalText name;
  LocalText address;
  LocalText desk;     // where the staffed desk is
  std::string phone;  // "" reads "not known here"
  Hours hours;        // holidays and make-up days are in
  std::vector<Room> rooms;
  std::vector<Role> roles;
  std::vector<SafetyHelp> safety;  // shown with one touch on every path that asks for safety
};

// What is known of a calendar year's days off (config/holidays.toml).
struct HolidayYear {
  int year = 0;
  // The State Council's notice that moves days; "" before the center has entered it: then the days
  // off are only those of the law, and there is no make-up day.
  std::string notice;
  std::vector<Closure> holidays;
  std::vector<MakeUpDay> make_up;
};

struct Catalogue {
  Center center;
  std::vector<HolidayYear> holidays;
  std::vector<Tile> tiles;
  std::vector<Service> services;
  [[nodiscard]] const Service* find(std::string_view id) const;
};

// The first year that can be booked into before its notice is entered here.
struct CalendarGap {
  int year = 0;
  bool statutory = false;  // the holidays of the law are known, if nothing else
  base::Date last_bookable{};
};
// Nothing while bookings reach into years with a notice only.
std::optional<CalendarGap> calendar_gap(const Catalogue& catalogue, base::Date today);

// The slots of one day and way, expanded from hours, closures and rule; seats are
// way.seats_on(day). A slot never runs past the end of a span.
std::vector<TimeSpan> slots_of_day(const Service& service, const Way& way, base::Date day);

}  // namespace service
