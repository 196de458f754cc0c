// English → the words of the Chinese statutes: what a visitor who types English means by "unpaid
// wages". Reads config/law/glossary.toml, whose head tells its grammar. Knows no library; only the
// Chinese text of a law is valid, and the screen says so.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/service/problem.h"

namespace law {

class Glossary {
 public:
  // The Chinese words for the English terms in the query, each once, in the order of the query. The
  // longest term wins and nothing is taken twice; capitals, number and simple endings do not
  // matter; other words and everything that is not a Latin letter are passed over.
  [[nodiscard]] std::vector<std::string> chinese(std::string_view query) const;

  // Whether a term begins with these words and goes on: "unpaid".
  [[nodiscard]] bool begins_term(std::string_view query) const;

  // English terms; a term and its plural are one.
  [[nodiscard]] std::size_t size() const { return terms_.size(); }
  // Every Chinese word of it, sorted, each once.
  [[nodiscard]] std::vector<std::string> words() const;

 private:
  friend class GlossaryReader;
  [[nodiscard]] std::size_t term_length(const std::vector<std::string>& typed,
                                        std::size_t at) const;
  // Stems of the English words with one blank between → Chinese words.
  std::map<std::string, std::vector<std::string>, std::less<>> terms_;
  std::size_t longest_ = 0;  // English words in a term
};

struct GlossaryOutcome {
  std::optional<Glossary> glossary;  // only when there is no problem
  std::vector<service::Problem> problems;
};

// Pure. `file` is the name used in problems.
GlossaryOutcome read_glossary(std::string_view toml, std::string_view file = "law/glossary.toml");

}  // namespace law
