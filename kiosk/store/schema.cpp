#include "kiosk/store/schema.h"

#include <array>

namespace store {
namespace {

constexpr std::string_view version_1 = R"sql(
-- Which migrations a feature's own tables have seen.
CREATE TABLE schema_part (
  name    TEXT PRIMARY KEY,  -- "booking"
  version INTEGER NOT NULL   -- the last migration of that part, from 1
) STRICT;

-- The last sequence number given out: seq has no gaps (protocol rule 1), and pruned rows of the
-- outbox must not free their numbers.
CREATE TABLE sequence (
  one  INTEGER PRIMARY KEY CHECK (one = 1),  -- this table has one row
  last INTEGER NOT NULL                      -- 0 before the first op
) STRICT;
INSERT INTO sequence VALUES (1, 0);

-- What this kiosk has to tell the center. A row never changes what it says; only what is known
-- about its fate changes.
CREATE TABLE outbox (
  seq         INTEGER PRIMARY KEY,  -- per kiosk, from 1, without gaps
  id          TEXT NOT NULL UNIQUE, -- UUIDv7 of the op
  kind        TEXT NOT NULL,        -- "booking.request", as on the wire
  record      TEXT NOT NULL,        -- id of the record it belongs to; its own id when it makes one
  bytes       BLOB NOT NULL,        -- the JSON exactly as it goes over the wire, every time
  created_ms  INTEGER NOT NULL,     -- UTC, when the visitor confirmed
  legal_day   TEXT,                 -- ISO date, the earliest legal day it protects; NULL: none
  state       TEXT NOT NULL DEFAULT 'waiting'
              CHECK (state IN ('waiting', 'accepted', 'refused')),  -- accepted: durable result
  hold_ms     INTEGER,              -- UTC, deferred by the server: not sent again before; or NULL
  code        TEXT NOT NULL DEFAULT '',  -- why refused or deferred; "" otherwise
  data        TEXT NOT NULL DEFAULT '',  -- the last promise as JSON; "" before the first
  answered_ms INTEGER               -- UTC, when the last result came; NULL before
) STRICT;
CREATE INDEX outbox_waiting ON outbox (seq) WHERE state = 'waiting';
CREATE INDEX outbox_record ON outbox (record, seq);

-- The center's states as the feed told them: slots, tickets, records.
CREATE TABLE mirror (
  type TEXT NOT NULL,  -- "slot" | "ticket" | "booking" | "request" | "assist"
  key  TEXT NOT NULL,  -- slot key, or the id of the op that made the record
  data TEXT NOT NULL,  -- its JSON object, as sent
  PRIMARY KEY (type, key)
) STRICT, WITHOUT ROWID;

-- Who this kiosk is to the center, how far the two have come, and how the last try went.
CREATE TABLE sync_state (
  one             INTEGER PRIMARY KEY CHECK (one = 1),  -- this table has one row
  kiosk_id        TEXT NOT NULL,     -- UUIDv7 from enrolment; "" before
  number          INTEGER NOT NULL,  -- the kiosk's number in its center; 1 before enrolment
  center_id       TEXT NOT NULL,     -- "" before enrolment
  epoch           TEXT NOT NULL,     -- the server's life; another one after a restore
  cursor          TEXT NOT NULL,     -- place in the feed; "" from the beginning
  applied_through INTEGER NOT NULL,  -- highest seq below which the server has every result
  caught_up       INTEGER NOT NULL,  -- 1: the last answer said that no further changes wait
  last_success_ms INTEGER,           -- UTC, the last complete exchange; NULL: none yet
  last_error      TEXT NOT NULL,     -- code of the last failure; "" when the last try succeeded
  content_error   TEXT NOT NULL,     -- why the newest content could not be fetched; "" when it was
  clock_offset_ms INTEGER NOT NULL,  -- server's time minus this machine's
  next_poll_s     INTEGER NOT NULL,  -- seconds, as the server asked
  manifest        TEXT NOT NULL      -- sha256 of the manifest whose packs are all here; or ""
) STRICT;
INSERT INTO sync_state VALUES (1, '', 1, '', '', '', 0, 0, NULL, '', '', 0, 20, '');

-- Content: immutable, named by what it is.
CREATE TABLE pack (
  name       TEXT NOT NULL,     -- "catalogue"
  sha256     TEXT NOT NULL,     -- of bytes, lower-case hexadecimal
  bytes      BLOB NOT NULL,     -- as the server sent them
  state      TEXT NOT NULL CHECK (state IN ('candidate', 'active', 'previous', 'unusable')),
  fetched_ms INTEGER NOT NULL,  -- UTC
  PRIMARY KEY (name, sha256)
) STRICT, WITHOUT ROWID;

-- Where a case code leads, for look-ups without a network. Holds no code (care 19).
CREATE TABLE case_index (
  lookup     TEXT PRIMARY KEY,  -- HMAC over code and last four digits, key outside this file
  kind       TEXT NOT NULL,     -- "booking" | "request"
  record     TEXT NOT NULL,     -- id of the record
  created_ms INTEGER NOT NULL   -- UTC
) STRICT, WITHOUT ROWID;

-- Wrong tries per code: five, then an hour (care 19).
CREATE TABLE case_try (
  code    TEXT PRIMARY KEY,  -- HMAC over the code alone
  tries   INTEGER NOT NULL,  -- wrong ones since the last right one or since the lock ended
  last_ms INTEGER NOT NULL   -- UTC of the last wrong one
) STRICT, WITHOUT ROWID;

-- The door of the staff screens. No row: no PIN was set, the door does not exist.
CREATE TABLE staff_pin (
  one     INTEGER PRIMARY KEY CHECK (one = 1),  -- this table has one row at most
  hash    TEXT NOT NULL,     -- argon2id with its salt
  tries   INTEGER NOT NULL,  -- wrong ones in a row, counted before each check
  last_ms INTEGER NOT NULL   -- UTC of the last try
) STRICT;
)sql";

constexpr std::string_view version_2 = R"sql(
ALTER TABLE sync_state ADD COLUMN
  keep_days INTEGER NOT NULL DEFAULT 7;  -- days that accepted ops are kept, as the server asked
)sql";

constexpr std::string_view version_3 = R"sql(
ALTER TABLE sync_state ADD COLUMN
  fleet INTEGER NOT NULL DEFAULT 0;  -- 1: this kiosk is one of very many, says the server
)sql";

constexpr std::string_view version_4 = R"sql(
ALTER TABLE outbox ADD COLUMN
  offline INTEGER NOT NULL DEFAULT 0;  -- 1: there was no line to the center when it was made
ALTER TABLE outbox ADD COLUMN
  legal_outcome TEXT NOT NULL DEFAULT '';  -- what a person did about its legal day: 'handed_in' |
                                           -- 'told' | 'not_needed'; '' while nobody wrote it down
CREATE INDEX outbox_legal ON outbox (legal_day) WHERE legal_day IS NOT NULL;
)sql";

constexpr std::array migrations{sql::Migration{1, version_1}, sql::Migration{2, version_2},
                                sql::Migration{3, version_3}, sql::Migration{4, version_4}};

}  // namespace

std::span<const sql::Migration> schema() {
  return migrations;
}

}  // namespace store
