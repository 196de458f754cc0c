// Learns the ranking of law search, together with train.py: this program computes whatever the
// kiosk computes too, by the kiosk's own code; Python grows the trees.
//
//   learn_ranking fit      LIBRARY QUESTIONS LINES OUT      a ranking file without trees
//   learn_ranking features LIBRARY RANKING QUESTIONS OUT    rows for the trees
//   learn_ranking join     RANKING TREES OUT R10 R100 MRR10 the ranking file with trees and the
//   score
//                                                           measured for them
//   learn_ranking measure  LIBRARY RANKING QUESTIONS        one JSON object, see measure()
//   learn_ranking good     LIBRARY RANKING QUESTIONS        how many of them find a good match, one
//                                                           number
//   learn_ranking articles LIBRARY OUT                      what peers index, one article a line:
//                                                           document "\t" title and label "\t" text
//
//   QUESTIONS = { learned "\t" question { "\t" law "\t" article } "\n" }
//               learned: the number of the question in the file asked, "-" when it is not in it
//   rows      = features (u32) { candidates (u32) wanted (u32) { document (u32) label (u32)
//               features × float } }       label 1: it answers the question
//   LINES     = a folder of files { "# " law "\n" { number "\t" ( "-" | line { "；" line } ) "\n" }
//   }
//               "-": read, and nobody would ask for it
//   TREES     = { "tree\n" { feature " " threshold " " left "\n" | "leaf " value "\n" } }
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <ctime>
#include <iostream>
#include <limits>
#include <map>
#include <set>

#include "kiosk/law/index_builder.h"
#include "kiosk/law/law_store.h"
#include "kiosk/law/query.h"
#include "kiosk/law/ranker.h"
#include "platform/base/text.h"

