#include "kiosk/law/closing.h"

#include <algorithm>
#include <array>

#include "kiosk/law/numerals.h"
#include "kiosk/law/written_days.h"
#include "platform/base/text.h"

namespace law {
namespace {

using std::string_view;

constexpr string_view open_mark = "《";
constexpr string_view close_mark = "》";
constexpr string_view repeal_verb = "废止";
constexpr std::size_t not_found = string_view::npos;
// What decides about a title stands right behind it.
constexpr std::size_t longest_tail = 600;  // bytes

template <typename List>
bool starts_with_any(string_view text, const List& list) {
  return std::any_of(list.begin(), list.end(),
                     [text](string_view each) { return text.starts_with(each); });
}

template <typename List>
bool ends_with_any(string_view text, const List& list) {
  return std::any_of(list.begin(), list.end(),
                     [text](string_view each) { return text.ends_with(each); });
}

template <typename List>
bool contains_any(string_view text, const List& list) {
  return std::any_of(list.begin(), list.end(),
                     [text](string_view each) { return text.find(each) != not_found; });
}

// The parts between any of `ends`; one pass, however long the text.
std::vector<string_view> cut(string_view text, std::initializer_list<string_view> ends) {
  std::vector<string_view> parts;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    const string_view rest = text.substr(at);
    const auto end = std::find_if(ends.begin(), ends.end(),
                                  [rest](string_view each) { return rest.starts_with(each); });
    if (end == ends.end()) {
      ++at;
      continue;
    }
    parts.push_back(text.substr(begin, at - begin));
    at = begin = at + end->size();
  }
  if (begin < text.size()) parts.push_back(text.substr(begin));
  return parts;
}

std::vector<string_view> sentences(string_view text) {
  return cut(text, {"。", "；", "\n"});
}

std::string without_brackets(string_view text) {
  std::string kept;
  int depth = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = base::next_character(text, at);
    if (c == U'（' || c == U'(') ++depth;
    if (depth == 0) kept += text.substr(begin, at - begin);
    if ((c == U'）' || c == U')') && depth > 0) --depth;
  }
  return kept;
}

// ---- 自…起施行 ----

constexpr std::array<string_view, 3> from_words{"自", "从", "于"};
constexpr std::array<string_view, 5> begin_verbs{"施行", "实施", "生效", "正式施行", "执行"};

// "本法", "本条例", "本决定" and nothing else: the text speaks of itself, not of an article of it.
bool is_itself(string_view subject) {
  subject = base::trim(subject);
  return subject.starts_with("本") && base::count_characters(subject) <= 8 &&
         subject.find("第") == not_found && subject.find("章") == not_found;
}

// "本法由全国人民代表大会通过" in front of "，自…起施行".
bool introduces_itself(string_view clause) {
  constexpr std::array<string_view, 6> verbs{"通过", "批准", "解释", "公布", "发布", "修订"};
  clause = base::trim(clause);
  return is_itself(clause) || (clause.starts_with("本") && ends_with_any(clause, verbs) &&
                               clause.find("第") == not_found);
}

// "1986年7月1日起施行", "公布之日起实施", "发布之日施行", "通过之日起施行"
Effect effect_at(string_view words) {
  constexpr std::array<string_view, 7> publication{
      "公布之日", "发布之日", "颁布之日", "修订发布之日", "公告之日", "公布施行之日", "印发之日"};
  constexpr string_view adoption = "通过之日";
  Effect effect;
  const auto said = std::find_if(publication.begin(), publication.end(),
                                 [words](string_view each) { return words.starts_with(each); });
  if (const auto day = written_day_at(words, 0)) {
    effect.day = day->day;
    words.remove_prefix(day->end);
  } else if (said != publication.end()) {
    effect.on_publication = true;
    words.remove_prefix(said->size());
  } else if (words.starts_with(adoption)) {
    effect.on_adoption = true;
    words.remove_prefix(adoption.size());
  } else {
    return {};
  }
  if (words.starts_with("起")) words.remove_prefix(string_view("起").size());
  return starts_with_any(words, begin_verbs) ? effect : Effect{};
}

Effect effect_of_sentence(string_view original) {
  const std::string bare = without_brackets(original);
  bool itself = true;
  for (const string_view clause : cut(bare, {"，", ","})) {
    for (const string_view word : from_words) {
      const std::size_t from = clause.find(word);
      if (from == not_found) continue;
      const string_view subject = base::trim(clause.substr(0, from));
      if (subject.empty() ? !itself : !is_itself(subject)) continue;
      const Effect effect = effect_at(clause.substr(from + word.size()));
      if (effect.said()) return effect;
    }
    itself = introduces_itself(clause);
  }
  return {};
}

// ---- 同时废止 ----

// The end of the title whose 《 is at `open`, behind its 》; titles nest.
std::size_t title_end(string_view text, std::size_t open) {
  int depth = 0;
  for (std::size_t at = open; at < text.size();) {
    const char32_t c = base::next_character(text, at);
    if (c == U'《') ++depth;
    if (c == U'》' && --depth == 0) return at;
  }
  return not_found;
}

