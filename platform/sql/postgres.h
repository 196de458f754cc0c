// PostgreSQL as an engine of Database, through libpq. Programs that do not link it carry no libpq.
//
// Isolation is READ COMMITTED: whoever needs more locks the rows it decides by. Every error between
// begin and commit leaves the transaction aborted until ROLLBACK or ROLLBACK TO a savepoint.
#pragma once

#include <string>

#include "platform/sql/database.h"

namespace sql {

// `where` is a libpq connection string or URI (PostgreSQL manual, 34.1.1), for example
// "host=/run/postgresql dbname=kiosk" or "postgresql://kiosk@db.example/kiosk".
// storage ("connection") when nobody answers there or lets us in.
base::Result<Database> open_postgres(const std::string& where);

// A text for SQLite as PostgreSQL reads it: "?" and "?N" become "$N", "?" counting on from the
// highest number before it as SQLite does (sqlite.org/lang_expr.html#varparam).
std::string postgres_query(std::string_view words);
// A schema for SQLite: INTEGER becomes BIGINT, STRICT and WITHOUT ROWID go.
std::string postgres_schema(std::string_view statements);

}  // namespace sql
