#include "platform/device/icon.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <numbers>
#include <optional>

namespace device {
namespace {

using base::Result;

constexpr std::string_view blanks = " \t\r\n";

tl::unexpected<base::Error> bad(std::string_view what, std::string_view where) {
  return base::fail(base::ErrorKind::invalid, "bad_icon",
                    fmt::format("{} at \"{}\"", what, where.substr(0, 24)));
}

IconPoint operator+(IconPoint a, IconPoint b) {
  return {a.x + b.x, a.y + b.y};
}
IconPoint operator-(IconPoint a, IconPoint b) {
  return {a.x - b.x, a.y - b.y};
}
IconPoint operator*(double factor, IconPoint a) {
  return {factor * a.x, factor * a.y};
}

struct Arc {
  IconPoint from;
  IconPoint radii;
  double rotation = 0;  // radians
  bool large = false;
  bool clockwise = false;  // "sweep", with y downwards
  IconPoint to;
};

// The ellipse an arc lies on: centre, and the angles where the arc starts and how far it goes.
struct Ellipse {
  IconPoint centre;
  IconPoint radii;
  double rotation;
  double start;
  double sweep;

  [[nodiscard]] IconPoint turned(IconPoint p) const {
    const double c = std::cos(rotation);
    const double s = std::sin(rotation);
    return {c * p.x - s * p.y, s * p.x + c * p.y};
  }
  [[nodiscard]] IconPoint point(double angle) const {
    return centre + turned({radii.x * std::cos(angle), radii.y * std::sin(angle)});
  }
  [[nodiscard]] IconPoint slope(double angle) const {
    return turned({-radii.x * std::sin(angle), radii.y * std::cos(angle)});
  }
};

// SVG 1.1, appendix F.6.5 and F.6.6: from end points to centre, radii grown when too small.
Ellipse ellipse_of(const Arc& arc) {
  const Ellipse unturn{{}, {}, -arc.rotation, 0, 0};
  const IconPoint half = unturn.turned(0.5 * (arc.from - arc.to));
  double rx = std::abs(arc.radii.x);
  double ry = std::abs(arc.radii.y);
  const double reach = half.x * half.x / (rx * rx) + half.y * half.y / (ry * ry);
  if (reach > 1) rx *= std::sqrt(reach), ry *= std::sqrt(reach);
  const double flat = rx * rx * half.y * half.y + ry * ry * half.x * half.x;
  const double root = std::sqrt(std::max(0.0, rx * rx * ry * ry / flat - 1));
  const double side = arc.large == arc.clockwise ? -root : root;
  const IconPoint middle{side * rx * half.y / ry, -side * ry * half.x / rx};
  const double start = std::atan2((half.y - middle.y) / ry, (half.x - middle.x) / rx);
  const double stop = std::atan2((-half.y - middle.y) / ry, (-half.x - middle.x) / rx);
  double sweep = stop - start;
  if (arc.clockwise && sweep < 0) sweep += 2 * std::numbers::pi;
  if (!arc.clockwise && sweep > 0) sweep -= 2 * std::numbers::pi;
  const Ellipse turn{{}, {}, arc.rotation, 0, 0};
  return {turn.turned(middle) + 0.5 * (arc.from + arc.to), {rx, ry}, arc.rotation, start, sweep};
}

// Cubic curves of at most a quarter each; off by less than 0.03 % of the radius.
void append_arc(const Arc& arc, std::vector<IconStep>& steps) {
  if (arc.radii.x == 0 || arc.radii.y == 0) {
    steps.push_back({.end = arc.to});
    return;
  }
  const Ellipse ellipse = ellipse_of(arc);
  const int pieces = std::max(
      1, static_cast<int>(std::ceil(std::abs(ellipse.sweep) * 2 / std::numbers::pi - 1e-9)));
  const double piece = ellipse.sweep / pieces;
  const double reach = 4.0 / 3.0 * std::tan(piece / 4);
  for (int i = 0; i < pieces; ++i) {
    const double from = ellipse.start + piece * i;
    const double to = from + piece;
    const IconPoint end = i + 1 == pieces ? arc.to : ellipse.point(to);
    steps.push_back({.curved = true,
                     .control = {ellipse.point(from) + reach * ellipse.slope(from),
                                 end - reach * ellipse.slope(to)},
                     .end = end});
  }
}

// Reads the text of one d="…" (SVG 1.1, section 8.3).
class PathReader {
 public:
  PathReader(std::string_view text, Icon& icon) : rest_(text), icon_(icon) {}

  Result<void> read() {
    for (skip(); !rest_.empty(); skip()) {
      if (std::isalpha(static_cast<unsigned char>(rest_.front())) != 0) {
        command_ = rest_.front();
        rest_.remove_prefix(1);
      } else if (command_ == 'z' || command_ == 'Z') {
        return bad("a number after the end of a line", rest_);
      }
      TRY(step());
    }
    return {};
  }

