// The central server's tables. Everything is keyed by center first, so that a fleet can be split by
// it. Times are UTC milliseconds, days and times of day are local to the center.
#pragma once

#include <span>

#include "platform/sql/database.h"

namespace central {

std::span<const sql::Migration> migrations();

}  // namespace central
