#include "kiosk/central/schema.h"

#include <array>

namespace central {
namespace {

constexpr std::array all_migrations{sql::Migration{1, R"sql(
CREATE TABLE center (
  id               TEXT PRIMARY KEY,  -- as in config/center.toml
  epoch            TEXT NOT NULL,     -- UUID of this history; another one after a restored backup
  version          INTEGER NOT NULL,  -- of the newest change in the feed; grows with every change
  manifest_version INTEGER NOT NULL,  -- grows when other content is published
  catalogue_sha256 TEXT NOT NULL,     -- of the catalogue pack that is published; '' before the first
  started_ms       INTEGER NOT NULL   -- when a server last began to serve this center
) STRICT, WITHOUT ROWID;

CREATE TABLE enrol_code (
  center_id  TEXT NOT NULL,     -- center the code enrols to
  code_hash  TEXT NOT NULL,     -- SHA-256 of the code, hexadecimal; the code itself is kept nowhere
  expires_ms INTEGER NOT NULL,  -- when it is worth nothing any more
  kiosk_id   TEXT,              -- the kiosk that used it; NULL before
  PRIMARY KEY (center_id, code_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE kiosk (
  center_id       TEXT NOT NULL,     -- center it stands in
  id              TEXT NOT NULL,     -- UUIDv7
  number          INTEGER NOT NULL,  -- from 1; never given to another kiosk
  public_key      TEXT NOT NULL,     -- ed25519, base64url
  enrolled_ms     INTEGER NOT NULL,  -- when
  contact_ms      INTEGER NOT NULL,  -- its last signed sync
  applied_through INTEGER NOT NULL,  -- highest seq below which every op has a result
  PRIMARY KEY (center_id, id),
  UNIQUE (center_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE op (
  center_id TEXT NOT NULL,     -- center it belongs to
  op_id     TEXT NOT NULL,     -- UUIDv7, made by the kiosk
  kiosk_id  TEXT NOT NULL,     -- who sent it
  seq       INTEGER NOT NULL,  -- its place in the kiosk's order
  kind      TEXT NOT NULL,     -- 'booking.request' …
  hash      TEXT NOT NULL,     -- SHA-256 of the op's bytes, hexadecimal
  applied   INTEGER NOT NULL,  -- 1 applied, 0 rejected
  code      TEXT NOT NULL,     -- why rejected; '' otherwise
  data      TEXT NOT NULL,     -- JSON of what was promised
  done_ms   INTEGER NOT NULL,  -- when it was decided
  PRIMARY KEY (center_id, op_id)
) STRICT, WITHOUT ROWID;

-- Results behind a gap; a row goes as soon as kiosk.applied_through reaches it.
CREATE TABLE seq_ahead (
  center_id TEXT NOT NULL,     -- center
  kiosk_id  TEXT NOT NULL,     -- kiosk
  seq       INTEGER NOT NULL,  -- has a result, but one below it has none yet
  PRIMARY KEY (center_id, kiosk_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE slot (
  center_id  TEXT NOT NULL,               -- center
  key        TEXT NOT NULL,               -- 'consult|onsite|2026-11-24T14:00'
  service    TEXT NOT NULL,               -- id of the service
  way        TEXT NOT NULL,               -- id of the way
  day        TEXT NOT NULL,               -- ISO date
  start_time TEXT NOT NULL,               -- '14:00'
  end_time   TEXT NOT NULL,               -- '14:30'
  start_ms   INTEGER NOT NULL,            -- the same instant as day and start_time
  room       TEXT NOT NULL,               -- where to go; '' when the way has none
  offered    INTEGER NOT NULL,            -- seats the catalogue offers; 0 once it has taken the slot back
  capacity   INTEGER NOT NULL,            -- seats there are: offered, or more while people sit in them
  taken      INTEGER NOT NULL DEFAULT 0,  -- seats confirmed
  held       INTEGER NOT NULL DEFAULT 0,  -- seats held while a form is filled in (not used yet)
  leased     INTEGER NOT NULL DEFAULT 0,  -- seats lent to kiosks for offline use (not used yet)
  version    INTEGER NOT NULL,            -- of its last change in the feed
  PRIMARY KEY (center_id, key),
  CHECK (taken >= 0 AND taken + held + leased <= capacity)
) STRICT, WITHOUT ROWID;
CREATE INDEX slot_version ON slot (center_id, version);

CREATE TABLE booking (
  center_id  TEXT NOT NULL,     -- center
  id         TEXT NOT NULL,     -- id of the op that made it
  kiosk_id   TEXT NOT NULL,     -- where it was made
  service    TEXT NOT NULL,     -- id of the service
  topic      TEXT NOT NULL,     -- id of the topic; '' when none was asked
  way        TEXT NOT NULL,     -- id of the way
  slot       TEXT NOT NULL,     -- key of the slot it stands in or waits for
  state      TEXT NOT NULL,     -- 'confirmed' | 'waitlisted' | 'cancelled'
  queued_ms  INTEGER NOT NULL,  -- since when it waits for or sits in this slot
  name       TEXT NOT NULL,     -- personal
  phone      TEXT NOT NULL,     -- personal; '' for none
  code_key   TEXT NOT NULL,     -- keyed hash of the case code
  case_key   TEXT NOT NULL,     -- keyed hash of case code and last four digits
  changed_ms INTEGER NOT NULL,  -- last change of state or slot
  version    INTEGER NOT NULL,  -- of its last change in the feed
  PRIMARY KEY (center_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX booking_version ON booking (center_id, kiosk_id, version);
CREATE INDEX booking_code ON booking (center_id, code_key);
CREATE INDEX booking_slot ON booking (center_id, slot, state, queued_ms);

-- The last number given in a queue. Services that share a letter share the queue's numbers.
CREATE TABLE ticket_counter (
  center_id TEXT NOT NULL,     -- center
  letter    TEXT NOT NULL,     -- of the queue, 'B'
  day       TEXT NOT NULL,     -- ISO date
  last      INTEGER NOT NULL,  -- from 1
  PRIMARY KEY (center_id, letter, day)
) STRICT, WITHOUT ROWID;

CREATE TABLE ticket (
  center_id  TEXT NOT NULL,     -- center
  id         TEXT NOT NULL,     -- id of the draw
  kiosk_id   TEXT NOT NULL,     -- where it was drawn
  service    TEXT NOT NULL,     -- id of the service
  matter     TEXT NOT NULL,     -- id of the matter; '' when none was asked
  day        TEXT NOT NULL,     -- ISO date of the queue
  number     TEXT NOT NULL,     -- 'B037' from the counter or 'B2-05' from the kiosk's paper
  issued     INTEGER NOT NULL,  -- 1 once the kiosk said which number the visitor holds
  state      TEXT NOT NULL,     -- 'waiting' | 'called' | 'done' | 'no_show' | 'cancelled'
  position   INTEGER NOT NULL,  -- order in the queue: when it was drawn, UTC ms, as far as believed
  counter    TEXT NOT NULL,     -- where it was called to; '' before
  called_ms  INTEGER,           -- last call; NULL before
  calls      INTEGER NOT NULL,  -- how often it was called
  version    INTEGER NOT NULL,  -- of its last change in the feed
  PRIMARY KEY (center_id, id),
  UNIQUE (center_id, day, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX ticket_version ON ticket (center_id, version);

CREATE TABLE request (
  center_id  TEXT NOT NULL,     -- center
  id         TEXT NOT NULL,     -- id of the op that made it
  kiosk_id   TEXT NOT NULL,     -- where it was filed
  service    TEXT NOT NULL,     -- id of the service
  way        TEXT NOT NULL,     -- id of the way; '' when none was asked
  state      TEXT NOT NULL,     -- 'received' | 'reviewing' | 'accepted' | 'refused' | 'closed'
  reason     TEXT NOT NULL,     -- staff's sentence to the visitor; '' for none
  answers    TEXT NOT NULL,     -- personal: JSON, question id → answer
  code_key   TEXT NOT NULL,     -- keyed hash of the case code
  case_key   TEXT NOT NULL,     -- keyed hash of case code and last four digits
  filed_ms   INTEGER NOT NULL,  -- when it arrived here
  changed_ms INTEGER NOT NULL,  -- last change of state
  version    INTEGER NOT NULL,  -- of its last change in the feed
  PRIMARY KEY (center_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX request_version ON request (center_id, kiosk_id, version);
CREATE INDEX request_code ON request (center_id, code_key);

CREATE TABLE assist (
  center_id  TEXT NOT NULL,     -- center
  id         TEXT NOT NULL,     -- id of the op that made it
  kiosk_id   TEXT NOT NULL,     -- where a person is asked for
  place      TEXT NOT NULL,     -- screen it was asked from, 'booking.slot'
  state      TEXT NOT NULL,     -- 'open' | 'accepted' | 'done'
  asked_ms   INTEGER NOT NULL,  -- when it arrived here
  changed_ms INTEGER NOT NULL,  -- last change of state
  version    INTEGER NOT NULL,  -- of its last change in the feed
  PRIMARY KEY (center_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX assist_version ON assist (center_id, kiosk_id, version);

-- Wrong tries with a case code, whether there is such a code or not.
CREATE TABLE case_try (
  center_id TEXT NOT NULL,     -- center
  code_key  TEXT NOT NULL,     -- keyed hash of the case code
  wrong     INTEGER NOT NULL,  -- in a row
  last_ms   INTEGER NOT NULL,  -- the last wrong one
  PRIMARY KEY (center_id, code_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX case_try_last ON case_try (center_id, last_ms);
)sql"},
                                    sql::Migration{2, R"sql(
ALTER TABLE center ADD COLUMN
  erased_ms INTEGER NOT NULL DEFAULT 0;  -- when nothing was too old to be kept; 0 before

ALTER TABLE op ADD COLUMN
  gone_version INTEGER;  -- of the feed, when its record was erased; NULL while there is one
CREATE INDEX op_gone ON op (center_id, kiosk_id, gone_version) WHERE gone_version IS NOT NULL;

ALTER TABLE booking ADD COLUMN
  made_ms INTEGER NOT NULL DEFAULT 0;  -- when it arrived here
UPDATE booking SET made_ms = (
  SELECT done_ms FROM op WHERE op.center_id = booking.center_id AND op.op_id = booking.id);
CREATE INDEX booking_made ON booking (center_id, made_ms);
CREATE INDEX request_filed ON request (center_id, filed_ms);
CREATE INDEX assist_asked ON assist (center_id, asked_ms);

-- How many records were erased because their days were over.
CREATE TABLE erased (
  center_id TEXT NOT NULL,     -- center
  kind      TEXT NOT NULL,     -- 'booking' | 'answer' | 'request' | 'ticket' | 'call'
  records   INTEGER NOT NULL,  -- since there is this database
  PRIMARY KEY (center_id, kind)
) STRICT, WITHOUT ROWID;
)sql"},
                                    sql::Migration{3, R"sql(
ALTER TABLE center ADD COLUMN
  restored_ms INTEGER NOT NULL DEFAULT 0;  -- when this epoch began on a restored backup; 0: it did not
ALTER TABLE center ADD COLUMN
  case_key_mark TEXT NOT NULL DEFAULT '';  -- keyed hash of a fixed word, tells another case.key; '' before
)sql"},
                                    sql::Migration{4, R"sql(
ALTER TABLE booking ADD COLUMN
  withdrawn TEXT NOT NULL DEFAULT '';  -- 'day_closed' | 'room_closed' | 'slot_closed'; '' while its
                                       -- seat is offered
ALTER TABLE booking ADD COLUMN
  person TEXT NOT NULL DEFAULT '';  -- keyed hash of the phone until its day is over; '' then, and for
                                    -- people without one
CREATE INDEX booking_person ON booking (center_id, made_ms) WHERE person <> '';

-- How often somebody has booked on one day, for the limits of the catalogue.
CREATE TABLE booking_count (
  center_id TEXT NOT NULL,     -- center
  day       TEXT NOT NULL,     -- ISO date, local; the row goes when it is over
  service   TEXT NOT NULL,     -- id of the service
  who       TEXT NOT NULL,     -- keyed hash of the phone; without one '<kiosk id>|<hour>'
  bookings  INTEGER NOT NULL,  -- made, less those cancelled on the same day
  PRIMARY KEY (center_id, day, service, who)
) STRICT, WITHOUT ROWID;
)sql"},
                                    sql::Migration{5, R"sql(
-- The legal days that ops protect, and what people did about them. Nothing personal.
CREATE TABLE legal_day (
  center_id  TEXT NOT NULL,     -- center
  id         TEXT NOT NULL,     -- id of the op that brought it, and of its record
  kiosk_id   TEXT NOT NULL,     -- where it was filed
  kind       TEXT NOT NULL,     -- of the op, 'intake.file'
  day        TEXT NOT NULL,     -- ISO date; 'unknown': the visitor could not say
  taken      INTEGER NOT NULL,  -- 1 applied, 0 rejected
  offline    INTEGER NOT NULL,  -- 1: the visitor had left before it arrived
  arrived_ms INTEGER NOT NULL,  -- when
  outcome    TEXT NOT NULL,     -- 'handed_in' | 'told' | 'not_needed'; '' while it is open
  settled_ms INTEGER NOT NULL,  -- when the outcome was written down; 0 before
  PRIMARY KEY (center_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX legal_day_open ON legal_day (center_id, day) WHERE outcome = '';
)sql"},
                                    sql::Migration{6, R"sql(
ALTER TABLE booking ADD COLUMN
  answers TEXT NOT NULL DEFAULT '';  -- personal: JSON as of an intake, what was asked besides name
                                     -- and phone; '' for nothing

-- What visitors have to be told because it changed after they left.
CREATE TABLE to_tell (
  center_id TEXT NOT NULL,     -- center
  record    TEXT NOT NULL,     -- id of the booking or request
  number    INTEGER NOT NULL,  -- of the task among those of its record, from 1; the last may be open
  type      TEXT NOT NULL,     -- 'booking' | 'request'
  change    TEXT NOT NULL,     -- 'confirmed' | 'waitlisted' | 'cancelled' | 'refused' |
                               -- 'withdrawn' | 'offered' | 'accepted' | 'closed'
  reason    TEXT NOT NULL,     -- staff's sentence or a code; '' for none
  contact   TEXT NOT NULL,     -- personal: what was filed, JSON, when there is no record; else ''
  made_ms   INTEGER NOT NULL,  -- when it changed
  due_ms    INTEGER NOT NULL,  -- by when they should know
  outcome   TEXT NOT NULL,     -- 'reached' | 'not_reached' | 'not_wanted' | 'told_at_kiosk'; ''
                               -- while it is open
  closed_ms INTEGER NOT NULL,  -- when the outcome was written down; 0 before
  PRIMARY KEY (center_id, record, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX to_tell_open ON to_tell (center_id, due_ms) WHERE outcome = '';
)sql"}};

}  // namespace

std::span<const sql::Migration> migrations() {
  return all_migrations;
}

}  // namespace central
