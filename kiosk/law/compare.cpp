#include "kiosk/law/compare.h"

#include <algorithm>
#include <cstdint>
#include <tuple>
#include <unordered_map>

#include "platform/base/text.h"

namespace law {
namespace {

using std::string_view;

// ---- inside an article ----

// More differences than this are no longer read as one text with changes.
constexpr int most_differences = 1'500;
// Equal characters between two changes that are fewer than this only make the page restless.
constexpr std::size_t shortest_kept = 2;

struct Token {
  string_view text;
  bool operator==(const Token& other) const { return text == other.text; }
};

bool is_latin(string_view character) {
  const char c = character.front();
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.';
}

std::vector<Token> tokens(string_view text) {
  std::vector<Token> list;
  list.reserve(text.size() / 3);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    base::next_character(text, at);
    while (is_latin(text.substr(begin)) && at < text.size() && is_latin(text.substr(at))) ++at;
    list.push_back({text.substr(begin, at - begin)});
  }
  return list;
}

// A step of the way through both texts: `size` tokens kept, removed or added.
struct Run {
  Piece::Kind kind = Piece::Kind::kept;
  std::size_t size = 0;
};

void put(std::vector<Run>& runs, Piece::Kind kind, std::size_t size) {
  if (size == 0) return;
  if (!runs.empty() && runs.back().kind == kind) {
    runs.back().size += size;
  } else {
    runs.push_back({kind, size});
  }
}

// E. Myers, "An O(ND) difference algorithm and its variations" (1986), greedy with the trace kept.
class Myers {
 public:
  Myers(std::span<const Token> before, std::span<const Token> after)
      : before_(before), after_(after) {}

  // Empty when there are more differences than `most_differences`.
  std::vector<Run> run() {
    const int longest =
        std::min(most_differences, static_cast<int>(before_.size() + after_.size()));
    std::vector<int> furthest(static_cast<std::size_t>(2 * longest + 3), 0);
    offset_ = longest + 1;
    for (int differences = 0; differences <= longest; ++differences) {
      if (advance(differences, furthest)) return trace_back(differences);
    }
    return {};
  }

 private:
  [[nodiscard]] std::size_t slot(int diagonal) const {
    return static_cast<std::size_t>(diagonal + offset_);
  }

  static bool goes_down(int diagonal, int differences, int left, int right) {
    return diagonal == -differences || (diagonal != differences && left < right);
  }

  bool advance(int differences, std::vector<int>& furthest) {
    // Only these diagonals are looked at again on the way back.
    trace_.emplace_back(furthest.begin() + (offset_ - differences - 1),
                        furthest.begin() + (offset_ + differences + 2));
    for (int diagonal = -differences; diagonal <= differences; diagonal += 2) {
      const int left = furthest[slot(diagonal - 1)];
      const int right = furthest[slot(diagonal + 1)];
      int x = goes_down(diagonal, differences, left, right) ? right : left + 1;
      int y = x - diagonal;
      while (x < static_cast<int>(before_.size()) && y < static_cast<int>(after_.size()) &&
             before_[static_cast<std::size_t>(x)] == after_[static_cast<std::size_t>(y)]) {
        ++x, ++y;
      }
      furthest[slot(diagonal)] = x;
      if (x >= static_cast<int>(before_.size()) && y >= static_cast<int>(after_.size())) {
        return true;
      }
    }
    return false;
  }

  [[nodiscard]] std::vector<Run> trace_back(int differences) const {
    std::vector<Run> runs;
    int x = static_cast<int>(before_.size());
    int y = static_cast<int>(after_.size());
    for (int d = differences; d > 0; --d) {
      const std::vector<int>& furthest = trace_[static_cast<std::size_t>(d)];
      const int diagonal = x - y;
      const auto at = [&](int k) { return furthest[static_cast<std::size_t>(k + d + 1)]; };
      const bool down = goes_down(diagonal, d, at(diagonal - 1), at(diagonal + 1));
      const int from = down ? diagonal + 1 : diagonal - 1;
      const int from_x = at(from);
      const int kept = (down ? x - from_x : x - from_x - 1);
      put(runs, Piece::Kind::kept, static_cast<std::size_t>(kept));
      put(runs, down ? Piece::Kind::added : Piece::Kind::removed, 1);
      x = from_x;
      y = from_x - from;
    }
    put(runs, Piece::Kind::kept, static_cast<std::size_t>(x));
    std::reverse(runs.begin(), runs.end());
    return runs;
  }