// Without the brackets a title may be followed by: "（法（研）发〔1987〕32号）", "(试行)". Brackets
// that do not close soon are none.
string_view skip_brackets(string_view rest) {
  rest = base::trim(rest);
  while (rest.starts_with("（") || rest.starts_with("(")) {
    const string_view near = rest.substr(0, longest_tail);
    int depth = 0;
    std::size_t at = 0;
    do {
      const char32_t c = base::next_character(near, at);
      if (c == U'（' || c == U'(') ++depth;
      if (c == U'）' || c == U')') --depth;
    } while (depth > 0 && at < near.size());
    if (depth > 0) return {};
    rest = base::trim(rest.substr(at));
  }
  return rest;
}

// "第一次修正", "修订": the title amended the text whose history is being told.
bool tells_amendment(string_view rest) {
  constexpr std::array<string_view, 4> verbs{"修正", "修订", "修改", "作了"};
  if (rest.starts_with("第")) {
    const std::size_t times = rest.substr(0, longest_tail).find("次");
    if (times == not_found) return false;
    const string_view number =
        rest.substr(string_view("第").size(), times - string_view("第").size());
    if (!parse_number(number)) return false;
    rest.remove_prefix(times + string_view("次").size());
  }
  return starts_with_any(rest, verbs);
}

enum class Member { whole, part, aside, other };

// What the words behind a title make of it: a member of the list, the owner of single rules,
// something that only stands in the sentence, or one does not know.
Member member_by(string_view rest) {
  constexpr std::array<string_view, 9> parts{"第",   "中", "有关", "关于", "里",
                                             "所附", "附", "的第", "内"};
  constexpr std::array<string_view, 6> comparisons{"与本", "同本",   "与上述",
                                                   "与其", "与法律", "和本"};
  constexpr std::array<string_view, 22> followers{
      "、", "，", ",",    "和",   "及",   "与", "以及", "《",   "同时", "即行",     "自",
      "均", "都", "一并", "废止", "予以", "亦", "也",   "停止", "不再", "同时即行", "失效",
  };
  rest = skip_brackets(rest);
  if (tells_amendment(rest)) return Member::aside;
  if (starts_with_any(rest, parts)) return Member::part;
  if (starts_with_any(rest, comparisons)) return Member::other;
  return starts_with_any(rest, followers) ? Member::whole : Member::other;
}

// 根据《甲》…: the title is the reason, not what ends.
bool is_reason(string_view before) {
  constexpr std::array<string_view, 8> words{"根据", "依照", "依据", "按照",
                                             "适用", "执行", "违反", "为贯彻"};
  return ends_with_any(base::trim(before), words);
}

bool is_conditional(string_view words) {
  constexpr std::array<string_view, 6> conditions{"抵触", "不一致", "不符",
                                                  "冲突", "相违背", "不相符"};
  return contains_any(words, conditions);
}

struct NamedEnd {
  std::size_t at = 0;    // of the verb
  std::size_t size = 0;  // of the verb
};

// The verb that ends the sentence's titles; nothing when the sentence only speaks of ends
// ("《甲》废止前发生的", "法律被废止的").
std::optional<NamedEnd> ending_verb(string_view sentence) {
  constexpr std::array<string_view, 6> behind{"，", ",", "：", "）", "”", " "};
  constexpr std::array<string_view, 5> verbs{repeal_verb, "停止执行", "不再适用", "不再执行",
                                             "失效"};
  for (const string_view verb : verbs) {
    const std::size_t at = sentence.rfind(verb);
    if (at == not_found) continue;
    const string_view rest = sentence.substr(at + verb.size());
    if (rest.empty() || starts_with_any(rest, behind)) return NamedEnd{at, verb.size()};
  }
  return std::nullopt;
}

std::optional<base::Date> own_day(string_view words) {
  const auto days = written_days(words);
  if (days.size() != 1) return std::nullopt;
  const bool from = ends_with_any(base::trim(words.substr(0, days[0].begin)), from_words);
  const bool then = words.substr(days[0].end).starts_with("起");
  return from && then ? std::optional(days[0].day) : std::nullopt;
}

class SentenceReader {
 public:
  SentenceReader(string_view sentence, Repeals& repeals) : sentence_(sentence), repeals_(repeals) {}

  void read() {
    if (sentence_.find(open_mark) == not_found) return;
    if (const auto verb = ending_verb(sentence_)) {
      if (verb->at > sentence_.find(open_mark)) return read_before(*verb);
    }
    read_behind();
  }

