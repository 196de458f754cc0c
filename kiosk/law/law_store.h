// The law library as the kiosk reads it: browse, read an article, search. Reads a law pack and
// never writes; small memory: the file is mapped, laws are unpacked as asked for.
//
// A library that is not there is no error: present() is false and every answer is empty, so a kiosk
// starts without law text. Every status is for the `day` given (a local day). Ids are good for one
// library file only. Errors are ErrorKind::storage. One thread at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/law/article_code.h"
#include "kiosk/law/index.h"
#include "kiosk/law/law.h"
#include "kiosk/law/pack.h"
#include "kiosk/law/ranker.h"
#include "kiosk/law/snippet.h"
#include "platform/base/file.h"
#include "platform/base/result.h"

namespace law {

using Id = std::int64_t;

// How well the ranking finds the articles that answer residents' questions it has not seen; shares
// from 0 to 1. See learned_file.h.
struct RankingScore {
  int questions = 0;
  double recall_10 = 0;
  double recall_100 = 0;
};

struct LibraryInfo {
  std::string collection;               // "just-laws", "LawRefBook"
  std::optional<base::Date> collected;  // the day the collection describes; empty: unknown
  std::string region;                   // "" when only national law
  int laws = 0;
  int articles = 0;  // of the newest versions
  std::uint64_t bytes = 0;
  std::optional<RankingScore> score;  // empty: ranked by words alone
};

struct Category {
  Kind kind = Kind::law;
  std::string name;    // Chinese, as the collection sorts
  std::string region;  // of local rules
  int laws = 0;
};

struct LawSummary {
  Id id = 0;
  std::string title;
  std::string short_title;
  Kind kind = Kind::law;
  std::string category;
  std::string region;
};

struct VersionSummary {
  Id id = 0;
  std::optional<base::Date> dated;           // last adopted, amended or published
  std::optional<base::Date> says_effective;  // 自…起施行; of the law, even when amended since
  Status status;
  bool front = false;  // the one that is shown when no other is asked for
  std::vector<std::string> history;
  std::string source;                   // the collection its text is from …
  std::optional<base::Date> collected;  // … and the day that describes; empty: unknown
  std::string issuer;                   // who made it; "" when the text does not say
};

// Where another text ends this one; the way to the successor.
struct RepealedBy {
  Id article = 0;
  std::string law_title;
  std::string label;
};

// An article that cites another.
struct CitedBy {
  Id article = 0;
  std::string law_title;
  std::string label;
  bool elder = false;  // older than what it cites: numbers may have shifted since
};

struct LawPage {
  LawSummary law;
  std::vector<VersionSummary> versions;  // newest first
  std::optional<RepealedBy> repealed_by;
  [[nodiscard]] const VersionSummary& front() const;
};

struct Chapter {
  Id id = 0;
  int depth = 0;  // 0 at the top
  std::string title;
  Id first_article = 0;  // 0 when nothing stands in it
};

struct ArticleLine {
  Id id = 0;
  Id chapter = 0;  // 0 without chapters
  ArticleNumber number;
  std::string label;
  std::string text;  // see paragraphs()
};

struct ArticlePage {
  ArticleLine article;
  LawSummary law;
  VersionSummary version;
  std::vector<std::string> path;  // chapters from the top
  std::optional<RepealedBy> repealed_by;
  Id previous = 0;  // within the version; 0 at the ends
  Id next = 0;
};

struct SearchRequest {
  std::string_view text;
  base::Date day{};
  std::size_t limit = 20;
  // One kind only. Without it everything but cases and amendments is searched.
  std::optional<Kind> kind;
};

// Why an article is among the results: what its place owes most to, and nothing that is not so.
enum class Reason {
  words,    // words of the question stand in it: those Hit::snippet marks
  heading,  // they stand in the name or a heading of its law
  asked,    // it answered questions like this one
  alike,    // its words are those of such answers
  example,  // an example question that was written for it is like this one
  near,     // none of these, but near
  cited,    // it is the one that was named
  printed,  // its code was typed
  ended,    // it ended the law that was named
};

struct Hit {
  Id article = 0;
  LawSummary law;
  ArticleNumber number;
  std::string label;
  std::string path;  // chapters, divided by " / "
  Snippet snippet;
  Status status;
  Reason reason = Reason::words;
  float score = 0;  // 1.5 at most for found text; comparable within one answer only
};

struct NamedLaw {
  LawSummary law;
  Status status;      // of the text that is shown
  std::string ended;  // the name of the law that was typed and that this one ended; mostly ""
};

struct SearchAnswer {
  // Whose name was typed, best first; in front of a repealed one the law that ended it, also when
  // the library does not have the repealed one.
  std::vector<NamedLaw> laws;
  std::vector<Hit> hits;  // best first; a repealed article behind its successors
  // False: nothing in the library answers this well. The screen then offers a person instead.
  bool good_match = false;
  // The articles say what the question says, whether or not people ask such things about the law.
  bool words_match = false;
};

// An article without what a screen needs around it.
struct RankedArticle {
  Id article = 0;
  std::string law_title;
  std::string label;
};

// What became of an article that was printed. One of the two at least is there.
struct PrintedArticle {
  Id was = 0;  // has the printed words; 0: no version here has them
  Id now = 0;  // stands in its place today; 0: nothing does
  [[nodiscard]] bool unchanged() const { return was != 0 && was == now; }
};

enum class CitationCheck { found, law_missing, article_missing, no_library };

class LawStore {
 public:
  LawStore() = default;  // without a library
  // Nothing at `file` gives a store without a library. refused ("library_format") when the file is
  // no library or of another format.
  static base::Result<LawStore> open(const base::Path& file);

