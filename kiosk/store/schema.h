// The tables that every kiosk has, whatever its services are; the tables of a feature stand in its
// own store. The comments in the SQL are the manual of each column.
#pragma once

#include <span>

#include "platform/sql/database.h"

namespace store {

// Numbered from 1; never edited after release.
std::span<const sql::Migration> schema();

}  // namespace store
