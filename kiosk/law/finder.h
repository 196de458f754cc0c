// From what a visitor types to articles and help, however it is written: in everyday words, with
// traditional characters, with the wrong character of the right sound, in English, or as the pinyin
// letters of a law's name. Keeps nothing of it (care 20). One thread at a time.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kiosk/law/help.h"
#include "kiosk/law/law_content.h"
#include "kiosk/law/law_store.h"
#include "kiosk/law/sounds.h"
#include "kiosk/law/suggestions.h"

namespace law {

struct Found {
  SearchAnswer answer;
  std::vector<Slip> slips;           // sounds like what was typed and was looked for as well
  std::vector<std::string> chinese;  // what the English words were taken for; or empty
  // When a printed article's code was typed: what became of it; its article is the first hit.
  std::optional<PrintedArticle> printed;
  Help help;  // of the content given to the finder
  // What was typed are letters that mean something as they are, English or the initials of a law's
  // name, whatever a pinyin keyboard would make of them.
  bool letters_meant = false;
  std::vector<std::string> suggestions;  // whole questions that hold what was typed
};

class Finder {
 public:
  // All outlive the finder.
  Finder(LawStore& store, const LawContent& content, const Suggestions& suggestions);
  // The store reads another library than before.
  void library_changed() { names_ = store_.short_titles(); }

  // The first `limit` articles on the day. Errors: storage.
  base::Result<Found> find(std::string_view typed, base::Date day, std::size_t limit);

 private:
  base::Result<Found> find_printed(const ArticleCode& code, base::Date day);
  base::Result<Found> find_by_pinyin(std::string_view letters, base::Date day);
  [[nodiscard]] Help help(std::string_view question, const SearchAnswer& answer) const;

  LawStore& store_;
  const LawContent& content_;
  const Suggestions& suggestions_;
  Homophones homophones_;
  std::vector<std::string> names_;  // of the laws, by id from 1
};

}  // namespace law