  // From now on the learned ranking of the file orders what is found; without it, words alone do.
  // Errors leave the store as it was.
  base::Result<void> use_ranking(const base::Path& file);

  [[nodiscard]] bool present() const { return pack_ != nullptr; }
  [[nodiscard]] const LibraryInfo& info() const { return info_; }

  base::Result<std::vector<Category>> categories();
  base::Result<std::vector<LawSummary>> laws(const Category& category);
  base::Result<std::optional<LawPage>> law(Id id, base::Date day);
  // In reading order.
  base::Result<std::vector<Chapter>> chapters(Id version);
  base::Result<std::vector<ArticleLine>> articles(Id version);
  base::Result<std::optional<ArticlePage>> article(Id id, base::Date day);
  // Articles of other laws, interpretations and rules that cite this one; by law, at most `limit`.
  [[nodiscard]] std::vector<CitedBy> citing(Id article, std::size_t limit) const;

  base::Result<SearchAnswer> search(const SearchRequest& request);
  // The ranking alone, whatever its quality.
  base::Result<std::vector<RankedArticle>> rank(const SearchRequest& request);
  // What a learned ranking is given of a question, for programs that learn one.
  void show_scores(const SearchRequest& request,
                   const std::function<void(const RankingQuestion&)>& visit);

  // How often the library has a word: of a longer one the rarest of its pairs of characters.
  std::uint64_t occurrences(std::string_view word);
  // Of every law, in the order of the ids from 1; no library has none.
  [[nodiscard]] std::vector<std::string> short_titles() const;
  [[nodiscard]] LawSummary summary(Id law) const;
  // Is it a law's name, however shortened, or a citation of one?
  [[nodiscard]] bool names_law(std::string_view text) const;
  // As SearchAnswer::laws has them.
  [[nodiscard]] std::vector<NamedLaw> named(const std::vector<LawSummary>& laws,
                                            base::Date day) const;

  // An article as a search shows it, without anything searched for.
  base::Result<Hit> hit(Id article, base::Date day);
  // For a printed copy of an article that exists.
  base::Result<ArticleCode> code(Id article);
  // Which article it was printed from: one, or several when its words are nowhere in the library,
  // or none. Looks at every article's number: some milliseconds.
  base::Result<std::vector<PrintedArticle>> find_code(const ArticleCode& code, base::Date day);

  // The law by full, short or common name ("民诉法"), the article by number in its front version.
  base::Result<CitationCheck> check_citation(std::string_view law, std::string_view article,
                                             base::Date day);
  base::Result<std::optional<Id>> find_article(std::string_view law, ArticleNumber number,
                                               base::Date day);

