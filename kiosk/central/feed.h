// The feed: what has changed in a center since a kiosk last asked. Every row that kiosks see
// carries the version of its last change, so the feed is a query and keeps nothing of its own.
// Knows no op.
//
//   cursor := "c1:" version        everything up to this version is known
//
// Slots and tickets from today on go to every kiosk; bookings, requests and calls only to the kiosk
// that made them, and so does the news that one was erased (keeping.h), unless it starts from
// nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kiosk/central/center.h"
#include "kiosk/wire/messages.h"

namespace central {

struct FeedPage {
  std::vector<wire::Change> changes;  // by version
  std::string cursor;                 // to ask from next time
  bool more = false;                  // the page was full
  bool afresh = false;                // it is the first one: what was known before is void
};

// A cursor that is none, or lies ahead of this history, begins from the start.
Result<FeedPage> read_feed(Transaction& transaction, std::string_view kiosk_id,
                           std::string_view cursor, std::size_t page_size);

}  // namespace central