 private:
  void skip() { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r\n,"), rest_.size())); }

  Result<double> number() {
    skip();
    double value = 0;
    const auto [stop, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    if (error != std::errc{}) return bad("a number is missing", rest_);
    rest_.remove_prefix(static_cast<std::size_t>(stop - rest_.data()));
    return value;
  }

  // A flag is one digit and needs no blank behind it: "a2 2 0 013 3".
  Result<bool> flag() {
    skip();
    if (rest_.empty() || (rest_.front() != '0' && rest_.front() != '1')) {
      return bad("a flag is missing", rest_);
    }
    const bool value = rest_.front() == '1';
    rest_.remove_prefix(1);
    return value;
  }

  [[nodiscard]] bool relative() const { return command_ >= 'a'; }

  Result<IconPoint> point() {
    const double x = TRY(number());
    const double y = TRY(number());
    const IconPoint read{x, y};
    return relative() ? at_ + read : read;
  }

  // After "z" the pen stands at the start of the closed line and may draw on from there.
  std::vector<IconStep>& steps() {
    if (icon_.empty() || icon_.back().closed) icon_.push_back({.start = at_, .steps = {}});
    return icon_.back().steps;
  }

  void arrive(IconPoint end) {
    at_ = end;
    mirror_.reset();
  }

  Result<void> step() {
    if (!started_ && command_ != 'M' && command_ != 'm') return bad("no M at the start", rest_);
    switch (command_) {
      case 'M':
      case 'm': return move();
      case 'L':
      case 'l': return line(TRY(point()));
      case 'H': return line({TRY(number()), at_.y});
      case 'h': return line({at_.x + TRY(number()), at_.y});
      case 'V': return line({at_.x, TRY(number())});
      case 'v': return line({at_.x, at_.y + TRY(number())});
      case 'C':
      case 'c': return curve(TRY(point()));
      case 'S':
      case 's': return curve(mirror_ ? at_ + (at_ - *mirror_) : at_);
      case 'A':
      case 'a': return arc();
      case 'Z':
      case 'z': return close();
      default: return bad(fmt::format("unknown command {}", command_), rest_);
    }
  }

  Result<void> move() {
    started_ = true;
    arrive(TRY(point()));
    icon_.push_back({.start = at_, .steps = {}});
    command_ = relative() ? 'l' : 'L';
    return {};
  }

  Result<void> line(IconPoint end) {
    steps().push_back({.end = end});
    arrive(end);
    return {};
  }

  Result<void> curve(IconPoint first) {
    const IconPoint second = TRY(point());
    const IconPoint end = TRY(point());
    steps().push_back({.curved = true, .control = {first, second}, .end = end});
    arrive(end);
    mirror_ = second;
    return {};
  }

  Result<void> arc() {
    Arc arc;
    arc.from = at_;
    arc.radii.x = TRY(number());
    arc.radii.y = TRY(number());
    arc.rotation = TRY(number()) * std::numbers::pi / 180;
    arc.large = TRY(flag());
    arc.clockwise = TRY(flag());
    arc.to = TRY(point());
    append_arc(arc, steps());
    arrive(arc.to);
    return {};
  }

  Result<void> close() {
    if (icon_.back().closed) return bad("a line closed twice", rest_);
    icon_.back().closed = true;
    arrive(icon_.back().start);
    return {};
  }

  std::string_view rest_;
  Icon& icon_;
  char command_ = 'M';
  bool started_ = false;
  IconPoint at_;
  std::optional<IconPoint> mirror_;  // second control point of the curve just drawn
};

// The value of the only attribute a path may have; anything more could change its look.
Result<std::string_view> path_text(std::string_view tag) {
  constexpr std::string_view opening = "path d=\"";
  if (!tag.starts_with(opening) || !tag.ends_with("\"/")) return bad("no plain path", tag);
  const std::string_view text = tag.substr(opening.size(), tag.size() - opening.size() - 2);
  if (text.find('"') != std::string_view::npos) return bad("no plain path", tag);
  return text;
}

}  // namespace

Result<Icon> parse_icon(std::string_view svg) {
  Icon icon;
  for (std::string_view rest = svg; !rest.empty();) {
    const std::size_t content = rest.find_first_not_of(blanks);
    if (content == std::string_view::npos) break;
    const std::size_t end = rest.find('>');
    if (rest[content] != '<' || end == std::string_view::npos) return bad("no element", rest);
    const std::string_view tag = rest.substr(content + 1, end - content - 1);
    rest.remove_prefix(end + 1);
    if (tag == "/svg") continue;
    if (tag.starts_with("svg ")) {
      if (tag.find("viewBox=\"0 0 24 24\"") == std::string_view::npos)
        return bad("no 24 grid", tag);
      continue;
    }
    TRY(PathReader(TRY(path_text(tag)), icon).read());
  }
  if (icon.empty()) return bad("nothing drawn", svg);
  return icon;
}

}  // namespace device