 private:
  // 《甲》、《乙》同时废止
  void read_before(NamedEnd verb) {
    std::vector<Repeal> whole;
    std::vector<std::string> partly;
    bool doubtful = false;
    const string_view list = sentence_.substr(0, verb.at + verb.size);
    std::size_t behind = 0;
    for (std::size_t open = list.find(open_mark); open != not_found;) {
      const std::size_t end = title_end(list, open);
      if (end == not_found) return give_up();
      std::string title(
          list.substr(open + open_mark.size(), end - open - open_mark.size() - close_mark.size()));
      const bool reason = is_reason(list.substr(behind, open - behind));
      switch (reason ? Member::aside : member_by(list.substr(end))) {
        case Member::whole: whole.push_back({std::move(title), std::nullopt}); break;
        case Member::part: partly.push_back(std::move(title)); break;
        case Member::aside: break;
        case Member::other: doubtful = true; break;
      }
      behind = end;
      open = list.find(open_mark, end);
    }
    // 《甲》、《乙》中关于…的规定同时废止 may mean 关于…的规定 of both.
    const bool shared_part = !partly.empty() && !whole.empty();
    const string_view tail = list.substr(behind);
    if (shared_part || is_conditional(tail) || (whole.empty() && partly.empty() && doubtful)) {
      return give_up();
    }
    const auto from = own_day(tail);
    for (Repeal& each : whole) {
      each.from = from;
      repeals_.whole.push_back(std::move(each));
    }
    std::move(partly.begin(), partly.end(), std::back_inserter(repeals_.partly));
  }

  // 废止《甲》、《乙》: nothing but titles and what joins them may follow.
  void read_behind() {
    const std::size_t verb = sentence_.find(repeal_verb);
    if (verb == not_found) return;
    string_view rest = base::trim(sentence_.substr(verb + repeal_verb.size()));
    if (!rest.starts_with(open_mark)) return;
    std::vector<Repeal> whole;
    constexpr std::array<string_view, 6> joins{"、", "，", "和", "及", "与", "以及"};
    while (rest.starts_with(open_mark)) {
      const std::size_t end = title_end(rest, 0);
      if (end == not_found) return give_up();
      whole.push_back(
          {std::string(rest.substr(open_mark.size(), end - open_mark.size() - close_mark.size())),
           std::nullopt});
      rest = skip_brackets(rest.substr(end));
      const auto join = std::find_if(joins.begin(), joins.end(),
                                     [rest](string_view each) { return rest.starts_with(each); });
      if (join != joins.end()) rest = base::trim(rest.substr(join->size()));
    }
    if (!rest.empty()) return give_up();
    std::move(whole.begin(), whole.end(), std::back_inserter(repeals_.whole));
  }

  void give_up() { repeals_.not_understood.emplace_back(base::trim(sentence_)); }

  string_view sentence_;
  Repeals& repeals_;
};

// "1．甲条例", "（一）甲条例", "一、《甲条例》" → "甲条例"; "" when it is no line of a list.
string_view listed_title(string_view line) {
  line = base::trim(line);
  if (line.starts_with("（") || line.starts_with("(")) {
    line.remove_prefix(line.starts_with("（") ? string_view("（").size() : 1);
  }
  std::size_t end = 0;
  for (std::size_t next = 0; next < line.size(); end = next) {
    if (!is_numeral(base::next_character(line, next))) break;
  }
  if (end == 0) return {};
  line.remove_prefix(end);
  constexpr std::array<string_view, 5> marks{"．", ".", "、", "）", ")"};
  const auto mark = std::find_if(marks.begin(), marks.end(),
                                 [line](string_view each) { return line.starts_with(each); });
  if (mark == marks.end()) return {};
  line = base::trim(line.substr(mark->size()));
  if (!line.starts_with(open_mark)) return line;
  const std::size_t close = title_end(line, 0);
  if (close == not_found) return {};
  return line.substr(open_mark.size(), close - open_mark.size() - close_mark.size());
}

// 下列…予以废止： and then one title a line.
void read_list(string_view article, Repeals& repeals) {
  bool listing = false;
  for (string_view line : base::split(article, '\n')) {
    line = base::trim(line);
    if (listing) {
      const string_view title = listed_title(line);
      listing = !title.empty();
      if (listing) repeals.whole.push_back({std::string(title), std::nullopt});
      continue;
    }
    listing = line.find("下列") != not_found &&
              (line.ends_with("废止：") || line.ends_with("废止:")) && !is_conditional(line);
  }
}

}  // namespace

Effect read_effect(string_view article) {
  for (const string_view sentence : sentences(article)) {
    // 本法自…起施行，《…》同时废止
    if (const Effect effect = effect_of_sentence(sentence); effect.said()) return effect;
  }
  return {};
}

std::string unread_effect(string_view article) {
  for (string_view sentence : sentences(article)) {
    sentence = base::trim(sentence);
    const bool of_itself = sentence.starts_with("本") && ends_with_any(sentence, begin_verbs);
    if (of_itself && contains_any(sentence, from_words) && !effect_of_sentence(sentence).said()) {
      return std::string(sentence);
    }
  }
  return {};
}

Repeals read_repeals(string_view article) {
  Repeals repeals;
  for (const string_view sentence : sentences(article)) SentenceReader(sentence, repeals).read();
  read_list(article, repeals);
  return repeals;
}

}  // namespace law
