// The tables of the law library file, written once by library_store and opened read-only by
// law_store. The file is replaced as a whole, so there are no migrations: another shape is another
// `library_format`, and an older program refuses it. Days are ISO texts, "2026-11-23".
#pragma once

#include <string_view>

namespace law {

// PRAGMA user_version of the file.
inline constexpr int library_format = 1;
// PRAGMA application_id: "LawL".
inline constexpr int library_application = 0x4C61774C;

inline constexpr std::string_view library_schema = R"sql(
CREATE TABLE library (
  name  TEXT PRIMARY KEY,  -- collection, collected, region, indexed (documents of the index)
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE laws (
  id          INTEGER PRIMARY KEY,
  title       TEXT NOT NULL,     -- as set in the newest version
  short_title TEXT NOT NULL,     -- the name people use
  title_key   TEXT NOT NULL,     -- title_key(title), for comparing
  kind        INTEGER NOT NULL,  -- law::Kind
  category    TEXT NOT NULL,     -- of the collection, Chinese
  region      TEXT NOT NULL      -- of local rules; '' for national law
);
CREATE INDEX laws_by_key ON laws(title_key);

CREATE TABLE versions (
  id                 INTEGER PRIMARY KEY,
  law                INTEGER NOT NULL REFERENCES laws(id),
  position           INTEGER NOT NULL,  -- 0 the oldest
  dated              TEXT,              -- last adopted, amended or published
  says_effective     TEXT,              -- 自…起施行 of its closing article
  effective_day      TEXT,              -- law::Start of this version …
  effective_known_by TEXT,              -- … both parts
  superseded         INTEGER NOT NULL,  -- 1: a newer version follows
  superseded_day     TEXT,              -- law::Start of that
  superseded_known_by TEXT,
  repealed           INTEGER NOT NULL,  -- 1: another text repeals it
  repealed_day       TEXT,              -- law::Start of that
  repealed_known_by  TEXT,
  repealing_article  INTEGER,           -- articles.id that says so
  listed_in_force    TEXT,              -- the day on which the collection lists it as law in force
  searched           INTEGER NOT NULL,  -- 1: its articles are in the index
  first_article      INTEGER NOT NULL,  -- articles.id, without gaps up to …
  last_article       INTEGER NOT NULL,  -- … here
  path               TEXT NOT NULL,     -- file of the collection it was read from
  history            TEXT NOT NULL      -- adopted, amended, published: one line each
);
CREATE INDEX versions_by_law ON versions(law);

CREATE TABLE chapters (
  id            INTEGER PRIMARY KEY,
  version       INTEGER NOT NULL REFERENCES versions(id),
  parent        INTEGER REFERENCES chapters(id),  -- NULL at the top
  depth         INTEGER NOT NULL,                 -- 0 at the top
  title         TEXT NOT NULL,                    -- "第二章 劳动合同的订立"
  first_article INTEGER                           -- articles.id; NULL when nothing stands in it
);
CREATE INDEX chapters_by_version ON chapters(version);

CREATE TABLE articles (
  id      INTEGER PRIMARY KEY,                 -- also the number of the document in the index
  version INTEGER NOT NULL REFERENCES versions(id),
  chapter INTEGER REFERENCES chapters(id),     -- NULL without chapters
  number  INTEGER NOT NULL,                    -- 38 of 第三十八条之一; 0: no number
  branch  INTEGER NOT NULL,                    -- 1 of 第三十八条之一
  label   TEXT NOT NULL,                       -- "第三十八条之一", "一、", "序言"
  text    TEXT NOT NULL                        -- paragraphs and items, one line each
);

CREATE TABLE terms (
  term      INTEGER PRIMARY KEY,  -- law::Term
  frequency INTEGER NOT NULL,     -- documents that have it
  postings  BLOB NOT NULL         -- grammar in index.h
);
)sql";

}  // namespace law
