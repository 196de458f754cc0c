#include "kiosk/touch_map.h"

#include <fmt/format.h>

namespace kiosk {
namespace {

bool can_be_tapped(const ui::Node& node) {
  return node.enabled && !node.id.empty() &&
         node.view.contains(node.bounds.center_x(), node.bounds.center_y());
}

}  // namespace

base::Result<void> TouchMap::update(const std::vector<ui::Node>& nodes, float scale) {
  if (file_.empty()) return {};
  std::string map;
  for (const ui::Node& node : nodes) {
    if (!can_be_tapped(node)) continue;
    map += fmt::format("{}\t{:.0f}\t{:.0f}\n", node.id, node.bounds.center_x() * scale,
                       node.bounds.center_y() * scale);
  }
  if (map == written_) return {};
  TRY(base::replace_file(file_, map, 0600));
  written_ = std::move(map);
  return {};
}

}  // namespace kiosk