 private:
  using Span = DocumentSpan;  // articles of one version: ids without gaps
  // A version that not every search shows.
  struct Special {
    std::uint32_t law = 0;
    Kind kind = Kind::law;
    Start effective;
    Span span;
  };
  struct Repeal {
    Start from;
    Span span;
    Span successor;  // the version whose closing article says so
  };
  struct Ranking {
    std::vector<Ranked> articles;
    std::vector<Term> terms;         // of the query, sorted
    bool words = false;              // see SearchAnswer::words_match
    bool good = false;               // see SearchAnswer::good_match
    std::vector<Evidence> evidence;  // of each article; empty without a learned ranking
  };

  void read_info();
  void read_specials();
  void read_repeals();
  static Span span_of(const VersionRecord& version);
  [[nodiscard]] LawSummary law_summary(std::uint64_t law) const;
  [[nodiscard]] VersionSummary version_summary(std::uint64_t version, base::Date day,
                                               bool front) const;
  // The newest version that has not yet to begin; the oldest when all wait.
  [[nodiscard]] std::uint32_t front_of(const LawRecord& law, base::Date day) const;
  [[nodiscard]] std::optional<RepealedBy> repealed_by(const VersionRecord& version) const;
  [[nodiscard]] std::vector<std::string> chapter_path(std::uint32_t chapter) const;
  [[nodiscard]] std::string label_of(const ArticleRecord& article) const;
  [[nodiscard]] ArticleLine article_line(std::uint64_t id, std::string text) const;

  [[nodiscard]] std::vector<LawSummary> laws_named(std::string_view name) const;
  [[nodiscard]] std::vector<LawSummary> laws_abbreviated(std::string_view name) const;
  [[nodiscard]] std::vector<LawSummary> laws_meant(std::string_view name) const;
  // The closing article by which another law ends one that the library itself need not have.
  struct Ending {
    Id article = 0;
    std::string ended;  // short title
  };
  base::Result<std::optional<Ending>> ending_of(std::string_view name, base::Date day);
  void put_successor_first(const Ending& ending, base::Date day, std::vector<NamedLaw>& laws) const;
  void add_laws_like(std::string_view name, std::vector<LawSummary>& laws) const;
  [[nodiscard]] std::optional<Id> article_of(const std::vector<LawSummary>& laws,
                                             ArticleNumber number, base::Date day) const;
  [[nodiscard]] LawSummary law_of(Id article) const;
  [[nodiscard]] VersionRecord front(const LawSummary& law, base::Date day) const;
  Ranking ranking(std::string_view question, const SearchRequest& request);
  double score_terms(const std::vector<WeightedTerm>& terms);
  void hide_specials(const SearchRequest& request);
  [[nodiscard]] RankingQuestion ranking_question(std::string_view text) const;
  // Joins both scores in pair_scores_; the best possible article has 1.5 × `scale`.
  void join_scores(const RankingQuestion& question, float scale);
  void order_by_learning(const RankingQuestion& question);
  [[nodiscard]] std::vector<Evidence> evidence_of(const std::vector<Ranked>& articles) const;
  void lower_repealed(base::Date day);
  void keep_kind(Kind kind);
  [[nodiscard]] std::vector<std::uint32_t> places_of(const LawRecord& law,
                                                     const ArticleCode& code) const;
  base::Result<PrintedArticle> follow(const LawRecord& law, std::uint32_t place,
                                      const ArticleCode& code, base::Date day);
  base::Result<PrintedArticle> follow_piece(const LawRecord& law, const ArticleCode& code,
                                            base::Date day);
  void clear(Span span);
  base::Result<Hit> hit(const Ranked& ranked, const Ranking& ranking, base::Date day);

  std::unique_ptr<Pack> pack_;  // stays where it is when the store is moved: the ranker reads it
  std::unique_ptr<LearnedFile> learned_;
  std::unique_ptr<Ranker> ranker_;
  LibraryInfo info_;
  std::vector<Special> specials_;  // by law, oldest version first
  std::vector<Repeal> repeals_;    // latest first, so that a successor's own repeal comes before
  Scores pair_scores_;             // kept so that a search allocates nothing large
  Scores single_scores_;
  std::vector<Span> hidden_;  // of the current question
  std::size_t touched_ = 0;   // bytes of postings read since memory was given back
};

}  // namespace law
