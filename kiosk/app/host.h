// What the shell asks of the program around it: screens by service, the state line, calls for a
// person, and to forget the visit. Implemented once, by kiosk/app/kiosk.cpp, and by tests.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "kiosk/ui/screen.h"
#include "platform/base/clock.h"

namespace app {

enum class Network {
  online,   // the server answered lately
  offline,  // it did not
  none,     // this kiosk works without a server
};

struct StateLine {
  std::string center;  // in the visit's language
  base::LocalTime now;
  Network network = Network::offline;
  bool staff = false;       // staff mode: the bar is amber
  bool staff_look = false;  // staff are asked to open their page: a legal day is near (care 8)
};

// The last call for a person made in this visit.
enum class Assist {
  none,
  sending,   // not at the server yet
  waiting,   // at the counter, nobody has accepted
  accepted,  // "a colleague is coming"
  offline,   // could not be sent: the bell and the desk
};

struct Desk {
  std::string where;
  std::string phone;  // "" when not known here
};

class Host {
 public:
  virtual ~Host() = default;
  // The screen of a service; home for "" and for what is not known.
  virtual std::unique_ptr<ui::Screen> open(const std::string& service,
                                           const std::string& argument) = 0;
  [[nodiscard]] virtual StateLine state(std::string_view language) const = 0;
  // False while no staff PIN is set: the corner gesture does nothing.
  [[nodiscard]] virtual bool staff_allowed() const = 0;
  virtual void call_person(std::string_view place) = 0;
  [[nodiscard]] virtual Assist assist() const = 0;
  [[nodiscard]] virtual Desk desk(std::string_view language) const = 0;
  // Nothing of the visitor may be found afterwards: keyboard, drafts, the call for a person.
  virtual void forget_visit() = 0;
};

}  // namespace app
