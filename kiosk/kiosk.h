// The kiosk's composition: which screen a service opens, what home says of each, where a code
// leads. The one place, with main.cpp, that knows every feature. UI thread only.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "kiosk/app/home_screen.h"
#include "kiosk/app/host.h"
#include "kiosk/assist/assist_store.h"
#include "kiosk/booking/booking_store.h"
#include "kiosk/input/keyboard.h"
#include "kiosk/intake/intake_store.h"
#include "kiosk/law/finder.h"
#include "kiosk/law/law_store.h"
#include "kiosk/service/catalogue.h"
#include "kiosk/slip/receipt.h"
#include "kiosk/staff/staff_screen.h"
#include "kiosk/status/status_screen.h"
#include "kiosk/store/store.h"
#include "kiosk/sync/lookup.h"
#include "kiosk/ticket/ticket_store.h"

namespace kiosk {

// Sets the sync thread going; does nothing on a kiosk without a server.
class Messenger {
 public:
  virtual ~Messenger() = default;
  virtual void sync_now() = 0;
};

// Everything outlives the kiosk.
struct Parts {
  base::World world;
  base::TimeZone zone;
  store::Store& store;
  law::LawStore& laws;
  law::Finder& finder;
  const law::LawContent& law_content;
  input::Keyboard& keyboard;
  slip::Press& press;
  syncing::Lookup& lookup;
  Messenger& messenger;
  bool alone = false;       // no server at all
  int laws_old_days = 180;  // see law::ScreenParts
};

// The features' own tables, on the UI's connection.
struct Stores {
  booking::BookingStore bookings;
  ticket::TicketStore tickets;
  intake::IntakeStore requests;
  static base::Result<Stores> open(store::Store& store);
};

class Kiosk final : public app::Host,
                    public app::FactSource,
                    public status::CaseSource,
                    public staff::Machine {
 public:
  Kiosk(const Parts& parts, service::Catalogue catalogue, Stores stores);
  Kiosk(const Kiosk&) = delete;
  Kiosk& operator=(const Kiosk&) = delete;
  ~Kiosk() override = default;

  // A newer menu from the server: only while nothing is open (app::Shell::at_rest); the caller
  // opens home anew, because the old one still points into the catalogue it showed.
  void replace(service::Catalogue catalogue);
  [[nodiscard]] const service::Catalogue& catalogue() const { return catalogue_; }

  // app::Host
  std::unique_ptr<ui::Screen> open(const std::string& service,
                                   const std::string& argument) override;
  [[nodiscard]] app::StateLine state(std::string_view language) const override;
  [[nodiscard]] bool staff_allowed() const override;
  void call_person(std::string_view place) override;
  [[nodiscard]] app::Assist assist() const override;
  [[nodiscard]] app::Desk desk(std::string_view language) const override;
  void forget_visit() override;

  // app::FactSource
  [[nodiscard]] app::Fact fact(const service::Service& service, const ui::Ui& ui) const override;
  [[nodiscard]] std::string now_called(const ui::Ui& ui) const override;
  [[nodiscard]] std::string outage(const ui::Ui& ui) const override;

  // status::CaseSource
  void ask(const std::string& code, const std::string& last4) override;
  [[nodiscard]] status::Answer answer() override;
  ui::Go open() override;
  void forget() override;

  // staff::Machine
  void sync_now() override { parts_.messenger.sync_now(); }
  [[nodiscard]] std::string library_words(const ui::Ui& ui) const override;
  [[nodiscard]] std::string calendar_words(const ui::Ui& ui) const override;

 private:
  // A case that was found, here or at the center, until it is shown or forgotten.
  struct Case {
    std::string code;
    std::string last4;
    std::optional<store::CaseAnswer> here;
    wire::LookupResponse there;
  };

  std::unique_ptr<ui::Screen> open_service(const service::Service& service,
                                           const std::string& argument);
  std::unique_ptr<ui::Screen> open_case();
  std::unique_ptr<ui::Screen> home();
  [[nodiscard]] bool offline() const;
  [[nodiscard]] app::Fact booking_fact(const service::Service& service, const ui::Ui& ui) const;
  [[nodiscard]] app::Fact ticket_fact(const service::Service& service, const ui::Ui& ui) const;

  Parts parts_;
  service::Catalogue catalogue_;
  // Reading changes nothing a visitor would notice, though the stores' functions are not const.
  mutable Stores stores_;
  mutable assist::AssistStore assists_;
  std::string call_;  // of this visit
  bool call_failed_ = false;
  Case case_;
  std::string name_;  // "1 号机", on slips
};

}  // namespace kiosk
