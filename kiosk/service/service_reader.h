// Reads services/*.toml, one after the other, against the center and against each other: papers,
// roles, queue letters and other services they name must be there. Knows no file system (read.h).
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/service/catalogue.h"
#include "kiosk/service/fields.h"
#include "kiosk/service/table.h"

namespace service {

class ServiceReader {
 public:
  // All of them outlive the reader.
  ServiceReader(const Center& center, const std::set<std::string>& service_ids,
                Surroundings& surroundings);

  Service read(Table& table, std::string id);

 private:
  using PaperIds = std::set<std::string>;

  void read_booking(Table& table, Service& service);
  void read_ticket(Table& table, Service& service);
  void read_intake(Table& table, Service& service);

  Hours read_service_hours(Table& table);
  std::string read_letter(Table& table, const Service& service);
  std::vector<Choice> read_choices(Table& table, std::string_view key, const PaperIds& papers);
  std::vector<Way> read_ways(Table& table, Kind kind);
  std::vector<Room> read_rooms(Table& table);
  std::vector<Question> read_questions(Table& table);
  void read_notice(Table& table, Question& question);
  Question read_question(Table& table, const std::set<std::string>& earlier);

  struct Queue {
    std::string service;
    bool discreet;
  };

  const Center& center_;
  const std::set<std::string>& service_ids_;
  std::set<std::string> role_ids_;
  std::set<std::string> room_ids_;
  Surroundings& surroundings_;
  std::map<std::string, Queue, std::less<>> queues_;  // by letter
  std::set<std::string> rooms_given_;
};

}  // namespace service