  std::span<const Token> before_;
  std::span<const Token> after_;
  int offset_ = 0;
  std::vector<std::vector<int>> trace_;
};

// Between two kept runs stand one removed and one added run, in this order; kept runs that are too
// short for the eye are given to both.
std::vector<Run> smooth(const std::vector<Run>& runs) {
  std::vector<Run> smoothed;
  std::size_t removed = 0;
  std::size_t added = 0;
  const auto flush = [&] {
    put(smoothed, Piece::Kind::removed, removed);
    put(smoothed, Piece::Kind::added, added);
    removed = added = 0;
  };
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const Run& run = runs[i];
    if (run.kind == Piece::Kind::removed) {
      removed += run.size;
    } else if (run.kind == Piece::Kind::added) {
      added += run.size;
    } else if (i > 0 && i + 1 < runs.size() && run.size < shortest_kept && removed > 0 &&
               added > 0) {
      removed += run.size;
      added += run.size;
    } else {
      flush();
      smoothed.push_back(run);
    }
  }
  flush();
  return smoothed;
}

string_view joined(std::span<const Token> list, std::size_t begin, std::size_t size) {
  const string_view first = list[begin].text;
  const string_view last = list[begin + size - 1].text;
  return {first.data(), static_cast<std::size_t>(last.data() + last.size() - first.data())};
}

std::vector<Piece> pieces_of(const std::vector<Run>& runs, std::span<const Token> before,
                             std::span<const Token> after) {
  std::vector<Piece> pieces;
  std::size_t x = 0;
  std::size_t y = 0;
  for (const Run& run : runs) {
    const bool newer = run.kind == Piece::Kind::added;
    pieces.push_back({run.kind, newer ? joined(after, y, run.size) : joined(before, x, run.size)});
    if (run.kind != Piece::Kind::added) x += run.size;
    if (run.kind != Piece::Kind::removed) y += run.size;
  }
  return pieces;
}

// Lines with their '\n', so that pieces joined make the text again.
std::vector<Token> lines(string_view text) {
  std::vector<Token> list;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    list.push_back({text.substr(0, end)});
    text.remove_prefix(end);
  }
  return list;
}

std::vector<Piece> whole_pieces(string_view before, string_view after) {
  std::vector<Piece> pieces;
  if (!before.empty()) pieces.push_back({Piece::Kind::removed, before});
  if (!after.empty()) pieces.push_back({Piece::Kind::added, after});
  return pieces;
}

// ---- between articles ----

// How much of two articles' words must be common for them to be one article: under one number, and
// under different ones.
constexpr double alike_same_number = 0.35;
constexpr double alike_moved = 0.6;
// Pairs of characters that more articles have than this say little and cost much.
constexpr std::size_t common_pair = 120;
// In longer texts only equal articles are matched; the longest law has 1,260.
constexpr std::size_t most_articles = 5'000;

// Pairs of neighbouring characters, sorted.
std::vector<std::uint64_t> character_pairs(string_view text) {
  std::vector<std::uint64_t> pairs;
  pairs.reserve(text.size() / 3);
  std::uint64_t previous = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto c = static_cast<std::uint64_t>(base::next_character(text, at));
    pairs.push_back(previous << 32U | c);
    previous = c;
  }
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  return pairs;
}

struct Candidate {
  double alike = 0;
  bool same_number = false;
  std::size_t before = 0;
  std::size_t after = 0;
};

class Matcher {
 public:
  Matcher(std::span<const ArticleText> before, std::span<const ArticleText> after)
      : before_(before), after_(after), of_before_(before.size()), of_after_(after.size()) {}

  void run() {
    match_equal();
    if (std::max(before_.size(), after_.size()) > most_articles) return;
    match_alike();
  }

  // Position of the partner in the other version.
  [[nodiscard]] const std::vector<std::optional<std::size_t>>& of_before() const {
    return of_before_;
  }
  [[nodiscard]] const std::vector<std::optional<std::size_t>>& of_after() const {
    return of_after_;
  }

 private:
  void pair(std::size_t before, std::size_t after) {
    of_before_[before] = after;
    of_after_[after] = before;
  }

  // Equal words under one number first, then equal words that stand once in each version.
  void match_equal() {
    std::unordered_multimap<string_view, std::size_t> by_text;
    for (std::size_t i = 0; i < before_.size(); ++i) by_text.emplace(before_[i].text, i);
    for (const bool same_number : {true, false}) {
      for (std::size_t j = 0; j < after_.size(); ++j) {
        if (of_after_[j]) continue;
        const auto [begin, end] = by_text.equal_range(after_[j].text);
        for (auto each = begin; each != end; ++each) {
          const std::size_t i = each->second;
          if (of_before_[i] || (same_number && before_[i].number != after_[j].number)) continue;
          pair(i, j);
          break;
        }
      }
    }
  }

