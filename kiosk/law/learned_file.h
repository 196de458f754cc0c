// ranking.bin: what was learned from questions that people asked and the articles that answered
// them, and an index of the lay lines (assets/law/lay_lines). This header is the file's grammar;
// tests/bench/law makes it, the ranking maps and reads it. Of questions it holds numbers and hashes
// only: no sentence, no word of one can be read out of it.
//
//   file    = header { section }    sections in the order of LearnedSection, each at a multiple of
//                                   8, zeros between
//   header  = LearnedHeader         little-endian, as everything below
//
// Questions are numbered from 0, and so are the articles that answered one. An article is named by
// its law's title and its number, so that it is found in any library (ArticleName). The two kernels
// stand for two measures of likeness of questions: the cosine, and its square. Of each the file has
// the inverse of (likenesses of all questions + ridge), a row a question, the diagonal apart.
//
// Another set of features (candidate_features.h) or another grammar is another `learned_format`: an
// older program goes on without the file.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/law/law.h"
#include "platform/base/file.h"
#include "platform/base/mapped_file.h"
#include "platform/base/result.h"

namespace law {

static_assert(std::endian::native == std::endian::little, "the file is mapped as it is");

inline constexpr std::array<char, 8> learned_magic{'L', 'a', 'w', 'R', 'a', 'n', 'k', '\n'};
inline constexpr std::uint32_t learned_format = 2;

struct ArticleName {
  std::uint64_t law = 0;  // hash_of(title_key(title))
  std::uint16_t number = 0;
  std::uint16_t branch = 0;
  std::uint32_t unused = 0;
};

// A question and an article that answered it; by question, then article.
struct Answer {
  std::uint16_t question = 0;
  std::uint16_t article = 0;
  float share = 0;  // 1 / answers of the question
};

// A term of the questions, by hash; ascending.
struct QuestionTerm {
  std::uint32_t hash = 0;
  std::uint32_t first_use = 0;
  std::uint32_t uses = 0;
  float weight = 0;  // inverse frequency among the questions
};
struct TermUse {
  std::uint16_t question = 0;
  std::uint16_t weight = 0;  // 65535 = 1, of a vector of length 1
};

struct KernelRow {
  float diagonal = 0;
  float unit = 0;  // of the row's other numbers
};

// A pair of the articles that answered a question: the heaviest ones, by question.
struct ExpansionRange {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};
struct Expansion {
  std::uint16_t pair = 0;    // into `pairs`
  std::uint16_t weight = 0;  // 65535 = 1, of a vector of length 1
};
// A pair's characters; both are of the basic plane.
struct ExpansionPair {
  std::uint16_t first = 0;
  std::uint16_t second = 0;
};

// Children stand side by side: the left one is taken when the feature is below the cut. A leaf
// leads to itself, so that all ways through a tree can be walked equally long without asking.
struct TreeNode {
  std::uint8_t feature = 0;   // of a leaf: 0
  std::uint8_t cut = no_cut;  // into the cuts of the feature
  std::uint16_t left = 0;     // from the tree's first node; above its own, of a leaf its own
  float value = 0;            // of a leaf
  static constexpr std::uint8_t no_cut = 255;  // above every cut: a leaf
};

struct Range {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

// The article of a lay line; lines stand by article and are the documents 1, 2, … of the index.
using LayLine = std::uint16_t;

enum class LearnedSection {
  articles,
  answers,
  terms,
  uses,
  kernel_rows,
  kernel,
  square_rows,
  square,
  pairs,
  expansion_ranges,
  expansions,
  cut_ranges,
  cuts,
  tree_ranges,
  nodes,
  lay_articles,
  lay_lines,
  lay_heads,  // this and the next two: grammar in index.h
  lay_dictionary,
  lay_postings,
};
inline constexpr std::size_t learned_sections = 20;

// How well it ranks questions it has not learned: five-fold cross-validation, see
// tests/bench/law/README.md. Each from 0 to 1; all 0 when it was not measured.
struct MeasuredScore {
  float recall_10 = 0;
  float recall_100 = 0;
  float mrr_10 = 0;
  std::uint32_t unused = 0;
};

struct LearnedHeader {
  std::array<char, 8> magic = learned_magic;
  std::uint32_t format = learned_format;
  std::uint32_t features = 0;  // feature_print (candidate_features.h): count in the lower half
  std::uint32_t questions = 0;
  float unseen_weight = 0;  // of a term no question had
  MeasuredScore score;
  std::uint64_t checksum = 0;  // of the whole file while this is 0
  struct Place {
    std::uint64_t begin = 0;
    std::uint64_t size = 0;  // bytes
  };
  std::array<Place, learned_sections> places;
};
static_assert(sizeof(LearnedHeader) == 48 + learned_sections * 16);

// The content as a value, to be made; all parts as above.
struct Learned {
  std::uint32_t questions = 0;
  float unseen_weight = 0;
  MeasuredScore score;
  std::vector<ArticleName> articles;
  std::vector<Answer> answers;
  std::vector<QuestionTerm> terms;
  std::vector<TermUse> uses;
  std::vector<KernelRow> kernel_rows;
  std::vector<std::int16_t> kernel;  // questions × questions, 0 on the diagonal
  std::vector<KernelRow> square_rows;
  std::vector<std::int16_t> square;
  std::vector<ExpansionPair> pairs;
  std::vector<ExpansionRange> expansion_ranges;
  std::vector<Expansion> expansions;
  std::vector<Range> cut_ranges;  // of each feature
  std::vector<float> cuts;        // ascending within a feature, at most 254 each
  std::vector<Range> tree_ranges;
  std::vector<TreeNode> nodes;
  std::vector<ArticleName> lay_articles;  // ascending
  std::vector<LayLine> lay_lines;
  std::string lay_heads;
  std::string lay_dictionary;
  std::string lay_postings;
};
// The bytes of a file; `features` as in the header.
std::string encode(const Learned& learned, std::uint32_t features);

// The same, mapped. Opening checks every number that is used as a place, so that reading needs no
// check.
class LearnedFile {
 public:
  // refused ("ranking_format") when it is none, of another format, for other features or damaged.
  static base::Result<LearnedFile> open(const base::Path& path, std::uint32_t features);