namespace {

using base::Result;
using law::Learned;

constexpr double ridge = 0.5;
constexpr std::size_t expansions_each = 48;
constexpr double full_weight = 65535;
constexpr double full_kernel = 32767;

struct Gold {
  std::string law;
  law::ArticleNumber number;
};
struct Question {
  std::optional<std::uint32_t> learned;
  std::string text;
  std::vector<Gold> golds;
};

template <typename Number>
std::optional<Number> number_in(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

Result<std::vector<Question>> read_questions(const base::Path& file) {
  std::vector<Question> questions;
  const std::string content = TRY(base::read_file(file));
  for (const std::string_view line : base::split(content, '\n')) {
    const auto cells = base::split(line, '\t');
    if (cells.size() < 2) continue;
    Question question{number_in<std::uint32_t>(cells[0]), std::string(cells[1]), {}};
    for (std::size_t i = 2; i + 1 < cells.size(); i += 2) {
      const auto number = law::parse_article_number(cells[i + 1]);
      if (number) question.golds.push_back({std::string(cells[i]), *number});
    }
    questions.push_back(std::move(question));
  }
  return questions;
}

// --- fit ---

using Matrix = std::vector<double>;  // n × n

// Of a symmetric, positive definite matrix, in place, by Gauss-Jordan.
void invert(Matrix& matrix, std::size_t n) {
  for (std::size_t k = 0; k < n; ++k) {
    double* const pivot = matrix.data() + k * n;
    const double factor = 1 / pivot[k];
    pivot[k] = 1;
    for (std::size_t j = 0; j < n; ++j) pivot[j] *= factor;
    for (std::size_t i = 0; i < n; ++i) {
      double* const row = matrix.data() + i * n;
      const double own = row[k];
      if (i == k || own == 0) continue;
      row[k] = 0;
      for (std::size_t j = 0; j < n; ++j) row[j] -= own * pivot[j];
    }
  }
}

void store_kernel(Matrix kernel, std::size_t n, std::vector<law::KernelRow>& rows,
                  std::vector<std::int16_t>& numbers) {
  for (std::size_t i = 0; i < n; ++i) kernel[i * n + i] += ridge;
  invert(kernel, n);
  numbers.assign(n * n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    double most = 1e-12;
    for (std::size_t j = 0; j < n; ++j) {
      if (i != j) most = std::max(most, std::abs(kernel[i * n + j]));
    }
    rows.push_back({static_cast<float>(kernel[i * n + i]), static_cast<float>(most / full_kernel)});
    for (std::size_t j = 0; j < n; ++j) {
      if (i == j) continue;
      numbers[i * n + j] =
          static_cast<std::int16_t>(std::lround(kernel[i * n + j] / most * full_kernel));
    }
  }
}

void learn_terms(const std::vector<Question>& questions, Learned& learned) {
  const std::size_t n = questions.size();
  std::map<std::uint32_t, std::vector<std::uint16_t>> askers;
  for (std::size_t i = 0; i < n; ++i) {
    for (const std::uint32_t hash : law::question_hashes(questions[i].text)) {
      askers[hash].push_back(static_cast<std::uint16_t>(i));
    }
  }
  std::vector<double> lengths(n, 0);
  for (const auto& [hash, list] : askers) {
    const double weight = law::inverse_frequency(n, list.size());
    for (const std::uint16_t each : list) lengths[each] += weight * weight;
  }
  Matrix likeness(n * n, 0);
  for (const auto& [hash, list] : askers) {
    const double weight = law::inverse_frequency(n, list.size());
    learned.terms.push_back({hash, static_cast<std::uint32_t>(learned.uses.size()),
                             static_cast<std::uint32_t>(list.size()), static_cast<float>(weight)});
    for (const std::uint16_t i : list) {
      const double own = weight / std::sqrt(lengths[i]);
      learned.uses.push_back({i, static_cast<std::uint16_t>(std::lround(own * full_weight))});
      for (const std::uint16_t j : list) {
        likeness[i * n + j] += own * weight / std::sqrt(lengths[j]);
      }
    }
  }
  learned.unseen_weight = static_cast<float>(law::inverse_frequency(n, 0));
  store_kernel(likeness, n, learned.kernel_rows, learned.kernel);
  for (double& each : likeness) each *= each;
  store_kernel(std::move(likeness), n, learned.square_rows, learned.square);
}

using PairWeights = std::map<law::Term, double>;

// The pairs of an article with its titles as the index weighs them, as a vector of length 1.
Result<PairWeights> pairs_of(law::LawStore& store, const law::Index& index, law::Id id,
                             base::Date day) {
  PairWeights weights;
  const auto page = TRY(store.article(id, day));
  if (!page) return weights;
  std::string text = page->law.short_title + " ";
  for (const std::string& each : page->path) text += each + " ";
  text += page->article.text;
  std::vector<law::Term> terms;
  law::append_terms(text, terms);
  for (const law::Term each : terms) {
    if (law::is_pair(each)) weights[each] += 1;
  }
  constexpr double usual_length = 250;
  const double relative = static_cast<double>(terms.size()) / usual_length;
  double length = 0;
  for (auto& [term, weight] : weights) {
    const auto entry = index.find(term);
    const double idf =
        law::inverse_frequency(index.documents(), entry ? entry->frequency : index.documents());
    weight = idf * weight / (weight + law::bm25_k1 * (1 - law::bm25_b + law::bm25_b * relative));
    length += weight * weight;
  }
  for (auto& [term, weight] : weights) weight /= std::sqrt(length);
  return weights;
}

void store_expansion(const PairWeights& weights, std::map<law::Term, std::uint16_t>& numbers,
                     Learned& learned) {
  std::vector<std::pair<double, law::Term>> heaviest;
  for (const auto& [term, weight] : weights) heaviest.emplace_back(weight, term);
  std::sort(heaviest.rbegin(), heaviest.rend());
  heaviest.resize(std::min(heaviest.size(), expansions_each));
  learned.expansion_ranges.push_back({static_cast<std::uint32_t>(learned.expansions.size()),
                                      static_cast<std::uint32_t>(heaviest.size())});
  for (const auto& [weight, term] : heaviest) {
    const auto [number, fresh] =
        numbers.try_emplace(term, static_cast<std::uint16_t>(learned.pairs.size()));
    if (fresh) {
      learned.pairs.push_back(
          {static_cast<std::uint16_t>(term >> 32U), static_cast<std::uint16_t>(term & 0xFFFFU)});
    }
    learned.expansions.push_back(
        {number->second, static_cast<std::uint16_t>(std::lround(weight * full_weight))});
  }
}

Result<void> learn_answers(law::LawStore& store, const law::Index& index,
                           const std::vector<Question>& questions, base::Date day,
                           Learned& learned) {
  using Name = std::tuple<std::uint64_t, int, int>;
  const auto name = [](const Gold& gold) {
    return Name{law::hash_of(law::title_key(gold.law)), gold.number.number, gold.number.branch};
  };
  std::map<Name, std::uint16_t> articles;
  for (const Question& each : questions) {
    for (const Gold& gold : each.golds) articles[name(gold)] = 0;
  }
  for (auto& [own, number] : articles) {
    number = static_cast<std::uint16_t>(learned.articles.size());
    learned.articles.push_back({std::get<0>(own), static_cast<std::uint16_t>(std::get<1>(own)),
                                static_cast<std::uint16_t>(std::get<2>(own))});
  }
  std::map<law::Term, std::uint16_t> numbers;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const auto& golds = questions[i].golds;
    std::set<std::uint16_t> own;
    PairWeights weights;
    for (const Gold& gold : golds) {
      own.insert(articles[name(gold)]);
      const auto id = TRY(store.find_article(gold.law, gold.number, day));
      if (!id) continue;
      for (const auto& [term, weight] : TRY(pairs_of(store, index, *id, day))) {
        weights[term] += weight / static_cast<double>(golds.size());
      }
    }
    for (const std::uint16_t each : own) {
      learned.answers.push_back(
          {static_cast<std::uint16_t>(i), each, 1 / static_cast<float>(own.size())});
    }
    store_expansion(weights, numbers, learned);
  }
  return {};
}

using LinesOfArticles = std::map<std::tuple<std::uint64_t, int, int>, std::vector<std::string>>;

Result<void> read_lay_file(const base::Path& file, LinesOfArticles& articles) {
  const std::string content = TRY(base::read_file(file));
  std::uint64_t law = 0;
  for (const std::string_view line : base::split(content, '\n')) {
    if (line.starts_with("# ")) law = law::hash_of(law::title_key(line.substr(2)));
    const auto cells = base::split(line, '\t');
    if (cells.size() != 2) continue;
    const auto number = law::parse_article_number(cells[0]);
    if (!number || law == 0) {
      return base::fail(base::ErrorKind::invalid, "lay_lines",
                        file.string() + ": " + std::string(line));
    }
    auto& lines = articles[{law, number->number, number->branch}];
    for (std::string_view rest = cells[1]; !rest.empty();) {
      constexpr std::string_view divider = "；";
      const std::size_t end = std::min(rest.find(divider), rest.size());
      const std::string_view own = base::trim(rest.substr(0, end));
      if (!own.empty() && own != "-") lines.emplace_back(own);
      rest.remove_prefix(std::min(end + divider.size(), rest.size()));
    }
  }
  return {};
}

Result<void> store_lay_lines(const base::Path& folder, Learned& learned) {
  LinesOfArticles articles;
  for (const base::Path& each : TRY(base::list_files(folder, ".tsv")))
    TRY(read_lay_file(each, articles));
  law::IndexBuilder builder;
  for (const auto& [name, lines] : articles) {
    const auto article = static_cast<law::LayLine>(learned.lay_articles.size());
    learned.lay_articles.push_back({std::get<0>(name),
                                    static_cast<std::uint16_t>(std::get<1>(name)),
                                    static_cast<std::uint16_t>(std::get<2>(name))});
    for (const std::string& each : lines) {
      learned.lay_lines.push_back(article);
      builder.add(static_cast<std::uint32_t>(learned.lay_lines.size()), each);
    }
  }
  law::BuiltIndex built = std::move(builder).finish();
  learned.lay_heads = std::move(built.heads);
  learned.lay_dictionary = std::move(built.dictionary);
  learned.lay_postings = std::move(built.postings);
  return {};
}

Result<void> fit(const base::Path& library, const base::Path& asked, const base::Path& lay_lines,
                 const base::Path& out, base::Date day) {
  auto store = TRY(law::LawStore::open(library));
  auto pack = TRY(law::Pack::open(library));
  const auto questions = TRY(read_questions(asked));
  Learned learned;
  learned.questions = static_cast<std::uint32_t>(questions.size());
  learn_terms(questions, learned);
  TRY(learn_answers(store, pack.index(), questions, day, learned));
  TRY(store_lay_lines(lay_lines, learned));
  learned.cut_ranges.resize(law::feature_count);
  return base::replace_file(out, encode(learned, law::feature_print));
}

// --- features ---

void append_number(std::string& bytes, std::uint32_t number) {
  bytes.append(reinterpret_cast<const char*>(&number), sizeof(number));
}

Result<void> write_features(const base::Path& library, const base::Path& ranking,
                            const base::Path& asked, const base::Path& out, base::Date day) {
  auto store = TRY(law::LawStore::open(library));
  auto pack = TRY(law::Pack::open(library));
  const auto file = TRY(law::LearnedFile::open(ranking, law::feature_print));
  law::Ranker ranker(file, pack);
  std::string bytes;
  append_number(bytes, law::feature_count);
  for (const Question& each : TRY(read_questions(asked))) {
    std::set<std::uint32_t> wanted;
    for (const Gold& gold : each.golds) {
      const auto id = TRY(store.find_article(gold.law, gold.number, day));
      if (id) wanted.insert(static_cast<std::uint32_t>(*id));
    }
    store.show_scores({each.text, day, 0, {}}, [&](law::RankingQuestion question) {
      question.left_out = each.learned;
      const auto& rows = ranker.features(question);
      const auto& candidates = ranker.candidates();
      append_number(bytes, static_cast<std::uint32_t>(candidates.size()));
      append_number(bytes, static_cast<std::uint32_t>(each.golds.size()));
      for (std::size_t i = 0; i < candidates.size(); ++i) {
        append_number(bytes, candidates[i].document);
        append_number(bytes, wanted.contains(candidates[i].document) ? 1 : 0);
        bytes.append(reinterpret_cast<const char*>(rows.data() + i * law::feature_count),
                     law::feature_count * sizeof(float));
      }
    });
  }
  return base::replace_file(out, bytes);
}

// --- join ---

template <typename Record>
std::vector<Record> copy(const law::LearnedFile& file, law::LearnedSection section) {
  const auto records = file.records<Record>(section);
  return {records.begin(), records.end()};
}

Learned content_of(const law::LearnedFile& file) {
  using law::LearnedSection;
  Learned learned;
  learned.questions = file.questions();
  learned.unseen_weight = file.unseen_weight();
  learned.articles = copy<law::ArticleName>(file, LearnedSection::articles);
  learned.answers = copy<law::Answer>(file, LearnedSection::answers);
  learned.terms = copy<law::QuestionTerm>(file, LearnedSection::terms);
  learned.uses = copy<law::TermUse>(file, LearnedSection::uses);
  learned.kernel_rows = copy<law::KernelRow>(file, LearnedSection::kernel_rows);
  learned.kernel = copy<std::int16_t>(file, LearnedSection::kernel);
  learned.square_rows = copy<law::KernelRow>(file, LearnedSection::square_rows);
  learned.square = copy<std::int16_t>(file, LearnedSection::square);
  learned.pairs = copy<law::ExpansionPair>(file, LearnedSection::pairs);
  learned.expansion_ranges = copy<law::ExpansionRange>(file, LearnedSection::expansion_ranges);
  learned.expansions = copy<law::Expansion>(file, LearnedSection::expansions);
  learned.lay_articles = copy<law::ArticleName>(file, LearnedSection::lay_articles);
  learned.lay_lines = copy<law::LayLine>(file, LearnedSection::lay_lines);
  learned.lay_heads = file.bytes(LearnedSection::lay_heads);
  learned.lay_dictionary = file.bytes(LearnedSection::lay_dictionary);
  learned.lay_postings = file.bytes(LearnedSection::lay_postings);
  return learned;
}

struct TreeLine {
  bool leaf = false;
  std::size_t feature = 0;
  float number = 0;  // threshold or value
  std::uint16_t left = 0;
};

Result<std::vector<std::vector<TreeLine>>> read_trees(const base::Path& file) {
  const std::string content = TRY(base::read_file(file));
  std::vector<std::vector<TreeLine>> trees;
  for (const std::string_view line : base::split(content, '\n')) {
    const auto words = base::split(line, ' ');
    if (line == "tree") {
      trees.emplace_back();
    } else if (words.size() == 2 && words[0] == "leaf" && !trees.empty()) {
      const auto own = static_cast<std::uint16_t>(trees.back().size());
      trees.back().push_back({true, 0, number_in<float>(words[1]).value_or(0), own});
    } else if (words.size() == 3 && !trees.empty()) {
      trees.back().push_back({false, number_in<std::size_t>(words[0]).value_or(0),
                              number_in<float>(words[1]).value_or(0),
                              number_in<std::uint16_t>(words[2]).value_or(0)});
    }
  }
  return trees;
}

Result<void> join(const base::Path& ranking, const base::Path& trees_file, const base::Path& out,
                  const law::MeasuredScore& score) {
  const auto file = TRY(law::LearnedFile::open(ranking, law::feature_print));
  const auto trees = TRY(read_trees(trees_file));
  Learned learned = content_of(file);
  learned.score = score;
  std::vector<std::set<float>> cuts(law::feature_count);
  for (const auto& tree : trees) {
    for (const TreeLine& each : tree) {
      if (!each.leaf) cuts.at(each.feature).insert(each.number);
    }
  }
  for (const auto& each : cuts) {
    learned.cut_ranges.push_back(
        {static_cast<std::uint32_t>(learned.cuts.size()), static_cast<std::uint32_t>(each.size())});
    learned.cuts.insert(learned.cuts.end(), each.begin(), each.end());
  }
  for (const auto& tree : trees) {
    learned.tree_ranges.push_back({static_cast<std::uint32_t>(learned.nodes.size()),
                                   static_cast<std::uint32_t>(tree.size())});
    for (const TreeLine& each : tree) {
      law::TreeNode node;
      node.feature = static_cast<std::uint8_t>(each.feature);
      node.left = each.left;
      if (each.leaf) {
        node.value = each.number;
      } else {
        const auto& own = cuts[each.feature];
        node.cut = static_cast<std::uint8_t>(std::distance(own.begin(), own.find(each.number)));
      }
      learned.nodes.push_back(node);
    }
  }
  return base::replace_file(out, encode(learned, law::feature_print));
}

// --- measuring ---

// What this program has cost a processor: other programs on the machine do not count.
double processor_ms() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

// Proportional set size (proc(5), smaps_rollup): mapped files count with what is in memory.
Result<long> resident_kb() {
  const std::string rollup = TRY(base::read_file("/proc/self/smaps_rollup"));
  const std::size_t at = rollup.find("\nPss:");
  if (at == std::string::npos) return base::fail(base::ErrorKind::storage, "no_pss");
  return std::strtol(rollup.c_str() + at + std::strlen("\nPss:"), nullptr, 10);
}

// Opening (processor milliseconds, best of ten), then every question twice; the second time counts.
// Memory is what library and ranking added to the program from before opening to the end.
Result<void> measure(const base::Path& library, const base::Path& ranking, const base::Path& asked,
                     base::Date day) {
  const std::vector<Question> questions = TRY(read_questions(asked));
  double open_ms = std::numeric_limits<double>::max();
  for (int i = 0; i < 10; ++i) {
    const double begin = processor_ms();
    auto once = TRY(law::LawStore::open(library));
    if (!ranking.empty()) TRY(once.use_ranking(ranking));
    open_ms = std::min(open_ms, processor_ms() - begin);
  }
  const long before = TRY(resident_kb());
  auto store = TRY(law::LawStore::open(library));
  if (!ranking.empty()) TRY(store.use_ranking(ranking));
  std::vector<double> times;
  for (int round = 0; round < 2; ++round) {
    for (const Question& each : questions) {
      const double begin = processor_ms();
      const auto list = TRY(store.rank({each.text, day, 100, {}}));
      if (round > 0) times.push_back(processor_ms() - begin);
    }
  }
  if (times.empty()) return base::fail(base::ErrorKind::invalid, "no_questions");
  std::sort(times.begin(), times.end());
  std::cout << fmt::format(
      "{{\"open_ms\": {:.3f}, \"p50_ms\": {:.3f}, \"p99_ms\": {:.3f}, \"questions\": {}, "
      "\"added_kb\": {}, \"articles\": {}}}\n",
      open_ms, times[times.size() / 2], times[times.size() * 99 / 100], times.size() * 2,
      TRY(resident_kb()) - before, store.info().articles);
  return {};
}

// How many questions get articles for an answer instead of "no good match".
Result<void> count_good(const base::Path& library, const base::Path& ranking,
                        const base::Path& asked, base::Date day) {
  auto store = TRY(law::LawStore::open(library));
  TRY(store.use_ranking(ranking));
  int good = 0;
  for (const Question& each : TRY(read_questions(asked))) {
    const auto answer = TRY(store.search({.text = each.text, .day = day, .limit = 1, .kind = {}}));
    if (answer.good_match) ++good;
  }
  std::cout << good << '\n';
  return {};
}

Result<void> write_articles(const base::Path& library, const base::Path& out, base::Date day) {
  auto store = TRY(law::LawStore::open(library));
  std::string lines;
  for (const law::Category& category : TRY(store.categories())) {
    for (const law::LawSummary& each : TRY(store.laws(category))) {
      const auto page = TRY(store.law(each.id, day));
      if (!page) continue;
      for (const law::ArticleLine& article : TRY(store.articles(page->front().id))) {
        std::string text = article.text;
        std::replace(text.begin(), text.end(), '\n', ' ');
        lines += fmt::format("{}\t{} {}\t{}\n", article.id, each.title, article.label, text);
      }
    }
  }
  return base::replace_file(out, lines);
}

Result<void> run(std::span<char*> words) {
  const base::Date day = base::china_time.date(base::SystemClock().now());
  const auto word = [&words](std::size_t i) {
    return i < words.size() ? std::string(words[i]) : std::string();
  };
  if (word(1) == "fit") return fit(word(2), word(3), word(4), word(5), day);
  if (word(1) == "features") return write_features(word(2), word(3), word(4), word(5), day);
  if (word(1) == "join") {
    const auto share = [&word](std::size_t i) { return number_in<float>(word(i)).value_or(0); };
    return join(word(2), word(3), word(4), {share(5), share(6), share(7)});
  }
  if (word(1) == "measure") return measure(word(2), word(3), word(4), day);
  if (word(1) == "good") return count_good(word(2), word(3), word(4), day);
  if (word(1) == "articles") return write_articles(word(2), word(3), day);
  return base::fail(base::ErrorKind::invalid, "usage", "see the head of learn_ranking.cpp");
}

}  // namespace

int main(int count, char** words) {
  const auto outcome = run({words, static_cast<std::size_t>(count)});
  if (!outcome) std::cerr << outcome.error().detail << '\n';
  return outcome ? 0 : 1;
}