  // The most alike pairs first, each article in one pair.
  void match_alike() {
    std::vector<Candidate> candidates = find_candidates();
    std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
      const auto key = [](const Candidate& each) {
        return std::tuple(-each.alike - (each.same_number ? alike_moved - alike_same_number : 0),
                          each.after, each.before);
      };
      return key(a) < key(b);
    });
    for (const Candidate& each : candidates) {
      if (!of_before_[each.before] && !of_after_[each.after]) pair(each.before, each.after);
    }
  }

  [[nodiscard]] std::vector<Candidate> find_candidates() const {
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> articles_with;
    std::vector<std::size_t> sizes(before_.size(), 0);
    for (std::size_t i = 0; i < before_.size(); ++i) {
      if (of_before_[i]) continue;
      const auto pairs = character_pairs(before_[i].text);
      sizes[i] = pairs.size();
      for (const std::uint64_t each : pairs) {
        articles_with[each].push_back(static_cast<std::uint32_t>(i));
      }
    }
    std::vector<Candidate> candidates;
    std::vector<std::size_t> shared(before_.size());
    for (std::size_t j = 0; j < after_.size(); ++j) {
      if (of_after_[j]) continue;
      const auto pairs = character_pairs(after_[j].text);
      std::fill(shared.begin(), shared.end(), 0);
      std::size_t counted = 0;
      for (const std::uint64_t each : pairs) {
        const auto found = articles_with.find(each);
        if (found != articles_with.end() && found->second.size() > common_pair) continue;
        ++counted;
        if (found == articles_with.end()) continue;
        for (const std::uint32_t i : found->second) ++shared[i];
      }
      add_candidates(j, pairs.size(), counted, sizes, shared, candidates);
    }
    return candidates;
  }

  // Dice's coefficient of the pairs; common ones are left out on one side and so scaled away.
  void add_candidates(std::size_t after, std::size_t size, std::size_t counted,
                      const std::vector<std::size_t>& sizes, const std::vector<std::size_t>& shared,
                      std::vector<Candidate>& candidates) const {
    if (counted == 0) return;
    const double scale = static_cast<double>(size) / static_cast<double>(counted);
    for (std::size_t i = 0; i < before_.size(); ++i) {
      if (shared[i] == 0) continue;
      const double alike = std::min(
          1.0, 2 * scale * static_cast<double>(shared[i]) / static_cast<double>(size + sizes[i]));
      const bool same_number = before_[i].number == after_[after].number;
      if (alike >= (same_number ? alike_same_number : alike_moved)) {
        candidates.push_back({alike, same_number, i, after});
      }
    }
  }

  std::span<const ArticleText> before_;
  std::span<const ArticleText> after_;
  std::vector<std::optional<std::size_t>> of_before_;
  std::vector<std::optional<std::size_t>> of_after_;
};

Change change_of(const ArticleText& before, const ArticleText& after) {
  if (before.number != after.number) return Change::moved;
  return before.text == after.text ? Change::same : Change::changed;
}

}  // namespace

std::vector<Piece> compare_texts(string_view before, string_view after) {
  for (const auto& cut : {tokens, lines}) {
    const std::vector<Token> older = cut(before);
    const std::vector<Token> newer = cut(after);
    if (older.empty() || newer.empty()) break;
    if (const auto runs = Myers(older, newer).run(); !runs.empty()) {
      return pieces_of(cut == tokens ? smooth(runs) : runs, older, newer);
    }
  }
  return whole_pieces(before, after);
}

std::vector<ArticleChange> compare_versions(std::span<const ArticleText> before,
                                            std::span<const ArticleText> after) {
  Matcher matcher(before, after);
  matcher.run();
  // What is gone hangs behind the nearest article in front of it that is still there.
  std::vector<std::vector<std::size_t>> gone_behind(after.size() + 1);  // [0]: at the very front
  std::size_t anchor = 0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (const auto& partner = matcher.of_before()[i]) {
      anchor = *partner + 1;
    } else {
      gone_behind[anchor].push_back(i);
    }
  }
  std::vector<ArticleChange> changes;
  changes.reserve(before.size() + after.size());
  const auto put_gone = [&](std::size_t behind) {
    for (const std::size_t i : gone_behind[behind]) {
      changes.push_back({Change::gone, i, std::nullopt});
    }
  };
  put_gone(0);
  for (std::size_t j = 0; j < after.size(); ++j) {
    const auto& partner = matcher.of_after()[j];
    changes.push_back(partner ? ArticleChange{change_of(before[*partner], after[j]), partner, j}
                              : ArticleChange{Change::added, std::nullopt, j});
    put_gone(j + 1);
  }
  return changes;
}

}  // namespace law
