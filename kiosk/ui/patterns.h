// The patterns that several screens share: head with the axis, action bar, tiles, list rows, review
// rows, QR. Composed from Ui's widgets; no knowledge of any service. Sizes by design/look.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/ui/screen.h"
#include "kiosk/ui/ui.h"
#include "platform/device/qr.h"

namespace ui {

// Head of a flow: what this is, step n of m on the axis. In landscape head and `chosen` (what was
// answered so far, one line each) stand at the left. Returns the area of the question and answers.
struct Head {
  std::string_view icon;
  std::string title;
  int step = 0;  // from 1; 0: no axis
  int steps = 0;
  std::vector<std::string> chosen = {};
};
Area flow_head(Ui& ui, const Page& page, const Head& head);

// The question of the screen and one line of hint; the rest of the area comes back. Where the
// keyboard leaves hardly any height the hint gives way.
Area question(Ui& ui, Area area, std::string_view words, std::string_view hint = {});

enum class Action { none, back, stop, primary, secondary };
struct Actions {
  bool back = true;
  bool stop = true;
  std::string primary = {};  // empty: none
  std::string_view primary_icon = "next";
  bool enabled = true;         // of the primary
  std::string secondary = {};  // stands before the primary
  std::string_view secondary_icon = {};
};
// Ids: "action.back", "action.stop", "action.primary", "action.secondary".
Action action_bar(Ui& ui, const Page& page, const Actions& actions);

// A big tile of home: icon seat, title, one line, one fact.
struct TileFace {
  std::string_view icon;
  std::string title;
  std::string line = {};
  std::string fact = {};
  Tone tone = Tone::tint;
};
bool hero_tile(Ui& ui, std::string_view id, Area area, const TileFace& face);
bool main_tile(Ui& ui, std::string_view id, Area area, const TileFace& face, float title_size);
// One size for the titles of tiles of that size that stand together.
float main_title_size(Ui& ui, Area tile, const std::vector<std::string>& titles);
float small_title_size(Ui& ui, Area tile, const std::vector<std::string>& titles);
bool small_tile(Ui& ui, std::string_view id, Area area, const TileFace& face, float title_size);

// A row of a list: icon or tick box, title, second line, word of state at the right.
struct RowFace {
  std::string_view icon = {};
  std::string title;
  std::string line = {};
  std::string state = {};
  bool selected = false;
  bool tick_box = false;  // a box that can be ticked instead of the icon
  bool chevron = false;
  bool enabled = true;
};
bool list_row(Ui& ui, std::string_view id, Area area, const RowFace& face);
// The height a row needs for its words at this width.
float row_height(Ui& ui, const RowFace& face, float width);

// A scroll whose bar stands in the margin, where a focus ring has room too. Draw into the column
// that comes back, as wide as the view and without end, then Ui::end_scroll.
Area begin_column(Ui& ui, std::string_view id, Area view, Kinetic& kinetic);

// Rows one below the other inside a scroll, each as high as it needs. Ids "<prefix>.<id>".
// Returns the index that was touched, or -1.
struct ListItem {
  std::string id;
  RowFace face;
};
int list(Ui& ui, std::string_view prefix, Area view, Kinetic& kinetic,
         const std::vector<ListItem>& items, int columns = 1);

// Label above value, "change" at the right; true when it was touched.
float review_height(Ui& ui, std::string_view label, std::string_view value, float width);
bool review_row(Ui& ui, std::string_view id, Area area, std::string_view label,
                std::string_view value, bool changeable = true);

// Seats of two fields that are filled in together: one below the other, or side by side where the
// keyboard leaves no height for that.
struct TwoFields {
  std::string_view first_error = {};  // the sentences that need a seat
  std::string_view second_error = {};
  float beside = 0;  // width of a button at the right of the second field
};
struct FieldSeat {
  Area label;
  Area field;
  Area beside;
  Area error;
};
struct FieldSeats {
  FieldSeat first;
  FieldSeat second;
  Area below;
};
FieldSeats field_seats(Ui& ui, Area content, const TwoFields& wanted);
// style.name as a label above the field, style.error in its seat; true when the field was touched.
bool labelled_field(Ui& ui, std::string_view id, const FieldSeat& seat, TextField& typed,
                    Ui::FieldStyle style);

// Black on white with the quiet zone, as large as whole pixels allow.
void draw_qr(Painter& painter, Area area, const device::QrCode& code);

// A full page: icon, sentence, up to two buttons of one size. For confirmations and empty states.
struct Notice {
  std::string_view icon = {};
  std::string title = {};
  std::string body = {};
  std::string safe = {};   // filled button, id "notice.safe"
  std::string other = {};  // id "notice.other"
  Tone tone = Tone::tint;
};
enum class NoticeAnswer { none, safe, other };
NoticeAnswer notice_page(Ui& ui, Area area, const Notice& notice);

}  // namespace ui