  [[nodiscard]] std::uint32_t questions() const { return header_.questions; }
  [[nodiscard]] const MeasuredScore& score() const { return header_.score; }
  [[nodiscard]] float unseen_weight() const { return header_.unseen_weight; }

  // Views live as long as the file, also when it is moved.
  [[nodiscard]] std::string_view bytes(LearnedSection section) const {
    const auto& place = header_.places[static_cast<std::size_t>(section)];
    return file_.bytes().substr(place.begin, place.size);
  }
  template <typename Record>
  [[nodiscard]] std::span<const Record> records(LearnedSection section) const {
    const std::string_view own = bytes(section);
    return {reinterpret_cast<const Record*>(own.data()), own.size() / sizeof(Record)};
  }

 private:
  LearnedFile(base::MappedFile file, const LearnedHeader& header)
      : file_(std::move(file)), header_(header) {}
  [[nodiscard]] bool sound(std::uint32_t features) const;
  [[nodiscard]] bool places_sound() const;
  [[nodiscard]] bool questions_sound() const;
  [[nodiscard]] bool trees_sound() const;
  [[nodiscard]] bool lay_lines_sound() const;

  base::MappedFile file_;
  LearnedHeader header_;
};

// FNV-1a, 64 bits: the same on every machine and in every release.
std::uint64_t hash_of(std::string_view text);
// FNV-1a over words of 8 bytes, the last filled up with zeros; `before` is the checksum of what
// stands in front.
inline constexpr std::uint64_t no_bytes_checksum = 14695981039346656037U;
std::uint64_t checksum_of(std::string_view bytes, std::uint64_t before = no_bytes_checksum);

}  // namespace law
