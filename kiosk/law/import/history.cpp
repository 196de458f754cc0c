#include "kiosk/law/import/history.h"

#include <algorithm>
#include <array>

#include "kiosk/law/numerals.h"
#include "kiosk/law/written_days.h"
#include "platform/base/text.h"

namespace law {
namespace {

using std::string_view;

constexpr string_view republic = "中华人民共和国";
// A name of a body is short; longer words in front of 关于 are the subject of a title.
constexpr std::size_t longest_body = 30;  // characters

bool ends_like_body(string_view words) {
  constexpr std::array endings{"会", "院", "部",   "局",     "署", "府",
                               "厅", "委", "银行", "办公室", "庭"};
  const std::size_t length = base::count_characters(words);
  return length >= 3 && length <= longest_body &&
         std::any_of(endings.begin(), endings.end(),
                     [words](string_view each) { return words.ends_with(each); });
}

// "第十四届全国人民代表大会" → "全国人民代表大会"; number and 届 only where they stand together.
std::string without_term(string_view words) {
  std::string text(words);
  for (std::size_t at = text.find("第"); at != std::string::npos; at = text.find("第", at)) {
    std::size_t end = at + string_view("第").size();
    for (std::size_t next = end; next < text.size(); end = next) {
      if (!is_numeral(base::next_character(text, next))) break;
    }
    if (string_view(text).substr(end).starts_with("届")) {
      text.erase(at, end + string_view("届").size() - at);
    } else {
      at = end;
    }
  }
  return text;
}

// The body a history line names behind its day; "" when what stands there is something else.
std::string body_in(string_view line) {
  const auto days = written_days(line);
  string_view words = days.empty() ? line : line.substr(days.front().end);
  words = base::trim(words);
  if (words.starts_with("经")) words.remove_prefix(string_view("经").size());
  std::string text = base::replace_all(without_term(words), republic, "");
  constexpr std::array stops{"第",   "令",   "公告", "审判委员会", "检察委员会", "常务会议",
                             "通过", "批准", "发布", "公布",       "修订",       "修正",
                             "《",   "主席", "颁布", "批转",       " ",          "（"};
  std::size_t end = text.size();
  for (const string_view stop : stops) end = std::min(end, text.find(stop));
  text.resize(end);
  return ends_like_body(text) ? text : std::string();
}

// Bytes of the bodies the title begins with, 关于 not included; 0 when there are none.
std::size_t issuer_length(string_view title) {
  const std::size_t about = title.find("关于");
  if (about == 0 || about == string_view::npos) return 0;
  return ends_like_body(base::trim(title.substr(0, about))) ? about : 0;
}

void keep_later(std::optional<base::Date>& slot, base::Date day) {
  if (!slot || *slot < day) slot = day;
}

bool begins_there(string_view before, string_view after) {
  constexpr std::array verbs{"施行", "起施行", "实施", "起实施", "起生效", "生效", "起执行"};
  return before.ends_with("自") || std::any_of(verbs.begin(), verbs.end(), [after](string_view v) {
           return after.starts_with(v);
         });
}

// What happened on a day is the first of these verbs behind it, up to the next day.
void note(History& history, base::Date day, string_view after) {
  const auto first = [after](std::initializer_list<string_view> verbs) {
    std::size_t at = string_view::npos;
    for (const string_view verb : verbs) at = std::min(at, after.find(verb));
    return at;
  };
  const std::size_t amended = first({"修正", "修订"});
  const std::size_t adopted = first({"通过", "批准"});
  const std::size_t published = first({"公布", "发布"});
  if (amended != string_view::npos) {
    keep_later(history.amended, day);
  } else if (adopted != string_view::npos) {
    if (!history.adopted || day < *history.adopted) history.adopted = day;
  }
  if (published < adopted && published < amended) keep_later(history.published, day);
}

}  // namespace

History read_history(const std::vector<std::string>& lines) {
  History history;
  for (const string_view line : lines) {
    const auto days = written_days(line);
    for (std::size_t i = 0; i < days.size(); ++i) {
      const std::size_t stop = i + 1 < days.size() ? days[i + 1].begin : line.size();
      const string_view before = base::trim(line.substr(0, days[i].begin));
      const string_view after = base::trim(line.substr(days[i].end, stop - days[i].end));
      if (begins_there(before, after)) {
        keep_later(history.effective, days[i].day);
        continue;
      }
      keep_later(history.newest, days[i].day);
      note(history, days[i].day, after);
    }
  }
  return history;
}

std::string read_issuer(string_view title, const std::vector<std::string>& lines) {
  if (const std::size_t length = issuer_length(title); length > 0) {
    std::string body(base::trim(title.substr(0, length)));
    body = base::replace_all(body, "　", " ");
    while (body.find("  ") != std::string::npos) body = base::replace_all(body, "  ", " ");
    body = base::replace_all(base::replace_all(body, " ", "、"), republic, "");
    return without_term(body);
  }
  for (const string_view line : lines) {
    if (std::string body = body_in(line); !body.empty()) return body;
  }
  return {};
}

string_view without_issuer(string_view title) {
  return title.substr(issuer_length(title));
}

}  // namespace law
