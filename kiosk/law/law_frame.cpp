#include "kiosk/law/law_frame.h"

#include <charconv>
#include <limits>

#include "platform/base/text.h"

namespace law {
namespace {

using base::Result;
using std::string_view;

constexpr string_view first_line = "law 1\n";

class FrameWriter {
 public:
  std::string write(const LawFrame& frame) {
    text_ = first_line;
    line("title", frame.title);
    line("kind", std::to_string(static_cast<int>(frame.kind)));
    line("category", frame.category);
    line("region", frame.region);
    for (const FrameVersion& each : frame.versions) write(each);
    return std::move(text_);
  }

 private:
  void line(string_view key, string_view value) {
    text_ += key;
    text_ += ' ';
    for (const char c : value) text_ += c == '\n' ? ' ' : c;
    text_ += '\n';
  }

  void flag(string_view key, bool set) {
    if (set) (text_ += key) += '\n';
  }

  void day(string_view key, const std::optional<base::Date>& date) {
    if (date) line(key, base::iso_date(*date));
  }

  void write(const FrameVersion& version) {
    const VersionFacts& facts = version.facts;
    flag("version", true);
    line("title", version.title);
    line("source", version.source);
    line("path", version.path);
    line("issuer", version.issuer);
    day("adopted", version.adopted);
    day("published", version.published);
    day("dated", version.dated);
    day("says_effective", version.says_effective);
    day("effective", facts.effective.day);
    day("effective_known_by", facts.effective.known_by);
    flag("superseded", facts.superseded);
    day("superseded_from", facts.superseded_from.day);
    day("superseded_known_by", facts.superseded_from.known_by);
    flag("repealed", facts.repealed);
    day("repealed_from", facts.repealed_from.day);
    day("repealed_known_by", facts.repealed_from.known_by);
    if (version.repeal) {
      line("repealing_source", version.repeal->source);
      line("repealing_path", version.repeal->path);
      line("repealing_title", version.repeal->title);
      line("repealing_unit", std::to_string(version.repeal->unit));
    }
    flag("listed", version.listed);
    day("listed", facts.listed_in_force);
    flag("searched", version.searched);
    for (const string_view each : version.history) line("history", each);
    for (const FrameHeading& each : version.headings) write(each);
    for (const FrameUnit& each : version.units) write(each);
  }

  void write(const FrameHeading& heading) {
    numbers("heading", {heading.level, heading.parent});
    line("", heading.title);
  }

  void write(const FrameUnit& unit) {
    numbers("unit", {unit.number.number, unit.number.branch, unit.heading,
                     static_cast<long long>(unit.text.size())});
    line("", unit.label);
    text_ += unit.text;
    text_ += '\n';
  }

  void numbers(string_view key, std::initializer_list<long long> values) {
    text_ += key;
    for (const long long each : values) (text_ += ' ') += std::to_string(each);
  }

  std::string text_;
};

class FrameReader {
 public:
  explicit FrameReader(string_view text) : rest_(text) {}

  Result<LawFrame> read() {
    if (!rest_.starts_with(first_line)) return damaged();
    rest_.remove_prefix(first_line.size());
    while (!rest_.empty()) {
      const std::size_t end = rest_.find('\n');
      if (end == string_view::npos) return damaged();
      string_view value = rest_.substr(0, end);
      rest_.remove_prefix(end + 1);
      const string_view key = word(value);
      const bool read = frame_.versions.empty() ? read_law(key, value)
                                                : read_version(key, value, frame_.versions.back());
      if (!read) return damaged();
    }
    if (frame_.versions.empty()) return damaged();
    for (const FrameVersion& each : frame_.versions) {
      if (each.units.empty()) return damaged();
    }
    return std::move(frame_);
  }

 private:
  static tl::unexpected<base::Error> damaged() {
    return base::fail(base::ErrorKind::invalid, "law_frame", "a law's text is not of the grammar");
  }

  // Up to the next blank, which is taken off too.
  static string_view word(string_view& line) {
    const std::size_t end = std::min(line.find(' '), line.size());
    const string_view word = line.substr(0, end);
    line.remove_prefix(std::min(end + 1, line.size()));
    return word;
  }

  static bool number(string_view& line, int least, int most, int& value) {
    const string_view digits = word(line);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc() && end == digits.data() + digits.size() && value >= least &&
           value <= most;
  }

