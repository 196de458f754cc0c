#include "kiosk/service/fields.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "platform/base/text.h"

namespace service {
namespace {

constexpr std::array<std::string_view, 7> weekdays = {"monday", "tuesday",  "wednesday", "thursday",
                                                      "friday", "saturday", "sunday"};

bool has_han(std::string_view text) {
  return std::ranges::any_of(base::decode_utf8(text), base::is_han);
}

constexpr std::u32string_view numerals = U"〇零一二三四五六七八九十百千";

// 第…条 or 第…条之…, in Chinese numerals.
bool is_article(std::string_view text) {
  const std::u32string characters = base::decode_utf8(text);
  const std::u32string_view all = characters;
  const auto end = all.find(U'条');
  if (!all.starts_with(U'第') || end == std::u32string_view::npos || end < 2) return false;
  const auto rest = all.substr(end + 1);
  const auto is_number = [](std::u32string_view digits) {
    return !digits.empty() && digits.find_first_not_of(numerals) == std::u32string_view::npos;
  };
  return is_number(all.substr(1, end - 1)) &&
         (rest.empty() || (rest.starts_with(U'之') && is_number(rest.substr(1))));
}

std::optional<Citation> parse_citation(std::string_view text) {
  const auto blank = text.rfind(' ');
  if (blank == std::string_view::npos) return std::nullopt;
  Citation citation{.law = std::string(text.substr(0, blank)),
                    .article = std::string(text.substr(blank + 1))};
  if (!has_han(citation.law) || !is_article(citation.article)) return std::nullopt;
  return citation;
}

std::optional<TimeSpan> parse_span(std::string_view text) {
  const auto dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto start = base::parse_time(text.substr(0, dash));
  const auto end = base::parse_time(text.substr(dash + 1));
  if (!start || !end) return std::nullopt;
  return TimeSpan{.start = *start, .end = *end};
}

std::vector<TimeSpan> read_spans(Table& table, std::string_view weekday) {
  base::TimeOfDay earliest;
  return table.parsed_list(weekday, Need::optional, [&](Word word) -> Parsed<TimeSpan> {
    const auto span = parse_span(word.text);
    if (!span) {
      return tl::unexpected(
          fmt::format("`{}` is no opening time: write \"09:00-12:00\"", word.text));
    }
    if (span->end <= span->start) {
      return tl::unexpected(
          fmt::format("`{}` ends before it starts: write the earlier time first", word.text));
    }
    if (span->start < earliest) {
      return tl::unexpected(fmt::format("`{}` overlaps the hours before it: start at {} or later",
                                        word.text, base::iso_time(earliest)));
    }
    earliest = span->end;
    return *span;
  });
}

}  // namespace

bool is_id(std::string_view text) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  };
  return !text.empty() && std::ranges::all_of(text, allowed);
}

std::string read_id(Table& table, std::string_view key) {
  return table.parsed(key, Need::required, [](Word word) -> Parsed<std::string> {
    if (is_id(word.text)) return std::string(word.text);
    return tl::unexpected(
        fmt::format("`{}` is no id: write small letters, digits, \"-\" and \"_\" only", word.text));
  });
}

LocalText read_local_text(Table& table) {
  LocalText text;
  text.by_language["zh-Hans"] = table.text("zh-Hans", Need::required);
  text.by_language["en"] = table.text("en", Need::required);
  if (std::string traditional = table.text("zh-Hant", Need::optional); !traditional.empty()) {
    text.by_language["zh-Hant"] = std::move(traditional);
  }
  if (has_han(text.in("en"))) {
    table.wrong("en", "Chinese characters in the English text: write it in English");
  }
  return text;
}

LocalText local_text(Table& table, std::string_view key, Need need) {
  return table.table(key, need, read_local_text);
}

std::string read_icon(Table& table, Need need, const Surroundings& surroundings) {
  return table.parsed("icon", need, [&](Word word) -> Parsed<std::string> {
    if (!surroundings.icons) return std::string(word.text);
    return one_of_known(*surroundings.icons, "icon")(word);
  });
}

std::vector<Citation> read_citations(Table& table, std::string_view key, Need need,
                                     Surroundings& surroundings) {
  return table.parsed_list(key, need, [&](Word word) -> Parsed<Citation> {
    auto citation = parse_citation(word.text);
    if (!citation) {
      return tl::unexpected(
          fmt::format("`{}` cites no article: write \"中华人民共和国公证法 第十一条\"", word.text));
    }
    surroundings.citations.push_back({.citation = *citation,
                                      .file = table.report().file(),
                                      .line = word.place.line,
                                      .column = word.place.column});
    return std::move(*citation);
  });
}

Hours read_hours(Table& table) {
  Hours hours;
  for (std::size_t day = 0; day < weekdays.size(); ++day) {
    hours.week[day] = read_spans(table, weekdays[day]);
  }
  return hours;
}

}  // namespace service