  static bool day(string_view value, std::optional<base::Date>& date) {
    date = base::parse_date(value);
    return date.has_value();
  }

  bool read_law(string_view key, string_view value) {
    if (key == "title") frame_.title = value;
    if (key == "category") frame_.category = value;
    if (key == "region") frame_.region = value;
    if (key == "version") frame_.versions.emplace_back();
    if (key == "kind") {
      int kind = 0;
      if (!number(value, 0, static_cast<int>(Kind::other), kind)) return false;
      frame_.kind = static_cast<Kind>(kind);
    }
    return true;
  }

  bool read_version(string_view key, string_view value, FrameVersion& version) {
    if (key == "unit") return read_unit(value, version);
    if (key == "heading") return read_heading(value, version);
    if (key == "version") frame_.versions.emplace_back();
    if (key == "title") version.title = value;
    if (key == "source") version.source = value;
    if (key == "path") version.path = value;
    if (key == "issuer") version.issuer = value;
    if (key == "history") version.history.push_back(value);
    if (key == "searched") version.searched = true;
    if (key.starts_with("repealing_")) return read_repeal(key, value, version);
    return read_facts(key, value, version);
  }

  static bool read_facts(string_view key, string_view value, FrameVersion& version) {
    VersionFacts& facts = version.facts;
    if (key == "adopted") return day(value, version.adopted);
    if (key == "published") return day(value, version.published);
    if (key == "dated") return day(value, version.dated);
    if (key == "says_effective") return day(value, version.says_effective);
    if (key == "effective") return day(value, facts.effective.day);
    if (key == "effective_known_by") return day(value, facts.effective.known_by);
    if (key == "superseded") facts.superseded = true;
    if (key == "superseded_from") return day(value, facts.superseded_from.day);
    if (key == "superseded_known_by") return day(value, facts.superseded_from.known_by);
    if (key == "repealed") facts.repealed = true;
    if (key == "repealed_from") return day(value, facts.repealed_from.day);
    if (key == "repealed_known_by") return day(value, facts.repealed_from.known_by);
    if (key == "listed") {
      if (!value.empty()) return day(value, facts.listed_in_force);
      version.listed = true;
    }
    return true;
  }

  static bool read_repeal(string_view key, string_view value, FrameVersion& version) {
    if (!version.repeal) version.repeal.emplace();
    if (key == "repealing_source") version.repeal->source = value;
    if (key == "repealing_path") version.repeal->path = value;
    if (key == "repealing_title") version.repeal->title = value;
    if (key == "repealing_unit") {
      int unit = 0;
      if (!number(value, 0, std::numeric_limits<int>::max(), unit)) return false;
      version.repeal->unit = static_cast<std::size_t>(unit);
    }
    return true;
  }

  static bool read_heading(string_view value, FrameVersion& version) {
    FrameHeading heading;
    const int before = static_cast<int>(version.headings.size()) - 1;
    if (!number(value, 0, 9, heading.level) || !number(value, -1, before, heading.parent)) {
      return false;
    }
    heading.title = value;
    version.headings.push_back(heading);
    return true;
  }

  bool read_unit(string_view value, FrameVersion& version) {
    constexpr int most = std::numeric_limits<std::uint16_t>::max();
    FrameUnit unit;
    int bytes = 0;
    const int headings = static_cast<int>(version.headings.size());
    if (!number(value, 0, most, unit.number.number) ||
        !number(value, 0, most, unit.number.branch) ||
        !number(value, -1, headings - 1, unit.heading) ||
        !number(value, 0, std::numeric_limits<int>::max(), bytes)) {
      return false;
    }
    const auto size = static_cast<std::size_t>(bytes);
    if (size >= rest_.size() || rest_[size] != '\n') return false;
    unit.label = value;
    unit.text = rest_.substr(0, size);
    rest_.remove_prefix(size + 1);
    version.units.push_back(unit);
    return true;
  }

  string_view rest_;
  LawFrame frame_;
};

}  // namespace

std::string write_frame(const LawFrame& frame) {
  return FrameWriter().write(frame);
}

Result<LawFrame> parse_frame(string_view text) {
  return FrameReader(text).read();
}

}  // namespace law
